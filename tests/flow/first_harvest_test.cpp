// The first harvest: both status reports that come with the project, through the built program.
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "lib/json/json.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace skurd::test;
using skurd::Json;
namespace fs = std::filesystem;

namespace {

/// Harvests both files once for all test cases of this file: reading does not change the state.
const TempDir& harvested()
{
    static const TempDir folder;
    if (!fs::exists(folder / "state")) {
        fs::create_directories(folder / "state/drop");
        for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR "/deploy/first-harvest"))
            if (entry.path().extension() == ".csv") {
                fs::copy(entry.path(), folder / "state/drop");
                fs::last_write_time(folder.path() / "state/drop" / entry.path().filename(),
                                    fs::file_time_type::clock::now() - std::chrono::hours(1));
            }
        const auto ended = skurd::test::skurd(folder / "state", {"harvest", "--all"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
    }
    return folder;
}

Ended run(const std::vector<std::string>& arguments)
{
    return skurd::test::skurd(harvested() / "state", arguments);
}

Json json(std::vector<std::string> arguments)
{
    arguments.emplace_back("--json");
    const auto ended = run(arguments);
    INFO(ended.err);
    REQUIRE(ended.exit == 0);
    return Json::parse(ended.out);
}

std::map<int, Json> report_rows()
{
    std::map<int, Json> rows;
    const auto report = json({"report", "--set", "3", "--period", "2018"});
    for (const auto& row : report["rows"])
        rows[row["indicator"]] = row;
    return rows;
}

} // namespace

TEST_CASE("harvesting both reports leaves 85 current indicators and archives the files", "[flow]")
{
    const ManualClock clock("2026-01-01");
    const skurd::StoreSession store(store_of(harvested() / "state"), skurd::StoreSession::Access::read, clock);
    CHECK(skurd::VintageStore(store).list("drop/status-report").size() == 2);
    CHECK(report_rows().size() == 85);
    CHECK(fs::is_empty(harvested() / "state/drop"));
    CHECK(std::distance(fs::directory_iterator(harvested() / "state/archive"), fs::directory_iterator()) == 2);
}

TEST_CASE("after the first harvest status has nothing to say but that no daemon runs and flags wait", "[flow]")
{
    const auto status = Json::parse(run({"status", "--json"}).out);
    std::vector<std::string> concerns;
    for (const auto& finding : status["findings"])
        concerns.push_back(finding["concern"]);
    CHECK(concerns == std::vector<std::string>{"daemon", "flags"});
    CHECK(status["unanswered_flags"]["threshold"] > 0);
    CHECK(status["wrong"].size() == 1);
    CHECK(run({"status"}).exit == 1);
}

TEST_CASE("the third report's rows are as agreed", "[flow][long]")
{
    const auto report = json({"report", "--set", "3", "--period", "2018"});
    CHECK(report["set"] == 3);
    CHECK(report["period"] == "2018");
    const auto nine = report_rows().at(9);
    CHECK(nine["table"] == "6.1");
    CHECK(nine["values"] == Json({{"2016", "284"}, {"2017", "247"}, {"2018", nullptr}}));
    REQUIRE(nine["changes"].size() == 3);
    const auto& change = nine["changes"][0];
    CHECK(change["from"] == "2016");
    CHECK(change["to"] == "2017");
    CHECK(change["per_year"] == false);
    CHECK(change["change"] == "-13.02816901");
    CHECK(change["unit"] == "percent");
    CHECK(change["verdict"] == "improved");
    CHECK(nine["changes"][1]["verdict"] == "no data");
    CHECK(nine["changes"][1]["change"].is_null());
    CHECK(nine["changes"][2]["per_year"] == true);
}

/// A decimal text with eight decimals, rounded half away from zero to as many as the printed figure has.
std::string rounded_like(const std::string& exact, const std::string& printed)
{
    const auto point = printed.find('.');
    const int decimals = point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
    const auto number = skurd::Decimal::parse(exact).value();
    auto mantissa = number.mantissa();
    for (int scale = number.scale(); scale > decimals; --scale) {
        const bool last = scale == decimals + 1;
        mantissa = (mantissa + (last ? (mantissa < 0 ? -5 : 5) : 0)) / 10;
    }
    return skurd::Decimal(mantissa, decimals).text();
}

