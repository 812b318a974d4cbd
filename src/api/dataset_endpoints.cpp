#include "api/list_page.hpp"
#include "api/periods.hpp"

#include "base/time_text.hpp"
#include "query/commits.hpp"
#include "query/datasets.hpp"
#include "view/dataset_json.hpp"
#include "view/description_json.hpp"
#include "view/value_json.hpp"
#include "view/vintage_json.hpp"

#include <map>

namespace skurd {

namespace {

std::string datasets_csv(const std::vector<DatasetSummary>& datasets, const Attributions& attributions,
                         CsvDialect dialect)
{
    CsvWriter csv(dialect);
    for (const auto* name :
         {"dataset", "label", "vintages", "published", "observed", "last_confirmed", "source", "licence"})
        csv.add(name);
    csv.end_row();
    for (const auto& dataset : datasets) {
        const auto attribution = attributions.of(dataset.dataset);
        csv.add(dataset.dataset);
        csv.add(dataset.label);
        csv.add(std::to_string(dataset.vintages));
        for (const auto& at : {dataset.published_at, dataset.observed_at, dataset.last_confirmed_at})
            csv.add(format_time(at));
        csv.add(source_text(attribution, Language::en));
        csv.add(licence_text(attribution, Language::en));
        csv.end_row();
    }
    return csv.take();
}

HttpResponse list_datasets(const ApiQuestion& question, const QueryReader& query)
{
    const auto as_of = query.as_of();
    const auto [found, next] = page_of(
        datasets(question.reading.store, DatasetQuestion{query.text("search"), query.time("updated_after"), as_of}),
        question, query, [](const DatasetSummary& dataset) { return dataset.dataset; });
    const auto attributions = question.host.attributions();
    if (query.choice("format", {"json", "csv"}) == "csv") {
        auto response = api_csv(datasets_csv(found, attributions, dialect_of(query)), "skurd-datasets.csv");
        add_link(response, next);
        return response;
    }
    Json list = Json::array();
    for (const auto& dataset : found)
        list.push_back(dataset_json(dataset, attributions.of(dataset.dataset)));
    return api_json_page(question, as_of, "datasets", std::move(list), next);
}

/// Throws NothingThereError for one that was not there at the two clocks.
DatasetSummary dataset_at(const ApiQuestion& question, const std::string& name, const AsOf& as_of)
{
    found_by([&] { return find_dataset(question.reading.store, name); });
    for (auto& dataset : datasets(question.reading.store, DatasetQuestion{"", std::nullopt, as_of}))
        if (dataset.dataset == name)
            return dataset;
    throw NothingThereError(fmt::format("dataset '{}' had no release then", name), ExitCode::usage);
}

HttpResponse show_metadata(const ApiQuestion& question, const QueryReader& query)
{
    const auto as_of = query.as_of();
    const auto dataset = dataset_at(question, query.required("dataset"), as_of);
    auto json = dataset_json(dataset, question.host.attributions().of(dataset.dataset));
    if (const auto description = describe_dataset(question.reading.store, dataset.dataset, dataset.published_at))
        json.update(description_json(*description));
    json["periods"] = *periods_at(question.reading, dataset.dataset, as_of);
    return api_json(question, as_of, "metadata", std::move(json));
}

HttpResponse list_releases(const ApiQuestion& question, const QueryReader& query)
{
    const auto as_of = query.as_of();
    const auto dataset = query.text("dataset");
    if (!dataset.empty())
        found_by([&] { return find_dataset(question.reading.store, dataset); });
    const auto [found, next] =
        page_of(releases(question.reading.store, dataset.empty() ? std::nullopt : std::optional(dataset), as_of),
                question, query, [](const Vintage& vintage) { return std::to_string(vintage.id); });
    const auto attributions = question.host.attributions();
    Json list = Json::array();
    for (const auto& vintage : found)
        list.push_back(vintage_json(vintage, attributions.of(vintage.dataset)));
    return api_json_page(question, as_of, "releases", std::move(list), next);
}

/// What stands before the slash in the names of datasets, with what is newest of it.
HttpResponse list_sources(const ApiQuestion& question, const QueryReader& query)
{
    struct Source {
        std::int64_t datasets = 0;
        std::int64_t vintages = 0;
        Time published{};
        Time confirmed{};
        std::vector<std::string> names;
    };
    const auto as_of = query.as_of();
    std::map<std::string, Source> sources;
    for (const auto& dataset : datasets(question.reading.store, DatasetQuestion{"", std::nullopt, as_of})) {
        auto& source = sources[dataset.dataset.substr(0, dataset.dataset.find('/'))];
        ++source.datasets;
        source.vintages += dataset.vintages;
        source.published = std::max(source.published, dataset.published_at);
        source.confirmed = std::max(source.confirmed, dataset.last_confirmed_at);
        source.names.push_back(dataset.dataset);
    }
    const auto attributions = question.host.attributions();
    Json list = Json::array();
    for (const auto& [name, source] : sources) {
        const auto attribution = attributions.of(source.names);
        list.push_back({{"source", name},
                        {"datasets", source.datasets},
                        {"vintages", source.vintages},
                        {"published", time_json(source.published)},
                        {"last_confirmed", time_json(source.confirmed)},
                        {"credit", source_text(attribution, Language::en)},
                        {"licence", licence_text(attribution, Language::en)}});
    }
    return api_json(question, as_of, "sources", std::move(list));
}

HttpResponse list_commits(const ApiQuestion& question, const QueryReader& query)
{
    const auto since = query.text("since").empty() ? 0 : query.number("since", 1, INT64_MAX);
    const auto key = [](const Commit& commit) { return fmt::format("{}-{}", commit.seq, to_string(commit.kind)); };
    const auto [found, next] = page_of(commits_since(question.reading.store, since), question, query,
                                       [&](const Commit& commit) { return key(commit) + commit.dataset; });
    Json list = Json::array();
    for (const auto& commit : found)
        list.push_back({{"commit", commit.seq},
                        {"kind", to_string(commit.kind)},
                        {"dataset", text_json(commit.dataset)},
                        {"at", time_json(commit.at)}});
    return api_json_page(question, {}, "commits", std::move(list), next);
}

} // namespace

const std::vector<Endpoint>& dataset_endpoints()
{
    static const std::vector<Endpoint> all = {
        untagged({"/api/v1/datasets",
                  {"search", "updated_after", "as_of", "known_at", "limit", "cursor", "format", "dialect"},
                  &list_datasets,
                  "The datasets whose name or label has all the words, with source and licence"}),
        untagged({"/api/v1/metadata",
                  {"dataset", "as_of", "known_at"},
                  &show_metadata,
                  "What a dataset and its parts are called: dimensions, codes, units, notes, periods"}),
        untagged({"/api/v1/releases",
                  {"dataset", "as_of", "known_at", "limit", "cursor"},
                  &list_releases,
                  "The releases of one dataset or of all, newest publication first"}),
        untagged(
            {"/api/v1/sources", {"as_of", "known_at"}, &list_sources, "The sources, with what is newest of each"}),
        {"/api/v1/commits",
         {"since", "limit", "cursor"},
         &list_commits,
         "What was committed to the store after a number, in that order"},
    };
    return all;
}

} // namespace skurd
