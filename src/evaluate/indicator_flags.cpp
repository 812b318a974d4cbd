#include "evaluate/indicator_flags.hpp"

#include "evaluate/reconcile_flags.hpp"
#include "flag/flag_changes.hpp"
#include "indicator/evaluate.hpp"
#include "model/flag.hpp"
#include "model/indicator.hpp"
#include "model/sign_off.hpp"
#include "store/annotation_store.hpp"
#include "store/flag_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

PrintedReport printed(const SignOff& signing)
{
    PrintedReport report{signed_title(signing), signing.signed_at, {}, {}};
    for (const auto& row : signing.snapshot.rows) {
        if (row.merged_into != 0)
            continue;
        report.numbers[row.indicator] = row.number;
        report.verdicts.insert(report.verdicts.end(), row.changes.begin(), row.changes.end());
    }
    return report;
}

/// The status reports whose day is known, as what they printed, and those that were signed off.
PrintRecord print_record(const StoreSession& store, const Catalogue& catalogue)
{
    PrintRecord record;
    for (const auto& set : catalogue.sets) {
        if (set.published == Time() || set.figures == SetFigures::unknown)
            continue;
        PrintedReport report{set.title, set.published, {}, {}, set.published_known};
        for (const int member : set.members) {
            const auto own = set.numbers.find(member);
            report.numbers[member] = own == set.numbers.end() ? member : own->second;
        }
        record.reports.push_back(std::move(report));
    }
    for (const auto& signing : SignOffStore(store).list())
        record.reports.push_back(printed(SignOffStore(store).find(signing.id)));
    std::stable_sort(record.reports.begin(), record.reports.end(),
                     [](const auto& a, const auto& b) { return a.published < b.published; });
    for (const auto& vintage : VintageStore(store).list())
        record.vintages[vintage.id] = vintage.published.published_at;
    return record;
}

std::map<std::string, DatasetReaders> readers_in(const Catalogue& catalogue)
{
    std::map<std::string, DatasetReaders> readers;
    for (const auto& indicator : catalogue.indicators) {
        for (auto& selector : series_of(indicator)) {
            auto& dataset = readers[selector.dataset];
            dataset.indicators.insert(indicator.number);
            dataset.selections[indicator.number].push_back(std::move(selector));
        }
    }
    return readers;
}

} // namespace

std::vector<Selector> series_of(const Indicator& indicator)
{
    return reading_of(indicator, std::nullopt).selectors();
}

void flag_evaluation(StoreSession& store, const Evaluated& evaluated, Time now)
{
    const auto flags = FlagStore(store).list(Ended::included);
    const auto& catalogue = evaluated.catalogue;
    store_flag_changes(store,
                       flag_changes(catalogue, evaluated.indicators, flags, evaluated.old_verdicts,
                                    evaluated.new_verdicts, now, print_record(store, catalogue), evaluated.edit));
    const auto is_theirs = [&](const Flag& flag) {
        return flag.kind == FlagKind::withdrawn &&
               (evaluated.indicators.contains(flag.indicator) || !catalogue.find(flag.indicator));
    };
    reconcile_flags(store, evaluated.withdrawn.causes(), is_theirs, now);
}

void flag_breaks(StoreSession& store, const Catalogue& catalogue, Time now)
{
    const auto readers = readers_in(catalogue);
    auto found = annotated_breaks(AnnotationStore(store).list(std::nullopt, Ended::left_out), readers);
    for (const auto& [dataset, who] : readers)
        if (auto cause = noted_break(dataset, VintageStore(store).notes(dataset), who))
            found.push_back(std::move(*cause));
    const auto is_break = [](const Flag& flag) { return flag.kind == FlagKind::series_break; };
    reconcile_flags(store, found, is_break, now);
}

} // namespace skurd
