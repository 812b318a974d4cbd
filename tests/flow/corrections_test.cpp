// A number the source has wrong, from the correction to its end, through the built program.
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "store/payload_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <csignal>

using namespace skurd::test;
using skurd::Json;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
[source]
files = "tall-*.csv"
published = "{published}"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

constexpr auto sets = R"([[set]]
number = 1
title = { nb = "Rapport", en = "Report" }
published = "2020-01-01"
baseline = "2018"
count = 1
members = ["7"]
tables = { "goal 1" = "1" }
)";

/// Three numbers of two series, of which series 1 says 5 for 2018 and 6.50 for 2019; one of them is corrected to 5.5.
struct Corrected {
    Corrected()
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "indicators/goal-1.toml", one_indicator);
        write_file(folder / "indicators/sets.toml", sets);
        release("nr;2018;2019\n1;5;6,50\n2;7;8\n", "2020-01-02");
        correction = json({"correct", "drop/tall{nr=1}", "--period", "2018", "--expected", "5", "--to", "5,5",
                           "--reason", "skrivefeil, blåbær", "--by", "Kåre"})["correction"];
    }

    void release(const char* bytes, const std::string& published) const
    {
        auto text = std::string(job);
        text.replace(text.find("{published}"), 11, published);
        write_file(folder / "schedules/tall.toml", text);
        write_file(folder / "tall-1.csv", bytes);
        const auto ended = run({"drop", "tall-1.csv", "--job", "tall"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
    }

    std::vector<std::string> with_config(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return arguments;
    }
    Ended run(const std::vector<std::string>& arguments) const
    {
        return skurd::test::skurd(state, with_config(arguments));
    }
    std::string out(const std::vector<std::string>& arguments) const
    {
        const auto ended = run(arguments);
        INFO(ended.err);
        REQUIRE(ended.exit == 0);
        return ended.out;
    }
    Json json(std::vector<std::string> arguments) const
    {
        arguments.emplace_back("--json");
        return Json::parse(out(arguments));
    }
    std::string value(std::vector<std::string> more) const
    {
        std::vector<std::string> arguments = {"get", "drop/tall{nr=1}", "--period", "2018"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return json(arguments).at(0)["value"];
    }

    TempDir folder;
    std::filesystem::path state = folder / "state";
    Json correction;
};

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

constexpr auto plain_note = "the source's 5 should be 5.5: skrivefeil, blåbær (Kåre, ";
constexpr auto applied_note = "corrected from 5 to 5.5: skrivefeil, blåbær (Kåre, ";

} // namespace

TEST_CASE("a read gives the source's number with a mark, or the corrected one where it is asked for", "[flow]")
{
    const Corrected here;
    CHECK(here.value({}) == "5");
    CHECK(here.value({"--corrected"}) == "5.5");
    const auto plain = here.json({"get", "drop/tall{nr=1}"});
    CHECK(plain[0]["correction"]["source_value"] == "5");
    CHECK(plain[0]["correction"]["corrected_value"] == "5.5");
    CHECK(plain[0]["correction"]["reason"] == "skrivefeil, blåbær");
    CHECK(plain[0]["correction"]["actor"] == "Kåre");
    CHECK(plain[0]["correction"]["applied"] == false);
    CHECK(plain[1]["correction"].is_null());
    CHECK(here.json({"get", "7", "--corrected"})[0]["correction"]["applied"] == true);
    CHECK(here.json({"get", "drop/tall{nr=2}", "--corrected"})[0]["value"] == "7");

    const auto table = here.out({"get", "drop/tall{nr=1}"});
    CHECK(contains(table, "2018        5        †       2020-01-02"));
    CHECK(contains(table, std::string("† drop/tall nr=1 2018: ") + plain_note));
    CHECK(contains(here.out({"get", "7", "--corrected"}), applied_note));
    const auto csv = here.out({"get", "drop/tall{nr=1}", "--format", "csv", "--corrected"});
    CHECK(contains(csv, ",source_value,corrected_value,correction,annotations,source,licence,left_out\n"));
    CHECK(contains(csv, ",2018,5.5,,,,2020-01-02T00:00:00Z,day,,"));
    CHECK(contains(csv, std::string(",1,5,5.5,\"") + applied_note));
    CHECK(contains(csv, ",2019,6.50,,,,2020-01-02T00:00:00Z,day,,"));
    CHECK(contains(csv, ",1,,,,,source not stated,licence unknown,\n"));
    const auto stat = Json::parse(here.out({"get", "drop/tall{nr=1}", "--format", "jsonstat"}));
    CHECK(stat["status"] == Json({{"0", "†"}}));
    CHECK(contains(stat["note"][0], plain_note));
    CHECK(contains(here.out({"history", "drop/tall{nr=1}"}), plain_note));
}

TEST_CASE("report and why judge what the source says, and the corrected numbers where they are asked for", "[flow]")
{
    const Corrected here;
    const std::vector<std::string> report = {"report", "--period", "2019", "--lang", "en"};
    auto corrected = report;
    corrected.emplace_back("--corrected");
    CHECK(contains(here.out(report), "5\u00a0†"));
    CHECK(contains(here.out(report), std::string("- † 7 (2018): ") + plain_note));
    CHECK(contains(here.out(corrected), "5.5\u00a0†"));
    CHECK(contains(here.out(corrected), std::string("- † 7 (2018): ") + applied_note));
    CHECK(contains(here.out(report), "+30.0%"));
    CHECK(contains(here.out(corrected), "+18.2%"));
    const auto row = here.json(report)["rows"][0];
    CHECK(row["values"]["2018"] == "5");
    CHECK(row["corrections"][0]["corrected_value"] == "5.5");
    CHECK(row["corrections"][0]["applied"] == false);
    CHECK(here.json(corrected)["rows"][0]["values"]["2018"] == "5.5");

    CHECK(contains(here.out({"why", "7", "--lang", "en"}), std::string("† 2018: ") + plain_note));
    CHECK(contains(here.out({"why", "7", "--lang", "en"}), "5 → 6.50"));
    CHECK(
        contains(here.out({"why", "7", "--corrected"}), "† 2018: rettet fra 5 til 5,5: skrivefeil, blåbær (Kåre, "));
    CHECK(contains(here.out({"why", "7", "--corrected"}), "5,5 → 6,50"));
    CHECK(here.json({"why", "7"})["values"][0]["correction"]["applied"] == false);
}

TEST_CASE("a correction ends with one flag when the source changes the number, and no harvest raises another",
          "[flow]")
{
    Corrected here;
    here.release("nr;2018;2019\n1;5,0;6,50\n2;7;9\n", "2020-02-01");
    CHECK(here.json({"corrections"}).size() == 1);
    CHECK(here.value({"--corrected"}) == "5.5");
    here.release("nr;2018;2019\n1;5,6;6,50\n2;7;9\n", "2020-03-01");
    here.release("nr;2018;2019\n1;5,6;6,50\n2;7;10\n", "2020-04-01");

    CHECK(here.out({"corrections"}) == "no open corrections\n");
    const auto ended = here.json({"corrections", "--all"}).at(0)["ended"];
    CHECK(ended["why"] == "the source changed it to 5.6");
    CHECK(ended["actor"].is_null());
    CHECK(ended["vintage"] == 3);
    CHECK(here.value({"--corrected"}) == "5.6");
    CHECK(contains(here.out({"history", "7"}), "; ended "));
    const auto is_of_correction = [](const Json& flag) {
        return contains(flag["text_en"],
                        "Correction 1 of drop/tall nr=1 2018 holds no longer: the source changed it to 5.6");
    };
    const auto flags = here.json({"flags"});
    REQUIRE(std::count_if(flags.begin(), flags.end(), is_of_correction) == 1);
    const auto& flag = *std::find_if(flags.begin(), flags.end(), is_of_correction);
    CHECK(flag["kind"] == "revision");
    CHECK(flag["indicator"] == 7);
    CHECK(flag["state"] == "open");

    CHECK(here.run({"flags", "ack", flag["flag"].dump(), "--note", "sett"}).exit == 0);
    here.release("nr;2018;2019\n1;5;6,50\n2;7;10\n", "2020-05-01");
    const auto after = here.json({"flags", "--all"});
    REQUIRE(std::count_if(after.begin(), after.end(), is_of_correction) == 1);
    CHECK((*std::find_if(after.begin(), after.end(), is_of_correction))["state"] == "acknowledged");
    CHECK(here.value({"--corrected"}) == "5");
    CHECK(here.json({"corrections"}).empty());
}

TEST_CASE("a crash between the harvest and its evaluation loses no end of a correction", "[flow]")
{
    Corrected here;
    {
        ManualClock clock("2026-01-01");
        skurd::StoreSession store(store_of(here.state), skurd::StoreSession::Access::write, clock);
        skurd::Release release;
        release.dataset = "drop/tall";
        release.label = "Tall";
        release.time_dimension = "period";
        release.symbols = {skurd::Symbol{}};
        release.periods = {skurd::Period::year(2018)};
        release.dimensions.push_back({"nr", "nr", skurd::Role::none, {{"1", "1", "", {}}}, {}});
        release.cells = {skurd::Cell::of(skurd::Decimal(9, 0))};
        skurd::VintageStore(store).ingest(
            release, {skurd::parse_time("2025-01-01").value(), "test", skurd::Confidence::day}, skurd::Origin::drop,
            skurd::PayloadStore(store).store("x", "text/csv", "x"), 0);
    }
    CHECK(here.json({"corrections"}).size() == 1);
    CHECK(here.value({"--corrected"}) == "9"); // it holds for no other number, ended or not
    CHECK(here.run({"harvest", "tall"}).exit == 0);
    CHECK(here.json({"corrections"}).empty());
    CHECK(contains(here.out({"flags", "--lang", "nb"}), "kilden endret det til 9"));
}

TEST_CASE("the daemon takes corrections and annotations", "[flow]")
{
    const Corrected here;
    Running daemon(here.state, here.with_config({"serve"}));
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    CHECK(here.out({"correct", "--end", here.correction.dump(), "--reason", "feil likevel", "--by", "Åse"}) ==
          "correction 1 is ended\n");
    CHECK(here.json({"correct", "7", "--period", "2019", "--expected", "6.5", "--to", "-6.5", "--reason",
                     "x"})["correction"] == 2);
    CHECK(here.json({"annotate", "7", "--kind", "break", "--period", "2019", "--text", "ny måte å telle på", "--by",
                     "Åse"})["annotation"] == 1);
    const auto wrong =
        here.run({"correct", "7", "--period", "2018", "--expected", "4", "--to", "3", "--reason", "x"});
    CHECK(wrong.exit == 2);
    CHECK(contains(wrong.err, "the store holds 5, not 4"));
    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);

    CHECK(here.json({"get", "7", "--corrected"})[1]["value"] == "-6.5");
    CHECK(here.json({"corrections", "--all"})[0]["ended"]["actor"] == "Åse");
    CHECK(contains(here.out({"get", "7"}), "* drop/tall nr=1 2019: break: ny måte å telle på (Åse, "));
}
