#include "daemon/outages.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

RunNews::Level level_of(RunOutcome outcome)
{
    switch (outcome) {
    case RunOutcome::failed:
        return RunNews::Level::error;
    case RunOutcome::no_file:
        return RunNews::Level::debug;
    case RunOutcome::running:
    case RunOutcome::new_vintage:
    case RunOutcome::nothing_new:
    case RunOutcome::stopped:
        break;
    }
    return RunNews::Level::info;
}

} // namespace

RunNews Outages::news_of(const std::string& lane, const Run& run, Time now)
{
    const std::scoped_lock lock(mutex_);
    RunNews news{level_of(run.outcome), fmt::format("{}: {}: {}", run.job, to_string(run.outcome), run.message)};
    const auto found = outages_.find(lane);
    if (run.due_result == DueResult::failed) {
        if (found == outages_.end()) {
            outages_[lane] = {now, 1};
            return news;
        }
        ++found->second.failed;
        return {RunNews::Level::debug, news.text};
    }
    if (run.due_result == DueResult::met && found != outages_.end()) {
        news.text += fmt::format(" ({} answers again: {} failed {} since {})", lane, found->second.failed,
                                 found->second.failed == 1 ? "run" : "runs", format_time(found->second.since));
        outages_.erase(found);
        if (news.level == RunNews::Level::debug)
            news.level = RunNews::Level::info;
    }
    return news;
}

} // namespace skurd
