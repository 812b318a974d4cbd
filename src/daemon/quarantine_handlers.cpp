// retry and discard.
#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "daemon/run_log.hpp"
#include "evaluate/source_flags.hpp"
#include "model/annotation.hpp"
#include "model/quarantine.hpp"
#include "query/quarantine.hpp"
#include "run/retry.hpp"
#include "store/actor_uid_store.hpp"
#include "store/quarantine_store.hpp"

namespace skurd {

RunsResult handle(const RetryOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    const auto held = find_quarantined(workspace.store, order.quarantine);
    const auto actor = checked_note("the name", order.actor);
    if (held.ended)
        throw usage_error("{} in quarantine has ended already (see `skurd quarantine show {}`)", held.id, held.id);
    RunOptions options;
    options.agreement = order.agreement;
    const auto jobs = workspace.jobs;
    const auto& job = jobs->find(held.job);
    const auto job_turn = workspace.hold(job, scope.turn, scope.stop);
    if (find_quarantined(workspace.store, order.quarantine).ended)
        throw usage_error("{} in quarantine has ended meanwhile (see `skurd quarantine show {}`)", held.id, held.id);
    auto run =
        retry_quarantined(job, workspace.tools(scope.turn, workspace.http, scope.progress), held, options, actor);
    ActorUidStore(workspace.store).record(ActorDeed::quarantine, held.id, actor, scope.giver.uid);
    workspace.runs_ended.count({run});
    log_ordered_run(run);
    workspace.follow_up.after_change();
    return {{std::move(run)}};
}

DoneResult handle(const DiscardOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    const auto held = find_quarantined(workspace.store, order.quarantine);
    const auto actor = checked_note("the name", order.actor);
    QuarantineStore(workspace.store)
        .end(held.id, QuarantineEnd::discarded, actor, checked_note("the note", order.note));
    ActorUidStore(workspace.store).record(ActorDeed::quarantine, held.id, actor, scope.giver.uid);
    flag_quarantine(workspace.store, held.job, workspace.clock.now());
    return {};
}

} // namespace skurd
