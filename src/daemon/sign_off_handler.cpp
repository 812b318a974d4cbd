// Signing a report off stores what it says now, and its bytes in every form and both languages: whoever asks for the
// signed report gets those bytes, whatever program made them.
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "daemon/handlers.hpp"
#include "indicator/report_differences.hpp"
#include "lib/openssl/base64.hpp"
#include "model/annotation.hpp"
#include "model/sign_off.hpp"
#include "query/reports.hpp"
#include "report/report.hpp"
#include "store/actor_uid_store.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"
#include "store/sign_off_store.hpp"

namespace skurd {

namespace {

/// Throws Error (usage) where the same report has been signed off and nothing differs since.
void check_news(const StoreSession& store, const SignOff& signing, const Catalogue& catalogue)
{
    const auto& snapshot = signing.snapshot;
    for (const auto& earlier : SignOffStore(store).list())
        if (earlier.snapshot.set == snapshot.set && earlier.snapshot.period == snapshot.period &&
            earlier.catalogue_hash == catalogue.hash &&
            differences(SignOffStore(store).find(earlier.id).snapshot, snapshot, catalogue).empty())
            throw usage_error("set {} for {} was signed off on {} by {}, and nothing differs since", snapshot.set,
                              snapshot.period.text(), format_date(earlier.signed_at), earlier.actor);
}

std::vector<SignedRendering> store_renderings(StoreSession& store, const StatusReport& report,
                                              const Catalogue& catalogue, const ReportSnapshot& snapshot)
{
    std::vector<SignedRendering> renderings;
    for (const auto& format : report_formats())
        for (const auto language : enum_words<Language>) {
            const auto bytes = format.render({report, catalogue, *from_word<Language>(language), Colour::off});
            const auto payload =
                PayloadStore(store).store(bytes, "application/octet-stream",
                                          fmt::format("skurd report --set {} --period {} --format {} --lang {}",
                                                      snapshot.set, snapshot.period.text(), format.name, language));
            renderings.push_back({std::string(format.name), std::string(language), payload.hash});
        }
    return renderings;
}

} // namespace

SignOffResult handle(const SignOffOrder& order, OrderScope& scope)
{
    auto& store = scope.workspace.store;
    const auto& catalogue = scope.workspace.catalogue;
    SignOff signing;
    signing.actor = checked_note("--by", order.actor);
    signing.note = order.note.empty() ? "" : checked_note("--note", order.note);
    signing.signed_at = scope.workspace.clock.now();
    signing.catalogue_hash = catalogue.hash;
    const auto report = status_report(store, catalogue, {order.set, order.period}, {}, Numbers::published,
                                      attributions_of(*scope.workspace.jobs, scope.workspace.installation));
    signing.snapshot = snapshot_of(report);
    check_news(store, signing, catalogue);
    StoreSession::Transaction transaction(store);
    CatalogueStore(store).store(catalogue);
    signing.renderings = store_renderings(store, report, catalogue, signing.snapshot);
    signing.id = SignOffStore(store).store(signing);
    ActorUidStore(store).record(ActorDeed::sign_off, signing.id, signing.actor, scope.giver.uid);
    transaction.commit();
    return {signing.id, signing.signed_at};
}

RecordedResult handle(const SignatureOrder& order, OrderScope& scope)
{
    const auto signature = from_base64(order.signature);
    if (!signature)
        throw usage_error("'signature' is no base64");
    return {SignOffStore(scope.workspace.store).add_signature(order.sign_off, order.public_key, *signature)};
}

} // namespace skurd
