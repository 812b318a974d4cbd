#include "daemon/handlers.hpp"
#include "run/replay.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

std::optional<std::string> shown_value(const std::optional<Value>& value)
{
    return value ? std::optional(value_text(value)) : std::nullopt;
}

ReplayedVintage shown(const Replayed& replayed)
{
    ReplayedVintage vintage{replayed.job,
                            replayed.vintage.id,
                            replayed.vintage.dataset,
                            replayed.vintage.published.published_at,
                            replayed.failure,
                            replayed.differences.size(),
                            {},
                            replayed.new_vintage};
    for (const auto& cell : replayed.differences) {
        if (vintage.cells.size() == ReplayedVintage::cells_shown_max)
            break;
        vintage.cells.push_back({cell.codes, cell.period, shown_value(cell.before), shown_value(cell.after)});
    }
    return vintage;
}

} // namespace

ReplayResult handle(const ReplayOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    ReplayOptions options;
    options.agreement = order.agreement;
    if (order.effect == ReplayOrder::Effect::accept)
        options.action = ReplayOptions::Action::accept;
    ReplayResult result;
    for (const auto* job : workspace.jobs.named_or_all(order.jobs)) {
        const auto held = workspace.hold(*job, scope.turn, scope.stop);
        const auto tools = workspace.tools(scope.turn, workspace.http, scope.progress);
        for (const auto& replayed : replay(*job, tools, options, scope.stop))
            result.vintages.push_back(shown(replayed));
    }
    workspace.follow_up.after_change();
    return result;
}

} // namespace skurd
