#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "model/ingest_counts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

enum class RunOutcome { running, new_vintage, nothing_new, no_file, failed, stopped };
template <>
inline constexpr auto enum_words<RunOutcome> = word_table<RunOutcome>({
    {RunOutcome::running, "running"},
    {RunOutcome::new_vintage, "new vintage"},
    {RunOutcome::nothing_new, "nothing new"},
    {RunOutcome::no_file, "no file"},
    {RunOutcome::failed, "failed"},
    {RunOutcome::stopped, "stopped"}, // told to end before it had all it wanted: no failure of the source's
});

/// Whether a run that ended so did not do what it was made for: to whoever ordered it, a stop is one as well.
constexpr bool is_unsuccessful(RunOutcome outcome)
{
    return outcome == RunOutcome::failed || outcome == RunOutcome::stopped;
}

/// What a run did for the due time that it was owed to. Not stored.
enum class DueResult {
    failed,   ///< nothing: the source or the store could not be used
    met,      ///< the source was asked and answered, whatever became of the answer
    deferred, ///< nothing: the source is unreliable at this time of day
    stopped,  ///< nothing: it was told to stop
};

/// A cell that a dry run found would change; nothing where it is not there.
struct PlannedChange {
    std::string series; ///< its codes, as a selector has them
    std::string period;
    std::optional<std::string> before; ///< as published: the number, or the symbol that stands for it
    std::optional<std::string> now;
};

/// One execution of one job.
struct Run {
    std::int64_t id = 0;
    std::string job;
    std::string dataset; ///< "" until known
    Time started_at{};
    std::optional<Time> finished_at;
    RunOutcome outcome = RunOutcome::running;
    std::string message; ///< one line for people
    int requests = 0;
    std::int64_t bytes = 0;
    IngestCounts counts{};
    std::int64_t vintage = 0; ///< 0 = none
    DueResult due_result = DueResult::failed;
    std::vector<PlannedChange> changes{}; ///< of a dry run, and the first only; not stored
};

/// How a source does: a row of the view source_health.
struct SourceHealth {
    std::string job;
    std::optional<Run> last;
    std::optional<Time> last_success;
    int failures_in_row = 0;
};

} // namespace skurd
