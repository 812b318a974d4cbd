#include "daemon/handlers.hpp"
#include "run/replay.hpp"
#include "view/run_json.hpp"

namespace skurd {

namespace {

std::optional<std::string> shown_value(const std::optional<Value>& value)
{
    return value ? std::optional(word_of(*value)) : std::nullopt;
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
    const ReplayOptions options{order.effect == ReplayOrder::Effect::accept, scope.progress};
    ReplayResult result;
    for (const auto* job : workspace.jobs.named_or_all(order.jobs))
        for (const auto& replayed : replay(workspace.store, *job, options, scope.stop))
            result.vintages.push_back(shown(replayed));
    workspace.follow_up();
    return result;
}

} // namespace skurd
