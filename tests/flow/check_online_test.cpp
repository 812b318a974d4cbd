// The first day at live sources: every job is held against its source in one go, what sources say is written into the
// job files, and what they answered becomes cases.
#include "connectors/exchange.hpp"
#include "tests/flow/shipped_polls.hpp"

#include <cstdlib>
#include <regex>
#include <set>

using namespace skurd;
using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

/// The comments of a job file, line by line.
std::vector<std::string> comments(const std::string& text)
{
    std::vector<std::string> found;
    const std::regex comment("(?:^|\n)[^\"'\n]*(?:(?:\"[^\"\n]*\"|'[^'\n]*')[^\"'#\n]*)*(#[^\n]*)");
    for (std::sregex_iterator at(text.begin(), text.end(), comment), end; at != end; ++at)
        found.push_back((*at)[1]);
    return found;
}

std::map<std::string, std::string> job_texts(const ShippedPolls& here)
{
    std::map<std::string, std::string> texts;
    for (const auto& job : here.jobs)
        texts[job] = read_file(here.job_file(job));
    return texts;
}

/// Leaves these jobs and no others.
void keep_jobs(const ShippedPolls& here, const std::set<std::string>& kept)
{
    for (const auto& job : here.jobs)
        if (!kept.contains(job))
            fs::remove(here.job_file(job));
}

/// The responses of a case's folder, in order.
std::vector<Response> responses_in(const fs::path& folder)
{
    std::vector<Response> responses;
    for (std::size_t n = 1; fs::exists(folder / fmt::format("response-{}.json", n)); ++n) {
        Response response;
        response.body = read_file(folder / fmt::format("response-{}.json", n));
        response.media_type = "application/json";
        const auto head = read_file(folder / fmt::format("response-{}.head", n));
        CHECK(head.starts_with("status: 200\nreceived: "));
        responses.push_back(std::move(response));
    }
    return responses;
}

/// Cells of a recorded harvest, gone through again from its files.
std::size_t cells_of_case(const fs::path& folder)
{
    const auto job = make_job(read_file(folder / "job.toml"), "job.toml", folder.filename().string(), "");
    auto responses = responses_in(folder);
    std::size_t given = 0;
    Exchange exchange(*job.connector, {});
    while (const auto* request = exchange.next()) {
        REQUIRE(given < responses.size());
        const auto asked = read_file(folder / fmt::format("request-{}.txt", given + 1));
        CHECK(asked.starts_with(request->method + " " + request->url + "\n"));
        exchange.answer(std::move(responses[given++]));
    }
    std::size_t cells = 0;
    for (const auto& cube : job.connector->decode({}, exchange.responses()).cubes)
        cells += cube.cells.size();
    return cells;
}

} // namespace

TEST_CASE("one command holds every job against its source, and writes what is certain into the job files",
          "[flow][long]")
{
    const ShippedPolls here;
    const auto before = job_texts(here);
    const auto seen = here.run({"check", "--online", "--all"});
    const auto untouched = job_texts(here);
    const auto applied = here.run({"check", "--online", "--all", "--apply"});
    const auto after = job_texts(here);
    const auto again = here.run({"check", "--online", "--all", "--apply"});

    INFO(seen.out << seen.err << applied.out << applied.err << again.out);
    CHECK(seen.exit == 0);
    CHECK(untouched == before);
    CHECK(seen.out.find("right with the lines above, which --apply writes: fhi-alcohol-death-rates, ") !=
          std::string::npos);
    CHECK(applied.exit == 0);
    CHECK(again.out.find("changes written") == std::string::npos);
    CHECK(job_texts(here) == after);
    for (const auto& [job, text] : after) {
        INFO(job << "\n" << text);
        CHECK(comments(text) == comments(before.at(job)));
        CHECK((text.find("label(") == std::string::npos && text.find("\"*\" ") == std::string::npos));
        // Where something is for a person to look at, the line stays: a table that has ended, a dimension left out.
        CHECK((text.find("unconfirmed") != std::string::npos) ==
              (job == "ssb-health-centres" || job.starts_with("ssb-child-welfare-reports") ||
               job == "ssb-sanctions-driving" || job == "ssb-sanctions-medicines-act" ||
               job == "ssb-sanctions-penal-code"));
    }
    CHECK(after.at("fhi-drug-deaths").find("\nFYLKE        = [\"Total\"]         # FHI wants every dimension") !=
          std::string::npos);
    CHECK(after.at("ssb-cannabis").find("\ntable   = \"90021\"\n") != std::string::npos);
    CHECK(after.at("ssb-cpi") == before.at("ssb-cpi"));
    std::size_t backups = 0;
    for (const auto& file : fs::directory_iterator(here.folder / "schedules"))
        if (file.path().extension() == ".bak") {
            const auto name = file.path().filename().string();
            CHECK(read_file(file.path()) == before.at(name.substr(0, name.find('.'))));
            ++backups;
        }
    CHECK(backups > 15);
    CHECK(here.json({"harvest", "fhi-drug-deaths", "ssb-sanctions"}).at(1)["outcome"] == "new vintage");
}

