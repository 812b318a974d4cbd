#include "report/sdmx_words.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace skurd {

namespace {

constexpr auto taken_ids = std::to_array<std::string_view>(
    {"STRUCTURE", "STRUCTURE_ID", "ACTION", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "SYMBOL", "MEANING",
     "UNIT_MEASURE", "PUBLISHED", "SUPERSEDED", "OBSERVED", "VINTAGE", "SOURCE", "LICENCE"});

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string sdmx_id(std::string_view text)
{
    std::string id;
    for (const char c : text)
        id += is_letter(c) || is_digit(c) || c == '-' ? c : '_';
    return id.empty() || !is_letter(id.front()) ? "_" + id : id;
}

std::vector<std::string> sdmx_ids(const std::vector<std::string>& dimensions)
{
    std::set<std::string, std::less<>> taken(taken_ids.begin(), taken_ids.end());
    std::vector<std::string> ids;
    for (const auto& dimension : dimensions) {
        auto id = sdmx_id(dimension);
        while (!taken.insert(id).second)
            id += "_";
        ids.push_back(std::move(id));
    }
    return ids;
}

std::string sdmx_period(const Period& period)
{
    const auto text = period.text();
    const auto part = [&](std::size_t digits) { return text.substr(text.size() - digits); };
    const int year = period.first_year();
    switch (period.kind()) {
    case PeriodKind::half_year:
        return fmt::format("{}-S{}", year, part(1));
    case PeriodKind::tertial:
        return fmt::format("{}-T{}", year, part(1));
    case PeriodKind::quarter:
        return fmt::format("{}-Q{}", year, part(1));
    case PeriodKind::month:
        return fmt::format("{}-{}", year, part(2));
    case PeriodKind::week:
        return fmt::format("{}-W{}", year, part(2));
    case PeriodKind::school_year:
        return fmt::format("{}-08-01/P1Y", year);
    case PeriodKind::span: {
        const std::chrono::year_month_day last(period.last_day());
        return fmt::format("{}-01-01/P{}Y", year, static_cast<int>(last.year()) - year + 1);
    }
    case PeriodKind::year:
    case PeriodKind::other:
        break;
    }
    return text;
}

std::string_view sdmx_status(const Value& value)
{
    switch (value.symbol.meaning) {
    case Meaning::not_applicable:
        return "M";
    case Meaning::confidential:
    case Meaning::suppressed:
        return "Q";
    case Meaning::provisional:
        return "P";
    case Meaning::estimated:
        return "E";
    case Meaning::break_in_series:
        return "B";
    case Meaning::low_reliability:
        return "U";
    case Meaning::not_asked:
        return "L";
    default:
        return value.number ? "A" : "O";
    }
}

} // namespace skurd
