#include "connectors/pxweb/pxweb.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_text.hpp"
#include "connectors/pxweb/check.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::uint64_t pages_max = 50;
constexpr std::size_t listed_max = 40;

TableEntry entry_of(const PxwebTable& table)
{
    return {table.id, table.label, table.updated, table.periods, table.discontinued};
}

/// "region: 3 codes: 0 Hele landet, 0301 Oslo, …".
std::string codes_text(const Dimension& dimension)
{
    std::vector<std::string> codes;
    for (const auto& category : dimension.categories) {
        if (codes.size() == 4)
            break;
        codes.push_back(
            excerpt(category.code == category.label ? category.code : category.code + " " + category.label));
    }
    return fmt::format("{}: {} codes{}{}{}", excerpt(dimension.label), dimension.categories.size(),
                       codes.empty() ? "" : ": ", join(codes, ", "),
                       dimension.categories.size() > codes.size() ? ", …" : "");
}

/// The line of a dimension, with what else could stand there as a comment: a total where there is one, else all.
std::string select_text(const Dimension& dimension)
{
    const bool whole = !dimension.eliminable.value_or(false);
    auto text =
        fmt::format("# {}{}\n{}\n", codes_text(dimension), whole ? "" : "; [] = their total, [\"*\"] = all",
                    select_line(dimension.id, whole ? std::vector<std::string>{"*"} : std::vector<std::string>()));
    if (dimension.role != Role::metric && dimension.id != "ContentsCode")
        return text;
    for (std::size_t i = 0; i < std::min(dimension.categories.size(), listed_max); ++i) {
        const auto& category = dimension.categories[i];
        text += fmt::format("#   {} {}{}\n", toml_quoted(category.code), excerpt(category.label, 100),
                            category.unit.empty() ? "" : " (" + excerpt(category.unit) + ")");
    }
    return text;
}

/// Browses a PxWeb server of either version.
class PxwebBrowser final : public SourceBrowser {
public:
    PxwebBrowser(const BrowseSettings& settings, const PxwebProfile& profile) : profile_(profile)
    {
        const auto base_url = settings.base_url.empty() ? std::string(profile.base_url_v2) : settings.base_url;
        if (base_url.empty())
            throw usage_error("connector 'pxweb' needs the address of a server: --base-url https://…");
        settings_.language = settings.language.empty() ? std::string(profile.language) : settings.language;
        settings_.version = settings.base_url.empty() ? profile.version : PxwebVersion::unknown;
        settings_.base_url = base_url;
        while (settings_.base_url.ends_with('/'))
            settings_.base_url.pop_back();
        if (!settings_.base_url.starts_with("http://") && !settings_.base_url.starts_with("https://"))
            throw usage_error("'{}' is not an address like https://data.ssb.no/api/pxwebapi/v2", base_url);
        settings_.source = settings_.host();
    }

    Step next_search(const std::string& words, std::span<const Response> responses) const override;
    std::vector<TableEntry> found(const std::string& words, std::span<const Response> responses) const override;
    Step next_description(const std::string& table, std::span<const Response> responses) const override;
    TableDescription described(const std::string& table, std::span<const Response> responses) const override;
    std::vector<std::string> hosts() const override { return {settings_.host()}; }

private:
    Flow flow(std::span<const Response> responses) const { return make_flow(settings_, nothing_, responses); }
    std::string job_text(const std::string& table, const std::string& title, const Cube& metadata, bool is_v1) const;

    const PxwebProfile& profile_;
    PxwebSettings settings_;
    ConnectorState nothing_;
};

Step PxwebBrowser::next_search(const std::string& words, std::span<const Response> responses) const
{
    const auto so_far = flow(responses);
    const auto version = so_far.index.version;
    if (version == PxwebVersion::unknown)
        return probe_version(so_far);
    if (version == PxwebVersion::v1)
        return so_far.index.search ? Step(Ready{}) : ask_search_v1(settings_, words.empty() ? "*" : words);
    std::uint64_t pages = 1;
    for (const auto* answer : so_far.index.searches) {
        check_list(settings_, *answer, "search");
        pages = decode_pxweb_tables(answer->body).pages;
    }
    const auto answered = so_far.index.searches.size();
    if (answered >= std::min(pages, pages_max))
        return Ready{};
    return ask_list(settings_, words, answered + 1);
}

