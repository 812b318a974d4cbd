#include "run/job_fixes.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/section.hpp"
#include "config/toml_edit.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace skurd {

namespace {

std::optional<TomlEdit::Kind> kind_of(const CheckResult& result)
{
    if (result.kind == CheckResult::Kind::unsure)
        return std::nullopt;
    switch (result.fix) {
    case CheckResult::Fix::replace:
        return TomlEdit::Kind::replace;
    case CheckResult::Fix::insert:
        return TomlEdit::Kind::insert;
    case CheckResult::Fix::remove:
        return TomlEdit::Kind::remove;
    case CheckResult::Fix::none:
    case CheckResult::Fix::guess:
        break;
    }
    return std::nullopt;
}

/// The line that "file:line" names; 0 where it is another file's.
std::uint32_t line_in(const std::string& file, const std::string& where)
{
    const auto colon = where.rfind(':');
    if (colon == std::string::npos || where.substr(0, colon) != file)
        return 0;
    std::uint32_t line = 0;
    std::from_chars(where.data() + colon + 1, where.data() + where.size(), line);
    return line;
}

} // namespace

FixedJob fix_job(std::string_view text, const std::string& file, const std::vector<CheckResult>& results)
{
    FixedJob fixed{std::string(text), 0, {}};
    std::vector<TomlEdit> edits;
    for (const auto& result : results)
        if (const auto kind = kind_of(result)) {
            edits.push_back({*kind, line_in(file, result.where), result.line});
            if (edits.back().line == 0)
                fixed.left.push_back(fmt::format("{}: is no line of {}", result.where, file));
        }
    std::erase_if(edits, [](const TomlEdit& edit) { return edit.line == 0; });
    // From the end of the file, so that no edit moves another's line; of several below one line the last one first.
    std::reverse(edits.begin(), edits.end());
    std::stable_sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.line > b.line; });
    for (const auto& edit : edits) {
        try {
            fixed.text = edit_toml(fixed.text, file, edit);
            ++fixed.lines;
        } catch (const Error& failure) {
            fixed.left.emplace_back(failure.what());
        }
    }
    return fixed;
}

std::string with_job_key(std::string_view text, const std::string& file, const std::string& line)
{
    const auto header = Section::parse(text, file).where("job");
    return edit_toml(text, file, {TomlEdit::Kind::insert, line_in(file, header), line});
}

} // namespace skurd
