#include "query/datasets.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/dataset_store.hpp"
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

} // namespace

std::vector<DatasetSummary> datasets(const StoreSession& store, const std::string& words)
{
    auto found = DatasetStore(store).list();
    std::erase_if(found, [&](const DatasetSummary& dataset) { return !has_words(dataset, words); });
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

std::vector<std::string> source_notes(const StoreSession& store, const std::string& dataset, const AsOf& as_of)
{
    return VintageStore(store).notes(dataset, as_of);
}

std::vector<RecordedDrift> recorded_drift(const StoreSession& store, const std::string& dataset)
{
    return DatasetSchemaStore(store).drift(dataset);
}

} // namespace skurd
