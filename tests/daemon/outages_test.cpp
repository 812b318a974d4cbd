#include "daemon/outages.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Run run_of(const std::string& job, RunOutcome outcome, DueResult result)
{
    Run run;
    run.job = job;
    run.outcome = outcome;
    run.due_result = result;
    run.message = "what it says";
    return run;
}

} // namespace

TEST_CASE("an outage of a source is told when it begins and when it ends, once for all its jobs", "[daemon]")
{
    Outages outages;
    const auto begin = parse_time("2026-03-02T08:20:00Z").value();
    const auto news = [&](const std::string& lane, const Run& run) { return outages.news_of(lane, run, begin); };
    const auto failed = run_of("a", RunOutcome::failed, DueResult::failed);
    const auto good = run_of("b", RunOutcome::nothing_new, DueResult::met);

    CHECK(news("ssb", good).text == "b: nothing new: what it says");
    CHECK(news("ssb", failed).level == RunNews::Level::error);
    for (int i = 0; i < 429; ++i)
        CHECK(news("ssb", failed).level == RunNews::Level::debug);
    CHECK(news("fhi", failed).level == RunNews::Level::error); // another source
    const auto again = news("ssb", good);
    CHECK(again.level == RunNews::Level::info);
    CHECK(again.text ==
          "b: nothing new: what it says (ssb answers again: 430 failed runs since 2026-03-02T08:20:00Z)");
    CHECK(news("ssb", good).text == "b: nothing new: what it says");
    CHECK(news("ssb", failed).level == RunNews::Level::error);
}

TEST_CASE("what is wrong with an answer is told each time, since it is no outage", "[daemon]")
{
    Outages outages;
    const auto refused = run_of("a", RunOutcome::failed, DueResult::met);
    for (int i = 0; i < 3; ++i)
        CHECK(outages.news_of("ssb", refused, {}).level == RunNews::Level::error);
    const auto stopped = run_of("a", RunOutcome::stopped, DueResult::stopped);
    CHECK(outages.news_of("ssb", stopped, {}).level == RunNews::Level::info);
    CHECK(outages.news_of("drops", run_of("c", RunOutcome::no_file, DueResult::met), {}).level ==
          RunNews::Level::debug);
}
