#include "daemon/sign_off.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/report_differences.hpp"
#include "model/annotation.hpp"
#include "query/reports.hpp"
#include "report/report.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"
#include "store/sign_off_store.hpp"

namespace skurd {

SignOff sign_off(StoreSession& store, const Catalogue& catalogue, int set, const Period& period,
                 const std::string& by, const std::string& note, const Clock& clock)
{
    SignOff signing;
    signing.person = checked_note("--by", by);
    signing.note = note.empty() ? "" : checked_note("--note", note);
    signing.signed_at = clock.now();
    signing.catalogue_hash = catalogue.hash;
    const auto report = status_report(store, catalogue, {set, period}, {}, Numbers::published);
    signing.snapshot = snapshot_of(report);
    for (const auto& earlier : SignOffStore(store).list())
        if (earlier.snapshot.set == set && earlier.snapshot.period == period &&
            earlier.catalogue_hash == catalogue.hash &&
            differences(SignOffStore(store).find(earlier.id).snapshot, signing.snapshot, catalogue).empty())
            throw usage_error("set {} for {} was signed off on {} by {}, and nothing differs since", set,
                              period.text(), format_date(earlier.signed_at), earlier.person);
    StoreSession::Transaction transaction(store);
    CatalogueStore(store).store(catalogue);
    for (const auto& format : report_formats())
        for (const auto* language : {"nb", "en"}) {
            const auto bytes = format.render({report, catalogue, *language_from(language), Colour::off});
            const auto payload =
                PayloadStore(store).store(bytes, "application/octet-stream",
                                          fmt::format("skurd report --set {} --period {} --format {} --lang {}", set,
                                                      period.text(), format.name, language));
            signing.renderings.push_back({std::string(format.name), language, payload.hash});
        }
    signing.id = SignOffStore(store).store(signing);
    transaction.commit();
    return signing;
}

} // namespace skurd
