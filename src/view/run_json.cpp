#include "view/run_json.hpp"

#include "base/time_text.hpp"
#include "model/run.hpp"

namespace skurd {

namespace {

constexpr std::size_t differences_shown_max = 1000; // of one vintage: the answer goes through a socket

Json word_or_null(const std::optional<Value>& value)
{
    return value ? Json(word_of(*value)) : Json(nullptr);
}

Json to_json(const CellDifference& difference)
{
    return {{"codes", codes_json(difference.codes)},
            {"period", difference.period.text()},
            {"stored", word_or_null(difference.before)},
            {"decoded", word_or_null(difference.after)}};
}

} // namespace

std::string word_of(const Value& value)
{
    const auto& [text, meaning] = value.symbol;
    return (value.number ? value.number->text() : "") + (text.empty() ? std::string(to_string(meaning)) : text);
}

Json codes_json(const Codes& codes)
{
    Json object = Json::object();
    for (const auto& [dimension, code] : codes)
        object[dimension] = code;
    return object;
}

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
            {"failure", replayed.failure.empty() ? Json(nullptr) : Json(replayed.failure)},
            {"different", replayed.differences.size()},
            {"differences", differences},
            {"new_vintage", replayed.new_vintage ? Json(*replayed.new_vintage) : Json(nullptr)}};
}

Json to_json(const Run& run)
{
    return {{"job", run.job},
            {"run", run.id},
            {"dataset", run.dataset},
            {"started", format_time(run.started_at)},
            {"finished", run.finished_at ? Json(format_time(*run.finished_at)) : Json(nullptr)},
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
            {"vintage", run.vintage ? Json(run.vintage) : Json(nullptr)}};
}

} // namespace skurd
