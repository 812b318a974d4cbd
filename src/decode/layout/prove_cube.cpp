#include "decode/layout/prove_cube.hpp"

#include "base/text.hpp"
#include "decode/layout/guess_cell.hpp"
#include "model/period.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr int year_first = 1600;
constexpr int year_last = 2200;

/// "2020W99": the week is unknown, in Eurostat's weekly tables (Deaths by week, explanatory note on its codes).
bool is_unknown_part(const std::string& code)
{
    return code.size() == 7 && all_digits(code.substr(0, 4)) && code.substr(5) == "99" &&
           (code[4] == 'W' || code[4] == 'M');
}

void prove_periods(const Dimension& time, LayoutFindings& findings)
{
    std::map<Period, std::string> seen;
    std::map<PeriodKind, std::string> kinds;
    for (const auto& category : time.categories) {
        if (is_unknown_part(category.code)) {
            findings.note(fmt::format("'{}' is an unknown part of a year: a text that has no place in time",
                                      excerpt(category.code)));
            continue;
        }
        const auto period = Period::parse(category.code);
        if (!period || period->kind() == PeriodKind::other || period->first_year() < year_first ||
            period->first_year() > year_last) {
            findings.doubt(fmt::format("'{}' stands where a period is to be", excerpt(category.code)));
            continue;
        }
        if (const auto [first, is_new] = seen.try_emplace(*period, category.code); !is_new)
            findings.doubt(
                fmt::format("'{}' and '{}' are one period", excerpt(first->second), excerpt(category.code)));
        kinds.try_emplace(period->kind(), category.code);
    }
    if (kinds.size() < 2)
        return;
    std::vector<std::string> examples;
    examples.reserve(kinds.size());
    for (const auto& [kind, example] : kinds)
        examples.push_back("'" + excerpt(example) + "'");
    findings.doubt("periods of different lengths stand side by side: " + join(examples, ", "));
}

/// Whether a code looks like a value: "1.2999999999999972", "12,5".
bool is_like_value(const std::string& code)
{
    const auto sign = code.find_first_of(".,");
    if (sign == std::string::npos || sign == 0 || guess_cell(code) != CellGuess::number)
        return false;
    return all_digits(code.substr(sign + 1)) && code.find_first_of(".,", sign + 1) == std::string::npos;
}

void prove_codes(const Dimension& dimension, LayoutFindings& findings)
{
    const auto& codes = dimension.categories;
    const auto like_values =
        std::count_if(codes.begin(), codes.end(), [](const auto& category) { return is_like_value(category.code); });
    if (like_values * 2 > static_cast<std::ptrdiff_t>(codes.size()))
        findings.doubt(fmt::format("the codes of '{}' look like values: '{}'", excerpt(dimension.id),
                                   excerpt(codes.front().code)));
    for (const auto& category : codes)
        if (names_change(category.code) && dimension.role == Role::metric)
            findings.note(
                fmt::format("'{}' is a change, which is read as a measure of its own", excerpt(category.code)));
}

} // namespace

void prove_cube(const Cube& cube, LayoutFindings& findings)
{
    for (const auto& dimension : cube.dimensions)
        if (dimension.role == Role::time)
            prove_periods(dimension, findings);
        else
            prove_codes(dimension, findings);
}

} // namespace skurd
