#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/address.hpp"
#include "connectors/fhi/check.hpp"
#include "connectors/fhi/fhi.hpp"
#include "connectors/fhi/plan.hpp"
#include "connectors/fhi/requests.hpp"
#include "connectors/fhi/responses.hpp"
#include "connectors/job_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// "daar/325" in parts; "daar" is both.
std::pair<std::string, std::string> split_table(const std::string& table)
{
    const auto parts = split(table, '/');
    if (parts.size() != 2 || parts[0].empty() || !all_digits(parts[1]))
        throw usage_error("'{}' is not a table of FHI: give source and number, like daar/325 (`skurd discover fhi` "
                          "lists them)",
                          table);
    return {std::string(parts[0]), std::string(parts[1])};
}

/// Bytes of ASCII letters lowered; the rest must be as written.
bool has_all(const std::string& title, const std::vector<std::string>& words)
{
    const auto lowered = to_lower(title);
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return lowered.find(word) != std::string::npos; });
}

TableEntry entry_of(const std::string& source, const FhiTable& table)
{
    TableEntry entry;
    entry.id = source + "/" + table.id;
    entry.title = table.title;
    entry.updated = table.modified.empty() ? table.published : table.modified;
    return entry;
}

/// The codes to begin with: all periods, and of each other dimension the first category, mostly the total.
std::vector<std::string> proposed(const FhiSettings& any, const Dimension& dimension)
{
    if (is_time(any, dimension.id) || dimension.categories.empty())
        return {"*"};
    return {dimension.categories.front().code};
}

class FhiBrowser final : public SourceBrowser {
public:
    explicit FhiBrowser(std::string base_url) : base_url_(std::move(base_url)) {}

    Step next_search(const std::string& words, std::span<const Response> responses) const override;
    std::vector<TableEntry> found(const std::string& words, std::span<const Response> responses) const override;
    Step next_description(const std::string& table, std::span<const Response> responses) const override;
    TableDescription described(const std::string& table, std::span<const Response> responses) const override;
    std::vector<std::string> hosts() const override { return {host_of(base_url_)}; }

private:
    /// Where to search: the sources, and the words without the one that named a source.
    struct Search {
        std::vector<std::string> sources;
        std::vector<std::string> words;
    };
    static Search search_of(const std::string& words, const FhiResponses& answers);

    std::string base_url_;
};

FhiBrowser::Search FhiBrowser::search_of(const std::string& words, const FhiResponses& answers)
{
    Search search;
    const auto lowered = to_lower(words);
    for (const auto word : split(lowered, ' '))
        if (!word.empty())
            search.words.emplace_back(word);
    for (const auto& source : read_sources(*answers.sources))
        search.sources.push_back(source.id);
    if (search.words.empty())
        return search;
    const auto& first = search.words.front();
    if (std::find(search.sources.begin(), search.sources.end(), first) != search.sources.end()) {
        search.sources = {first};
        search.words.erase(search.words.begin());
    }
    return search;
}

Step FhiBrowser::next_search(const std::string& words, std::span<const Response> responses) const
{
    if (responses.empty())
        return fhi_sources_request(base_url_);
    const auto answers = FhiResponses::sort(responses);
    const auto search = search_of(words, answers);
    if (answers.lists.size() < search.sources.size())
        return fhi_list_request(base_url_, search.sources[answers.lists.size()]);
    return Ready{};
}

std::vector<TableEntry> FhiBrowser::found(const std::string& words, std::span<const Response> responses) const
{
    const auto answers = FhiResponses::sort(responses);
    const auto search = search_of(words, answers);
    std::vector<TableEntry> entries;
    for (std::size_t i = 0; i < search.sources.size(); ++i)
        for (const auto& table : read_tables(*answers.lists.at(i), search.sources[i]))
            if (has_all(table.title, search.words))
                entries.push_back(entry_of(search.sources[i], table));
    return entries;
}

Step FhiBrowser::next_description(const std::string& table, std::span<const Response> responses) const
{
    const auto [source, id] = split_table(table);
    if (responses.empty())
        return fhi_table_request(base_url_, source, id);
    if (responses.size() == 1)
        return fhi_dimension_request(base_url_, source, id);
    return Ready{};
}

TableDescription FhiBrowser::described(const std::string& table, std::span<const Response> responses) const
{
    const auto [source, id] = split_table(table);
    const auto answers = FhiResponses::sort(responses);
    const auto tables = read_tables(*answers.table, source);
    if (tables.size() != 1 || tables.front().id != id)
        throw error("table {}: the response is of another table", table);
    TableDescription description;
    description.table = entry_of(source, tables.front());
    description.dimensions = read_dimensions(*answers.dimensions, id);
    FhiSettings settings;
    auto time = std::find_if(description.dimensions.begin(), description.dimensions.end(),
                             [&](const auto& one) { return is_time(settings, one.id); });
    if (time == description.dimensions.end())
        description.notes.emplace_back("which dimension is time is not said: name it, time_dimension");
    else
        time->role = Role::time;
    const auto elsewhere = base_url_ == fhi_base_url ? "" : fmt::format("base_url = {}\n", toml_quoted(base_url_));
    description.job =
        fmt::format("[job]\nid        = \"fhi-{}-{}\"\nconnector = \"fhi\"\nschedule  = \"30 8 * * 1-5\"\n"
                    "enabled   = false\n\n[source]\n{}source = \"{}\"\ntable  = {} # {}\n\n"
                    "[source.select]\n",
                    source, id, elsewhere, source, id, excerpt(tables.front().title, 100));
    for (const auto& dimension : description.dimensions)
        description.job += fmt::format("{} # {}\n", select_line(dimension.id, proposed(settings, dimension)),
                                       excerpt(dimension.label));
    description.dataset = fmt::format("fhi/{}/{}", source, id);
    return description;
}

} // namespace

std::unique_ptr<SourceBrowser> browse_fhi(const BrowseSettings& settings)
{
    const auto base_url = settings.base_url.empty() ? std::string(fhi_base_url) : settings.base_url;
    if (host_of(base_url).empty())
        throw usage_error("'{}' is not an address like {}", base_url, fhi_base_url);
    return std::make_unique<FhiBrowser>(base_url.substr(0, base_url.find_last_not_of('/') + 1));
}

} // namespace skurd
