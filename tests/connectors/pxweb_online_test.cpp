// What a person sees of a server: tables found and described, a job held against its table.
#include "base/error.hpp"
#include "config/job.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <algorithm>
#include <filesystem>

using namespace skurd;
using test::SimWorld;

namespace {

std::vector<Response> ask(Fetcher& fetcher, Exchange::Next next)
{
    return test::fetch_all(Exchange(std::move(next)), fetcher);
}

std::unique_ptr<Connector> job_of(const std::string& text)
{
    auto job = Job::read(Section::parse(text, "job.toml"), "job");
    JobSections sections{job.id, job.source, std::nullopt, ""};
    auto connector = create_connector(job.connector, job.connector_where, sections);
    job.whole.reject_unknown_keys();
    return connector;
}

std::vector<CheckResult> checked(SimWorld& world, const std::string& source)
{
    const auto connector = job_of("[job]\nconnector = \"ssb\"\n[source]\n" + source);
    const auto responses = ask(world.fetcher, [&](const auto& so_far) { return connector->next_check(so_far); });
    for (const auto& response : responses)
        if (response.status == 200 && response.url.find("/data") != std::string::npos)
            CHECK(decode_jsonstat(response.body).front().cells.size() == 1); // no table is fetched for a question
    return connector->check(responses);
}

std::string source(const SimWorld& world, const std::string& select, const std::string& more = "")
{
    return fmt::format("table = \"07459\"\nbase_url = \"{}\"\n{}[source.select]\n{}", world.ssb.base_url(), more,
                       select);
}

/// The remarks as "where kind: text -> line".
std::string text_of(const CheckResult& remark)
{
    const auto* kind = remark.kind == CheckResult::Kind::confirmed ? "right"
                       : remark.kind == CheckResult::Kind::wrong   ? "wrong"
                                                                   : "unsure";
    return fmt::format("{} {}: {}{}", remark.where, kind, remark.text,
                       remark.line.empty() ? "" : " -> " + remark.line);
}

std::vector<std::string> texts_of(const std::vector<CheckResult>& remarks)
{
    std::vector<std::string> texts;
    texts.reserve(remarks.size());
    for (const auto& remark : remarks)
        texts.push_back(text_of(remark));
    return texts;
}

} // namespace

TEST_CASE("a job that is right is confirmed, line by line", "[connectors]")
{
    SimWorld world;
    const auto remarks =
        texts_of(checked(world, source(world, "Region = [\"0\"]\nKjonn = []\nAlder = [\"*\"]\n"
                                              "ContentsCode = [\"Personer1\"]\nTid = [\"top(2)\"]\n")));
    REQUIRE(remarks.size() == 6);
    CHECK(remarks[0].starts_with("job.toml:4 right: table 07459 is '07459: Befolkning"));
    CHECK(remarks[1] == "job.toml:7 right: Region: 0 is 0 'Hele landet'");
    CHECK(remarks[2] == "job.toml:8 right: Kjonn: left out, so the response is for its total");
    CHECK(remarks[3] == "job.toml:9 right: Alder: * is 3 codes");
    CHECK(remarks[4] == "job.toml:10 right: ContentsCode: Personer1 is Personer1 'Personer'");
    CHECK(remarks[5] == "job.toml:11 right: Tid: top(2) is 2 codes");
}

TEST_CASE("what is wrong in a job comes with the line to write", "[connectors]")
{
    SimWorld world;
    const auto remarks = texts_of(checked(
        world,
        source(world, "Regon = [\"0\"]\nKjonn = [\"label(^menn)\", \"Kvinner\"]\nContentsCode = [\"Personer\"]\n",
               "expect = \"^07459: Folketall\"\n")));
    const auto has = [&](const std::string& text) {
        INFO(text);
        return std::count(remarks.begin(), remarks.end(), text) == 1;
    };
    CHECK(has("job.toml:8 wrong: there is no dimension 'Regon'; it has Region, Kjonn, Alder, ContentsCode, Tid -> "
              "Region = [\"0\"]"));
    CHECK(has("job.toml:9 wrong: Kjonn: label(^menn) is 1 'Menn'; there is no code 'Kvinner' in Kjonn -> Kjonn = "
              "[\"1\", \"2\"]"));
    CHECK(has("job.toml:10 wrong: ContentsCode: there is no code 'Personer' in ContentsCode (did you mean "
              "'Personer1'?) -> ContentsCode = [\"Personer1\"]"));
    CHECK(has("job.toml:10 unsure: the dimension Alder ('alder') is not named, so the response is for its total -> "
              "Alder = []"));
    CHECK(has("job.toml:10 wrong: the dimension Tid ('år') is not named, and must be -> Tid = [\"*\"]"));
    CHECK(std::any_of(remarks.begin(), remarks.end(), [](const auto& text) {
        return text.starts_with("job.toml:6 wrong: the title '07459: Befolkning") &&
               text.ends_with("does not match expect = '^07459: Folketall' -> expect = \"^07459: Befolkning\"");
    }));
}

