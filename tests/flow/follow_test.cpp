// An installation of one's own: a start, then from a table or a file to a judged indicator in one command. The
// commands of the README's example are run as they stand there, against the simulated source.
#include "base/text.hpp"
#include "lib/json/json.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

using namespace skurd::test;
using namespace skurd::sim;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

/// Every file of a folder, with its bytes; what is in the state folder is no matter.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto name = std::filesystem::relative(entry.path(), folder).string();
        if (!name.starts_with("state"))
            files[name] = entry.is_regular_file() ? read_file(entry.path()) : "";
    }
    return files;
}

/// A simulated agency, and what `skurd init` wrote; the simulator may be spoken to.
struct Scene {
    Scene()
    {
        sim.add_table(SimTable::read(skurd::Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        const auto begun = skurd::test::skurd(folder / "state", {"init", (folder / "stats").string()});
        INFO(begun.err);
        REQUIRE(begun.exit == 0);
        allow_loopback();
    }

    void allow_loopback() const
    {
        const auto config = folder / "stats/skurd.toml";
        write_file(config, skurd::replace_all(read_file(config), "[fetch]\n",
                                              "[fetch]\nallow_private = [\"127.0.0.1\"]\n"
                                              "allow_http = [\"127.0.0.1\"]\n"));
    }

    Ended run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "stats/skurd.toml").string()});
        return skurd::test::skurd(folder / "state", arguments);
    }

    Ended follow(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"follow", "pxweb", "07459", "--url", sim.base_url()});
        return run(arguments);
    }

    std::map<std::string, std::string> written() const { return files_of(folder / "stats"); }

    TempDir folder;
    ManualClock clock{"2026-01-01"};
    SimSsb sim{clock};
};

} // namespace

TEST_CASE("what init writes passes the check, and nothing that is there is overwritten", "[flow]")
{
    const Scene here;
    const auto checked = here.run({"check"});
    INFO(checked.out << checked.err);
    CHECK(checked.exit == 0);
    CHECK(checked.out == "1 jobs, configuration and catalogue are good\n");

    const auto before = here.written();
    const auto again = skurd::test::skurd(here.folder / "state", {"init", (here.folder / "stats").string()});
    CHECK(again.exit == 2);
    CHECK_THAT(again.err, Contains("skurd.toml: is there already; nothing was written"));
    CHECK(here.written() == before);
    write_file(here.folder / "other/indicators/indicators.toml", "mine");
    CHECK(skurd::test::skurd(here.folder / "state", {"init", (here.folder / "other").string()}).exit == 2);
    CHECK(files_of(here.folder / "other").size() == 2);
}

TEST_CASE("a table becomes a judged indicator in one command, and later releases raise its flags", "[flow]")
{
    Scene here;
    const auto followed = here.follow({"--select", "Region=Oslo", "--indicator", "Folketall i Oslo", "--kind",
                                       "number", "--direction", "up", "--threshold", "1000000", "--json"});
    INFO(followed.out << followed.err);
    REQUIRE(followed.exit == 0);
    const auto result = Json::parse(followed.out);
    CHECK(result["formula"] == "127.0.0.1/07459{Region=0301,ContentsCode=Personer1}");
    CHECK(result["unit"] == "personer");
    CHECK(result["outcome"] == "new vintage");
    CHECK(result["values"].size() == 5);
    CHECK(result["verdicts"].back()["verdict"] == "unchanged");
    CHECK(here.run({"check"}).exit == 0);
    CHECK(here.run({"flags"}).out.find("Folketall i Oslo") == std::string::npos);
    const auto number = std::to_string(result["indicator"].get<int>());
    CHECK_THAT(here.run({"report"}).out, Contains("Folketall i Oslo"));
    CHECK_THAT(here.run({"why", number}).out, Contains("127.0.0.1/07459"));
}

TEST_CASE("a second indicator of the same table has a job and a dataset of its own", "[flow]")
{
    const Scene here;
    REQUIRE(here.follow({"--select", "Region=0", "--indicator", "Folketall"}).exit == 0);
    const auto second = here.follow({"--select", "Region=0", "--select", "Kjonn=1|2", "--indicator", "Begge kjønn"});
    INFO(second.out << second.err);
    REQUIRE(second.exit == 0);
    CHECK_THAT(second.out, Contains("sum(127.0.0.1/07459-2{Region=0,Kjonn=1|2,ContentsCode=Personer1})"));
    CHECK(here.run({"check"}).exit == 0);
    CHECK(here.run({"harvest", "127.0.0.1-07459", "127.0.0.1-07459-2"}).exit == 0);
}