std::vector<TableEntry> PxwebBrowser::found(const std::string&, std::span<const Response> responses) const
{
    const auto so_far = flow(responses);
    std::vector<TableEntry> entries;
    for (const auto* answer : so_far.index.searches) {
        check_list(settings_, *answer, "search");
        const auto tables = trim(answer->body).starts_with('[') ? decode_pxweb_v1_hits(answer->body)
                                                                : decode_pxweb_tables(answer->body).tables;
        for (const auto& table : tables)
            entries.push_back(entry_of(table));
    }
    return entries;
}

Step PxwebBrowser::next_description(const std::string& table, std::span<const Response> responses) const
{
    const auto so_far = flow(responses);
    const auto version = so_far.index.version;
    if (version == PxwebVersion::unknown)
        return probe_version(so_far);
    if (version == PxwebVersion::v1)
        return so_far.index.v1.empty() ? Step(ask_metadata_v1(settings_, table)) : Ready{};
    if (!so_far.index.description)
        return ask_description(settings_, table);
    if (!so_far.index.metadata && !says_not_there(*so_far.index.description))
        return ask_metadata(settings_, table);
    return Ready{};
}

TableDescription PxwebBrowser::described(const std::string& table, std::span<const Response> responses) const
{
    const auto so_far = flow(responses);
    const bool is_v1 = so_far.index.version == PxwebVersion::v1;
    const auto& first = is_v1 ? *so_far.index.v1.front() : *so_far.index.description;
    if (says_not_there(first))
        throw error("there is no table {} at {} (`skurd discover` lists them)", table, settings_.base_url);
    PxwebTable entry{table, "", "", false, "", ""};
    Cube metadata;
    if (is_v1) {
        metadata = read_metadata_v1(settings_, table, first);
        entry.label = metadata.label;
    } else {
        entry = read_description(settings_, table, first);
        metadata = read_metadata(settings_, *so_far.index.metadata, entry.id);
        entry.discontinued = entry.discontinued || metadata.discontinued;
    }
    auto job = job_text(table, entry.label, metadata, is_v1);
    auto dataset = settings_.source + "/" + replace_all(table, "/", ".");
    return {entry_of(entry), std::move(metadata.dimensions), std::move(metadata.notes), std::move(job),
            std::move(dataset)};
}

std::string PxwebBrowser::job_text(const std::string& table, const std::string& title, const Cube& metadata,
                                   bool is_v1) const
{
    const bool own = settings_.base_url == profile_.base_url_v2;
    auto text = fmt::format("# {}\n[job]\nconnector = {}\nschedule = \"20 8 * * 1-5\"\ntimezone = \"Europe/Oslo\"\n\n"
                            "[source]\ntable = {}\nexpect = {}\n",
                            excerpt(title, 110), toml_quoted(profile_.name.empty() ? "pxweb" : profile_.name),
                            toml_quoted(table), toml_quoted(expect_for(title)));
    if (!own)
        text +=
            fmt::format("base_url = {}\nversion = \"{}\"\n", toml_quoted(settings_.base_url), is_v1 ? "v1" : "v2");
    if (settings_.language != profile_.language)
        text += fmt::format("language = {}\n", toml_quoted(settings_.language));
    text += "\n[source.select]\n";
    for (const auto& dimension : metadata.dimensions)
        text += select_text(dimension);
    return text;
}

} // namespace

std::unique_ptr<SourceBrowser> browse_pxweb(const BrowseSettings& settings)
{
    return std::make_unique<PxwebBrowser>(settings, any_pxweb());
}

std::unique_ptr<SourceBrowser> browse_ssb(const BrowseSettings& settings)
{
    return std::make_unique<PxwebBrowser>(settings, statistics_norway());
}

} // namespace skurd
