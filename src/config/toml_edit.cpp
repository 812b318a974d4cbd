#include "config/toml_edit.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <vector>

namespace skurd {

namespace {

/// Where a key and its value stand. Columns count code points from 1; the last one is the first behind the value.
struct Extent {
    std::uint32_t first = 0; ///< line
    std::uint32_t column = 0;
    std::uint32_t last = 0;
    std::uint32_t end_column = 0;
};

/// The keys with values that begin on a line; a header [a.b] names tables, which have none.
void collect(const toml::table& table, std::uint32_t line, std::vector<Extent>& found)
{
    for (const auto& [key, value] : table) {
        const auto& begin = key.source().begin;
        const auto& end = value.source().end;
        if (const auto* inner = value.as_table())
            collect(*inner, line, found);
        else if (begin.line == line)
            found.push_back({begin.line, begin.column, end.line, end.column});
        if (const auto* array = value.as_array())
            for (const auto& element : *array)
                if (const auto* inner = element.as_table())
                    collect(*inner, line, found);
    }
}

/// The bytes of so many code points.
std::size_t byte_offset(std::string_view text, std::size_t code_points)
{
    std::size_t at = 0;
    while (at < text.size() && code_points > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
            ++at;
        --code_points;
    }
    return at;
}

/// A file's lines, each with its end.
std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

std::string_view without_end(std::string_view line)
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

std::string_view end_of(std::string_view line)
{
    const auto end = line.substr(without_end(line).size());
    return end.empty() ? "\n" : end;
}

bool is_header(std::string_view line)
{
    return trim(line).starts_with('[');
}

/// The length of the key that a line "key = value" begins with.
std::size_t key_length(std::string_view line)
{
    if (!line.starts_with('"'))
        return std::min(line.find(" ="), line.size());
    std::size_t at = 1;
    while (at < line.size() && line[at] != '"')
        at += line[at] == '\\' ? 2 : 1;
    return std::min(at + 1, line.size());
}

class Edit {
public:
    Edit(std::string_view text, std::string name, const TomlEdit& edit)
        : lines_(lines_of(text)), name_(std::move(name)), edit_(edit),
          whole_(toml::parse(text, std::string_view(name_)))
    {
        if (edit_.line == 0 || edit_.line > lines_.size())
            refuse("there is no such line");
    }

    std::string made()
    {
        if (edit_.kind == TomlEdit::Kind::insert && is_header(lines_[edit_.line - 1]))
            insert_below(edit_.line, lines_[edit_.line - 1]);
        else
            change(extent());
        std::string text;
        for (const auto& line : lines_)
            text += line;
        return text;
    }

private:
    [[noreturn]] void refuse(std::string_view why) const
    {
        throw usage_error("{}:{}: cannot be changed by a program: {}", name_, edit_.line, why);
    }

    Extent extent() const
    {
        std::vector<Extent> found;
        collect(whole_, edit_.line, found);
        const auto line = trim(lines_[edit_.line - 1]);
        const bool is_key = line.find('=') != std::string_view::npos && !line.starts_with('#') && !is_header(line);
        if (found.empty() || !is_key)
            refuse("no key with a value begins there");
        if (found.size() > 1)
            refuse("more than one key stands there");
        if (found[0].column != indent_of(lines_[edit_.line - 1]).size() + 1)
            refuse("its key stands within another's value");
        if (found[0].last > lines_.size())
            refuse("its value does not end in the file");
        return found[0];
    }

    void change(const Extent& at)
    {
        const auto first = lines_[at.first - 1];
        const auto last = lines_[at.last - 1];
        if (edit_.kind == TomlEdit::Kind::insert)
            return insert_below(at.last, first);
        for (auto line = at.first; line < at.last; ++line)
            if (lines_[line - 1].find('#') != std::string::npos)
                refuse("its value holds a comment");
        const auto whole = without_end(last);
        auto behind = std::string(whole.substr(byte_offset(whole, at.end_column - 1)));
        const auto from = lines_.begin() + at.first - 1;
        lines_.erase(from, lines_.begin() + at.last);
        if (edit_.kind == TomlEdit::Kind::replace)
            insert_below(at.first - 1, first, behind);
        else if (!trim(behind).empty())
            lines_.insert(lines_.begin() + at.first - 1,
                          fmt::format("{}{}{}", indent_of(first), trim(behind), end_of(last)));
    }

    static std::string indent_of(std::string_view line)
    {
        return std::string(line.substr(0, line.find_first_not_of(" \t")));
    }

    /// Writes the new lines below the line of that number, in the form of `like`; `behind` follows the first of them.
    void insert_below(std::uint32_t line, const std::string& like, const std::string& behind = "")
    {
        if (line > 0 && !lines_[line - 1].ends_with('\n'))
            lines_[line - 1] += '\n';
        const auto equals = is_header(like) ? std::string::npos : like.find('=');
        const auto column = equals == std::string::npos ? 0 : display_width(std::string_view(like).substr(0, equals));
        std::vector<std::string> added;
        for (const auto text : split(edit_.lines, '\n')) {
            auto key = indent_of(like) + std::string(text.substr(0, key_length(text)));
            const auto width = display_width(key) + 1;
            key.append(column > width ? column - width : 0, ' ');
            added.push_back(fmt::format("{}{}{}{}", key, text.substr(key_length(text)), added.empty() ? behind : "",
                                        end_of(like)));
        }
        lines_.insert(lines_.begin() + line, added.begin(), added.end());
    }

    std::vector<std::string> lines_;
    std::string name_;
    const TomlEdit& edit_;
    toml::table whole_;
};

} // namespace

std::string edit_toml(std::string_view text, const std::string& name, const TomlEdit& edit)
{
    try {
        return Edit(text, name, edit).made();
    } catch (const toml::parse_error& failure) {
        throw usage_error("{}:{}: not valid TOML: {}", name, failure.source().begin.line, failure.description());
    }
}

} // namespace skurd
