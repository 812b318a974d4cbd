#include "query/working.hpp"

#include "indicator/evaluate.hpp"
#include "query/indicators.hpp"
#include "store/annotation_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace skurd {

namespace {

/// The verdicts there are now as they were after each earlier publication, where they stated something else.
std::vector<EarlierVerdict> earlier_verdicts(const std::vector<ValuesFrom>& publications, const Catalogue& catalogue,
                                             const IndicatorWorking& working)
{
    std::vector<EarlierVerdict> earlier;
    std::map<std::tuple<Comparison, Period, Period>, std::string> last;
    for (const auto& then : publications) {
        const Judge judge(*working.indicator, then.values, working.series.breaks, &catalogue);
        for (const auto& verdict : working.verdicts) {
            auto was = judge.compare(verdict.comparison, verdict.from, verdict.to);
            auto& before = last[{verdict.comparison, verdict.from, verdict.to}];
            if (was.outcome == Outcome::no_data || before == was.sentence.en)
                continue;
            before = was.sentence.en;
            earlier.push_back({then.published, std::move(was)});
        }
    }
    return earlier;
}

LocalizedText reason_of(const Indicator& indicator, const Period& period, Time published)
{
    for (const auto& one : indicator.revisions)
        if (one.period == period && one.published == published)
            return one.reason;
    return {};
}

/// What a figure did to the verdicts of today.
class VerdictsWith {
public:
    /// Both must outlive it.
    VerdictsWith(const Catalogue& catalogue, const IndicatorWorking& working)
        : working_(working), values_(working.series.values),
          judge_(*working.indicator, values_, working.series.breaks, &catalogue)
    {
    }

    /// By putting it in its period's place: one of a definition that read one source also in the place of the source
    /// that gives today's.
    std::vector<Verdict> operator()(const Period& period, const IndicatorValue& figure)
    {
        const bool is_known = values_.contains(period);
        auto& place = values_[period];
        auto today = std::exchange(place, figure);
        if (place.argument == 0) {
            place.argument = today.argument;
            place.source = today.source;
        }
        std::vector<Verdict> verdicts;
        for (const auto& verdict : working_.verdicts)
            if (verdict.from == period || verdict.to == period)
                verdicts.push_back(judge_.compare(verdict.comparison, verdict.from, verdict.to));
        if (is_known)
            place = std::move(today);
        else
            values_.erase(period);
        return verdicts;
    }

private:
    const IndicatorWorking& working_;
    IndicatorValues values_;
    Judge judge_;
};

/// Each figure that a later publication gave another one for.
std::vector<EarlierFigure> earlier_figures(const std::vector<ValuesFrom>& publications, const Catalogue& catalogue,
                                           const IndicatorWorking& working, EarlierVerdicts earlier)
{
    std::vector<EarlierFigure> found;
    VerdictsWith verdicts_with(catalogue, working);
    std::map<Period, std::pair<Time, IndicatorValue>> standing;
    for (const auto& then : publications) {
        for (auto& [period, stood] : standing) {
            auto& [published, figure] = stood;
            const auto later = then.values.find(period);
            const auto number = later == then.values.end() ? std::nullopt : later->second.value.number;
            if (!figure.value.number || number == figure.value.number)
                continue;
            found.push_back(
                {period, *figure.value.number, figure.definition, published, then.published, number,
                 reason_of(*working.indicator, period, then.published),
                 earlier == EarlierVerdicts::made ? verdicts_with(period, figure) : std::vector<Verdict>()});
            figure.value.number = std::nullopt;
        }
        for (const auto& [period, value] : then.values)
            if (value.value.number && standing[period].second.value.number != value.value.number)
                standing[period] = {then.published, value};
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.period < b.period; });
    return found;
}

bool concerns(const IndicatorSeries& series, const Annotation& annotation)
{
    const auto read = series.series.find(annotation.dataset);
    return read != series.series.end() && (annotation.series == 0 || read->second.contains(annotation.series));
}

} // namespace

IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers, EarlierVerdicts earlier,
                                   std::vector<ValuesFrom> publications)
{
    if (as_of.published)
        std::erase_if(publications, [&](const auto& then) { return then.published > *as_of.published; });
    IndicatorWorking working;
    working.indicator = &indicator;
    working.definition = &indicator.definition_at(as_of.published);
    working.catalogue_hash = catalogue.hash;
    working.series = indicator_series(store, catalogue, indicator, as_of, numbers);
    working.verdicts = Judge(indicator, working.series.values, working.series.breaks, &catalogue).all();
    if (earlier == EarlierVerdicts::made)
        working.earlier = earlier_verdicts(publications, catalogue, working);
    if (numbers == Numbers::published)
        working.earlier_figures = earlier_figures(publications, catalogue, working, earlier);
    const auto moment = moment_of(as_of);
    for (const auto& dataset : datasets_of(catalogue, indicator)) {
        for (auto& vintage : VintageStore(store).list(dataset))
            working.vintages.emplace(vintage.id, std::move(vintage));
        for (auto& annotation : AnnotationStore(store).list(dataset, ended_if(moment.has_value())))
            if (stands(annotation, moment) && concerns(working.series, annotation))
                working.annotations.push_back(std::move(annotation));
    }
    return working;
}

IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers, EarlierVerdicts earlier)
{
    return indicator_working(store, catalogue, indicator, as_of, numbers, earlier,
                             indicator_over_time(store, catalogue, indicator));
}

} // namespace skurd
