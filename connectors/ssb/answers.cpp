#include "connectors/ssb/answers.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "decode/jsonstat.hpp"

#include <array>
#include <exception>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t title_size_max = 1000;

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

void check_answer(const SsbSettings& settings, const Response& response, const std::string& what)
{
    if (response.status == 200 && !is_html(response.media_type, response.body))
        return;
    if (response.status == 200)
        throw error("{} of table {}: HTML instead of JSON (a maintenance page?); run the job again later", what,
                    settings.table);
    const auto text = decode_pxweb_error(response.body);
    const bool is_description = what == "description";
    if ((is_description && response.status == 404) || (!is_description && text == "Non-existent table")) {
        // For metadata and data the description was there a moment ago, and the server says this for passing faults.
        throw error("table {} is not at {}: {}", settings.table, settings.base_url,
                    is_description ? fmt::format("check 'table' in [source] ({})", settings.table_where)
                                   : fmt::format("its description is, its {} is not; run the job again later", what));
    }
    throw error("SSB answered {} for {} of table {}: {}{}", response.status, what, settings.table,
                text.empty() ? "an empty body" : text, advice_for(response.status, text));
}

void check_title(const SsbSettings& settings, const PxwebTable& description)
{
    if (description.label.size() > title_size_max)
        throw error("a title of {} bytes", description.label.size());
    if (!settings.expect.empty() && !std::regex_search(description.label, settings.expect_pattern))
        throw error(
            "the title is '{}', which does not match expect = '{}' ({}): has the table changed? If it is still "
            "the right one, change 'expect'",
            description.label, settings.expect, settings.expect_where);
}

void check_updated(const SsbSettings& settings, const PxwebTable& description, const Cube& cube,
                   const std::string& what)
{
    if (!description.updated.empty() && !same_instant(description.updated, cube.updated))
        throw error("table {} was updated between two requests (description: {}, {}: {}); run the job again",
                    settings.table, description.updated, what, cube.updated);
}

Cube read_cube(const SsbSettings& settings, const Response& response, const std::string& what)
{
    check_answer(settings, response, what);
    try {
        auto cubes = decode_jsonstat(response.body);
        if (cubes.size() != 1)
            throw error("{} datasets instead of one", cubes.size());
        if (cubes.front().table_id != settings.table)
            throw error("it is of table '{}'", cubes.front().table_id);
        return std::move(cubes.front());
    } catch (const Error&) {
        std::throw_with_nested(error("{} of table {}", what, settings.table));
    }
}

} // namespace

PxwebTable read_description(const SsbSettings& settings, const Response& response)
{
    check_answer(settings, response, "description");
    try {
        auto description = decode_pxweb_table(response.body);
        if (description.id != settings.table)
            throw error("it is of table '{}'", description.id);
        check_title(settings, description);
        return description;
    } catch (const Error&) {
        std::throw_with_nested(error("description of table {}", settings.table));
    }
}

Cube read_metadata(const SsbSettings& settings, const Response& response, const PxwebTable& description)
{
    auto metadata = read_cube(settings, response, "metadata");
    check_updated(settings, description, metadata, "metadata");
    return metadata;
}

Cube read_data(const SsbSettings& settings, const Response& response, const PxwebTable& description, const Plan& plan)
{
    auto cube = read_cube(settings, response, "data");
    check_updated(settings, description, cube, "data");
    for (const auto& [id, codes] : plan.expect) {
        const auto* dimension = cube.find(id);
        if (!dimension)
            throw error("data of table {}: the answer lacks the dimension {}", settings.table, id);
        std::set<std::string_view> present;
        for (const auto& category : dimension->categories)
            present.insert(category.code);
        for (const auto& code : codes)
            if (!present.contains(code))
                throw error("data of table {}: the answer lacks the code '{}' of {}", settings.table, code, id);
    }
    if (cube.cells.empty())
        throw error("data of table {}: the answer has no cells", settings.table);
    return cube;
}

} // namespace skurd
