#include "connectors/pxweb/settings.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "config/period_kind_key.hpp"
#include "connectors/address.hpp"
#include "connectors/job_keys.hpp"
#include "decode/pattern.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::size_t title_size_max = 1000;
using namespace std::chrono_literals;

bool is_path(std::string_view text)
{
    return !text.empty() && text.size() <= 300 && text.find_first_of("?#\\ ") == std::string::npos &&
           text[0] != '/' && text.back() != '/' && text.find("..") == std::string::npos;
}

bool is_name(std::string_view text)
{
    return !text.empty() && text.size() <= 100 && text[0] != '.' && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

/// "05:00" after midnight; nothing for another text.
std::optional<std::chrono::minutes> read_clock(std::string_view text)
{
    if (text.size() != 5 || text[2] != ':' || !all_digits(text.substr(0, 2)) || !all_digits(text.substr(3)))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + text[1] - '0';
    const int minutes = (text[3] - '0') * 10 + text[4] - '0';
    return hours < 24 && minutes < 60 ? std::optional(std::chrono::hours(hours) + std::chrono::minutes(minutes))
                                      : std::nullopt;
}

TimeZone read_zone(Section& source, const std::string& name)
{
    try {
        return TimeZone::find(name);
    } catch (const Error& failure) {
        source.fail("timezone", failure.what());
    }
}

/// "05:00-08:15", with or without a time zone behind it, or "none".
std::optional<BlackoutHours> read_blackout(Section& source, const PxwebProfile& profile, const std::string& timezone)
{
    const auto key = source.either_key("blackout", "quiet");
    const auto text = source.get_string(key, "");
    if (text.empty())
        return profile.blackout;
    if (text == "none")
        return std::nullopt;
    const auto words = split(text, ' ');
    const auto ends = split(words[0], '-');
    const auto from = read_clock(ends[0]);
    const auto until = ends.size() == 2 ? read_clock(ends[1]) : std::nullopt;
    if (!from || !until || *from >= *until || words.size() > 2)
        source.fail(key, fmt::format("'{}' must be \"none\" or hours of a day like \"05:00-08:15\" or "
                                     "\"05:00-08:15 Europe/Stockholm\", not '{}'",
                                     key, excerpt(text)));
    return BlackoutHours{*from, *until, words.size() == 2 ? std::string(words[1]) : timezone};
}

/// The dimensions and their codelists: [source.codelist].
std::map<std::string, std::string> read_codelists(Section& source)
{
    std::map<std::string, std::string> codelists;
    for (const auto& [dimension, id] : source.get_string_table("codelist")) {
        if (!id.starts_with("agg_") && !id.starts_with("vs_"))
            source.fail("codelist", fmt::format("the codelist of '{}' is '{}'; one begins with agg_ or vs_ (v1 "
                                                "writes agg: and vs:), upper and lower case matter",
                                                dimension, id));
        codelists[dimension] = id;
    }
    return codelists;
}

std::vector<Wanted> read_select(Section& source)
{
    if (!source.has("select"))
        source.fail("select", "the table [source.select] is missing: name at least the contents and time dimensions");
    auto codelists = read_codelists(source);
    auto select = source.require_table("select");
    std::vector<Wanted> wanted;
    for (const auto& dimension : select.keys()) {
        auto expressions = select.get_strings(dimension);
        const bool blank = std::any_of(expressions.begin(), expressions.end(),
                                       [](const auto& text) { return trim(text) != text || text.empty(); });
        if (blank)
            select.fail(dimension, fmt::format("'{}' must list codes or expressions, without spaces around them; "
                                               "[] is the total",
                                               dimension));
        if (dimension == other_dimensions)
            check_other_dimensions(select, expressions);
        auto codelist =
            dimension == other_dimensions ? decltype(codelists)::node_type() : codelists.extract(dimension);
        wanted.push_back(
            {dimension, std::move(expressions), codelist ? codelist.mapped() : "", select.where(dimension)});
    }
    if (wanted.empty())
        source.fail("select", "[source.select] is empty: name at least the contents and time dimensions");
    if (!codelists.empty())
        source.fail("codelist", fmt::format("[source.codelist] names '{}', which is not in [source.select]",
                                            codelists.begin()->first));
    return wanted;
}

void read_server(Section& source, const PxwebProfile& profile, PxwebSettings& settings)
{
    const auto version =
        source.get_choice("version", profile.version == PxwebVersion::v2 ? "v2" : "auto", {"auto", "v1", "v2"});
    settings.version = version == "v1"   ? PxwebVersion::v1
                       : version == "v2" ? PxwebVersion::v2
                                         : PxwebVersion::unknown;
    const auto fallback = settings.version == PxwebVersion::v1 ? profile.base_url_v1 : profile.base_url_v2;
    settings.base_url =
        fallback.empty() ? source.require_string("base_url") : source.get_string("base_url", fallback);
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    const auto& url = settings.base_url;
    const bool http = url.starts_with("https://") || url.starts_with("http://");
    if (!http || url.find_first_of("?#@ \\") != std::string::npos || host_of(url).empty())
        source.fail("base_url", fmt::format("'base_url' must be like \"{}\"", statistics_norway().base_url_v2));
    settings.language = source.get_string("language", profile.language);
    if (settings.language.size() > 10 || (!settings.language.empty() && !is_name(settings.language)))
        source.fail("language", R"('language' must be as the server names it: "no", "en", "sv")");
    settings.cells_max = static_cast<std::uint64_t>(
        source.get_integer("cells_max", static_cast<std::int64_t>(profile.cells_max), 0, std::int64_t(1) << 40));
    const auto timezone = source.get_string("timezone", "Europe/Oslo");
    settings.zone = read_zone(source, timezone);
    settings.blackout = read_blackout(source, profile, timezone);
}

/// Any other server than skurd's would leave the parameter out of account, v1 for sure.
void read_as_of(Section& source, PxwebSettings& settings)
{
    settings.as_of = source.get_string("as_of", "");
    if (settings.as_of.empty())
        return;
    if (!parse_time(settings.as_of))
        source.fail("as_of", fmt::format("'as_of' is '{}', and no date or instant like \"2018-06-01\"",
                                         excerpt(settings.as_of)));
    if (settings.version == PxwebVersion::v1)
        source.fail("as_of", "'as_of' is for another skurd, which speaks v2");
    settings.version = PxwebVersion::v2;
}

void read_table(Section& source, const PxwebProfile& profile, PxwebSettings& settings)
{
    const bool searched = source.has("search");
    settings.search = source.get_string("search", "");
    settings.table = searched ? source.get_string("table", "") : source.require_string("table");
    settings.table_where = source.where(searched ? "search" : "table");
    if (searched && (settings.search.empty() || !settings.table.empty()))
        source.fail("search", "give 'table', or 'search' with words of the title, and not both");
    if (!searched && profile.five_digits && (settings.table.size() != 5 || !all_digits(settings.table)))
        source.fail("table", fmt::format("'table' must be five digits in quotes, not '{}'", settings.table));
    if (!searched && !is_path(settings.table))
        source.fail("table", fmt::format("'table' is '{}', which is no id of a table", settings.table));
    if (searched && !source.has("expect"))
        source.fail("expect", "'search' needs 'expect', a regular expression that one title alone matches");
}

void read_names(Section& source, const PxwebProfile& profile, PxwebSettings& settings)
{
    settings.source = source.get_string("name", profile.name.empty() ? settings.host() : std::string(profile.name));
    if (!is_name(settings.source))
        source.fail("name", "'name' must be 1 to 100 of the characters a-z A-Z 0-9 - _ .");
    if (!settings.search.empty() && !source.has("dataset"))
        source.fail("dataset", "'search' needs 'dataset', which names what is found whatever its number is");
    auto name = source.get_string("dataset", replace_all(settings.table, "/", "."));
    if (source.has("dataset") && !is_name(name))
        source.fail("dataset",
                    fmt::format("'dataset' must be 1 to 100 of the characters a-z A-Z 0-9 - _ . and is '{}'", name));
    settings.dataset = settings.source + "/" + name;
    settings.is_named = source.has("name") || source.has("dataset");
}

} // namespace