TEST_CASE("a dimension given by its label works, and comes with the line that has its code", "[connectors]")
{
    SimWorld world;
    const auto select = "\"label(kjønn)\" = [\"label(^menn$)\"]\n'label(^alder)' = []\nRegion = []\n"
                        "ContentsCode = [\"*\"]\nTid = [\"*\"]\n";
    const auto remarks = texts_of(checked(world, source(world, select)));
    const auto connector = job_of("[job]\nconnector = \"ssb\"\n[source]\n" + source(world, select));
    const auto decoded =
        connector->decode({}, ask(world.fetcher, [&](const auto& so_far) { return connector->next({}, so_far); }));

    CHECK(remarks.at(1) == "job.toml:7 right: Kjonn: label(^menn$) is 1 'Menn' -> Kjonn = [\"1\"]");
    CHECK(remarks.at(2) == "job.toml:8 right: Alder: left out, so the response is for its total -> Alder = []");
    CHECK(decoded.cubes.front().find("Kjonn")->categories.size() == 1);
    CHECK(decoded.notes.empty());
}

TEST_CASE("the line \"*\" takes every dimension that no other line names, all of it, and comes with their lines",
          "[connectors]")
{
    SimWorld world;
    const auto select = "Region = [\"0\"]\nContentsCode = [\"Personer1\"]\n\"*\" = [\"*\"]\n";
    const auto results = checked(world, source(world, select));
    const auto connector = job_of("[job]\nconnector = \"ssb\"\n[source]\n" + source(world, select));
    const auto decoded =
        connector->decode({}, ask(world.fetcher, [&](const auto& so_far) { return connector->next({}, so_far); }));
    const auto all_named =
        texts_of(checked(world, source(world, std::string(select) + "Kjonn = []\nAlder = []\nTid = [\"top(1)\"]\n")));

    CHECK(text_of(results.back()) ==
          "job.toml:9 right: \"*\" is all of Kjonn ('kjønn', 2 codes) and Alder ('alder', 3 "
          "codes) and Tid ('år', 5 codes) -> Kjonn = [\"*\"]\nAlder = [\"*\"]\nTid = "
          "[\"*\"]");
    CHECK(results.back().fix == CheckResult::Fix::replace);
    CHECK(decoded.cubes.front().cells.size() == 2UL * 3 * 5);
    CHECK(decoded.coverage == Coverage::full_history);
    CHECK(decoded.notes.empty());
    CHECK(all_named.back() == "job.toml:9 right: every dimension is named: this line can go");
    CHECK_THROWS_WITH(
        job_of("[job]\nconnector = \"ssb\"\n[source]\n" + source(world, "Tid = [\"*\"]\n\"*\" = [\"top(1)\"]\n")),
        Catch::Contains("it can only be \"*\" = [\"*\"]"));
}

TEST_CASE("the line \"*\" may be one code that every other dimension has", "[connectors]")
{
    SimWorld world;
    const auto lines = "Region = [\"0\"]\nContentsCode = [\"Personer1\"]\nTid = [\"*\"]\nAlder = []\n";
    const auto with = [&](const std::string& code) {
        return checked(world, source(world, std::string(lines) + "\"*\" = [\"" + code + "\"]\n")).back();
    };
    CHECK(text_of(with("1")) == R"(job.toml:11 right: "*" is 1 of Kjonn ('kjønn', 2 codes) -> Kjonn = ["1"])");
    CHECK(with("1").fix == CheckResult::Fix::replace);
    CHECK_THAT(text_of(with("7")), Catch::Contains("job.toml:11 wrong: ") && Catch::Contains("'7'"));
    CHECK(with("7").fix == CheckResult::Fix::guess);
    for (const char* wrong : {R"(["1", "2"])", "[]", R"(["1*"])"})
        CHECK_THROWS_WITH(job_of("[job]\nconnector = \"ssb\"\n[source]\n" +
                                 source(world, fmt::format("{}\"*\" = {}\n", lines, wrong))),
                          Catch::Contains("or one code that each has"));
}

