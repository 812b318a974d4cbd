#include "store/dataset_schema_store.hpp"
#include "lib/json/json.hpp"
#include "store/columns.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace skurd {

namespace {

Json category_json(const Category& category)
{
    Json json = {{"code", category.code}, {"label", category.label}};
    if (!category.unit.empty())
        json["unit"] = category.unit;
    if (category.decimals)
        json["decimals"] = *category.decimals;
    if (!category.base.empty())
        json["base"] = category.base;
    return json;
}

/// {"dimensions": [{"id", "label", "role", "classification", "categories": [{"code", "label", "unit", "decimals",
/// "base"}]}]}: what is unsaid is left out.
std::string body_of(const std::vector<Dimension>& dimensions)
{
    Json json = {{"dimensions", Json::array()}};
    for (const auto& dimension : dimensions) {
        Json one = {{"id", dimension.id}, {"label", dimension.label}, {"role", to_string(dimension.role)}};
        if (!dimension.classification.empty())
            one["classification"] = dimension.classification;
        auto& categories = one["categories"] = Json::array();
        for (const auto& category : dimension.categories)
            categories.push_back(category_json(category));
        json["dimensions"].push_back(std::move(one));
    }
    return json_line(json);
}

Dimension read_dimension(const Json& json)
{
    Dimension dimension;
    dimension.id = json.at("id").get<std::string>();
    dimension.label = json.at("label").get<std::string>();
    dimension.role = enum_from<Role>(json.at("role").get<std::string>());
    dimension.classification = json.value("classification", "");
    for (const auto& one : json.at("categories")) {
        Category category;
        category.code = one.at("code").get<std::string>();
        category.label = one.at("label").get<std::string>();
        category.unit = one.value("unit", "");
        if (one.contains("decimals"))
            category.decimals = one["decimals"].get<int>();
        category.base = one.value("base", "");
        dimension.categories.push_back(std::move(category));
    }
    return dimension;
}

std::vector<Dimension> read_body(const std::string& body)
{
    const auto json = Json::parse(body, nullptr, false);
    std::vector<Dimension> dimensions;
    try {
        for (const auto& dimension : json.at("dimensions"))
            dimensions.push_back(read_dimension(dimension));
    } catch (const Json::exception& failure) {
        throw error("the store holds a dataset schema that cannot be read: {}", failure.what());
    }
    return dimensions;
}

/// The gravest of them, as many as are recorded of one release, and one that counts the rest.
std::vector<Drift> shown_drift(std::vector<Drift> drift)
{
    constexpr std::size_t shown_max = 1000;
    if (drift.size() <= shown_max)
        return drift;
    std::stable_sort(drift.begin(), drift.end(),
                     [](const Drift& a, const Drift& b) { return a.severity > b.severity; });
    const auto rest = drift.size() - shown_max;
    drift.resize(shown_max);
    drift.push_back({Severity::harmless,
                     "",
                     {},
                     fmt::format("og {} til av samme slag", rest),
                     fmt::format("and {} more of the same kind", rest)});
    return drift;
}

std::int64_t dataset_id(Database& database, const std::string& name)
{
    Statement row(database, "SELECT id FROM dataset WHERE name = $1");
    if (!row.bind(name).step())
        throw error("the store has no dataset '{}'", name);
    return row.integer(0);
}

} // namespace

std::optional<DatasetSchema> DatasetSchemaStore::accepted(const std::string& dataset) const
{
    return accepted_after(dataset, std::numeric_limits<std::int64_t>::max());
}

std::optional<DatasetSchema> DatasetSchemaStore::accepted_after(const std::string& dataset, std::int64_t run) const
{
    Statement row(session_.database(), "SELECT body, job_hash, seen_at FROM dataset_schema WHERE dataset_id = $1"
                                       " AND coalesce(run_id, 0) <= $2 ORDER BY id DESC LIMIT 1");
    if (!row.bind(find_dataset(session_.database(), dataset), run).step())
        return std::nullopt;
    return DatasetSchema{read_body(row.text(0)), row.text(1), time_from(row.view(2))};
}

void DatasetSchemaStore::store(const std::string& dataset, const DatasetSchema& schema, std::int64_t run)
{
    StoreSession::Transaction transaction(session_);
    const auto id = dataset_id(session_.database(), dataset);
    const auto body = body_of(schema.dimensions);
    Statement newest(session_.database(),
                     "SELECT body, job_hash FROM dataset_schema WHERE dataset_id = $1 ORDER BY id DESC LIMIT 1");
    newest.bind(id);
    if (newest.step() && newest.view(0) == body && newest.view(1) == schema.job_hash)
        return;
    Statement(session_.database(),
              "INSERT INTO dataset_schema (dataset_id, seen_at, run_id, job_hash, body) VALUES ($1, $2, $3, $4, $5)")
        .run(id, schema.seen_at == Time() ? session_.now() : format_time(schema.seen_at), id_or_null(run),
             schema.job_hash, body);
    transaction.commit();
}

void DatasetSchemaStore::record_drift(const std::string& dataset, const std::vector<Drift>& drift, std::int64_t run)
{
    StoreSession::Transaction transaction(session_);
    const auto id = dataset_id(session_.database(), dataset);
    auto known = drift_texts(id);
    Statement insert(session_.database(),
                     "INSERT INTO drift (dataset_id, seen_at, run_id, severity, dimension, text_nb,"
                     " text_en) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    for (const auto& one : shown_drift(drift))
        if (known.emplace(to_string(one.severity), one.text_en).second)
            insert.run(id, session_.now(), id_or_null(run), to_string(one.severity), one.dimension, one.text_nb,
                       one.text_en);
    transaction.commit();
}

/// What was recorded since the schema was last accepted, by severity and text.
std::set<std::pair<std::string, std::string>> DatasetSchemaStore::drift_texts(std::int64_t dataset) const
{
    Statement row(session_.database(),
                  "SELECT severity, text_en FROM drift WHERE dataset_id = $1 AND"
                  " seen_at >= coalesce((SELECT max(seen_at) FROM dataset_schema WHERE dataset_id = $1), '')");
    row.bind(dataset);
    std::set<std::pair<std::string, std::string>> texts;
    while (row.step())
        texts.emplace(row.text(0), row.text(1));
    return texts;
}

std::vector<RecordedDrift> DatasetSchemaStore::drift(const std::string& dataset) const
{
    constexpr auto select = R"(
        SELECT dataset.name, d.seen_at, coalesce(d.run_id, 0), d.severity, d.dimension, d.text_nb, d.text_en
        FROM drift AS d JOIN dataset ON dataset.id = d.dataset_id
        WHERE /*: d.dataset_id = $2 AND */ ($1 = '' OR dataset.name = $1)
        ORDER BY d.id DESC)";
    auto& database = session_.database();
    Statement row(database, dataset_parts_if(!dataset.empty(), select));
    if (dataset.empty())
        row.bind(dataset);
    else
        row.bind(dataset, find_dataset(database, dataset));
    std::vector<RecordedDrift> found;
    while (row.step())
        found.push_back({row.text(0),
                         time_from(row.view(1)),
                         row.integer(2),
                         {enum_from<Severity>(row.view(3)), row.text(4), {}, row.text(5), row.text(6)}});
    return found;
}

} // namespace skurd
