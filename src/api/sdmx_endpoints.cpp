// The dialect of SDMX REST: datasets as dataflows. `asOf`, `includeHistory` and `updatedAfter` are what a versioned
// store can answer.
#include "api/sdmx_endpoints.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "query/datasets.hpp"
#include "query/observations.hpp"
#include "report/sdmx_csv.hpp"
#include "report/sdmx_ml.hpp"
#include "report/sdmx_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view data_type = "application/vnd.sdmx.genericdata+xml;version=2.1";
constexpr std::string_view csv_type = "application/vnd.sdmx.data+csv;version=2.0.0;charset=utf-8";
constexpr std::string_view structure_type = "application/vnd.sdmx.structure+xml;version=2.1";
constexpr int no_results = 100;
constexpr int syntax_error = 140;
constexpr int server_error = 500;

HttpResponse sdmx_refusal(int status, const std::string& detail)
{
    const int code = status == 404 ? no_results : status < 500 ? syntax_error : server_error;
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", "application/vnd.sdmx.error+xml;version=2.1"},
                        {"Cache-Control", "no-store"}};
    response.body = sdmx_error_message(code, detail);
    return response;
}

AsOf clocks(const QueryReader& query)
{
    return {query.time("asOf"), query.time("knownAt")};
}

/// "SKURD,ssb_07459,1.0", or the id alone: the id. Throws NothingThereError for another agency's or version's.
std::string flow_id(const std::string& text)
{
    const auto parts = split(text, ',');
    if (parts.size() == 1)
        return text;
    const auto version = parts.size() > 2 ? parts[2] : "latest";
    const bool is_ours = (parts[0] == sdmx_agency || parts[0] == "all") &&
                         (version == sdmx_version || version == "latest" || version == "all");
    if (!is_ours || parts.size() > 3)
        throw NothingThereError(fmt::format("there is no dataflow {}: agency {} and version {} are the only ones",
                                            excerpt(text), sdmx_agency, sdmx_version),
                                ExitCode::usage);
    return std::string(parts[1]);
}

/// The datasets of that id at the two clocks; all for "all".
std::vector<DatasetSummary> flows(const ApiQuestion& question, const std::string& id, const AsOf& as_of)
{
    auto found = datasets(question.reading.store, DatasetQuestion{"", std::nullopt, as_of});
    if (id != "all")
        std::erase_if(found, [&](const DatasetSummary& dataset) { return sdmx_id(dataset.dataset) != id; });
    if (found.empty() && id != "all")
        throw NothingThereError(fmt::format("there is no dataflow {}", excerpt(id)), ExitCode::usage);
    return found;
}

SdmxStructure structure_of(const ApiQuestion& question, const DatasetSummary& dataset)
{
    return {dataset.dataset, describe_dataset(question.reading.store, dataset.dataset, dataset.published_at)
                                 .value_or(DatasetDescription())};
}

/// What stands for the variables of a path of structures: agency, id, version; "all" and "latest" for what is left
/// out.
HttpResponse give_structures(const ApiQuestion& question, const QueryReader& query, bool with_parts)
{
    auto parts = split(question.id, '/');
    if (question.id.empty())
        parts.clear();
    std::vector<std::string> named = {"all", "all", "latest"};
    for (std::size_t i = 0; i < parts.size(); ++i)
        named[i] = std::string(parts[i]);
    const auto found = flows(question, flow_id(join(named, ",")), clocks(query));
    std::vector<SdmxStructure> structures;
    SdmxMessage message{"skurd", {}};
    for (const auto& dataset : found) {
        structures.push_back(structure_of(question, dataset));
        message.prepared = std::max(message.prepared, dataset.published_at);
    }
    const auto references = query.text("references");
    const bool all = with_parts || (!references.empty() && references != "none");
    return api_file(sdmx_structure_message(structures, all ? SdmxArtefacts::all : SdmxArtefacts::dataflows, message),
                    structure_type, "skurd-structure.xml");
}

HttpResponse give_dataflows(const ApiQuestion& question, const QueryReader& query)
{
    return give_structures(question, query, false);
}

HttpResponse give_data_structures(const ApiQuestion& question, const QueryReader& query)
{
    return give_structures(question, query, true);
}

/// "0301+1103..1": codes by dimension in their order; "all" and "" for every series.
Selector series_of(const std::string& dataset, const std::vector<std::string>& dimensions, const std::string& key)
{
    Selector selector{dataset, {}};
    if (key.empty() || key == "all")
        return selector;
    const auto parts = split(key, '.');
    if (parts.size() != dimensions.size())
        throw usage_error("the key '{}' has {} parts, and the dimensions are {}: {}", excerpt(key), parts.size(),
                          dimensions.size(), join(dimensions, ", "));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty())
            continue;
        auto& codes = selector.codes.emplace_back(dimensions[i], std::vector<std::string>()).second;
        for (const auto code : split(parts[i], '+'))
            codes.emplace_back(code);
    }
    return selector;
}

std::optional<SdmxDays> days_in(const QueryReader& query, const char* name)
{
    const auto text = query.text(name);
    const auto days = sdmx_days(text);
    if (!text.empty() && !days)
        throw usage_error("{}: '{}' is no period like 2020, 2020-Q1, 2020-03 or 2020-03-31", name, excerpt(text));
    return days;
}

/// What of the rows is wanted.
struct SdmxWanted {
    AsOf as_of;
    std::optional<SdmxDays> start;
    std::optional<SdmxDays> end;
    std::optional<Time> updated_after;
    bool is_history = false;

    bool has(const Observation& seen) const
    {
        return (!start || seen.period.first_day() >= start->first) && (!end || seen.period.last_day() <= end->last) &&
               (!updated_after || seen.published_at > *updated_after);
    }
};

