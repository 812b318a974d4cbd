#include "view/run_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

#include <limits>

namespace skurd {

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

} // namespace

Json to_json(const Run& run)
{
    Json changes = Json::array();
    for (const auto& change : run.changes)
        changes.push_back({{"series", change.series},
                           {"period", change.period},
                           {"before", change.before ? Json(*change.before) : Json(nullptr)},
                           {"now", change.now ? Json(*change.now) : Json(nullptr)}});
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
            {"vintage", id_json(run.vintage)},
            {"changes", std::move(changes)}};
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
    const auto text = [](JsonReader& change, const char* name) {
        return change.has(name) ? std::optional(change.text(name)) : std::nullopt;
    };
    for (auto& change : json.objects("changes"))
        run.changes.push_back(
            {change.text("series"), change.text("period"), text(change, "before"), text(change, "now")});
    return run;
}

} // namespace skurd