TEST_CASE("every place is followed with one command, has its table in the report, and its flags", "[flow]")
{
    const Scene here;
    const auto followed = here.follow({"--for-each", "Region", "--codes", "????", "--indicator", "Folketall",
                                       "--direction", "up", "--threshold", "0", "--number", "20", "--json"});
    INFO(followed.out << followed.err);
    REQUIRE(followed.exit == 0);
    CHECK(Json::parse(followed.out)["expansions"] == 3);
    CHECK(here.run({"check"}).exit == 0);
    const auto report = here.run({"report", "--lang", "nb"}).out;
    for (const auto* place : {"\nOslo\n", "\nStavanger\n", "\nHalden\n"})
        CHECK_THAT(report, Contains(place));
    CHECK_THAT(here.run({"indicators", "--lang", "en"}).out, Contains("one for each Region (3)"));
    CHECK_THAT(here.run({"why", "20/0301"}).out, Contains("20/0301  Folketall, Oslo"));
    CHECK_THAT(here.run({"get", "20/0301"}).out, Contains("2025"));
    const auto none = here.run({"why", "20"});
    CHECK(none.exit == 2);
    CHECK_THAT(none.err, Contains("indicator 20 stands for one for each Region: name one, like 20/CODE"));

    const auto all = Json::parse(here.run({"flags", "--indicator", "20", "--json"}).out);
    const auto one = Json::parse(here.run({"flags", "--for", "Stavanger", "--json"}).out);
    CHECK(all.size() == 2); // Oslo has the same number in both years
    REQUIRE(one.size() == 1);
    CHECK(one == Json::parse(here.run({"flags", "--for", "1103", "--json"}).out));
    CHECK(one == Json::parse(here.run({"flags", "--indicator", "20/1103", "--json"}).out));
    CHECK_THAT(one[0]["text_nb"].get<std::string>(), Contains("Indikator 20/1103 (Folketall, Stavanger)"));
    CHECK(here.run({"flags", "--for", "Bergen"}).exit == 2);
    CHECK(here.run({"flags", "ack", "--all", "--for", "1103", "--note", "sett", "--by", "Kari"}).exit == 0);
    CHECK(Json::parse(here.run({"flags", "--for", "1103", "--json"}).out)[0]["state"] == "acknowledged");
    CHECK(Json::parse(here.run({"flags", "--for", "3101", "--json"}).out)[0]["state"] == "open");
}

TEST_CASE("a place that a later release brings is followed from then on, and the others as before", "[flow]")
{
    const Scene here;
    const auto file = (here.folder / "tall.csv").string();
    write_file(file, "Kommune;2018;2019\n0301;100;110\n1103;50;50\n");
    REQUIRE(here.run({"follow", file, "--for-each", "Kommune", "--indicator", "Tall"}).exit == 0);
    CHECK(here.run({"why", "2/4601"}).exit == 2);
    write_file(file, "Kommune;2018;2019\n0301;100;110\n1103;50;50\n4601;7;9\n");
    const auto dropped = here.run({"drop", file, "--job", "tall"});
    INFO(dropped.out << dropped.err);
    REQUIRE(dropped.exit == 0);
    CHECK_THAT(here.run({"why", "2/4601", "--lang", "en"}).out, Contains("7 → 9"));
    const auto flags = Json::parse(here.run({"flags", "--json"}).out);
    REQUIRE(flags.size() == 2);
    CHECK(flags[0]["indicator"] == 2'400'301);
    CHECK(flags[1]["indicator"] == 2'404'601);
    CHECK(flags[0]["state"] == "open");
    const auto signing = here.run({"signoff", "--set", "1", "--period", "2020", "--by", "Kari"});
    INFO(signing.err);
    CHECK(signing.exit == 0);
    CHECK(here.run({"report", "--signed", "1"}).exit == 0);
}

TEST_CASE("whatever goes wrong, follow leaves no file behind and says what to do", "[flow]")
{
    Scene here;
    const auto before = here.written();
    const struct {
        std::vector<std::string> arguments;
        const char* message;
    } mistakes[] = {
        {{"--indicator", "x", "--select", "Regoin=0"}, "there is no such dimension (did you mean 'Region'?)"},
        {{"--indicator", "x", "--select", "Region=9"}, "--select Region: there is no code '9'"},
        {{"--indicator", "x", "--select", "Region"}, "expected '='"},
        {{"--indicator", "x", "--select", "Region=0|0301", "--kind", "share"}, "a share is of one series"},
        {{"--indicator", "x", "--number", "1"}, "there is an indicator 1 already"},
        {{"--indicator", "x", "--unit", "kr"}, "are not kroner"},
        {{"--indicator", "x", "--threshold", "-1"}, "--threshold '-1' is not a limit"},
    };
    for (const auto& mistake : mistakes) {
        const auto ended = here.follow(mistake.arguments);
        INFO(ended.out << ended.err);
        CHECK(ended.exit != 0);
        CHECK_THAT(ended.err, Contains(mistake.message));
        CHECK(here.written() == before);
    }
    const auto unknown = here.run({"follow", "pxweb", "99999", "--url", here.sim.base_url(), "--indicator", "x"});
    CHECK(unknown.exit == 1);
    const auto alone = skurd::test::skurd(here.folder / "state", {"follow", "ssb", "07459", "--indicator", "x"});
    CHECK(alone.exit == 2);
    CHECK_THAT(alone.err, Contains("`skurd init DIR` writes one"));
    CHECK(here.written() == before);
}