TEST_CASE("values and changes are those that the third report printed", "[flow][long]")
{
    const auto published = reference("data/status-report-3.csv");
    if (!published)
        return;
    const auto rows = report_rows();
    std::ifstream in(*published);
    std::string line;
    std::getline(in, line);
    std::size_t figures = 0;
    std::set<std::string> others;
    while (std::getline(in, line)) {
        const auto printed = figure_fields(line);
        const auto& row = rows.at(std::stoi(printed[1]));
        INFO(line);
        CHECK(row["table"] == printed[0]);
        for (const std::size_t column : {2, 3, 4}) {
            const auto& value = row["values"][std::to_string(2014 + column)];
            CHECK((value.is_null() ? "N/A" : value.get<std::string>()) == plain(printed[column]));
        }
        for (const std::size_t column : {5, 6, 7}) {
            if (printed[column].empty() || printed[column] == "N/A")
                continue;
            ++figures;
            const auto& change = row["changes"][column - 5]["change"];
            REQUIRE(change.is_string());
            if (rounded_like(change, plain(printed[column])) != plain(printed[column]))
                others.insert(printed[1] + " " + printed[column]);
        }
    }
    CHECK(figures == 95);
    // Computed by the evaluation from figures it did not print.
    CHECK(others == std::set<std::string>{"39 7,8 %", "39 9,1 %", "39 8,4 %"});
}

TEST_CASE("as of June 2018 the first report's numbers stand, today the third's", "[flow][long]")
{
    const auto value = [](const char* indicator, const char* period, std::vector<std::string> more) {
        std::vector<std::string> arguments = {"get", indicator, "--period", period};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto rows = json(arguments);
        return rows.size() == 1 && rows[0]["value"].is_string() ? rows[0]["value"].get<std::string>() : "nothing";
    };
    const std::vector<std::string> then = {"--as-of", "2018-06-01"};
    CHECK(value("9", "2016", then) == "282");
    CHECK(value("9", "2016", {}) == "284");
    CHECK(value("9", "2017", then) == "nothing");
    CHECK(value("39", "2016", then) == "8540");
    CHECK(value("39", "2016", {}) == "134");
    CHECK(value("82", "2016", then) == "50");
    CHECK(value("82", "2016", {}) == "30");
    CHECK(value("93", "2016", then) == "53");
    CHECK(value("93", "2016", {}) == "3.41");
    CHECK(value("11", "2015", then) == "7796");
    CHECK(value("11", "2015", {}) == "nothing");
    CHECK(value("9", "2016", {"--as-of", "2018-03-31"}) == "nothing");
    CHECK(json({"get", "--as-of", "2018-06-01"}).size() == 94);
    CHECK(json({"get", "--known-at", "2018-06-01"}).empty());
}

TEST_CASE("the history of a revised number shows both values with their publication dates", "[flow][long]")
{
    const auto rows = json({"history", "9", "--period", "2016"});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["value"] == "282");
    CHECK(rows[0]["published"] == "2018-04-01T00:00:00Z");
    CHECK(rows[0]["published_confidence"] == "month");
    CHECK(rows[1]["value"] == "284");
    CHECK(rows[1]["published"] == "2019-11-01T00:00:00Z");
}

TEST_CASE("indicator 39 is not comparable across the reports and says why", "[flow][long]")
{
    for (const auto& call : {std::vector<std::string>{"history", "39"}, {"why", "39", "--lang", "en"}}) {
        const auto shown = run(call);
        CHECK(shown.exit == 0);
        CHECK(shown.out.find("not comparable with definition 1: ") != std::string::npos);
        CHECK(shown.out.find("man-years per 10,000") != std::string::npos);
    }
}

TEST_CASE("the first report as of its day says what the first report said, in label, value, unit and year",
          "[flow][long]")
{
    std::ifstream in(SKURD_SOURCE_DIR "/tests/flow/first-report.csv");
    std::string line;
    std::getline(in, line);
    const auto report = json({"report", "--set", "1", "--as-of", "2018-06-01"});
    const auto& rows = report["rows"];
    REQUIRE(rows.size() == 94);
    for (const auto& row : rows) {
        REQUIRE(std::getline(in, line));
        const auto printed = figure_fields(line);
        INFO(line);
        REQUIRE(printed.size() == 6);
        CHECK(row["number"] == std::stoi(printed[0]));
        CHECK(row["label"]["nb"] == printed[1]);
        CHECK(row["label"]["en"] == printed[2]);
        CHECK(row["unit"] == printed[3]);
        CHECK(row["newest"] == printed[5]);
        const auto& course = row["course"];
        REQUIRE(course.size() == 1);
        CHECK(course[0]["value"] == plain(printed[4]));
    }
    CHECK_FALSE(std::getline(in, line));
}