TEST_CASE("a guess is left to a person; what a table wants besides is written, and asked about once more", "[flow]")
{
    const ShippedPolls here;
    keep_jobs(here, {"ssb-cpi", "fhi-ungdata-cannabis"});
    const auto slip = replace_all(read_file(here.job_file("ssb-cpi")), "\"KpiIndMnd\"", "\"KpiIndMn\"");
    write_file(here.job_file("ssb-cpi"), slip);
    const auto lacking =
        std::regex_replace(read_file(here.job_file("fhi-ungdata-cannabis")), std::regex("\nSOES .*"), "");
    write_file(here.job_file("fhi-ungdata-cannabis"), lacking);
    const auto ended = here.run({"check", "--online", "--apply", "ssb-cpi", "fhi-ungdata-cannabis"});
    const auto json = here.run({"check", "--online", "--json", "fhi-ungdata-cannabis"});

    INFO(ended.out << ended.err << json.out);
    CHECK(ended.exit == 1);
    CHECK(ended.out.find("did you mean 'KpiIndMnd'?); perhaps: ContentsCode = [\"KpiIndMnd\"]") != std::string::npos);
    CHECK(read_file(here.job_file("ssb-cpi")) == slip);
    CHECK(read_file(here.job_file("fhi-ungdata-cannabis")).find("[source.select]\nSOES = [\"*\"]\n") !=
          std::string::npos);
    CHECK(json.exit == 0);
    CHECK(Json::parse(json.out)["online"][0]["applied"].is_null());
    std::vector<std::string> backups;
    for (const auto& file : fs::directory_iterator(here.folder / "schedules"))
        if (file.path().extension() == ".bak")
            backups.push_back(read_file(file.path()));
    CHECK(backups == std::vector<std::string>{lacking});
}

TEST_CASE("what sources answered is recorded, and becomes cases by one command", "[flow][long]")
{
    const ShippedPolls here;
    keep_jobs(here, {"fhi-drug-deaths", "ssb-sanctions", "ssb-cannabis"});
    const auto bundle = here.folder / "bundle";
    const auto recorded = here.run({"check", "--online", "--all", "--record", bundle.string()});
    const auto again = here.run({"check", "--online", "--all", "--record", bundle.string()});
    const auto command =
        fmt::format("SKURD_CASES='{}' '{}/connectors/add-cases' '{}' > '{}'", (here.folder / "cases").string(),
                    SKURD_SOURCE_DIR, bundle.string(), (here.folder / "said").string());
    const auto made = std::system(command.c_str()); // NOLINT(cert-env33-c): a command of the test's own
    INFO(recorded.out << recorded.err << again.err << read_file(here.folder / "said"));

    CHECK(recorded.exit == 0);
    CHECK(recorded.out.find("recorded in " + bundle.string()) != std::string::npos);
    CHECK(again.exit == 2);
    CHECK(again.err.find("is there, and not empty") != std::string::npos);
    CHECK(made == 0);
    for (const auto& [connector, job] :
         {std::pair("fhi", "fhi-drug-deaths"), {"ssb", "ssb-sanctions"}, {"ssb", "ssb-cannabis"}}) {
        const auto cases = here.folder / "cases" / connector / "cases";
        CAPTURE(job);
        CHECK(read_file(cases / (job + std::string("-check")) / "expected.check").find("job.toml:") == 0);
        CHECK(cells_of_case(cases / (job + std::string("-harvest"))) > 0);
    }
    const auto said = read_file(bundle / "fhi-drug-deaths-check/expected.check");
    CHECK(said.find(" confirmed replace: \"*\" is Total of FYLKE") != std::string::npos);
    CHECK(said.find("\n    NARKOTIKA = [\"Total\"]\n") != std::string::npos);
    CHECK_FALSE(fs::exists(here.state / "payloads/drop"));
    CHECK(here.json({"runs"}).empty());
}

TEST_CASE("beside a daemon, exchanges are recorded just as well", "[flow][long]")
{
    const ShippedPolls here;
    keep_jobs(here, {"fhi-npr-tsb"});
    Running daemon(here.state, here.with_config({"serve"}));
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    const auto recorded = here.run({"check", "--online", "--all", "--record", (here.folder / "bundle").string()});
    INFO(recorded.out << recorded.err);
    CHECK(recorded.exit == 0);
    CHECK(cells_of_case(here.folder / "bundle/fhi-npr-tsb-harvest") == 7UL * 2 * 2);
}

TEST_CASE("a source that does not answer is left alone after two jobs", "[flow]")
{
    const ShippedPolls here;
    keep_jobs(here, {"fhi-npr-tsb", "ssb-cpi", "ssb-cpi-2015", "ssb-cpi-by-year"});
    write_file(here.folder / "skurd.toml", read_file(here.folder / "skurd.toml") + "tries = 1\n");
    for (const auto* job : {"ssb-cpi", "ssb-cpi-2015", "ssb-cpi-by-year"})
        write_file(here.job_file(job),
                   std::regex_replace(read_file(here.job_file(job)), std::regex("127.0.0.1:[0-9]+"), "127.0.0.1:1"));
    write_file(here.job_file("fhi-npr-tsb"),
               replace_all(read_file(here.job_file("fhi-npr-tsb")), "127.0.0.1", "127.0.0.2"));
    const auto ended = here.run({"check", "--online", "--all"});
    INFO(ended.out << ended.err);
    CHECK(ended.exit == 1);
    CHECK(
        ended.out.find("ssb-cpi-by-year.toml: not checked: 127.0.0.1 gave no response to 2 jobs before it, so it was "
                       "not asked") != std::string::npos);
    CHECK(ended.out.find("\ncould not be checked: fhi-npr-tsb, ssb-cpi, ssb-cpi-2015, ssb-cpi-by-year\n") !=
          std::string::npos);
}
