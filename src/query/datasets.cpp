#include "query/datasets.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/dataset_store.hpp"
#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool has_words(const DatasetSummary& dataset, const std::string& words)
{
    const auto text = to_lower(dataset.dataset + " " + dataset.label);
    const auto all = split(words, ' ');
    return std::all_of(all.begin(), all.end(),
                       [&](std::string_view word) { return text.find(to_lower(word)) != std::string::npos; });
}

bool was_there(const Vintage& vintage, const AsOf& as_of)
{
    return (!as_of.published || vintage.published.published_at <= *as_of.published) &&
           (!as_of.known || vintage.observed_at <= *as_of.known);
}

/// The summary as it was; without vintages where there were none.
DatasetSummary as_it_was(DatasetSummary dataset, const std::vector<Vintage>& all, const AsOf& as_of)
{
    dataset.vintages = 0;
    dataset.published_at = {};
    dataset.observed_at = {};
    for (const auto& vintage : all) {
        if (vintage.dataset != dataset.dataset || !was_there(vintage, as_of))
            continue;
        ++dataset.vintages;
        dataset.published_at = std::max(dataset.published_at, vintage.published.published_at);
        dataset.observed_at = std::max(dataset.observed_at, vintage.observed_at);
    }
    dataset.last_confirmed_at = dataset.observed_at;
    return dataset;
}

} // namespace

std::vector<DatasetSummary> datasets(const StoreSession& store, const DatasetQuestion& question)
{
    auto found = DatasetStore(store).list();
    if (question.as_of.published || question.as_of.known) {
        const auto all = VintageStore(store).list();
        for (auto& dataset : found)
            dataset = as_it_was(std::move(dataset), all, question.as_of);
    }
    std::erase_if(found, [&](const DatasetSummary& dataset) {
        return dataset.vintages == 0 || !has_words(dataset, question.words) ||
               (question.updated_after && dataset.published_at <= *question.updated_after);
    });
    return found;
}

DatasetSummary find_dataset(const StoreSession& store, const std::string& name)
{
    auto all = DatasetStore(store).list();
    std::vector<std::string> names;
    for (auto& dataset : all) {
        if (dataset.dataset == name)
            return std::move(dataset);
        names.push_back(dataset.dataset);
    }
    throw usage_error("the store has no dataset '{}'{}", excerpt(name), did_you_mean(name, names));
}

std::vector<Dimension> dimensions_of(const StoreSession& store, const std::string& dataset)
{
    auto schema = DatasetSchemaStore(store).accepted(dataset);
    return schema ? std::move(schema->dimensions) : std::vector<Dimension>();
}

std::size_t series_count(const StoreSession& store, const Selector& selector)
{
    return DatasetStore(store).series_count(selector);
}

std::vector<Vintage> newest_vintages(const StoreSession& store, const std::optional<std::string>& dataset)
{
    auto all = VintageStore(store).list(dataset);
    std::stable_sort(all.begin(), all.end(), [](const Vintage& a, const Vintage& b) {
        return a.observed_at != b.observed_at ? a.observed_at > b.observed_at : a.id > b.id;
    });
    return all;
}

std::vector<Vintage> releases(const StoreSession& store, const std::optional<std::string>& dataset, const AsOf& as_of)
{
    auto all = VintageStore(store).list(dataset);
    std::erase_if(all, [&](const Vintage& vintage) { return !was_there(vintage, as_of); });
    std::stable_sort(all.begin(), all.end(), [](const Vintage& a, const Vintage& b) {
        return a.published.published_at != b.published.published_at
                   ? a.published.published_at > b.published.published_at
                   : a.id > b.id;
    });
    return all;
}

std::optional<Time> newest_publication(const StoreSession& store, const std::string& dataset, const AsOf& as_of)
{
    const auto all = releases(store, dataset, as_of);
    return all.empty() ? std::nullopt : std::optional(all.front().published.published_at);
}

std::optional<DatasetDescription> describe_dataset(const StoreSession& store, const std::string& dataset,
                                                   std::optional<Time> published)
{
    return ObservationStore(store).describe(dataset, published);
}

std::vector<std::string> dimension_ids(const StoreSession& store, const std::string& dataset)
{
    std::vector<std::string> ids;
    if (const auto description = describe_dataset(store, dataset, std::nullopt))
        for (const auto& dimension : description->dimensions)
            ids.push_back(dimension.id);
    return ids;
}

std::vector<std::int64_t> selected_series(const StoreSession& store, const Selector& selector)
{
    return ObservationStore(store).series(selector);
}

std::vector<Period> periods_of(const StoreSession& store, const std::string& dataset)
{
    return ObservationStore(store).periods(dataset);
}

std::vector<std::string> source_notes(const StoreSession& store, const std::string& dataset, const AsOf& as_of)
{
    return VintageStore(store).notes(dataset, as_of);
}

std::vector<RecordedDrift> recorded_drift(const StoreSession& store, const std::string& dataset)
{
    return DatasetSchemaStore(store).drift(dataset);
}

} // namespace skurd
