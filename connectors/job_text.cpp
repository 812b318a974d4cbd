#include "connectors/job_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

std::string select_line(const std::string& dimension, const std::vector<std::string>& expressions)
{
    const bool bare = !dimension.empty() && std::all_of(dimension.begin(), dimension.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    std::vector<std::string> quoted;
    quoted.reserve(expressions.size());
    for (const auto& expression : expressions)
        quoted.push_back(toml_quoted(expression));
    return fmt::format("{} = [{}]", bare ? dimension : toml_quoted(dimension), join(quoted, ", "));
}

CheckResult confirm_other_dimensions(const std::string& where, const std::string& code,
                                     const std::vector<const Dimension*>& others, const std::string& described)
{
    using Kind = CheckResult::Kind;
    using Fix = CheckResult::Fix;
    if (others.empty())
        return {Kind::confirmed, where, "every dimension is named: this line can go", "", Fix::remove};
    std::vector<std::string> lines;
    lines.reserve(others.size());
    for (const auto* dimension : others)
        lines.push_back(select_line(dimension->id, {code}));
    return {Kind::confirmed, where, fmt::format(R"("*" is {} of {})", code == "*" ? "all" : code, described),
            join(lines, "\n"), Fix::replace};
}

} // namespace skurd
