// From the source to the flag: the evaluation's printed figures are in the store, a shipped job is harvested, then a
// new year comes at its source that moves past the threshold.
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/flow/shipped_polls.hpp"
#include "tests/support/store_engine.hpp"

#include <filesystem>

using namespace skurd;
using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

/// With both printed reports.
struct PrintedThenLive : ShippedPolls {
    PrintedThenLive()
    {
        for (const auto& file : shipped_job_files()) {
            const auto job = fs::path(file.name).stem().string();
            if (!fs::exists(job_file(job)))
                write_file(job_file(job), std::string(file.bytes));
        }
        for (const char* report : {"1", "3"})
            out({"drop", SKURD_SOURCE_DIR "/deploy/first-harvest/statusrapport-" + std::string(report) + ".csv",
                 "--job", "status-report-" + std::string(report)});
    }

    /// The value of an indicator in a year, as JSON.
    Json value(int indicator, const std::string& year) const
    {
        const auto working = json({"why", std::to_string(indicator)});
        for (const auto& one : working["values"])
            if (one["period"] == year)
                return one;
        return nullptr;
    }

    /// The verdict on a year against the one before it.
    Json verdict(int indicator, const std::string& year) const
    {
        const auto working = json({"why", std::to_string(indicator)});
        for (const auto& one : working["verdicts"])
            if (one["to"] == year && one["comparison"] == "previous")
                return one;
        return nullptr;
    }

    bool has_threshold_flag(int indicator, const std::string& year) const
    {
        const auto flags = json({"flags"});
        return std::any_of(flags.begin(), flags.end(), [&](const auto& flag) {
            return flag["kind"] == "threshold" && flag["indicator"] == indicator && flag["period"] == year;
        });
    }

    std::int64_t newest_vintage(const std::string& dataset) const
    {
        const StoreSession store(store_of(state), StoreSession::Access::read, clock);
        std::int64_t newest = 0;
        for (const auto& one : VintageStore(store).list(dataset))
            newest = std::max(newest, one.id);
        return newest;
    }

    /// Value, verdict, flag and working of a new year name the newest vintage of the live dataset.
    void check_new_year(int indicator, const std::string& dataset, const std::string& year,
                        const std::string& outcome) const
    {
        INFO("indicator " << indicator << " in " << year);
        const auto vintage = newest_vintage(dataset);
        const auto shown = value(indicator, year);
        INFO(shown.dump());
        REQUIRE(shown.is_object());
        CHECK(shown["vintage"] == vintage);
        const auto judged = verdict(indicator, year);
        INFO(judged.dump());
        CHECK(judged["verdict"] == outcome);
        CHECK(std::count(judged["vintages"].begin(), judged["vintages"].end(), vintage) == 1);
        CHECK(has_threshold_flag(indicator, year));
    }
};

Json third_report(const PrintedThenLive& here)
{
    return here.json({"report", "--set", "3", "--period", "2018", "--as-of", "2019-11-01"})["rows"];
}

} // namespace

TEST_CASE("a new year at Statistics Norway reaches value, verdict and flag of its indicator", "[flow][long]")
{
    PrintedThenLive here;
    here.ssb.edit("13579", [](sim::SimTable& table) {
        for (const auto* year : {"2016", "2017", "2018", "2019"})
            table.cells[std::string("00,00,6STR,Straffereaksjoner,") + year] = "9000";
    });
    here.out({"harvest", "ssb-sanctions-penal-code"});
    CHECK(here.verdict(12, "2019")["verdict"] == "unchanged");
    here.ssb.publish("13579", {{{"00,00,6STR,Straffereaksjoner,2025", "12000"}}, {{"Tid", {"2025"}}}},
                     "2026-11-13T07:00:00Z");
    here.out({"harvest", "--force", "ssb-sanctions-penal-code"});
    here.check_new_year(12, "ssb/sanctions-penal-code", "2025", "worsened");
}

TEST_CASE("a new year at FHI reaches value, verdict and flag of its indicator", "[flow][long]")
{
    PrintedThenLive here;
    here.out({"harvest", "fhi-drug-deaths"});
    here.fhi.edit(
        "daar", "325",
        [](sim::SimFhiTable& table) {
            auto& years = table.table.dimensions.front().categories;
            years.push_back({"2025", "2025", "", 0, ""});
            table.table.cells["2025,Total,Total,Total,ANTALL"] = "9";
        },
        "2026-11-14T06:00:00Z");
    here.out({"harvest", "--force", "fhi-drug-deaths"});
    here.check_new_year(9, "fhi/drug-deaths", "2025", "improved");
}

TEST_CASE("a new year of NIFU's statistics reaches value, verdict and flag of its indicator", "[flow][long]")
{
    PrintedThenLive here;
    const auto prices = here.folder / "price-index-2025.csv";
    write_file(prices, "Indeks;2018;2021;2023;2025\nKonsumprisindeksen;110,0;117,0;131,0;138,0\n");
    here.out({"drop", prices.string(), "--job", "price-index", "--published", "2026-02-10"});
    here.out({"harvest", "nifu-health-trusts-substance-use"});
    here.ssb.publish("90009", {{{"RUS,FoUUtgifter,2025", "900"}}, {{"Tid", {"2025"}}}}, "2026-11-12T07:00:00Z");
    here.out({"harvest", "--force", "nifu-health-trusts-substance-use"});
    here.check_new_year(8, "nifu/health-trusts-substance-use", "2025", "improved");
}

TEST_CASE("a new year in a file reaches value, verdict and flag of its indicator", "[flow][long]")
{
    PrintedThenLive here;
    const auto file = here.folder / "helsedirektoratet-2019.csv";
    write_file(file, "Spørsmål;År;Snittskår;Antall svar\nForsvarlig fengselshelsetilbud;2019;3,95;40\n");
    here.out({"drop", file.string(), "--job", "helsedirektoratet"});
    here.check_new_year(93, "drop/helsedirektoratet", "2019", "improved");
}

TEST_CASE("whatever is harvested later with an older claim, the third report stays as it was printed", "[flow][long]")
{
    PrintedThenLive here;
    const auto printed = third_report(here);
    for (const auto* id : {"13579", "11994", "90014", "90009"})
        here.ssb.edit(id, [](sim::SimTable& table) { table.updated = "2018-06-01T07:00:00Z"; });
    for (const auto* id : {"325", "327"})
        here.fhi.edit(
            "daar", id, [](sim::SimFhiTable&) {}, "2018-06-01T06:00:00Z");
    std::vector<std::string> harvest = {"harvest"};
    harvest.insert(harvest.end(), here.jobs.begin(), here.jobs.end());
    here.out(harvest);
    for (const auto& sample : fs::directory_iterator(SKURD_SOURCE_DIR "/schedules/samples")) {
        const auto name = sample.path().filename().string();
        if (const auto at = name.find("-sample."); at != std::string::npos)
            here.out({"drop", sample.path().string(), "--job", name.substr(0, at), "--published", "2018-06-01"});
    }
    CHECK(third_report(here) == printed);
    CHECK(here.value(12, "2016")["source"] == "ssb/sanctions-penal-code");
}
