#include "tests/report/golden.hpp"

#include "base/text.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <vector>

namespace skurd::test {

namespace {

constexpr std::size_t context = 2;
constexpr std::size_t lines_max = 40;

using Lines = std::vector<std::string_view>;

/// One line of a difference: of both texts (' '), of the first ('-') or of the second ('+').
struct Step {
    char sign = ' ';
    std::size_t line = 0; ///< in the second text, from 1
    std::string_view text;
};

/// By the longest common subsequence; the files are small.
std::vector<Step> steps_between(const Lines& a, const Lines& b)
{
    std::vector<std::vector<std::uint32_t>> common(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1));
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    std::vector<Step> steps;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size())
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            steps.push_back({' ', j + 1, a[i]});
            ++i;
            ++j;
        } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
            steps.push_back({'-', j + 1, a[i++]});
        } else {
            steps.push_back({'+', j + 1, b[j]});
            ++j;
        }
    return steps;
}

bool is_near_change(const std::vector<Step>& steps, std::size_t at)
{
    const auto first = at < context ? 0 : at - context;
    const auto last = std::min(at + context + 1, steps.size());
    for (auto i = first; i < last; ++i)
        if (steps[i].sign != ' ')
            return true;
    return false;
}

} // namespace

std::string line_difference(const std::string& expected, const std::string& actual)
{
    if (expected == actual)
        return "";
    const auto steps = steps_between(split(expected, '\n'), split(actual, '\n'));
    std::string text;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!is_near_change(steps, i))
            continue;
        if (shown++ == lines_max)
            return text + "…\n";
        if (i == 0 || !is_near_change(steps, i - 1))
            text += fmt::format("@ line {}\n", steps[i].line);
        text += fmt::format("{} {}\n", steps[i].sign, steps[i].text);
    }
    return text;
}

bool is_golden(const std::string& name, const std::string& actual)
{
    const auto file = std::filesystem::path(SKURD_SOURCE_DIR) / "tests/report/golden" / name;
    if (std::getenv("SKURD_RENEW_GOLDEN"))
        write_file(file, actual);
    const auto difference = line_difference(read_file(file), actual);
    if (!difference.empty())
        std::cout << fmt::format("{}: - expected, + made; renew with SKURD_RENEW_GOLDEN=1 and read what changed\n{}",
                                 name, difference);
    return difference.empty();
}

} // namespace skurd::test
