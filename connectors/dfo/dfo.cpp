#include "connectors/dfo/dfo.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/web_page.hpp"
#include "connectors/address.hpp"
#include "connectors/dfo/decode.hpp"
#include "connectors/pxweb/decode.hpp"

#include <exception>
#include <map>

namespace skurd {

namespace {

constexpr auto default_base_url = "https://statsregnskapet.dfo.no/nedlasting";
constexpr int first_year_of_all = 2014;
constexpr int years_max = 100;
constexpr std::string_view archive_start = "PK";
constexpr auto newest_key = "newest_year"; ///< state: the newest year that had a file

struct Settings {
    std::string base_url;
    std::string file; ///< one file; "" = one for each year
    int first_year = 0;
    int last_year = 0; ///< 0 = until there is none
    std::string name;  ///< of the dataset
    DfoSelection selection;

    static Settings read(Section& source, const std::string& job_id);
};

std::vector<std::string> read_codes(Section& source, const char* key, std::size_t size)
{
    auto codes = source.get_strings(key);
    for (const auto& code : codes)
        if (code.size() != size || !all_digits(code))
            source.fail(key,
                        fmt::format("'{}' lists codes of {} digits in quotes, and '{}' is none", key, size, code));
    return codes;
}

Settings Settings::read(Section& source, const std::string& job_id)
{
    Settings settings;
    settings.base_url = read_base_url(source, "base_url", default_base_url);
    settings.file = source.get_string("file", "");
    if (settings.file.find_first_of("/?#% ") != std::string::npos)
        source.fail("file", fmt::format("'file' is the name of a file like \"statsregnskapet_hittil_i_aar.zip\", not "
                                        "'{}'",
                                        settings.file));
    if (!settings.file.empty() && source.has("first_year"))
        source.fail("first_year", "give 'file' or 'first_year', not both");
    if (settings.file.empty())
        settings.first_year = static_cast<int>(source.require_integer("first_year", first_year_of_all, 2100));
    settings.last_year = static_cast<int>(source.get_integer("last_year", 0, 0, 2100));
    if (settings.last_year != 0 && settings.last_year < settings.first_year)
        source.fail("last_year", "'last_year' is before 'first_year'");
    settings.name = source.get_string("dataset", job_id);
    settings.selection.chapters = read_codes(source, "chapters", 4);
    if (settings.selection.chapters.empty())
        source.fail("chapters", "'chapters' must list chapters of the budget, like [\"0765\"]");
    settings.selection.posts = read_codes(source, "posts", 2);
    settings.selection.by_agency = source.get_bool("by_agency", false);
    settings.selection.by_month = source.get_choice("period", "year", {"year", "month"}) == "month";
    return settings;
}

/// Chapters and agencies are renamed from year to year; their codes are what they are.
void give_newest_labels(std::vector<Cube>& years)
{
    std::map<std::pair<std::string, std::string>, std::string> labels;
    for (const auto& cube : years)
        for (const auto& dimension : cube.dimensions)
            for (const auto& category : dimension.categories)
                labels[{dimension.id, category.code}] = category.label;
    for (auto& cube : years)
        for (auto& dimension : cube.dimensions)
            for (auto& category : dimension.categories)
                category.label = labels.at({dimension.id, category.code});
}

class Dfo final : public Connector {
public:
    explicit Dfo(Settings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override
    {
        Guarantee guarantee;
        guarantee.coverage = Coverage::complete_selection;
        guarantee.publication = "the time of arrival: the files do not say when they were published";
        guarantee.hosts = {host_of(settings_.base_url)};
        return guarantee;
    }
    std::optional<DatasetOffer> offer() const override { return DatasetOffer{"dfo/" + settings_.name, {}, true}; }

private:
    int year_of(const Response& response) const;
    static bool had_file_of(int year, const ConnectorState& state);

    Settings settings_;
};

std::string file_of_year(int year)
{
    return fmt::format("statsregnskapet_aar_{}.zip", year);
}

/// Whether the last run found a file of that year: a 404 for it now is a fault.
bool Dfo::had_file_of(int year, const ConnectorState& state)
{
    const auto newest = state.find(newest_key);
    return newest != state.end() && std::to_string(year) <= newest->second; // both have four digits
}

Step Dfo::next(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto count = static_cast<int>(responses.size());
    if (count > 0) {
        const auto& last = responses.back();
        if (last.status == 404 && settings_.file.empty() && settings_.last_year == 0 && count > 1 &&
            !had_file_of(settings_.first_year + count - 1, state))
            return Ready{}; // the year that has no file yet
        if (last.status != 200)
            throw error("{} answered {} for {}: is it a name that https://statsregnskapet.dfo.no/nedlasting lists?",
                        host_of(settings_.base_url), last.status, last.url);
        if (is_web_page(last.body, last.media_type))
            throw error("{}: HTML instead of a file (a maintenance page?); run the job again later", last.url);
        if (!last.body.starts_with(archive_start))
            throw error("{}: not a ZIP archive", last.url);
    }
    const bool done = settings_.file.empty()
                          ? settings_.last_year != 0 && settings_.first_year + count > settings_.last_year
                          : count == 1;
    if (done || count >= years_max)
        return Ready{};
    const auto file = settings_.file.empty() ? file_of_year(settings_.first_year + count) : settings_.file;
    Request request;
    request.url = settings_.base_url + "/" + file;
    request.purpose = file;
    request.share = std::chrono::minutes(10);
    return request;
}

/// The year in a file's address: the accounts in it must be of that.
int Dfo::year_of(const Response& response) const
{
    if (!settings_.file.empty())
        return 0;
    for (int year = settings_.first_year; year < settings_.first_year + years_max; ++year)
        if (response.url.ends_with(file_of_year(year)))
            return year;
    throw error("the response from {} is of no year (a redirect?)", excerpt(response.url, 200));
}

Decoded Dfo::decode(const ConnectorState& state, std::span<const Response> responses) const
{
    Decoded decoded;
    decoded.dataset = "dfo/" + settings_.name;
    for (const auto& response : responses) {
        // Stored responses have no status: the page that says a year is not there yet is no archive.
        if (response.status != 200 || !response.body.starts_with(archive_start))
            continue;
        auto selection = settings_.selection;
        selection.year = year_of(response);
        try {
            decoded.cubes.push_back(decode_dfo(response.body, selection));
        } catch (const Error&) {
            std::throw_with_nested(error("{}", response.url));
        }
    }
    if (decoded.cubes.empty())
        throw error("{}: not a ZIP archive", responses.front().url);
    give_newest_labels(decoded.cubes);
    decoded.conventions.time_dimension = dfo_period;
    decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    decoded.state = state;
    if (settings_.file.empty())
        decoded.state[newest_key] = std::to_string(settings_.first_year + static_cast<int>(decoded.cubes.size()) - 1);
    return decoded;
}

} // namespace

std::unique_ptr<Connector> create_dfo(JobSections& sections)
{
    return std::make_unique<Dfo>(Settings::read(sections.source, sections.job_id));
}

} // namespace skurd
