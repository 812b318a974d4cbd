// The dialect of PxWebApi v2: what its clients ask of a statistical office, over what skurd has.
#include "api/list_page.hpp"
#include "api/pxweb_selection.hpp"
#include "api/pxweb_table.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "query/datasets.hpp"
#include "query/observations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace skurd {

namespace {

constexpr std::size_t px_cells_max = 800'000;
constexpr std::int64_t page_size_usual = 20;
constexpr std::int64_t page_size_max = 1000;
constexpr std::int64_t days_max = 100'000;
constexpr std::int64_t page_number_max = 1'000'000;
constexpr std::size_t body_bytes_max = std::size_t(1) << 20;

HttpResponse as_json(const Json& json)
{
    HttpResponse response;
    response.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    response.body = json_line(json) + "\n";
    return response;
}

HttpResponse show_config(const ApiQuestion&, const QueryReader&)
{
    return as_json({{"apiVersion", "2.3.2"},
                    {"appVersion", SKURD_VERSION},
                    {"languages", {{{"id", "no"}, {"label", "Norsk"}}, {{"id", "en"}, {"label", "English"}}}},
                    {"defaultLanguage", "no"},
                    {"maxDataCells", px_cells_max},
                    {"maxCallsPerTimeWindow", 0},
                    {"timeWindow", 0},
                    {"sourceReferences", Json::array()},
                    {"defaultDataFormat", "json-stat2"},
                    {"dataFormats", {"json-stat2"}},
                    {"features", Json::array()}});
}

Json link(const std::string& relation, const std::string& address)
{
    return {{"rel", relation}, {"hreflang", "no"}, {"href", address}};
}

Json table_entry(const ServedTable& table)
{
    Json names = Json::array();
    for (const auto& dimension : table.dimensions)
        names.push_back(dimension.label);
    const auto& periods = table.time().categories;
    const auto address = "/pxweb/v2/tables/" + percent_encode(table.id);
    return {
        {"id", table.id},
        {"label", table.label},
        {"description", ""},
        {"updated", format_time(table.dataset.published_at)},
        {"firstPeriod", periods.empty() ? "" : periods.front().code},
        {"lastPeriod", periods.empty() ? "" : periods.back().code},
        {"category", "public"},
        {"variableNames", std::move(names)},
        {"source", source_text(table.attribution, Language::en)},
        {"timeUnit", table.time_unit()},
        {"links", {link("self", address), link("metadata", address + "/metadata"), link("data", address + "/data")}}};
}

/// The datasets that are meant, by name. What was published long ago and has only come now is new to those who ask
/// for what changed lately, too.
std::vector<DatasetSummary> listed(const ApiQuestion& question, const QueryReader& query)
{
    auto found = datasets(question.reading.store, {query.text("query"), std::nullopt, pxweb_as_of(query)});
    if (const auto days = query.text("pastDays").empty() ? 0 : query.number("pastDays", 1, days_max); days > 0) {
        const auto since = question.host.clock().now() - std::chrono::days(days);
        std::erase_if(found, [&](const DatasetSummary& dataset) {
            return std::max(dataset.published_at, dataset.observed_at) <= since;
        });
    }
    return found;
}

HttpResponse list_tables(const ApiQuestion& question, const QueryReader& query)
{
    check_pxweb_language(query);
    const auto all = listed(question, query);
    const auto size = static_cast<std::size_t>(query.number("pageSize", page_size_usual, page_size_max));
    const auto number = static_cast<std::size_t>(query.number("pageNumber", 1, page_number_max));
    const auto pages = std::max<std::size_t>((all.size() + size - 1) / size, 1);
    if (number > pages)
        throw NothingThereError(fmt::format("Non-existent page: {} of {}", number, pages), ExitCode::usage);
    Json tables = Json::array();
    for (auto i = (number - 1) * size; i < std::min(number * size, all.size()); ++i)
        tables.push_back(table_entry(pxweb_table_of(question, all[i], pxweb_as_of(query))));
    Json links = Json::array();
    const auto page_link = [&](const char* relation, std::size_t page) {
        links.push_back(link(relation, link_with(question, "pageNumber", std::to_string(page))));
    };
    if (number < pages)
        page_link("next", number + 1);
    page_link("last", pages);
    return as_json({{"language", "no"},
                    {"tables", std::move(tables)},
                    {"page",
                     {{"pageNumber", number},
                      {"pageSize", size},
                      {"totalElements", all.size()},
                      {"totalPages", pages},
                      {"links", std::move(links)}}},
                    {"links", {link("self", "/pxweb/v2/tables")}}});
}

HttpResponse show_table(const ApiQuestion& question, const QueryReader& query)
{
    check_pxweb_language(query);
    Json json = {{"language", "no"}};
    json.update(table_entry(pxweb_table(question, question.id, pxweb_as_of(query))));
    return as_json(json);
}

using Places = std::vector<std::vector<std::size_t>>; ///< of each dimension the categories that are meant

std::vector<std::size_t> all_places(const ServedDimension& dimension)
{
    std::vector<std::size_t> places(dimension.categories.size());
    std::iota(places.begin(), places.end(), std::size_t(0));
    return places;
}

HttpResponse show_px_metadata(const ApiQuestion& question, const QueryReader& query)
{
    check_pxweb_language(query);
    const auto table = pxweb_table(question, question.id, pxweb_as_of(query));
    Places places;
    for (const auto& dimension : table.dimensions)
        places.push_back(all_places(dimension));
    auto json = pxweb_jsonstat(table, places);
    json["value"] = Json::array();
    return as_json(json);
}

/// What a request has of dimensions: expressions, and the list that their codes are of.
struct Wanted {
    std::vector<std::pair<std::string, std::vector<std::string>>> expressions;
    std::vector<std::pair<std::string, std::string>> codelists;
};

Wanted read_query(const HttpRequest& request)
{
    Wanted wanted;
    for (const auto& [name, value] : request.query) {
        const auto open = name.find('[');
        const auto family = to_lower(name.substr(0, open));
        if (open == std::string::npos)
            continue;
        auto dimension = name.substr(open + 1, name.size() - open - 2);
        if (family == "codelist" && !value.empty())
            wanted.codelists.emplace_back(std::move(dimension), value);
        else if (family == "valuecodes")
            wanted.expressions.emplace_back(std::move(dimension), split_expressions(value));
    }
    return wanted;
}

[[noreturn]] void refuse_body(const std::string& why)
{
    throw pxweb_error("Illegal selection expression", "{}", why);
}

Wanted read_body(const HttpRequest& request)
{
    const auto json = Json::parse(request.body, nullptr, false);
    if (!json.is_object() || !json.contains("selection") || !json["selection"].is_array())
        refuse_body("the body is not JSON like {\"selection\": [{\"variableCode\", \"valueCodes\"}]}");
    Wanted wanted;
    for (const auto& one : json["selection"]) {
        const auto member = [&](const char* name) { return one.is_object() ? one.value(name, Json()) : Json(); };
        const auto codes = member("valueCodes");
        if (!member("variableCode").is_string() || !codes.is_array())
            refuse_body("an item of 'selection' lacks 'variableCode' or 'valueCodes'");
        if (const auto list = member("codelist"); list.is_string() && list != "")
            wanted.codelists.emplace_back(member("variableCode").get<std::string>(), list.get<std::string>());
        else if (!list.is_null() && !list.is_string())
            refuse_body("a codelist that is not a string");
        std::vector<std::string> expressions;
        for (const auto& code : codes) {
            if (!code.is_string())
                refuse_body("a value code that is not a string");
            expressions.push_back(code.get<std::string>());
        }
        wanted.expressions.emplace_back(member("variableCode").get<std::string>(), std::move(expressions));
    }
    return wanted;
}

std::size_t dimension_named(const ServedTable& table, const std::string& name)
{
    const auto lower = to_lower(name);
    for (std::size_t i = 0; i < table.dimensions.size(); ++i)
        if (to_lower(table.dimensions[i].id) == lower || (lower == "time" && table.dimensions[i].role == Role::time))
            return i;
    throw pxweb_error("Non-existent variable", "'{}'", excerpt(name));
}

/// Without a selection a few numbers, as PxWebApi gives: the newest period of the first codes.
Places usual_places(const ServedTable& table)
{
    Places places;
    for (const auto& dimension : table.dimensions) {
        const auto size = dimension.categories.size();
        if (size == 0)
            throw NothingThereError("Non-existent table: it has no numbers then", ExitCode::usage);
        places.push_back({dimension.role == Role::time ? size - 1 : 0});
    }
    return places;
}

/// Codes are of their dimension's only list, so that one may be named.
void check_codelists(const ServedTable& table, const Wanted& wanted)
{
    for (const auto& [name, list] : wanted.codelists) {
        const auto& dimension = table.dimensions[dimension_named(table, name)];
        if (dimension.role == Role::time || to_lower(list) != to_lower(pxweb_codelist_id(table, dimension)))
            throw pxweb_error("Non-existent codelist", "'{}': a dimension has the list of its own codes alone",
                              excerpt(list));
    }
}

Places wanted_places(const ServedTable& table, const Wanted& wanted)
{
    check_codelists(table, wanted);
    if (wanted.expressions.empty())
        return usual_places(table);
    Places places(table.dimensions.size());
    for (const auto& [name, expressions] : wanted.expressions) {
        const auto at = dimension_named(table, name);
        const auto& dimension = table.dimensions[at];
        std::vector<std::string> codes;
        for (const auto& category : dimension.categories)
            codes.push_back(category.code);
        places[at] =
            select_codes(codes, dimension.role == Role::time ? CodeOrder::time : CodeOrder::table, expressions);
    }
    std::size_t cells = 1;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].empty()) // their spelling
            throw pxweb_error("Missing selection for mandantory variable", "{}", table.dimensions[i].id);
        cells = places[i].size() > px_cells_max / cells ? px_cells_max + 1 : cells * places[i].size();
    }
    if (cells > px_cells_max)
        throw pxweb_error("Too many cells selected", "more than {}", px_cells_max);
    return places;
}