void visit_wanted(const ApiQuestion& question, const Selector& selector, const SdmxWanted& wanted,
                  const ObservationVisitor& visit)
{
    const ObservationQuestion asked{
        .target = selector, .as_of = wanted.as_of, .attributions = question.host.attributions()};
    const auto& reading = question.reading;
    const ObservationVisitor chosen = [&](const ObservationRow& row) {
        if (wanted.has(row.observation))
            visit(row);
    };
    if (wanted.is_history)
        visit_observation_history(reading.store, *reading.catalogue, asked, chosen);
    else
        visit_observations(reading.store, *reading.catalogue, asked, chosen);
}

/// Throws NothingThereError where not one row came, which the client is to be told by its status.
template <typename Writer>
void write_rows(Writer& writer, const ApiQuestion& question, const Selector& selector, const SdmxWanted& wanted,
                const BodyWriter& write)
{
    bool any = false;
    visit_wanted(question, selector, wanted, [&](const ObservationRow& row) {
        writer.add(row);
        write(writer.take());
        any = true;
    });
    if (!any)
        throw NothingThereError("No results: there are no observations of that", ExitCode::usage);
}

HttpResponse give_data(const ApiQuestion& question, const QueryReader& query)
{
    const auto parts = split(question.id, '/');
    SdmxWanted wanted{clocks(query), days_in(query, "startPeriod"), days_in(query, "endPeriod"),
                      query.time("updatedAfter"), query.choice("includeHistory", {"false", "true"}) == "true"};
    static_cast<void>(query.choice("dimensionAtObservation", {"TIME_PERIOD"}));
    const auto found = flows(question, flow_id(std::string(parts.front())), wanted.as_of);
    if (found.size() != 1)
        throw usage_error("{} dataflows are meant; data are of one", found.size());
    const auto& dataset = found.front();
    std::vector<std::string> dimensions;
    for (const auto& dimension : structure_of(question, dataset).description.dimensions)
        dimensions.push_back(dimension.id);
    const auto selector =
        series_of(dataset.dataset, dimensions, parts.size() > 1 ? std::string(parts[1]) : std::string());
    found_by([&] { return series_count(question.reading.store, selector); });
    const bool is_csv = query.text("format").empty() ? question.request.accept.find("csv") != std::string::npos
                                                     : query.choice("format", {"xml", "csv"}) == "csv";
    auto response = is_csv ? api_stream(csv_type, file_name(dataset.dataset, "csv"),
                                        [=](const BodyWriter& write) {
                                            SdmxCsv csv(dataset.dataset, dimensions);
                                            write_rows(csv, question, selector, wanted, write);
                                        })
                           : api_stream(data_type, "", [=](const BodyWriter& write) {
                                 SdmxGenericData data(dataset.dataset, dimensions, {"skurd", dataset.published_at});
                                 write_rows(data, question, selector, wanted, write);
                                 data.end();
                                 write(data.take());
                             });
    response.headers.emplace_back("Vary", "Accept"); // both forms have the same address
    return response;
}

/// "2020-Q1" as skurd writes it, "2020Q1".
std::string own_period(std::string_view text)
{
    if (text.size() < 6 || text[4] != '-')
        return std::string(text);
    const auto year = std::string(text.substr(0, 4));
    const auto rest = std::string(text.substr(5));
    if (rest.front() == 'S')
        return year + "H" + rest.substr(1);
    return rest.front() >= '0' && rest.front() <= '9' ? year + "M" + rest : year + rest;
}

Endpoint data_endpoint(std::string_view path)
{
    return {path,
            {"startPeriod", "endPeriod", "updatedAfter", "includeHistory", "asOf", "knownAt",
             "dimensionAtObservation", "detail", "format"},
            &give_data,
            "SDMX: numbers as generic data of SDMX-ML 2.1, or as SDMX-CSV 2.0 for who accepts that",
            &sdmx_refusal};
}

} // namespace

std::optional<SdmxDays> sdmx_days(std::string_view text)
{
    if (const auto day = text.size() == 10 ? parse_time(text) : std::nullopt) {
        const auto days = std::chrono::floor<std::chrono::days>(*day);
        return SdmxDays{days, days};
    }
    const auto period = Period::from_text(own_period(text));
    if (text.empty() || period.kind() == PeriodKind::other)
        return std::nullopt;
    return SdmxDays{period.first_day(), period.last_day()};
}

const std::vector<Endpoint>& sdmx_endpoints()
{
    static const auto all = [] {
        std::vector<Endpoint> endpoints;
        const std::vector<std::string> parameters = {"references", "detail", "asOf", "knownAt"};
        for (const auto* path : {"/sdmx/dataflow", "/sdmx/dataflow/{agency}", "/sdmx/dataflow/{agency}/{id}",
                                 "/sdmx/dataflow/{agency}/{id}/{version}"})
            endpoints.push_back(
                {path, parameters, &give_dataflows, "SDMX: datasets as dataflows, SDMX-ML 2.1", &sdmx_refusal});
        for (const auto* path : {"/sdmx/datastructure/{agency}/{id}", "/sdmx/datastructure/{agency}/{id}/{version}"})
            endpoints.push_back({path, parameters, &give_data_structures,
                                 "SDMX: the structure of a dataset with its codelists and concepts, SDMX-ML 2.1",
                                 &sdmx_refusal});
        endpoints.push_back(data_endpoint("/sdmx/data/{flow}"));
        endpoints.push_back(data_endpoint("/sdmx/data/{flow}/{key}"));
        return endpoints;
    }();
    return all;
}

} // namespace skurd
