#include "view/run_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

constexpr std::size_t differences_shown_max = 1000; // of one vintage: the answer goes through a socket

Json value_or_null(const std::optional<Value>& value)
{
    return value ? Json(value_text(value)) : Json(nullptr);
}

Json to_json(const CellDifference& difference)
{
    return {{"codes", codes_json(difference.codes)},
            {"period", difference.period.text()},
            {"stored", value_or_null(difference.before)},
            {"decoded", value_or_null(difference.after)}};
}

} // namespace

Json to_json(const Replayed& replayed)
{
    Json differences = Json::array();
    for (const auto& difference : replayed.differences) {
        if (differences.size() == differences_shown_max)
            break;
        differences.push_back(to_json(difference));
    }
    return {{"job", replayed.job},
            {"vintage", replayed.vintage.id},
            {"dataset", replayed.vintage.dataset},
            {"published", format_time(replayed.vintage.published.published_at)},
            {"failure", text_json(replayed.failure)},
            {"different", replayed.differences.size()},
            {"differences", differences},
            {"new_vintage", id_json(replayed.new_vintage.value_or(0))}};
}

Json to_json(const Run& run)
{
    return {{"job", run.job},
            {"run", run.id},
            {"dataset", run.dataset},
            {"started", format_time(run.started_at)},
            {"finished", time_json(run.finished_at)},
            {"outcome", to_string(run.outcome)},
            {"message", run.message},
            {"requests", run.requests},
            {"bytes", run.bytes},
            {"cells", run.counts.cells},
            {"rows", run.counts.rows},
            {"revised", run.counts.revised},
            {"withdrawn", run.counts.withdrawn},
            {"suppressed", run.counts.suppressed},
            {"relabelled", run.counts.relabelled},
            {"vintage", id_json(run.vintage)}};
}

} // namespace skurd