/// The grid of an answer: 16 bytes a cell, however they come.
class ServedGrid {
public:
    ServedGrid(const ServedTable& table, const Places& places)
    {
        std::size_t size = 1;
        for (std::size_t i = table.dimensions.size(); i-- > 0;) {
            const auto& dimension = table.dimensions[i];
            Axis axis;
            for (std::size_t place = 0; place < places[i].size(); ++place)
                axis.emplace(dimension.categories[places[i][place]].code, place * size);
            size *= places[i].size();
            if (dimension.role == Role::time && i + 1 == table.dimensions.size())
                periods_ = std::move(axis);
            else
                axes_.emplace(dimension.id, std::move(axis));
        }
        cells_.resize(size);
    }

    void add(const Observation& seen)
    {
        if (codes_ != seen.codes) {
            codes_ = seen.codes;
            series_ = place_of_series();
        }
        const auto period = periods_.find(seen.period.text());
        if (!series_ || period == periods_.end() || seen.value.symbol.meaning == Meaning::withdrawn)
            return; // what is withdrawn its source does not have any more either
        auto& cell = cells_[*series_ + period->second];
        const auto& symbol = seen.value.symbol;
        const auto status = symbols_(symbol.text.empty() ? to_string(symbol.meaning) : std::string_view(symbol.text));
        cell = seen.value.number ? Cell::of(*seen.value.number, status) : Cell::missing(status);
    }

