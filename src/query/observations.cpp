#include "query/observations.hpp"

#include "query/indicator_reader.hpp"
#include "query/indicators.hpp"
#include "query/left_out.hpp"
#include "query/versions_as_of.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <tuple>

namespace skurd {

namespace {

std::vector<ObservationRow> rows_of(std::vector<Observation> observations, int indicator = 0,
                                    const Definition* definition = nullptr)
{
    std::vector<ObservationRow> rows;
    rows.reserve(observations.size());
    for (auto& observation : observations)
        rows.push_back({std::move(observation), indicator, definition});
    return rows;
}

void append(std::vector<ObservationRow>& all, std::vector<ObservationRow> more)
{
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Those of that cell; all are ascending.
std::vector<LeftOut> left_out_at(const std::vector<LeftOut>& all, const Observation& seen)
{
    const auto is_before = [](const LeftOut& one, const Observation& cell) {
        return std::tie(one.series, one.period) < std::tie(cell.series, cell.period);
    };
    std::vector<LeftOut> found;
    for (auto one = std::lower_bound(all.begin(), all.end(), seen, is_before);
         one != all.end() && one->series == seen.series && one->period == seen.period; ++one)
        found.push_back(*one);
    return found;
}

/// A computed value as if it had been observed.
ObservationRow computed_row(const Indicator& indicator, const Definition& definition, const Period& period,
                            const IndicatorValue& value)
{
    Observation seen;
    seen.dataset = fmt::format("indicator/{}", indicator.number);
    seen.label = definition.formula.text();
    seen.unit = definition.unit;
    seen.period = period;
    seen.value = value.value;
    seen.vintage = value.vintage;
    seen.published_at = value.published_at;
    seen.confidence = Confidence::stated;
    seen.observed_at = value.published_at;
    seen.correction = value.correction;
    if (value.argument != 0 && value.inputs.size() == 1 && value.inputs.front().series != 0) { // a series' own number
        seen.dataset = value.inputs.front().dataset;
        seen.series = value.inputs.front().series;
        seen.label = value.inputs.front().name;
    }
    ObservationRow row{std::move(seen), indicator.number, &definition};
    row.datasets = value.datasets();
    return row;
}

/// The set whose report was the newest then; nullptr when none was published yet, or no day was asked about.
const IndicatorSet* set_at(const Catalogue& catalogue, const std::optional<Time>& published)
{
    const IndicatorSet* newest = nullptr;
    for (const auto& set : catalogue.sets)
        if (published && set.published != Time() && set.published <= *published)
            newest = &set;
    return newest;
}

/// Takes the rows of a series, or of an indicator.
using RowsSink = std::function<void(std::vector<ObservationRow>)>;

/// What a target is read from, now or as of a day.
class Reader {
public:
    /// All must outlive this.
    Reader(const StoreSession& store, const Catalogue& catalogue, const ObservationQuestion& question,
           const RowsSink& send)
        : store_(store), catalogue_(catalogue), question_(question), send_(send)
    {
    }

    void operator()(const Selector& selector) const
    {
        const auto left_out = left_out_of(store_, catalogue_, selector.dataset, question_.as_of);
        visit_current_observations(
            store_, selector, question_.as_of, question_.numbers,
            [&](std::vector<Observation>& found) {
                auto rows = rows_of(std::move(found));
                for (auto& row : rows)
                    row.left_out = left_out_at(left_out, row.observation);
                send_(std::move(rows));
            },
            question_.series);
    }

    void operator()(const Indicator* indicator) const { send_(rows(indicator)); }

    void operator()(EveryIndicator) const
    {
        for (const auto& indicator : catalogue_.indicators)
            (*this)(&indicator);
        const auto* set = set_at(catalogue_, question_.as_of.published);
        for (const auto& merged : set ? set->merged : std::vector<MergedNumber>()) {
            const auto* series = merged.formula.plain();
            if (series && ObservationStore(store_).has(*series))
                (*this)(*series);
        }
    }

private:
    std::vector<ObservationRow> rows(const Indicator* indicator) const
    {
        const auto& as_of = question_.as_of;
        const auto& definition = indicator->definition_at(as_of.published);
        if (definition.formula.plain())
            return rows_of(indicator_observations(store_, *indicator, as_of, question_.numbers), indicator->number,
                           &definition);
        std::vector<ObservationRow> rows;
        std::vector<Observation> seen;
        const auto series = IndicatorReader(store_, catalogue_, as_of, question_.numbers)
                                .series(*indicator, [&](const auto&, const auto&, const auto& observations) {
                                    seen.insert(seen.end(), observations.begin(), observations.end());
                                });
        for (const auto& [period, value] : series.values) {
            const auto& its = indicator->definition(value.definition);
            const auto* own = its.formula.plain();
            const auto observed = std::find_if(
                seen.begin(), seen.end(), [&, at = period, vintage = value.vintage](const Observation& one) {
                    return own && one.dataset == own->dataset && one.period == at && one.vintage == vintage;
                });
            if (observed != seen.end())
                rows.push_back({*observed, indicator->number, &its});
            else
                rows.push_back(computed_row(*indicator, its, period, value));
        }
        return rows;
    }

    const StoreSession& store_;
    const Catalogue& catalogue_;
    const ObservationQuestion& question_;
    const RowsSink& send_;
};

/// The versions of what a target is read from, now or as of a day.
class HistoryReader {
public:
    /// All must outlive this.
    HistoryReader(const StoreSession& store, const Catalogue& catalogue, const ObservationQuestion& question,
                  const RowsSink& send)
        : store_(store), catalogue_(catalogue), question_(question), send_(send)
    {
    }

    void operator()(const Selector& selector) const
    {
        const auto corrections = corrections_of(selector.dataset);
        const auto marked = [&](std::vector<Observation>& found) {
            keep_versions_as_of(found, question_.as_of);
            mark_versions(found, corrections);
            send_(rows_of(std::move(found)));
        };
        ObservationStore(store_).visit_history(selector, marked, question_.series);
    }

    void operator()(const Indicator* indicator) const { send_(rows(indicator)); }

    void operator()(EveryIndicator) const
    {
        for (const auto& indicator : catalogue_.indicators)
            (*this)(&indicator);
    }

private:
    std::vector<ObservationRow> rows(const Indicator* indicator) const
    {
        const bool is_computed = std::any_of(indicator->definitions.begin(), indicator->definitions.end(),
                                             [](const auto& definition) { return !definition.formula.plain(); });
        auto rows = observed(*indicator);
        if (is_computed)
            append(rows, computed(*indicator));
        std::stable_sort(rows.begin(), rows.end(), [](const ObservationRow& a, const ObservationRow& b) {
            return std::tie(a.observation.period, a.observation.published_at) <
                   std::tie(b.observation.period, b.observation.published_at);
        });
        return rows;
    }

    std::vector<Observation> versions(const Selector& selector) const
    {
        auto versions = ObservationStore(store_).history(selector);
        keep_versions_as_of(versions, question_.as_of);
        mark_versions(versions, corrections_of(selector.dataset));
        return versions;
    }

    std::vector<Correction> corrections_of(const std::string& dataset) const
    {
        return corrections_at(CorrectionStore(store_).list(dataset, Ended::included), moment_of(question_.as_of));
    }

    /// Under the definitions that are one series.
    std::vector<ObservationRow> observed(const Indicator& indicator) const
    {
        std::vector<ObservationRow> rows;
        for (std::size_t i = 0; i < indicator.definitions.size(); ++i) {
            const auto& definition = indicator.definitions[i];
            if (!definition.formula.plain() || !ObservationStore(store_).has(*definition.formula.plain()))
                continue;
            const bool is_last = i + 1 == indicator.definitions.size();
            for (auto& seen : versions(*definition.formula.plain())) {
                const bool is_later = !is_last && seen.published_at >= indicator.definitions[i + 1].from;
                if ((definition.reads_earlier_values || seen.published_at >= definition.from) && !is_later)
                    rows.push_back({std::move(seen), indicator.number, &definition});
            }
        }
        return rows;
    }

    /// Under the others.
    std::vector<ObservationRow> computed(const Indicator& indicator) const
    {
        std::vector<ObservationRow> rows;
        std::map<Period, std::pair<Value, int>> last;
        for (const auto& [published, values] : indicator_over_time(store_, catalogue_, indicator, question_.as_of))
            for (const auto& [period, value] : values) {
                if (indicator.definition(value.definition).formula.plain())
                    continue;
                const std::pair now(value.value, value.definition);
                if (const auto before = last.find(period); before != last.end() && before->second == now)
                    continue;
                last[period] = now;
                rows.push_back(computed_row(indicator, indicator.definition(value.definition), period, value));
            }
        return rows;
    }

    const StoreSession& store_;
    const Catalogue& catalogue_;
    const ObservationQuestion& question_;
    const RowsSink& send_;
};

/// What people said of the rows, and whom they are credited to; what is asked for alone goes on.
class Finisher {
public:
    /// The annotations that stood at the moment; nothing = now. All must outlive this.
    Finisher(const StoreSession& store, const ObservationQuestion& question, std::optional<Time> moment,
             const ObservationVisitor& visit)
        : question_(question), visit_(visit), annotations_(AnnotationStore(store).list(std::nullopt, Ended::included))
    {
        std::erase_if(annotations_, [&](const auto& annotation) { return !stands(annotation, moment); });
    }

    void operator()(std::vector<ObservationRow> rows)
    {
        for (auto& row : rows) {
            if (question_.period && row.observation.period != *question_.period)
                continue;
            for (const auto& annotation : annotations_)
                if (is_about(annotation, row.observation))
                    row.annotations.push_back(annotation);
            if (question_.attributions)
                row.attribution = attribution_of(row);
            visit_(row);
        }
    }

private:
    /// Shared by the rows of the same datasets.
    std::shared_ptr<const Attribution> attribution_of(const ObservationRow& row)
    {
        const auto datasets = row.datasets.empty() ? std::vector{row.observation.dataset} : row.datasets;
        auto& known = attributions_[datasets];
        if (!known)
            known = std::make_shared<const Attribution>(question_.attributions->of(datasets));
        return known;
    }

    const ObservationQuestion& question_;
    const ObservationVisitor& visit_;
    std::vector<Annotation> annotations_;
    std::map<std::vector<std::string>, std::shared_ptr<const Attribution>> attributions_;
};

} // namespace

void visit_observations(const StoreSession& store, const Catalogue& catalogue, const ObservationQuestion& question,
                        const ObservationVisitor& visit)
{
    Finisher finish(store, question, moment_of(question.as_of), visit);
    const RowsSink send = std::ref(finish);
    std::visit(Reader(store, catalogue, question, send), question.target);
}

void visit_observation_history(const StoreSession& store, const Catalogue& catalogue,
                               const ObservationQuestion& question, const ObservationVisitor& visit)
{
    Finisher finish(store, question, moment_of(question.as_of), visit);
    const RowsSink send = std::ref(finish);
    std::visit(HistoryReader(store, catalogue, question, send), question.target);
}

std::vector<ObservationRow> observations(const StoreSession& store, const Catalogue& catalogue,
                                         const ObservationQuestion& question)
{
    std::vector<ObservationRow> rows;
    visit_observations(store, catalogue, question, [&](const ObservationRow& row) { rows.push_back(row); });
    return rows;
}

std::vector<ObservationRow> observation_history(const StoreSession& store, const Catalogue& catalogue,
                                                const ObservationQuestion& question)
{
    std::vector<ObservationRow> rows;
    visit_observation_history(store, catalogue, question, [&](const ObservationRow& row) { rows.push_back(row); });
    return rows;
}

} // namespace skurd