TEST_CASE("a job that cannot run is not confirmed, right as its lines are", "[connectors]")
{
    SimWorld world;
    const auto select = "Region = [\"*\"]\nKjonn = [\"*\"]\nAlder = [\"*\"]\nContentsCode = [\"*\"]\nTid = [\"*\"]\n";
    const auto last = [&](const std::string& more) {
        return texts_of(checked(world, source(world, select, more))).back();
    };
    const auto whole = last("");
    const auto too_many_parts = last("cells_max = 1\n");
    world.ssb.limit_cells(0);
    const auto refused = last("");

    CHECK(whole.ends_with("right: Tid: * is 5 codes"));
    CHECK(too_many_parts == "job.toml:4 wrong: a run would end so: job.toml:8: the selection in table 07459 has 120 "
                            "cells, and the server answers at most 1 at a time: that would take more than 100 "
                            "requests; select less");
    CHECK(refused.starts_with(
        "job.toml:4 wrong: a run would end so: SSB answered 400 for data of table 07459: Too many "
        "cells selected"));
}

TEST_CASE("a table that is not there is said at its line", "[connectors]")
{
    SimWorld world;
    world.ssb.remove_table("07459");
    const auto remarks = texts_of(checked(world, source(world, "Tid = [\"*\"]\n")));
    REQUIRE(remarks.size() == 1);
    CHECK(remarks[0] == "job.toml:4 wrong: there is no table 07459 at " + world.ssb.base_url());
}

TEST_CASE("the jobs that ship for Statistics Norway are fit, off, and name every dimension they know of",
          "[connectors]")
{
    int jobs = 0;
    for (const auto& file : std::filesystem::directory_iterator(SKURD_SOURCE_DIR "/schedules")) {
        if (!file.path().filename().string().starts_with("ssb-"))
            continue;
        CAPTURE(file.path().string());
        auto job = Job::read(Section::load(file.path()), file.path().stem().string());
        JobSections sections{job.id, job.source, std::nullopt, ""};
        const auto connector = create_connector(job.connector, job.connector_where, sections);
        job.whole.reject_unknown_keys();
        CHECK_FALSE(job.enabled);
        CHECK(job.source.has("expect"));
        CHECK((!job.unconfirmed.empty() || job.source.has("table")));
        CHECK(connector->guarantee().blackout);
        ++jobs;
    }
    CHECK(jobs == 20);
}

TEST_CASE("tables are found by words, and a described one comes with a job that runs", "[connectors]")
{
    SimWorld world;
    world.ssb.add_many(5, "2025-02-20T07:00:00Z");
    const auto kind = GENERATE("v2", "v1");
    const bool v1 = kind == std::string("v1");
    const auto browser = browse_pxweb({v1 ? world.ssb.v1_url() + "/no/table" : world.ssb.base_url(), v1 ? "" : "no"});
    const auto answers =
        ask(world.fetcher, [&](const auto& so_far) { return browser->next_search("befolkning", so_far); });
    const auto found = browser->found("befolkning", answers);
    const auto described = browser->described(
        "07459", ask(world.fetcher, [&](const auto& so_far) { return browser->next_description("07459", so_far); }));

    REQUIRE(found.size() == 1);
    CHECK(found[0].id.ends_with("07459"));
    CHECK(found[0].title.find("Befolkning") != std::string::npos);
    CHECK(described.dimensions.size() == 5);
    CHECK(described.table.id == "07459");
    CHECK(described.job.find("# kjønn: 2 codes: ") != std::string::npos);
    CHECK(described.job.find("\nKjonn = []\n") != std::string::npos);
    CHECK(described.job.find("\nTid = [\"*\"]\n") != std::string::npos);
    CHECK(described.job.find("#   \"Personer1\" Personer") != std::string::npos);

    const auto connector = job_of(described.job);
    std::vector<Response> responses =
        ask(world.fetcher, [&](const auto& so_far) { return connector->next({}, so_far); });
    const auto decoded = connector->decode({}, responses);
    CHECK(decoded.cubes.front().dimensions.size() == 2);
    CHECK(decoded.notes.empty());
}

TEST_CASE("all tables are listed, however many pages that takes", "[connectors]")
{
    SimWorld world;
    world.ssb.add_many(25, "2025-02-20T07:00:00Z");
    sim::SsbHabits habits;
    habits.page_size_max = 10;
    world.ssb.habits(habits);
    const auto browser = browse_ssb({world.ssb.base_url(), ""});
    const auto answers = ask(world.fetcher, [&](const auto& so_far) { return browser->next_search("", so_far); });
    CHECK(browser->found("", answers).size() == 26);
    CHECK(browser->hosts() == std::vector<std::string>{"127.0.0.1"});
    CHECK_THROWS_WITH(browse_pxweb({}), Catch::StartsWith("connector 'pxweb' needs the address of a server"));
}
