// What an ordinary day costs the sources: many jobs, nothing new.
#include "base/time_text.hpp"
#include "tests/conformance/host.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

using namespace skurd;
using namespace skurd::test;

namespace {

constexpr int tables = 60;
constexpr int tables_of_fhi = 10; ///< of each of two sources
constexpr int days_of_week = 7;

struct Scene {
    explicit Scene(const std::string& updated)
    {
        ssb.add_many(tables, updated);
        for (int i = 1; i <= tables; ++i)
            add_ssb_job(20'000 + i);
        for (int i = 0; i < tables_of_fhi; ++i) {
            add_fhi_job("daar-325", 400 + i, "DAAR=['*']\nFYLKE=['Total']\nKJONN=['Total']\nNARKOTIKA=['Total']\n");
            add_fhi_job("nokkel-332", 500 + i,
                        "GEO=['0']\nAAR=['*']\nKJONN=['0']\nALDER=['1_6']\nANTALL_GANGER=['*']\nSOES=['0']\n");
        }
    }

    /// Every job once; how many of them ended so.
    int harvest_all(RunOutcome outcome)
    {
        return static_cast<int>(std::count_if(jobs.begin(), jobs.end(), [&](const auto& job) {
            const auto run = host.harvest(job);
            UNSCOPED_INFO(run.job << ": " << to_string(run.outcome) << " " << run.message);
            return run.outcome == outcome;
        }));
    }

    int asked_of_fhi(const std::string& part_of_url) const
    {
        const auto log = fhi.log();
        return static_cast<int>(std::count_if(
            log.begin(), log.end(), [&](const auto& line) { return line.find(part_of_url) != std::string::npos; }));
    }

    SharedClock clock{"2026-05-04T09:00:00Z"};
    sim::SimSsb ssb{clock};
    sim::SimFhi fhi{clock};
    TempDir state;
    Host host{clock, state.path(), loopback_settings()};
    std::vector<ReadyJob> jobs;

private:
    void add_job(const std::string& text, const std::string& id)
    {
        jobs.push_back(make_job(text, "job.toml", id, "/nowhere"));
    }
    void add_ssb_job(int table)
    {
        add_job(fmt::format("[job]\nconnector='ssb'\n[source]\ntable='{}'\nbase_url='{}'\n[source.select]\n"
                            "Region=['0']\nContentsCode=['Antall']\nTid=['*']\n",
                            table, ssb.base_url()),
                fmt::format("ssb-{}", table));
    }
    void add_fhi_job(const std::string& like, int number, const std::string& select)
    {
        auto table = fhi_table(like);
        table.table.id = std::to_string(number);
        table.table.title += table.table.id;
        add_job(fmt::format("[job]\nconnector='fhi'\n[source]\nsource='{}'\ntable={}\nbase_url='{}'\n"
                            "[source.select]\n{}MEASURE_TYPE=['*']\n",
                            table.source, number, fhi.base_url(), select),
                fmt::format("fhi-{}", number));
        fhi.add_table(std::move(table));
    }
};

} // namespace

TEST_CASE("sixty jobs cost SSB three questions at most on a day without news, and each source of FHI one",
          "[conformance]")
{
    const auto* const updated =
        GENERATE("2024-02-27T07:00:00Z", "2026-05-04T07:00:00Z"); // long ago; all this morning
    Scene scene(updated);
    const int count = static_cast<int>(scene.jobs.size());
    REQUIRE(scene.harvest_all(RunOutcome::new_vintage) == count);
    int days_with_list = 0;
    for (int day = 1; day <= days_of_week; ++day) {
        to_next_morning(scene.clock);
        scene.ssb.clear_log();
        scene.fhi.clear_log();
        const int unchanged = scene.harvest_all(RunOutcome::nothing_new);
        INFO("day " << day);
        CHECK(unchanged == count);
        CHECK(scene.ssb.log().size() <= 3);
        CHECK_FALSE(scene.ssb.log().empty());
        CHECK(scene.asked_of_fhi("/daar/Table") == 1);
        CHECK(scene.asked_of_fhi("/nokkel/Table") == 1);
        CHECK(scene.fhi.log().size() == 2);
        days_with_list += scene.asked_of_fhi("modifiedAfter") == 0; // once a week the whole lists, instead
        std::cout << "requests: " << count << " jobs, day " << day << ": SSB " << scene.ssb.log().size() << ", FHI "
                  << scene.fhi.log().size() << " of two sources\n";
    }
    CHECK(days_with_list == 1);
}

TEST_CASE("a spoiled response that jobs share fails one of them, and the next asks anew", "[conformance]")
{
    Scene scene("2024-02-27T07:00:00Z");
    scene.harvest_all(RunOutcome::new_vintage);
    to_next_morning(scene.clock);
    scene.fhi.clear_log();
    scene.fhi.fail_next(1, sim::json_reply("[{\"tableId\": "), 0);
    const auto failed = scene.harvest_all(RunOutcome::failed); // whole by its length, but no JSON
    to_next_morning(scene.clock);
    const auto unchanged = scene.harvest_all(RunOutcome::nothing_new);

    CHECK(failed == 1);
    // The spoiled one and the next; then one of all jobs but the one that failed, which asks since the day before.
    CHECK(scene.asked_of_fhi("/daar/Table?modifiedAfter") == 2 + 2);
    CHECK(unchanged == static_cast<int>(scene.jobs.size()));
}