    /// The members `value` and `status`; where some cells are absent, `value` is an object without them.
    void write(const BodyWriter& out) const
    {
        const bool is_sparse = std::any_of(cells_.begin(), cells_.end(),
                                           [](const Cell& cell) { return cell.state == Cell::State::absent; });
        out(is_sparse ? "\"value\":{" : "\"value\":[");
        bool any = false;
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (cells_[i].state == Cell::State::absent)
                continue;
            const auto number = cells_[i].number();
            out(fmt::format("{}{}{}", any ? "," : "", is_sparse ? fmt::format("\"{}\":", i) : "",
                            number ? number->text() : "null"));
            any = true;
        }
        out(is_sparse ? "}" : "]");
        any = false;
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (cells_[i].symbol != 0) {
                out(fmt::format("{}\"{}\":{}", any ? "," : ",\"status\":{", i,
                                json_line(Json(texts_[cells_[i].symbol]))));
                any = true;
            }
        out(any ? "}}\n" : "}\n");
    }

private:
    using Axis = std::unordered_map<std::string, std::size_t>; ///< code: how far it moves in the grid

    std::optional<std::size_t> place_of_series() const
    {
        std::size_t at = 0;
        std::size_t named = 0;
        for (const auto& [dimension, code] : *codes_) {
            const auto axis = axes_.find(dimension);
            const auto place = axis == axes_.end() ? Axis::const_iterator() : axis->second.find(code);
            if (axis == axes_.end() || place == axis->second.end())
                return std::nullopt;
            at += place->second;
            ++named;
        }
        return named == axes_.size() ? std::optional(at) : std::nullopt;
    }

    std::unordered_map<std::string, Axis> axes_;
    Axis periods_;
    std::vector<Cell> cells_;
    std::vector<std::string> texts_ = {""};
    SymbolIndex symbols_{texts_};
    std::optional<Codes> codes_; ///< of the series at hand
    std::optional<std::size_t> series_;
};