const PxwebProfile& any_pxweb()
{
    static const PxwebProfile profile{};
    return profile;
}

const PxwebProfile& statistics_norway()
{
    // Figures under revision show as zero or "." from 05:00; the new ones come at 08:00, and not all at once.
    static const PxwebProfile profile{"ssb",
                                      "https://data.ssb.no/api/pxwebapi/v2",
                                      "https://data.ssb.no/api/v0/no/table",
                                      "no",
                                      PxwebVersion::v2,
                                      800'000,
                                      true,
                                      BlackoutHours{5h, 8h + 15min, "Europe/Oslo"}};
    return profile;
}

PxwebSettings PxwebSettings::read(Section& source, const PxwebProfile& profile)
{
    PxwebSettings settings;
    read_server(source, profile, settings);
    read_as_of(source, settings);
    read_table(source, profile, settings);
    read_names(source, profile, settings);
    settings.expect = source.get_string("expect", "");
    settings.expect_where = source.where("expect");
    settings.expect_pattern = make_pattern(source, "expect", settings.expect);
    settings.time = source.get_string("time", "");
    settings.time_where = source.where("time");
    settings.period_kind = get_period_kind(source);
    settings.audit_days = static_cast<int>(source.get_integer("audit_days", 28, 1, 1000));
    settings.frozen_after_days = static_cast<int>(source.get_integer("frozen_after_days", -1, 0, 10'000));
    settings.symbols =
        read_symbols(source, {Meaning::not_applicable, Meaning::not_available, Meaning::preliminary_missing,
                              Meaning::confidential, Meaning::nil, Meaning::provisional});
    settings.wanted = read_select(source);
    return settings;
}

bool PxwebSettings::expects(const std::string& title) const
{
    if (title.size() > title_size_max)
        throw error("a title of {} bytes", title.size());
    return expect.empty() || expect_pattern.matches(title);
}

std::string PxwebSettings::host() const
{
    return host_of(base_url);
}

} // namespace skurd
