#include "query/working.hpp"

#include "indicator/evaluate.hpp"
#include "query/indicators.hpp"
#include "store/annotation_store.hpp"
#include "store/vintage_store.hpp"

#include <tuple>

namespace skurd {

namespace {

/// The verdicts there are now as they were after each earlier publication, where they stated something else.
std::vector<EarlierVerdict> earlier_verdicts(const StoreSession& store, const Catalogue& catalogue,
                                             const IndicatorWorking& working, const AsOf& as_of)
{
    std::vector<EarlierVerdict> earlier;
    std::map<std::tuple<Comparison, Period, Period>, std::string> last;
    for (const auto& then : indicator_over_time(store, catalogue, *working.indicator)) {
        if (as_of.published && then.published > *as_of.published)
            break;
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

bool concerns(const IndicatorSeries& series, const Annotation& annotation)
{
    const auto read = series.series.find(annotation.dataset);
    return read != series.series.end() && (annotation.series == 0 || read->second.contains(annotation.series));
}

} // namespace

IndicatorWorking indicator_working(const StoreSession& store, const Catalogue& catalogue, const Indicator& indicator,
                                   const AsOf& as_of, Numbers numbers)
{
    IndicatorWorking working;
    working.indicator = &indicator;
    working.definition = &indicator.definition_at(as_of.published);
    working.catalogue_hash = catalogue.hash;
    working.series = indicator_series(store, catalogue, indicator, as_of, numbers);
    working.verdicts = Judge(indicator, working.series.values, working.series.breaks, &catalogue).all();
    working.earlier = earlier_verdicts(store, catalogue, working, as_of);
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

} // namespace skurd
