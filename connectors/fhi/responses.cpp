#include "connectors/fhi/responses.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "connectors/pxweb/decode.hpp"
#include "decode/jsonstat/jsonstat.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <set>

namespace skurd {

namespace {

/// What a legend's words mean, by a part of them in lower case. Letters outside ASCII keep their case.
struct LegendWord {
    std::string_view part;
    Meaning meaning;
};

constexpr std::array<LegendWord, 8> legend_words = {{{"anonymis", Meaning::confidential},
                                                     {"skjult", Meaning::confidential},
                                                     {"beregne", Meaning::not_computable},
                                                     {"calculate", Meaning::not_computable},
                                                     {"mangle", Meaning::not_available},
                                                     {"missing", Meaning::not_available},
                                                     {"tilgjengelig", Meaning::not_available},
                                                     {"aktuel", Meaning::not_applicable}}};

/// FHI's symbols where a table has no legend for them. A hyphen is no zero there, as it is at SSB.
constexpr std::array<std::pair<std::string_view, Meaning>, 4> usual = {{{".", Meaning::not_computable},
                                                                        {"..", Meaning::not_available},
                                                                        {":", Meaning::confidential},
                                                                        {"-", Meaning::not_computable}}};

Meaning meaning_in(std::string_view text)
{
    const auto lowered = to_lower(text);
    const auto found = std::find_if(legend_words.begin(), legend_words.end(), [&](const LegendWord& one) {
        return lowered.find(one.part) != std::string::npos;
    });
    return found == legend_words.end() ? Meaning::unknown : found->meaning;
}

void check_answer(const Response& response, const std::string& what)
{
    if (response.status == 200 && !is_web_page(response.body, response.media_type))
        return;
    if (response.status == 200)
        throw error("{}: HTML instead of JSON (a maintenance page?); run the job again later", what);
    const auto text =
        is_web_page(response.body, response.media_type) ? "a web page" : decode_fhi_error(response.body);
    const bool is_data = what.starts_with("data ");
    const auto advice = response.status == 404 ? " (is it still there? `skurd discover fhi` lists what there is)"
                        : response.status == 400 && is_data
                            ? " (a code or dimension it does not know, or more values than 'rows_max')"
                        : response.status == 429 || response.status >= 500 ? " (run the job again later)"
                                                                           : "";
    throw error("FHI answered {} for the {}: {}{}", response.status, what, text.empty() ? "an empty body" : text,
                advice);
}

/// Runs a decoder on a good answer, and says on which one it failed.
template <typename Decode>
auto read(const Response& response, const std::string& what, Decode decode)
{
    check_answer(response, what);
    try {
        return decode(response.body);
    } catch (const Error&) {
        std::throw_with_nested(error("{}", what));
    }
}

void check_codes(const Dimension& dimension, const std::vector<std::string>& asked, const std::string& what)
{
    std::set<std::string_view> missing(asked.begin(), asked.end());
    for (const auto& category : dimension.categories)
        if (missing.erase(category.code) == 0)
            throw error("{}: the response has the code '{}' of {}, which was not asked for", what,
                        excerpt(category.code), dimension.id);
    if (!missing.empty())
        throw error("{}: the response lacks the code '{}' of {}", what, *missing.begin(), dimension.id);
}

std::string path_of(std::string_view url)
{
    return to_lower(url.substr(0, url.find_first_of("?#")));
}

} // namespace

FhiResponses FhiResponses::sort(std::span<const Response> responses)
{
    FhiResponses answers;
    for (const auto& response : responses) {
        const auto path = path_of(response.url);
        if (path.ends_with("/common/source"))
            answers.sources = &response;
        else if (path.ends_with("/table") && to_lower(response.url).find("modifiedafter=") != std::string::npos)
            answers.update_list = &response;
        else if (path.ends_with("/table"))
            answers.lists.push_back(answers.list = &response);
        else if (path.ends_with("/dimension"))
            answers.dimensions = &response;
        else if (path.ends_with("/data"))
            answers.data.push_back(&response);
        else if (path.ends_with("/flag"))
            answers.flags = &response;
        else if (path.find("/table/") != std::string::npos)
            answers.table = &response;
        else
            throw error("the response from {} is of no known kind (a redirect?)", excerpt(response.url, 200));
    }
    return answers;
}

std::vector<FhiSource> read_sources(const Response& response)
{
    return read(response, "list of sources", &decode_fhi_sources);
}

std::vector<FhiTable> read_tables(const Response& response, const std::string& source)
{
    return read(response, "list of the tables of " + source, &decode_fhi_tables);
}

std::vector<Dimension> read_dimensions(const Response& response, const std::string& table)
{
    return read(response, "dimensions of table " + table, &decode_fhi_dimensions);
}

Cube read_data(const Response& response, const std::string& table, const FhiSelection& asked)
{
    const auto what = "data of table " + table;
    auto cubes = read(response, what, [](std::string_view body) { return decode_jsonstat(body); });
    if (cubes.size() != 1)
        throw error("{}: {} datasets instead of one", what, cubes.size());
    auto& cube = cubes.front();
    for (const auto& [id, codes] : asked) {
        const auto* dimension = cube.find(id);
        if (!dimension)
            throw error("{}: the response lacks the dimension {}", what, id);
        check_codes(*dimension, codes, what);
    }
    if (cube.dimensions.size() != asked.size())
        throw error("{}: the response has {} dimensions, {} were asked for", what, cube.dimensions.size(),
                    asked.size());
    if (cube.cells.empty())
        throw error("{}: the response has no cells", what);
    return std::move(cube);
}

FhiLegend read_flags(const Response& response)
{
    try {
        return read(response, "flags", &decode_fhi_flags);
    } catch (const Error&) {
        return {};
    }
}

std::map<std::string, Meaning, std::less<>> meanings_of(const FhiLegend& legend)
{
    std::map<std::string, Meaning, std::less<>> meanings;
    for (const auto& [symbol, meaning] : usual)
        meanings.emplace(symbol, meaning);
    for (const auto& [symbol, text] : legend) {
        const auto meaning = meaning_in(text);
        if (meaning != Meaning::unknown)
            meanings[symbol] = meaning;
        else if (symbol == "-") // of all symbols the one that means most different things
            meanings[symbol] = Meaning::unknown;
    }
    return meanings;
}

std::vector<std::string> unexplained(const std::vector<Cube>& cubes, const FhiLegend& legend)
{
    std::set<std::string> symbols;
    for (const auto& cube : cubes)
        symbols.insert(cube.symbols.begin(), cube.symbols.end());
    for (const auto* known : {"", ".", "..", ":"})
        symbols.erase(known);
    for (const auto& [symbol, text] : legend)
        symbols.erase(symbol);
    return {symbols.begin(), symbols.end()};
}

} // namespace skurd