/// The series that can be in the answer: a dimension that is wanted whole is not named.
Selector selector_of(const ServedTable& table, const Places& places)
{
    Selector selector{table.dataset.dataset, {}};
    for (std::size_t i = 0; i + 1 < table.dimensions.size(); ++i) {
        const auto& dimension = table.dimensions[i];
        if (places[i].size() == dimension.categories.size())
            continue;
        auto& [id, codes] = selector.codes.emplace_back(dimension.id, std::vector<std::string>());
        for (const auto place : places[i])
            codes.push_back(dimension.categories[place].code);
    }
    return selector;
}

HttpResponse give_px_data(const ApiQuestion& question, const QueryReader& query, const Wanted& wanted)
{
    check_pxweb_language(query);
    if (const auto format = query.text("outputFormat"); !format.empty() && format != "json-stat2")
        throw pxweb_error("Unsupported output format", "'{}': json-stat2 is given", excerpt(format));
    const auto as_of = pxweb_as_of(query);
    const auto table = pxweb_table(question, question.id, as_of);
    const auto places = wanted_places(table, wanted);
    return api_stream("application/json; charset=utf-8", "",
                      [question, as_of, table, places](const BodyWriter& write) {
                          ServedGrid grid(table, places);
                          const auto& reading = question.reading;
                          visit_observations(reading.store, *reading.catalogue, {selector_of(table, places), as_of},
                                             [&](const ObservationRow& row) { grid.add(row.observation); });
                          auto head = json_line(pxweb_jsonstat(table, places));
                          head.back() = ',';
                          write(head);
                          grid.write(write);
                      });
}

HttpResponse get_px_data(const ApiQuestion& question, const QueryReader& query)
{
    return give_px_data(question, query, read_query(question.request));
}

HttpResponse post_px_data(const ApiQuestion& question, const QueryReader& query)
{
    return give_px_data(question, query, read_body(question.request));
}

Json codelist_json(const ServedTable& table, const ServedDimension& dimension)
{
    Json json = {{"language", "no"}, {"languages", {"no"}}, {"elimination", false}};
    json.update(pxweb_codelist_entry(table, dimension));
    json["values"] = Json::array();
    for (const auto& one : dimension.categories)
        json["values"].push_back(
            {{"code", one.code}, {"label", one.label.empty() ? one.code : one.label}, {"valueMap", {one.code}}});
    return json;
}

/// The codes that a dimension had then.
HttpResponse show_codelist(const ApiQuestion& question, const QueryReader& query)
{
    check_pxweb_language(query);
    const auto as_of = pxweb_as_of(query);
    for (const auto& dataset : datasets(question.reading.store, DatasetQuestion{"", std::nullopt, as_of})) {
        if (!question.id.starts_with(pxweb_table_id(dataset.dataset) + "."))
            continue;
        const auto table = pxweb_table_of(question, dataset, as_of);
        for (const auto& dimension : table.dimensions)
            if (dimension.role != Role::time && pxweb_codelist_id(table, dimension) == question.id)
                return as_json(codelist_json(table, dimension));
    }
    throw NothingThereError(fmt::format("Non-existent codelist: {}", excerpt(question.id)), ExitCode::usage);
}

} // namespace

const std::vector<Endpoint>& pxweb_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/pxweb/v2/config", {"lang"}, &show_config, "PxWebApi: what this server can do", &pxweb_refusal},
        untagged({"/pxweb/v2/tables",
                  {"lang", "query", "pastDays", "includeDiscontinued", "pageNumber", "pageSize", "asOf", "knownAt"},
                  &list_tables,
                  "PxWebApi: datasets as tables",
                  &pxweb_refusal}),
        {"/pxweb/v2/tables/{id}", {"lang", "asOf", "knownAt"}, &show_table, "PxWebApi: a table", &pxweb_refusal},
        {"/pxweb/v2/tables/{id}/metadata",
         {"lang", "asOf", "knownAt"},
         &show_px_metadata,
         "PxWebApi: a table's dimensions and codes, as JSON-stat 2.0 without numbers",
         &pxweb_refusal},
        {"/pxweb/v2/tables/{id}/data",
         {"lang", "valueCodes[]", "codelist[]", "outputFormat", "asOf", "knownAt"},
         &get_px_data,
         "PxWebApi: numbers as JSON-stat 2.0",
         &pxweb_refusal},
        {"/pxweb/v2/tables/{id}/data",
         {"lang", "outputFormat", "asOf", "knownAt"},
         &post_px_data,
         "PxWebApi: the same, with the selection in the body",
         &pxweb_refusal,
         "POST",
         body_bytes_max},
        {"/pxweb/v2/codelists/{id}",
         {"lang", "asOf", "knownAt"},
         &show_codelist,
         "PxWebApi: the codes of a table's dimension",
         &pxweb_refusal},
    };
    return all;
}

} // namespace skurd
