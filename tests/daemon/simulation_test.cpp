// Days, a week and a year of the scheduler, with the clock moved by hand: which job ran when, held against the files
// in simulated/. A run takes a minute. Where a file is to change, what it should hold is in the test's message.
#include "base/time_text.hpp"
#include "daemon/schedule.hpp"
#include "store/store_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

using namespace skurd;
using namespace std::chrono_literals;
using skurd::test::ManualClock;
using skurd::test::read_file;
using skurd::test::TempDir;

namespace {

ReadyJob polled(const std::string& id, const std::string& schedule)
{
    return make_job("[job]\nconnector = \"ssb\"\nschedule = \"" + schedule +
                        "\"\n[source]\ntable = \"07459\"\n[source.select]\nTid = [\"*\"]\nContentsCode = [\"*\"]\n",
                    id + ".toml", id, "drop");
}

struct Simulation {
    explicit Simulation(std::string_view begin) : clock(begin)
    {
        jobs.push_back(polled("half-hourly", "*/30 * * * *"));
        jobs.push_back(polled("monthly", "20 8 1 * *"));
        jobs.push_back(polled("nightly", "30 2 * * *"));
        jobs.push_back(polled("workdays", "20 8 * * 1-5"));
        restart();
    }

    /// Another daemon over the same store, after a kill.
    void restart()
    {
        schedule = std::make_unique<Schedule>(jobs, &store, DueSettings{}, clock.now());
        schedule->store();
    }

    void run_until(std::string_view end)
    {
        const auto until = parse_time(end).value();
        while (clock.now() < until) {
            schedule->see_clock(clock.now());
            const auto due = schedule->due(clock.now());
            if (!due.empty())
                run(*due.front());
            else
                clock.set(std::clamp(schedule->next(clock.now()).value_or(until), clock.now() + 1s, until));
        }
    }

    void run(const ReadyJob& job)
    {
        const auto began = clock.now();
        clock.advance(60s);
        const bool fails = began >= down_from && began < down_until;
        schedule->ran(job, fails ? DueResult::failed : DueResult::met, began, clock.now());
        schedule->store();
        const auto local = job.zone.to_local(began).time_since_epoch();
        log += fmt::format("{} {}  {}{}\n", format_time(began), format_time(Time(local)).substr(11, 5), job.job.id,
                           fails ? "  failed" : "");
        auto& count = counts[format_time(began).substr(0, 7)][job.job.id];
        ++(fails ? count.second : count.first);
    }

    void source_down(std::string_view from, std::string_view until)
    {
        down_from = parse_time(from).value();
        down_until = parse_time(until).value();
    }

    /// By month: how many runs of each job met what was due, and how many failed.
    std::string monthly_counts() const
    {
        std::string text;
        for (const auto& [month, by_job] : counts) {
            text += month;
            for (const auto& [job, count] : by_job)
                text += fmt::format("  {} {}{}", job, count.first,
                                    count.second > 0 ? fmt::format(" ({} failed)", count.second) : "");
            text += "\n";
        }
        return text;
    }

    TempDir folder;
    ManualClock clock;
    StoreSession store{folder.path(), StoreSession::Access::write, clock};
    std::vector<ReadyJob> jobs;
    std::unique_ptr<Schedule> schedule;
    Time down_from{};
    Time down_until{};
    std::string log;
    std::map<std::string, std::map<std::string, std::pair<int, int>>> counts;
};

void check_same(const std::string& found, const char* name)
{
    const auto expected = read_file(std::string(SKURD_SOURCE_DIR "/tests/daemon/simulated/") + name);
    INFO(name << " should hold:\n" << found);
    CHECK(found == expected);
}

} // namespace

TEST_CASE("a day with an outage, a kill and a stop: what was due then is made good", "[daemon]")
{
    Simulation world("2026-03-02T00:00:00Z");
    world.source_down("2026-03-02T07:00:00Z", "2026-03-02T09:40:00Z");
    world.run_until("2026-03-02T08:00:00Z");
    world.restart();
    world.run_until("2026-03-02T12:10:00Z");
    world.clock.set("2026-03-02T15:00:00Z"); // no daemon since
    world.restart();
    world.run_until("2026-03-03T00:00:00Z");
    check_same(world.log, "day.txt");
}

TEST_CASE("the weeks in which the clock is put forward and back, with a sleep of three days", "[daemon]")
{
    Simulation spring("2026-03-28T22:00:00Z");
    spring.run_until("2026-03-29T08:00:00Z");
    spring.clock.set("2026-04-01T08:00:00Z"); // asleep
    spring.run_until("2026-04-01T10:00:00Z");
    Simulation autumn("2026-10-24T22:00:00Z");
    autumn.run_until("2026-10-25T09:00:00Z");
    check_same("spring\n" + spring.log + "autumn\n" + autumn.log, "clock_changes.txt");
}

TEST_CASE(
    "a year in which the clock is a year ahead for an hour, and behind for another, and a source fails for days",
    "[daemon]")
{
    Simulation world("2026-01-01T12:00:00Z");
    world.run_until("2026-02-10T12:00:00Z");
    world.clock.set("2027-02-10T12:00:00Z");
    world.run_until("2027-02-10T13:00:00Z");
    world.clock.set("2026-02-10T13:00:00Z");
    world.run_until("2026-05-20T12:00:00Z");
    world.clock.set("2025-05-20T12:00:00Z");
    world.restart();
    world.run_until("2025-05-20T13:00:00Z");
    world.clock.set("2026-05-20T13:00:00Z");
    world.source_down("2026-07-31T00:00:00Z", "2026-08-03T18:00:00Z"); // the first of August is a Saturday
    world.run_until("2027-01-01T12:00:00Z");
    check_same(world.monthly_counts(), "year.txt");
}