TEST_CASE("an indicator has the name that it had on the day asked about", "[flow][long]")
{
    const auto wait = "Gjennomsnittlig ventetid i TSB, døgnbehandling";
    CHECK(json({"why", "56", "--as-of", "2018-06-01"})["label"]["nb"] == wait);
    CHECK(json({"why", "56"})["label"]["nb"] == "Median ventetid til behandling i TSB");
    CHECK(run({"why", "56", "--as-of", "2018-06-01"}).out.starts_with(std::string("56  ") + wait));
    CHECK(json({"get", "56", "--as-of", "2018-06-01"})[0]["indicator_label"]["nb"] == wait);
    const auto history = json({"history", "56", "--period", "2016"});
    REQUIRE(history.size() == 2);
    CHECK(history[0]["indicator_label"]["nb"] == wait);
    CHECK(history[1]["indicator_label"]["nb"] == "Median ventetid til behandling i TSB");
    const auto listed = run({"indicators", "--set", "1"});
    CHECK(listed.out.find(wait) != std::string::npos);
    CHECK(listed.out.find("Median ventetid") == std::string::npos);
    CHECK(run({"indicators", "56"}).out.find(std::string("het da: ") + wait) != std::string::npos);
}

TEST_CASE("overall input is two to none and one to none, without the three that are not judged on change",
          "[flow][long]")
{
    const auto report = json({"report", "--set", "3", "--period", "2018"});
    const auto counts = [&](std::size_t column) {
        const auto& part = report["roll_ups"][column]["parts"][0];
        CHECK(part["part"] == "overall input");
        CHECK(part["course"] == "positive");
        CHECK(part["counts"]["not judged"] == 3);
        return std::pair(part["counts"]["improved"].get<int>(), part["counts"]["worsened"].get<int>());
    };
    CHECK(counts(1) == std::pair(2, 0));
    CHECK(counts(2) == std::pair(1, 0));
    const auto six = report_rows().at(6);
    CHECK(six["judge"] == "level");
    REQUIRE(six["levels"].size() == 3);
    CHECK(six["levels"][0]["verdict"] == "improved");
    CHECK(six["levels"][1]["verdict"] == "worsened");
    CHECK(six["levels"][2]["verdict"] == "worsened");
    CHECK(json({"why", "1"})["verdicts"].empty());
    for (const auto& flag : json({"flags"}))
        CHECK((flag["indicator"] != 1 && flag["indicator"] != 2));
}

TEST_CASE("only samples have a sampling error: none of the third report's changes", "[flow][long]")
{
    for (const auto& [number, row] : report_rows())
        for (const auto& change : row["changes"]) {
            CAPTURE(number);
            CHECK(change["margin"].is_null());
        }
}