TEST_CASE("a harvest that fails takes the files of follow with it", "[flow][long]")
{
    Scene here;
    const auto before = here.written();
    here.sim.fail_next(9, html_page(), 2); // the description is honest, the harvest is not
    const auto ended = here.follow({"--select", "Region=0", "--indicator", "x"});
    INFO(ended.out << ended.err);
    CHECK(ended.exit == 1);
    CHECK(here.written() == before);
}

TEST_CASE("beside a daemon follow writes nothing and says why", "[flow]")
{
    const Scene here;
    const auto before = here.written();
    Running daemon(here.folder / "state", {"serve", "--config", (here.folder / "stats/skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    const auto ended = here.follow({"--select", "Region=0", "--indicator", "x"});
    CHECK(ended.exit == 3);
    CHECK_THAT(ended.err, Contains("a daemon reads its jobs and indicators when it starts"));
    CHECK(here.written() == before);
}

TEST_CASE("a file is followed as a table is, when its layout is proved", "[flow]")
{
    const Scene here;
    const auto file = (here.folder / "Tall 2017.csv").string();
    write_file(file,
               "Kommune;Kjønn;2016;2017\n0301 Oslo;Menn;10;12\n0301 Oslo;Kvinner;11;13\n1103 Stavanger;Menn;7;8\n"
               "1103 Stavanger;Kvinner;5;6\n");
    const auto open = here.run({"follow", file, "--indicator", "Menn i Oslo"});
    CHECK(open.exit == 2);
    CHECK_THAT(open.err, Contains("Kommune has 2 codes: 0301 Oslo, 1103 Stavanger; Kjønn has 2 codes"));
    const auto followed = here.run({"follow", file, "--select", "Kommune=0301 Oslo", "--select", "Kjønn=Menn",
                                    "--indicator", "Menn i Oslo", "--direction", "up", "--lang", "en"});
    INFO(followed.out << followed.err);
    REQUIRE(followed.exit == 0);
    CHECK_THAT(followed.out, Contains("2017: 12 number"));
    CHECK_THAT(followed.out, Contains("2016–2017: Green: 10 → 12"));
    CHECK(here.run({"check"}).exit == 0);
    CHECK_THAT(here.run({"flags"}).out, Contains("Menn i Oslo"));

    const auto before = here.written();
    write_file(file, "Kommune;2016;Endring\nOslo;1;2\nBø;3;4\n");
    const auto unproved = here.run({"follow", file, "--indicator", "x"});
    CHECK(unproved.exit == 1);
    CHECK_THAT(unproved.err, Contains("the column 'Endring' is left out with 2 numbers"));
    CHECK(here.written() == before);
}

TEST_CASE("the README's example of an indicator of one's own raises a flag in three commands", "[flow][docs]")
{
    const auto readme = read_file(SKURD_SOURCE_DIR "/README.md");
    const std::regex line("\n    \\$ skurd ((init|follow|flags) [^\n]*)");
    std::vector<std::string> commands;
    for (std::sregex_iterator at(readme.begin(), readme.end(), line), end; at != end; ++at)
        if ((*at)[1].str().find("stats") != std::string::npos)
            commands.push_back((*at)[1]);
    REQUIRE(commands.size() == 3);

    const Scene here;
    for (auto& command : commands) {
        command = skurd::replace_all(command, "follow ssb", "follow pxweb");
        if (command.starts_with("follow"))
            command += " --url " + here.sim.base_url();
        std::vector<std::string> words;
        const std::regex word("\"([^\"]*)\"|(\\S+)");
        for (std::sregex_iterator at(command.begin(), command.end(), word), end; at != end; ++at)
            words.push_back((*at)[1].matched ? (*at)[1] : (*at)[2]);
        for (auto& one : words)
            one = skurd::replace_all(one, "stats", (here.folder / "new").string());
        const auto ended = skurd::test::skurd(here.folder / "newstate", words);
        INFO(command << "\n" << ended.out << ended.err);
        CHECK(ended.exit == 0);
        if (command.starts_with("init")) {
            const auto config = here.folder / "new/skurd.toml";
            write_file(config, skurd::replace_all(read_file(config), "[fetch]\n",
                                                  "[fetch]\nallow_private = [\"127.0.0.1\"]\n"
                                                  "allow_http = [\"127.0.0.1\"]\n"));
        }
        if (command.starts_with("flags"))
            CHECK_THAT(ended.out, Contains("Folketall"));
    }
}
