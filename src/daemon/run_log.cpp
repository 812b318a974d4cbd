#include "daemon/run_log.hpp"

#include "base/log_scope.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

spdlog::level::level_enum level_of(RunNews::Level level)
{
    switch (level) {
    case RunNews::Level::error:
        return spdlog::level::err;
    case RunNews::Level::info:
        return spdlog::level::info;
    case RunNews::Level::debug:
        break;
    }
    return spdlog::level::debug;
}

LogFields fields_of(const Run& run)
{
    LogFields fields = {{"job", run.job}, {"outcome", std::string(to_string(run.outcome))}};
    if (run.id != 0) // a dry run has none
        fields.emplace_back("run", std::to_string(run.id));
    if (!run.dataset.empty()) {
        fields.emplace_back("dataset", run.dataset);
        fields.emplace_back("source", run.dataset.substr(0, run.dataset.find('/')));
    }
    return fields;
}

} // namespace

void log_run(const RunNews& news, const Run& run)
{
    const LogScope about(fields_of(run));
    const auto trigger = log_field("trigger");
    spdlog::log(level_of(news.level), "{}{}", news.text, trigger.empty() ? "" : " (" + trigger + ")");
}

void log_ordered_run(const Run& run)
{
    if (log_field("trigger").empty())
        return;
    const auto level = run.outcome == RunOutcome::failed ? RunNews::Level::error : RunNews::Level::info;
    log_run({level, fmt::format("{}: {}: {}", run.job, to_string(run.outcome), run.message)}, run);
}

} // namespace skurd
