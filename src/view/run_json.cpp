#include "view/run_json.hpp"

#include "base/time_text.hpp"
#include "model/run.hpp"

#include <limits>

namespace skurd {

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

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

Run read_run(JsonReader& json)
{
    Run run;
    run.job = json.text("job");
    run.id = json.integer("run", 0, most);
    run.dataset = json.text("dataset", "");
    run.started_at = json.time("started");
    run.finished_at = json.optional_time("finished");
    run.outcome = json.choice<RunOutcome>("outcome");
    run.message = json.text("message", "");
    run.requests = static_cast<int>(json.integer("requests", 0, std::numeric_limits<int>::max()));
    run.bytes = json.integer("bytes", 0, most);
    run.counts.cells = json.integer("cells", 0, most);
    run.counts.rows = json.integer("rows", 0, most);
    run.counts.revised = json.integer("revised", 0, most);
    run.counts.withdrawn = json.integer("withdrawn", 0, most);
    run.counts.suppressed = json.integer("suppressed", 0, most);
    run.counts.relabelled = json.integer("relabelled", 0, most);
    run.vintage = json.optional_integer("vintage", 1, most).value_or(0);
    return run;
}

} // namespace skurd
