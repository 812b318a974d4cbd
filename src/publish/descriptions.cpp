#include "publish/descriptions.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "store/store_version.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// The words that Table Schema and CSVW have for what a column holds.
struct TypeWords {
    const char* table_schema;
    const char* csvw;
};

TypeWords words_of(const ReaderColumn& column)
{
    switch (file_type(column)) {
    case ParquetType::integer:
        return {"integer", "integer"};
    case ParquetType::real:
        return {"number", "double"};
    case ParquetType::date:
        return {"date", "date"};
    case ParquetType::instant:
        return {"datetime", "dateTimeStamp"};
    case ParquetType::text:
        break;
    }
    return {"string", "string"};
}

/// Names of resources are of a few characters only: others become a hyphen, and a number tells two apart.
class ResourceNames {
public:
    std::string name(const std::string& wanted)
    {
        std::string name;
        for (const char c : to_lower(wanted)) {
            const bool is_plain =
                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
            name += is_plain ? c : '-';
        }
        const auto first = name;
        for (int number = 2; !taken_.insert(name).second; ++number)
            name = fmt::format("{}-{}", first, number);
        return name;
    }

private:
    std::set<std::string> taken_;
};

Json table_schema(const ReaderView& view)
{
    Json fields = Json::array();
    for (const auto& column : view.columns)
        fields.push_back({{"name", column.name}, {"type", words_of(column).table_schema}});
    return {{"fields", fields}, {"missingValues", {""}}};
}

Json resource(std::string name, const PublishedFile& file, const char* format, const char* media_type)
{
    return {{"name", std::move(name)}, {"path", file.path},   {"profile", "data-resource"},     {"format", format},
            {"mediatype", media_type}, {"bytes", file.bytes}, {"hash", "sha256:" + file.sha256}};
}

Json table_resource(std::string name, const PublishedFile& file, const ReaderView& view)
{
    auto table = resource(std::move(name), file, "csv", "text/csv");
    table["profile"] = "tabular-data-resource";
    table["encoding"] = "utf-8";
    table["dialect"] = {{"delimiter", ","}, {"doubleQuote", true}, {"lineTerminator", "\n"}, {"header", true}};
    table["schema"] = table_schema(view);
    return table;
}

Json resources(const Publication& publication)
{
    ResourceNames names;
    Json all = Json::array();
    all.push_back(resource(names.name("skurd-db"), publication.database, "sqlite", "application/vnd.sqlite3"));
    for (const auto& one : publication.views) {
        all.push_back(table_resource(names.name(one.view.name), one.csv, one.view));
        all.push_back(resource(names.name(one.view.name + "-parquet"), one.parquet, "parquet",
                               "application/vnd.apache.parquet"));
    }
    all.push_back(table_resource(names.name("changes"), publication.changes, publication.history));
    all.push_back(resource(names.name("changes-summary"), publication.change_summary, "json", "application/json"));
    return all;
}

/// "CC BY 4.0" -> "CC-BY-4.0", as the list of licences of the Open Definition has it.
std::string licence_name(const std::string& licence)
{
    std::string name;
    for (const char c : licence)
        name += c == ' ' ? '-' : c;
    return name;
}

/// Each licence and each source once, in the order of their first dataset. What is not known is told of per dataset.
void add_terms(Json& package, const Publication& publication)
{
    std::set<std::string> licences;
    std::set<std::string> sources;
    package["licenses"] = Json::array();
    package["sources"] = Json::array();
    Json datasets = Json::array();
    for (const auto& one : publication.datasets) {
        const auto& attribution = one.attribution;
        const auto licence = attribution.licence.in(Language::en);
        const auto source = attribution.source.in(Language::en);
        const bool is_name = !licence.empty() && std::all_of(licence.begin(), licence.end(), [](char c) {
            return c == ' ' || c == '-' || c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                   (c >= 'A' && c <= 'Z');
        });
        if (is_name && licences.insert(licence).second)
            package["licenses"].push_back({{"name", licence_name(licence)}, {"title", licence}});
        if (!source.empty() && sources.insert(source).second)
            package["sources"].push_back({{"title", source}});
        datasets.push_back({{"dataset", one.name},
                            {"source", source_text(attribution, Language::en)},
                            {"licence", licence_text(attribution, Language::en)}});
    }
    for (const auto* list : {"licenses", "sources"})
        if (package[list].empty())
            package.erase(list);
    package["skurd"]["datasets"] = datasets;
}

} // namespace

Json data_package(const Publication& publication)
{
    const auto& snapshot = publication.snapshot;
    Json package = {
        {"profile", "data-package"},
        {"name", "skurd"},
        {"title", fmt::format("Official statistics as skurd harvested them, up to commit {}", snapshot.commit_seq)},
        {"version", fmt::format("{}", snapshot.commit_seq)},
        {"created", format_time(snapshot.committed_at)}};
    package["skurd"] = {{"program", SKURD_VERSION},      {"store_schema", store_schema_version()},
                        {"views", views_version},        {"commit_seq", snapshot.commit_seq},
                        {"since", publication.since},    {"content_head", snapshot.content_head},
                        {"log_head", snapshot.log_head}, {"names", snapshot.names == PeoplesNames::included}};
    add_terms(package, publication);
    package["resources"] = resources(publication);
    return package;
}

Json csvw_metadata(const Publication& publication)
{
    Json tables = Json::array();
    for (const auto& one : publication.views) {
        Json columns = Json::array();
        for (const auto& column : one.view.columns)
            columns.push_back({{"name", percent_encode(column.name)},
                               {"titles", column.name},
                               {"datatype", words_of(column).csvw},
                               {"null", ""}});
        tables.push_back({{"url", percent_encode(one.view.name) + ".csv"}, {"tableSchema", {{"columns", columns}}}});
    }
    return {{"@context", "http://www.w3.org/ns/csvw"},
            {"dc:title", "Official statistics as skurd harvested them"},
            {"dialect", {{"delimiter", ","}, {"doubleQuote", true}, {"encoding", "utf-8"}, {"header", true}}},
            {"tables", tables}};
}

} // namespace skurd