TEST_CASE("the fifth measurement comes out as printed, each change per year from its own first value", "[flow][long]")
{
    TempDir copy;
    copy_state(harvested() / "state", copy / "state");
    const auto file = SKURD_SOURCE_DIR "/deploy/first-harvest/fifth-measurement/femte-maaling.csv";
    const auto dropped = skurd::test::skurd(copy / "state", {"drop", file, "--job", "status-report-5"});
    INFO(dropped.out << dropped.err);
    REQUIRE(dropped.exit == 0);
    const auto asked = skurd::test::skurd(copy / "state", {"report", "--json"}); // the newest set and period
    REQUIRE(asked.exit == 0);
    const auto report = Json::parse(asked.out);
    CHECK(report["set"] == 5);
    CHECK(report["period"] == "2020");
    std::map<std::string, Json> rows;
    for (const auto& row : report["rows"])
        rows[std::to_string(row["number"].get<int>()) + row["suffix"].get<std::string>()] = row;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    int lines = 0;
    while (std::getline(in, line)) {
        const auto fields = line.substr(0, line.size() - 1);
        const auto printed = skurd::split(fields, ';');
        const auto& row = rows.at(std::string(printed[0]));
        INFO(line);
        CHECK(row["label"]["nb"] == std::string(printed[1]));
        for (std::size_t i = 0; i < 5; ++i) {
            const auto& value = row["values"][std::to_string(2016 + i)];
            CHECK((value.is_null() ? "N/A" : value.get<std::string>()) == plain(std::string(printed[2 + i])));
        }
        ++lines;
    }
    CHECK(lines == 14);
    const auto change = [&](const char* number, std::size_t column) {
        const auto& one = rows.at(number)["changes"][column];
        return one["from"].get<std::string>() + " " +
               (one["shown"].is_null() ? "–" : one["shown"].get<std::string>());
    };
    CHECK(change("25", 0) == "2019 10.0");
    CHECK(change("25", 1) == "2017 4.7");
    CHECK(change("27", 1) == "2016 1.8");
    CHECK(change("32", 0) == "2019 -17.0");
    CHECK(change("32", 1) == "2018 -5.0");
    CHECK(change("35", 0) == "2019 –");
    CHECK(change("35", 1) == "2017 5.3");
    CHECK(change("30", 1) == "2016 –");
    CHECK(change("30rev", 1) == "2016 –");
    const auto text = skurd::test::skurd(copy / "state", {"report"}).out;
    CHECK(text.find("30rev  Brukere med plan") != std::string::npos);
    CHECK(text.find("per år fra egen start") != std::string::npos);
    CHECK(text.find("fra 2017") != std::string::npos);
    CHECK(text.find("evalueringens egne ord") != std::string::npos);
    // Compared with the third: what the fourth printed is not known.
    CHECK(report["compared_with"]["en"] == "Third status report (Fafo 2019:33)");
}

TEST_CASE("a report whose figures are not known is compared with nothing", "[flow][long]")
{
    CHECK(run({"diff", "--sets", "1", "2"}).exit == 2);
    const auto refused = run({"diff", "--sets", "3", "4"});
    CHECK(refused.exit == 2);
    CHECK(refused.err.find("what the report of set 4 (Fourth status report (2020)) printed is not known here") !=
          std::string::npos);
    const auto third = json({"report", "--set", "3", "--period", "2018"});
    CHECK(third["compared_with"]["en"] == "First status report (Fafo 2018:08)");
    CHECK(run({"report", "--set", "4", "--lang", "en"}).out.find("The measurement has no figures here.") !=
          std::string::npos);
}

TEST_CASE("revisions of the third report have their reason, or say that none was given", "[flow][long]")
{
    std::map<int, std::string> found;
    const auto all = json({"diff", "--sets", "1", "3"});
    for (const auto& one : all["differences"])
        if (one["kind"] == "revision")
            found[one["indicator"]] = one["text_nb"];
    CHECK(found.at(2) == "2016: 141 → 279 (boligtilskuddene er talt på nytt)");
    CHECK(found.at(6) == "2016: 2,03 → 2,0 (direktoratet reviderte grunnlaget)");
    CHECK(found.at(9) == "2016: 282 → 284 (uten oppgitt grunn)");
    CHECK(found.at(91).starts_with("2016: 131 → 32 (tredje rapport sier bare at 2016 og 2017 er revidert"));
    CHECK_FALSE(found.contains(13)); // 4674 of 2015 and 4662 of 2016 are two figures
}

TEST_CASE("what is known by month is printed as a month", "[flow][long]")
{
    const auto history = run({"history", "9", "--period", "2016"});
    CHECK(history.out.find("  2018-04  ") != std::string::npos);
    CHECK(history.out.find("2018-04-01") == std::string::npos);
    const auto why = run({"why", "39"}).out;
    CHECK(why.find("publisert fra 2018-12:") != std::string::npos);
    CHECK(why.find("2019-11-01") == std::string::npos);
    const auto report = run({"report", "--set", "3", "--period", "2018"}).out;
    CHECK(report.find("2019-11-01") == std::string::npos);
    CHECK(run({"indicators", "9"}).out.find("2018-04 ") != std::string::npos);
}

