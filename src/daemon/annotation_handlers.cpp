// What people say of numbers: annotate, withdraw, correct, end correction. A break may have been marked, so each is
// followed up.
#include "daemon/handlers.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "query/target.hpp"
#include "store/actor_uid_store.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"

namespace skurd {

RecordedResult handle(const AnnotateOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    Annotation annotation;
    annotation.kind = order.kind;
    annotation.text = order.text;
    annotation.actor = order.actor;
    annotation.period = order.period;
    annotation.vintage = order.vintage;
    StoreSession::Transaction with_uid(workspace.store);
    const auto id = AnnotationStore(workspace.store)
                        .add(read_series(order.target, workspace.catalogue, workspace.store), annotation);
    ActorUidStore(workspace.store).record(ActorDeed::annotation, id, order.actor, scope.giver.uid);
    with_uid.commit();
    workspace.follow_up.after_change();
    return {id};
}

DoneResult handle(const WithdrawOrder& order, OrderScope& scope)
{
    StoreSession::Transaction with_uid(scope.workspace.store);
    AnnotationStore(scope.workspace.store)
        .withdraw(order.annotation, order.reason, checked_note("the name", order.actor));
    ActorUidStore(scope.workspace.store)
        .record(ActorDeed::withdrawal, order.annotation, order.actor, scope.giver.uid);
    with_uid.commit();
    scope.workspace.follow_up.after_change();
    return {};
}

RecordedResult handle(const CorrectOrder& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    Correction correction;
    correction.period = order.period;
    correction.expected = order.expected;
    correction.corrected = order.corrected;
    correction.reason = order.reason;
    correction.actor = order.actor;
    StoreSession::Transaction with_uid(workspace.store);
    const auto id = CorrectionStore(workspace.store)
                        .add(read_series(order.target, workspace.catalogue, workspace.store), correction);
    ActorUidStore(workspace.store).record(ActorDeed::correction, id, order.actor, scope.giver.uid);
    with_uid.commit();
    workspace.follow_up.after_change();
    return {id};
}

DoneResult handle(const EndCorrectionOrder& order, OrderScope& scope)
{
    // Without a name it would have ended by itself.
    const auto actor = checked_note("the name", order.actor);
    StoreSession::Transaction with_uid(scope.workspace.store);
    CorrectionStore(scope.workspace.store).end(order.correction, order.reason, actor, 0);
    ActorUidStore(scope.workspace.store).record(ActorDeed::correction_end, order.correction, actor, scope.giver.uid);
    with_uid.commit();
    scope.workspace.follow_up.after_change();
    return {};
}

} // namespace skurd
