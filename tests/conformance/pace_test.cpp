// How much sources are asked: never more than the pace allows over a day of jobs, revisions and restarts.
#include "store/pace_store.hpp"
#include "tests/conformance/host.hpp"
#include "tests/conformance/subject_test.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

using namespace skurd;
using namespace skurd::test;

namespace {

constexpr int calls = 5;
constexpr auto window = std::chrono::seconds(60);
constexpr int jobs_of_subject = 4;
constexpr int polls = 48; ///< one every half hour
constexpr int polls_between_revisions = 6;

FetchSettings paced(const Source& source)
{
    auto settings = settings_for(source);
    settings.pace_private = true;
    settings.pace = {calls, window};
    return settings;
}

struct Day {
    int asked = 0;
    int refused = 0;
    int failed = 0;
};

/// A day of the subject's job under several names; skurd starts anew in the middle of every round. `forgets`: what
/// the pace has to remember is lost then.
Day simulate(const Subject& subject, bool forgets)
{
    SharedClock clock("2026-05-04T09:00:00Z");
    const auto source = subject.start(clock);
    source->limit(calls, window);
    TempDir state;
    std::vector<ReadyJob> jobs;
    jobs.reserve(jobs_of_subject);
    for (int i = 0; i < jobs_of_subject; ++i)
        jobs.push_back(job_of(*source, fmt::format("job-{}", i)));
    auto host = std::make_unique<Host>(clock, state.path(), paced(*source));
    Day day;
    for (int poll = 0; poll < polls; ++poll) {
        if (poll % polls_between_revisions == polls_between_revisions - 1)
            source->revise(1);
        for (int i = 0; i < jobs_of_subject; ++i) {
            if (i == jobs_of_subject / 2 && poll % 4 == 3) {
                if (forgets)
                    PaceStore(host->store()).store({});
                host.reset();
                host = std::make_unique<Host>(clock, state.path(), paced(*source));
            }
            day.failed += host->harvest(jobs[static_cast<std::size_t>(i)]).outcome == RunOutcome::failed;
        }
        clock.wait(std::chrono::minutes(30), {});
    }
    day.asked = source->answered_at_source();
    day.refused = source->refused();
    return day;
}

} // namespace

SUBJECT_TEST("over a day with restarts no source is asked more often than the pace allows", "pace")
{
    const auto day = simulate(subject, false);
    CHECK(day.refused == 0);
    CHECK(day.failed == 0);
    CHECK(day.asked >= polls);                                                  // it was polled at all
    CHECK(day.asked <= polls * jobs_of_subject * 3 + 10 * jobs_of_subject * 5); // a poll costs 3 at most
    std::cout << "requests: " << subject.name << ": " << day.asked << " in a day of " << polls << " polls of "
              << jobs_of_subject << " jobs\n";
}

TEST_CASE("a pace that is forgotten at a restart is found out by this suite", "[conformance]")
{
    // Not at a statbank: it says when its quota is spent, and that is heeded.
    const auto& all = subjects();
    const auto dfo = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == "dfo"; });
    REQUIRE(dfo != all.end());
    CHECK(simulate(*dfo, true).refused > 0);
}
