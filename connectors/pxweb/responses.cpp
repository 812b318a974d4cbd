#include "connectors/pxweb/responses.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "connectors/pxweb/stamps.hpp"
#include "decode/jsonstat/jsonstat.hpp"

#include <array>
#include <exception>
#include <map>
#include <optional>
#include <set>

namespace skurd {

namespace {

/// What to do about an answer, by words in it.
struct Advice {
    std::string_view words;
    std::string_view text;
};

// PxWebApi's own words, misspelt as they are; v2's titles first, then v1's.
constexpr auto advices = std::to_array<Advice>({
    {"Non-existent value", "a code in [source.select] is not in the table"},
    {"Non-existent variable", "a dimension in [source.select] is not in the table"},
    {"Non-existent codelist", "check [source.codelist]; upper and lower case matter"},
    {"mandantory variable", "a dimension is missing in [source.select]"},
    {"Illegal selection expression", "check the expressions in [source.select]"},
    {"Too many cells", "set 'cells_max' in [source] to what the server answers at most"},
    {"Unsupported language", "check 'language' in [source]"},
    {"The request for variable", "a code of that dimension in [source.select] is not in the table"},
    {"Too many values selected", "set 'cells_max' in [source] to what the server answers at most"},
    {"Parameter error", "the server knows no such table, dimension or format"},
});

std::string advice_for(int status, const std::string& text)
{
    for (const auto& advice : advices)
        if (text.find(advice.words) != std::string::npos)
            return fmt::format(" ({})", advice.text);
    return status == 429 || status >= 500 ? " (run the job again later)" : "";
}

/// The answer's one dataset; `table_id` "" = of any table.
Cube read_cube(const PxwebSettings& settings, const std::string& table, const Response& response,
               const std::string& what, const std::string& table_id)
{
    check_answer(settings, table, response, what);
    try {
        auto cubes = decode_jsonstat(response.body);
        if (cubes.size() != 1)
            throw error("{} datasets instead of one", cubes.size());
        if (!table_id.empty() && to_lower(cubes.front().table_id) != to_lower(table_id))
            throw error("it is of table '{}'", cubes.front().table_id);
        return std::move(cubes.front());
    } catch (const Error&) {
        std::throw_with_nested(error("{} of table {}", what, table));
    }
}

void require_cells(const std::string& table, const Cube& cube)
{
    if (cube.cells.empty())
        throw error("data of table {}: the response has no cells", table);
}

/// All codes of a dimension in the parts; nothing where a part lacks the dimension.
std::optional<std::set<std::string_view>> codes_in(const std::vector<Cube>& parts, const std::string& id)
{
    std::set<std::string_view> codes;
    for (const auto& part : parts) {
        const auto* dimension = part.find(id);
        if (!dimension)
            return std::nullopt;
        for (const auto& category : dimension->categories)
            codes.insert(category.code);
    }
    return codes;
}

} // namespace

bool says_not_there(const Response& response)
{
    if (is_web_page(response.body, response.media_type))
        return false;
    // v1 answers 404 or, by its source code, 400 with these words.
    return response.status == 404 ||
           (response.status == 400 && decode_pxweb_error(response.body) == "Parameter error");
}

void check_answer(const PxwebSettings& settings, const std::string& table, const Response& response,
                  const std::string& what)
{
    if (response.status == 200 && !is_web_page(response.body, response.media_type))
        return;
    if (response.status == 200)
        throw error("{} of table {}: HTML instead of JSON (a maintenance page?); run the job again later", what,
                    table);
    const auto text = decode_pxweb_error(response.body);
    const bool is_description = what == "description";
    if ((is_description && response.status == 404) || (!is_description && text == "Non-existent table")) {
        // For metadata and data the description was there a moment ago, and the server says this for passing faults.
        throw error("table {} is not at {}: {}", table, settings.base_url,
                    is_description ? fmt::format("check 'table' in [source] ({})", settings.table_where)
                                   : fmt::format("its description is, its {} is not; run the job again later", what));
    }
    throw error("{} answered {} for {} of table {}: {}{}", settings.source == "ssb" ? "SSB" : settings.host(),
                response.status, what, table, text.empty() ? "an empty body" : text,
                advice_for(response.status, text));
}

void check_list(const PxwebSettings& settings, const Response& response, const std::string& what)
{
    if (response.status != 200) {
        const auto text = decode_pxweb_error(response.body);
        throw error("{} answered {} for the {}: {}{}", settings.host(), response.status, what,
                    text.empty() ? "an empty body" : text, advice_for(response.status, text));
    }
    if (is_web_page(response.body, response.media_type))
        throw error("the {} at {}: HTML instead of JSON (a maintenance page?); run the job again later", what,
                    settings.host());
}

PxwebTable read_description(const PxwebSettings& settings, const std::string& table, const Response& response)
{
    check_answer(settings, table, response, "description");
    try {
        auto description = decode_pxweb_table(response.body);
        if (to_lower(description.id) != to_lower(table))
            throw error("it is of table '{}'", description.id);
        return description;
    } catch (const Error&) {
        std::throw_with_nested(error("description of table {}", table));
    }
}

Cube read_metadata(const PxwebSettings& settings, const Response& response, const std::string& table)
{
    return read_cube(settings, table, response, "metadata", table);
}

std::vector<Category> read_codelist(const PxwebSettings& settings, const Response& response, const std::string& id)
{
    if (response.status != 200 || is_web_page(response.body, response.media_type)) {
        const auto text = decode_pxweb_error(response.body);
        throw error("codelist {} is not to be had from {}: it answered {}: {}{}", id, settings.base_url,
                    response.status, text.empty() ? "an empty body" : text, advice_for(response.status, text));
    }
    try {
        return decode_pxweb_codelist(response.body);
    } catch (const Error&) {
        std::throw_with_nested(error("codelist {}", id));
    }
}

Cube read_data(const PxwebSettings& settings, const Response& response, const std::string& table)
{
    auto cube = read_cube(settings, table, response, "data", table);
    require_cells(table, cube);
    return cube;
}

Cube read_metadata_v1(const PxwebSettings& settings, const std::string& table, const Response& response)
{
    check_answer(settings, table, response, "metadata");
    try {
        return decode_pxweb_v1_metadata(response.body);
    } catch (const Error&) {
        std::throw_with_nested(error("metadata of table {}", table));
    }
}

Cube read_data_v1(const PxwebSettings& settings, const std::string& table, const Response& response)
{
    auto cube = read_cube(settings, table, response, "data", "");
    require_cells(table, cube);
    return cube;
}

std::string contents_of(const Cube& cube)
{
    for (const auto& dimension : cube.dimensions)
        if (dimension.role == Role::metric)
            return dimension.id;
    return "";
}

std::vector<PartStamp> stamps_of(const std::vector<Cube>& parts)
{
    std::vector<PartStamp> stamps;
    for (const auto& part : parts) {
        std::string contents;
        if (const auto* dimension = part.find(contents_of(part)))
            for (const auto& category : dimension->categories)
                contents += category.code + ' ';
        stamps.push_back({contents, part.updated});
    }
    return stamps;
}

const PartStamp* part_of_another_release(const PxwebSettings& settings, const std::vector<PartStamp>& parts)
{
    std::map<std::string, const PartStamp*> first_of;
    for (const auto& part : parts) {
        const auto* first = first_of.emplace(part.contents, &part).first->second;
        if (!same_instant(settings, first->updated, part.updated))
            return &part;
    }
    return nullptr;
}

void check_parts(const PxwebSettings& settings, const std::string& table, const std::vector<Cube>& parts,
                 const Plan& plan)
{
    for (const auto& planned : plan.dimensions) {
        if (planned.is_invented)
            continue;
        const auto present = codes_in(parts, planned.ask.dimension);
        if (!present)
            throw error("data of table {}: the response lacks the dimension {}", table, planned.ask.dimension);
        for (const auto& code : planned.codes)
            if (!present->contains(code))
                throw error("data of table {}: the response lacks the code '{}' of {}", table, code,
                            planned.ask.dimension);
    }
    const auto stamps = stamps_of(parts);
    if (const auto* other = part_of_another_release(settings, stamps))
        throw error("table {} was updated between two parts of its data ({}, {}); run the job again", table,
                    stamps.front().updated, other->updated);
}

std::string wrong_title(const PxwebSettings& settings, const std::string& title)
{
    return fmt::format("the title is '{}', which does not match expect = '{}' ({}): has the table changed? If it is "
                       "still the right one, change 'expect'",
                       title, settings.expect, settings.expect_where);
}

} // namespace skurd
