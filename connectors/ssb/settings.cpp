#include "connectors/ssb/settings.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto default_base_url = "https://data.ssb.no/api/pxwebapi/v2";

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

} // namespace

SsbSettings SsbSettings::read(Section& source)
{
    SsbSettings settings;
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

} // namespace skurd