TEST_CASE("indicator 39 has the unit that its numbers had at the time", "[flow][long]")
{
    const auto unit_in_report = [](std::vector<std::string> arguments) {
        const auto report = json(std::move(arguments));
        for (const auto& row : report["rows"])
            if (row["indicator"] == 39)
                return row["unit"].get<std::string>();
        return std::string();
    };
    CHECK(unit_in_report({"report", "--set", "1", "--period", "2017", "--as-of", "2018-06-01"}) ==
          json({"why", "39", "--as-of", "2018-06-01"})["unit"]);
    CHECK(unit_in_report({"report", "--set", "3", "--period", "2018"}) == json({"why", "39"})["unit"]);
    CHECK(json({"why", "39", "--as-of", "2018-06-01"})["unit"] == "kr per inhabitant aged 0–5");
    CHECK(json({"why", "93", "--as-of", "2018-06-01"})["kind"] == "share");
    CHECK(json({"why", "93"})["kind"] == "score");
}

TEST_CASE("flags are raised once for changes across the threshold and can be acknowledged", "[flow][long]")
{
    const auto flags = json({"flags"});
    REQUIRE(flags.size() > 10);
    std::set<std::string> keys;
    for (const auto& flag : flags) {
        CHECK(flag["state"] == "open");
        CHECK(flag["kind"] == "threshold");
        keys.insert(flag["indicator"].dump() + "/" + flag["period"].dump());
    }
    CHECK(keys.size() == flags.size());
    CHECK(keys.contains("9/\"2017\""));
    CHECK_FALSE(keys.contains("10/\"2017\""));

    TempDir copy;
    copy_state(harvested() / "state", copy / "state");
    const auto id = flags[0]["flag"].dump();
    CHECK(
        skurd::test::skurd(copy / "state", {"flags", "ack", id, "--note", "sett på, blåbær", "--by", "Kari"}).exit ==
        0);
    const auto after = Json::parse(skurd::test::skurd(copy / "state", {"flags", "--json"}).out);
    CHECK(after.size() == flags.size());
    CHECK(after[0]["state"] == "acknowledged");
    CHECK(after[0]["note"] == "sett på, blåbær");
    CHECK(after[0]["actor"] == "Kari");
}

TEST_CASE("a revision that turns a verdict raises one flag, and every version stays", "[flow][long]")
{
    TempDir copy;
    copy_state(harvested() / "state", copy / "state");
    auto revised = read_file(SKURD_SOURCE_DIR "/deploy/first-harvest/statusrapport-3.csv");
    const auto row = revised.find("\n9;");
    const auto value = revised.find("247", row);
    REQUIRE(value - row < 100);
    write_file(copy / "revidert.csv", revised.replace(value, 3, "300"));
    const auto dropped = skurd::test::skurd(
        copy / "state", {"drop", "revidert.csv", "--job", "status-report-3", "--published", "2020-03-01", "--json"});
    INFO(dropped.err);
    REQUIRE(dropped.exit == 0);
    CHECK(Json::parse(dropped.out)[0]["rows"] == 1);
    const auto flags = Json::parse(skurd::test::skurd(copy / "state", {"flags", "--json"}).out);
    const auto is_revision = [](const Json& flag) { return flag["kind"] == "revision"; };
    REQUIRE(std::count_if(flags.begin(), flags.end(), is_revision) == 1);
    const auto& flag = *std::find_if(flags.begin(), flags.end(), is_revision);
    CHECK(flag["indicator"] == 9);
    CHECK(flag["text_en"].get<std::string>().find("has turned; before: Green: 284 → 247") != std::string::npos);
    const auto history = skurd::test::skurd(copy / "state", {"history", "9", "--period", "2017", "--json"});
    CHECK(Json::parse(history.out).size() == 2);
}

TEST_CASE("harvesting the same files again changes nothing", "[flow][long]")
{
    TempDir copy;
    copy_state(harvested() / "state", copy / "state");
    const auto before = Json::parse(skurd::test::skurd(copy / "state", {"flags", "--json"}).out);
    for (const auto* name : {"1", "3"}) {
        const auto file = std::string(SKURD_SOURCE_DIR "/deploy/first-harvest/statusrapport-") + name + ".csv";
        const auto ended = skurd::test::skurd(
            copy / "state", {"drop", file, "--job", std::string("status-report-") + name, "--json"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
        CHECK(Json::parse(ended.out)[0]["outcome"] == "nothing new");
    }
    const ManualClock clock("2026-01-01");
    const skurd::StoreSession store(store_of(copy / "state"), skurd::StoreSession::Access::read, clock);
    CHECK(skurd::VintageStore(store).list().size() == 2);
    CHECK(Json::parse(skurd::test::skurd(copy / "state", {"flags", "--json"}).out) == before);
}
