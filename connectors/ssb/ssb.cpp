#include "connectors/ssb/ssb.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/ssb/plan.hpp"
#include "decode/jsonstat.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <regex>
#include <set>

namespace skurd {

namespace {

constexpr auto default_base_url = "https://data.ssb.no/api/pxwebapi/v2";
constexpr std::size_t url_size_max = 2000; // SSB's gateway answers 404 a little above
constexpr std::size_t title_size_max = 1000;
constexpr std::size_t data_at = 2; // responses before the data: description and metadata

struct Settings {
    std::string table;
    std::string table_where;
    std::string base_url;
    std::string language;
    std::string expect; ///< "" = any title
    std::string expect_where;
    std::regex expect_pattern;
    std::vector<Wanted> wanted;
};

/// What to do about an answer, by words in it.
struct Advice {
    std::string_view words;
    std::string_view text;
};

constexpr std::array<Advice, 4> advices = {{
    {"Non-existent value", "a code in [source.select] is not in the table"},
    {"Non-existent variable", "a dimension in [source.select] is not in the table"},
    {"mandantory variable", "a dimension is missing in [source.select]"},
    {"Too many cells", "select less in [source.select]"},
}};

std::string advice_for(int status, const std::string& text)
{
    for (const auto& advice : advices)
        if (text.find(advice.words) != text.npos)
            return fmt::format(" ({})", advice.text);
    return status == 429 || status >= 500 ? " (run the job again later)" : "";
}

bool same_instant(const std::string& a, const std::string& b)
{
    return a == b || (parse_time(a) && parse_time(a) == parse_time(b));
}

class Ssb final : public Connector {
public:
    explicit Ssb(Settings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override
    {
        return {Coverage::complete, "the table's own 'updated', to the second in UTC"};
    }

private:
    Request get(const std::string& path, const std::string& what) const;
    std::vector<Request> data_requests(const Plan& plan) const;
    std::string url(const std::string& path) const;
    std::string selection_text() const;

    PxwebTable read_description(const Response& response) const;
    Cube read_cube(const Response& response, const std::string& what) const;
    Cube read_metadata(const Response& response, const PxwebTable& description) const;
    Cube read_data(const Response& response, const PxwebTable& description, const Plan& plan) const;
    void check_answer(const Response& response, const std::string& what) const;
    void check_title(const PxwebTable& description) const;
    void check_updated(const PxwebTable& description, const Cube& cube, const std::string& what) const;

    Settings settings_;
};

std::string Ssb::url(const std::string& path) const
{
    return fmt::format("{}/tables/{}{}?lang={}", settings_.base_url, settings_.table, path, settings_.language);
}

Request Ssb::get(const std::string& path, const std::string& what) const
{
    Request request;
    request.url = url(path);
    request.accept = "application/json";
    request.purpose = fmt::format("{} of table {}", what, settings_.table);
    return request;
}

/// The selection as the job states it: when it changes, an unchanged table is fetched again all the same.
std::string Ssb::selection_text() const
{
    PxwebSelection selection;
    for (const auto& one : settings_.wanted)
        selection.emplace_back(one.dimension, one.expressions);
    return url("/data") + "&" + pxweb_query(selection);
}

std::vector<Request> Ssb::data_requests(const Plan& plan) const
{
    auto request = get("/data", "data");
    request.url += "&outputFormat=json-stat2";
    const auto whole = request.url + "&" + pxweb_query(plan.ask);
    if (whole.size() <= url_size_max) {
        request.url = whole;
        return {request};
    }
    request.method = "POST";
    request.content_type = "application/json";
    request.body = pxweb_query_body(plan.ask);
    return {request};
}

Step Ssb::next(const ConnectorState& state, std::span<const Response> responses) const
{
    if (responses.empty())
        return get("", "description");
    const auto description = read_description(responses[0]);
    const auto remembered = [&](const std::string& key) {
        const auto found = state.find(key);
        return found == state.end() ? "" : found->second;
    };
    if (!description.updated.empty() && remembered("updated") == description.updated &&
        remembered("selection") == selection_text())
        return Unchanged{fmt::format("table {}: updated is still {}{}", settings_.table, description.updated,
                                     description.discontinued ? ", and the table is discontinued" : "")};
    if (responses.size() == 1)
        return get("/metadata", "metadata");
    const auto metadata = read_metadata(responses[1], description);
    const auto requests = data_requests(plan_query(settings_.table, metadata, settings_.wanted));
    const auto answered = responses.size() - data_at;
    if (answered == requests.size())
        return Ready{};
    return requests[answered];
}

Decoded Ssb::decode(const ConnectorState&, std::span<const Response> responses) const
{
    const auto description = read_description(responses[0]);
    const auto metadata = read_metadata(responses[1], description);
    const auto plan = plan_query(settings_.table, metadata, settings_.wanted);
    Decoded decoded;
    decoded.dataset = "ssb/" + settings_.table;
    for (const auto& response : responses.subspan(data_at))
        decoded.cubes.push_back(read_data(response, description, plan));
    decoded.conventions.symbols = {{".", Meaning::not_applicable},
                                   {"..", Meaning::not_available},
                                   {"...", Meaning::preliminary_missing},
                                   {":", Meaning::confidential},
                                   {"-", Meaning::nil},
                                   {"*", Meaning::provisional}};
    if (const auto updated = parse_time(description.updated))
        decoded.claim = {*updated, "updated", Confidence::stated};
    else
        decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    decoded.state = {{"updated", description.updated}, {"selection", selection_text()}};
    if (description.discontinued || metadata.discontinued)
        decoded.notes.push_back(
            fmt::format("table {} is marked as discontinued: nothing new will come in it", settings_.table));
    if (!plan.left_out.empty())
        decoded.notes.push_back(
            fmt::format("not selected, so the answer is for their total: {}", join(plan.left_out, ", ")));
    return decoded;
}

void Ssb::check_answer(const Response& response, const std::string& what) const
{
    if (response.status == 200 && !is_html(response.media_type, response.body))
        return;
    if (response.status == 200)
        throw error("{} of table {}: HTML instead of JSON (a maintenance page?); run the job again later", what,
                    settings_.table);
    const auto text = decode_pxweb_error(response.body);
    const bool is_description = what == "description";
    if ((is_description && response.status == 404) || (!is_description && text == "Non-existent table")) {
        // For metadata and data the description was there a moment ago, and the server says this for passing faults.
        throw error("table {} is not at {}: {}", settings_.table, settings_.base_url,
                    is_description ? fmt::format("check 'table' in [source] ({})", settings_.table_where)
                                   : fmt::format("its description is, its {} is not; run the job again later", what));
    }
    throw error("SSB answered {} for {} of table {}: {}{}", response.status, what, settings_.table,
                text.empty() ? "an empty body" : text, advice_for(response.status, text));
}

PxwebTable Ssb::read_description(const Response& response) const
{
    check_answer(response, "description");
    try {
        auto description = decode_pxweb_table(response.body);
        if (description.id != settings_.table)
            throw error("it is of table '{}'", description.id);
        check_title(description);
        return description;
    } catch (const Error&) {
        std::throw_with_nested(error("description of table {}", settings_.table));
    }
}

void Ssb::check_title(const PxwebTable& description) const
{
    if (description.label.size() > title_size_max)
        throw error("a title of {} bytes", description.label.size());
    if (!settings_.expect.empty() && !std::regex_search(description.label, settings_.expect_pattern))
        throw error(
            "the title is '{}', which does not match expect = '{}' ({}): has the table changed? If it is still "
            "the right one, change 'expect'",
            description.label, settings_.expect, settings_.expect_where);
}

Cube Ssb::read_cube(const Response& response, const std::string& what) const
{
    check_answer(response, what);
    try {
        auto cubes = decode_jsonstat(response.body);
        if (cubes.size() != 1)
            throw error("{} datasets instead of one", cubes.size());
        if (cubes.front().table_id != settings_.table)
            throw error("it is of table '{}'", cubes.front().table_id);
        return std::move(cubes.front());
    } catch (const Error&) {
        std::throw_with_nested(error("{} of table {}", what, settings_.table));
    }
}

void Ssb::check_updated(const PxwebTable& description, const Cube& cube, const std::string& what) const
{
    if (!description.updated.empty() && !same_instant(description.updated, cube.updated))
        throw error("table {} was updated between two requests (description: {}, {}: {}); run the job again",
                    settings_.table, description.updated, what, cube.updated);
}

Cube Ssb::read_metadata(const Response& response, const PxwebTable& description) const
{
    auto metadata = read_cube(response, "metadata");
    check_updated(description, metadata, "metadata");
    return metadata;
}

Cube Ssb::read_data(const Response& response, const PxwebTable& description, const Plan& plan) const
{
    auto cube = read_cube(response, "data");
    check_updated(description, cube, "data");
    for (const auto& [id, codes] : plan.expect) {
        const auto* dimension = cube.find(id);
        if (!dimension)
            throw error("data of table {}: the answer lacks the dimension {}", settings_.table, id);
        std::set<std::string_view> present;
        for (const auto& category : dimension->categories)
            present.insert(category.code);
        for (const auto& code : codes)
            if (!present.contains(code))
                throw error("data of table {}: the answer lacks the code '{}' of {}", settings_.table, code, id);
    }
    if (cube.cells.empty())
        throw error("data of table {}: the answer has no cells", settings_.table);
    return cube;
}

std::vector<Wanted> read_select(Section& source)
{
    if (!source.has("select"))
        source.fail("select", "the table [source.select] is missing: name at least the contents and time dimensions");
    auto select = source.require_table("select");
    std::vector<Wanted> wanted;
    for (const auto& dimension : select.keys()) {
        auto expressions = select.get_strings(dimension);
        const bool blank = std::any_of(expressions.begin(), expressions.end(),
                                       [](const auto& text) { return trim(text) != text || text.empty(); });
        if (expressions.empty() || blank)
            select.fail(dimension, fmt::format("'{}' must list codes or expressions, without spaces around them; "
                                               "leave it out to have the total",
                                               dimension));
        wanted.push_back({dimension, std::move(expressions), select.where(dimension)});
    }
    if (wanted.empty())
        source.fail("select", "[source.select] is empty: name at least the contents and time dimensions");
    return wanted;
}

Settings read_settings(Section& source)
{
    Settings settings;
    settings.table = source.require_string("table");
    settings.table_where = source.where("table");
    if (settings.table.size() != 5 || !all_digits(settings.table))
        source.fail("table", fmt::format("'table' must be five digits in quotes, not '{}'", settings.table));
    settings.base_url = source.get_string("base_url", default_base_url);
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    const bool http = settings.base_url.starts_with("https://") || settings.base_url.starts_with("http://");
    if (!http || settings.base_url.find_first_of("?# ") != std::string::npos)
        source.fail("base_url", fmt::format("'base_url' must be like \"{}\"", default_base_url));
    settings.language = source.get_choice("language", "no", {"no", "en"});
    settings.expect = source.get_string("expect", "");
    settings.expect_where = source.where("expect");
    try {
        settings.expect_pattern = std::regex(settings.expect);
    } catch (const std::regex_error& failure) {
        source.fail("expect", fmt::format("'expect' is not a regular expression: {}", failure.what()));
    }
    settings.wanted = read_select(source);
    return settings;
}

} // namespace

std::unique_ptr<Connector> create_ssb(JobSections& sections)
{
    return std::make_unique<Ssb>(read_settings(sections.source));
}

} // namespace skurd
