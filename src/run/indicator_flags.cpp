#include "run/indicator_flags.hpp"

#include "flag/flag_changes.hpp"
#include "indicator/evaluate.hpp"
#include "run/source_flags.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// Today's number of each member of a set -> its number in the set's report.
std::map<int, int> numbers_in(const IndicatorSet& set)
{
    std::map<int, int> numbers;
    for (const int member : set.members) {
        const auto own = set.numbers.find(member);
        numbers[member] = own == set.numbers.end() ? member : own->second;
    }
    return numbers;
}

/// The status reports whose day is known, and those that were signed off.
PrintRecord print_record(const Store& store, const Catalogue& catalogue)
{
    PrintRecord record;
    for (const auto& set : catalogue.sets)
        if (set.published != Time())
            record.reports.push_back({set.title, set.published, std::nullopt, numbers_in(set)});
    for (const auto& signing : store.sign_offs())
        if (const auto* set = catalogue.set(signing.said.set)) {
            const auto as_of = signing.said.as_of.value_or(signing.signed_at);
            record.reports.push_back({signing.said.name, as_of, signing.signed_at, numbers_in(*set)});
        }
    std::stable_sort(record.reports.begin(), record.reports.end(),
                     [](const auto& a, const auto& b) { return a.published < b.published; });
    for (const auto& vintage : store.vintages(""))
        record.vintages[vintage.id] = {vintage.published.published_at, vintage.observed_at};
    return record;
}

std::map<std::string, DatasetReaders> readers_in(const Catalogue& catalogue)
{
    std::map<std::string, DatasetReaders> readers;
    for (const auto& indicator : catalogue.indicators) {
        for (auto& selector : reading_of(indicator, std::nullopt).series) {
            auto& dataset = readers[selector.dataset];
            dataset.indicators.insert(indicator.number);
            dataset.selections[indicator.number].push_back(std::move(selector));
        }
    }
    return readers;
}

} // namespace

std::vector<Observation> observations_read(const Store& store, const Indicator& indicator)
{
    const auto reading = reading_of(indicator, std::nullopt);
    const auto from = reading.published_from == Time::min() ? std::nullopt : std::optional(reading.published_from);
    std::vector<Observation> all;
    for (const auto& selector : reading.series)
        if (store.has(selector)) {
            const auto read = store.observations(selector, {}, from);
            all.insert(all.end(), read.begin(), read.end());
        }
    return all;
}

void flag_evaluation(Store& store, const Evaluated& evaluated, Time now)
{
    const auto flags = store.flags(true);
    const auto& catalogue = evaluated.catalogue;
    keep_flag_changes(store, flag_changes(catalogue, evaluated.indicators, flags, evaluated.old_verdicts,
                                          evaluated.new_verdicts, now, print_record(store, catalogue)));
    const auto is_theirs = [&](const Flag& flag) {
        return flag.kind == FlagKind::withdrawn &&
               (evaluated.indicators.contains(flag.indicator) || !catalogue.find(flag.indicator));
    };
    keep_flag_changes(store, changes_of(flags, evaluated.withdrawn.causes(), is_theirs, now));
}

void flag_breaks(Store& store, const Catalogue& catalogue, Time now)
{
    const auto readers = readers_in(catalogue);
    auto found = annotated_breaks(store.annotations("", false), readers);
    for (const auto& [dataset, who] : readers)
        if (auto cause = noted_break(dataset, store.notes(dataset), who))
            found.push_back(std::move(*cause));
    const auto is_break = [](const Flag& flag) { return flag.kind == FlagKind::series_break; };
    keep_flag_changes(store, changes_of(store.flags(true), found, is_break, now));
}

} // namespace skurd
