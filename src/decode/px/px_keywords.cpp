#include "base/text.hpp"
#include "decode/px/parts.hpp"

#include <algorithm>

namespace skurd::px {

namespace {

constexpr std::size_t keywords_max = 1'000'000;
constexpr std::size_t values_max = 2'000'000; ///< subjects included
constexpr std::size_t subjects_max = 100;     ///< of one keyword

bool is_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Walks the text; every step throws Error with the line.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool at_end()
    {
        skip_space();
        return at_ == text_.size();
    }

    std::string name()
    {
        skip_space();
        const auto begin = at_;
        while (at_ < text_.size() && is_name(text_[at_]))
            ++at_;
        if (at_ == begin)
            refuse("a keyword is to be here");
        return std::string(text_.substr(begin, at_ - begin));
    }

    bool take(char c)
    {
        skip_space();
        if (at_ == text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }

    void require(char c, std::string_view after)
    {
        if (!take(c))
            refuse(fmt::format("'{}' is to follow {}", c, excerpt(after)));
    }

    /// Texts in quotes; those that follow one another without a comma are one, written on several lines.
    std::string quoted()
    {
        std::string text;
        while (take('"')) {
            const auto end = text_.find('"', at_);
            if (end == std::string_view::npos)
                refuse("a text in quotes begins here and does not end");
            text += text_.substr(at_, end - at_);
            at_ = end + 1;
        }
        return text;
    }

    std::string value()
    {
        skip_space();
        if (at_ < text_.size() && text_[at_] == '"')
            return quoted();
        const auto begin = at_;
        int depth = 0;
        for (bool in_quotes = false; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            in_quotes ^= c == '"';
            if (in_quotes)
                continue;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';' || (c == ',' && depth <= 0))
                break;
        }
        return std::string(trim(text_.substr(begin, at_ - begin)));
    }

    std::string until(char c)
    {
        const auto end = text_.find(c, at_);
        constexpr std::size_t longest = 40;
        if (end == std::string_view::npos || end - at_ > longest)
            refuse(fmt::format("'{}' is missing", c));
        const auto text = text_.substr(at_, end - at_);
        at_ = end + 1;
        return std::string(text);
    }

    std::string_view rest() const { return text_.substr(at_); }

    /// Lines are counted as far as is read, once.
    std::size_t line()
    {
        lines_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                      text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
        counted_ = at_;
        return lines_;
    }

    [[noreturn]] void refuse(std::string_view what) { throw error("line {}: {}", line(), what); }

private:
    void skip_space()
    {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t counted_ = 0;
    std::size_t lines_ = 1;
};

void read_subjects(Scanner& scanner, Keyword& keyword, std::size_t& count)
{
    if (scanner.take('['))
        keyword.language = scanner.until(']');
    if (!scanner.take('('))
        return;
    do {
        keyword.subjects.push_back(scanner.value());
        if (++count > values_max)
            scanner.refuse(fmt::format("more than {} values", values_max));
        if (keyword.subjects.size() > subjects_max)
            scanner.refuse(fmt::format("more than {} subjects of {}", subjects_max, excerpt(keyword.name)));
    } while (scanner.take(','));
    scanner.require(')', keyword.name);
}

void read_values(Scanner& scanner, Keyword& keyword, std::size_t& count)
{
    if (scanner.take(';'))
        return;
    do {
        keyword.values.push_back(scanner.value());
        if (++count > values_max)
            scanner.refuse(fmt::format("more than {} values", values_max));
    } while (scanner.take(',') || scanner.take(':')); // of HIERARCHIES
    scanner.require(';', keyword.name);
}

} // namespace

Keywords::Keywords(std::string_view text)
{
    Scanner scanner(text);
    std::size_t values = 0;
    std::string language;
    while (!scanner.at_end()) {
        Keyword keyword;
        keyword.line = scanner.line();
        keyword.name = scanner.name();
        read_subjects(scanner, keyword, values);
        scanner.require('=', keyword.name);
        if (keyword.name == "DATA") {
            data_ = scanner.rest();
            data_line_ = scanner.line();
            return;
        }
        read_values(scanner, keyword, values);
        if (keywords_.size() == keywords_max)
            scanner.refuse(fmt::format("more than {} keywords", keywords_max));
        if (keyword.name == "LANGUAGE" && keyword.language.empty() && !keyword.values.empty())
            language = keyword.values.front();
        if (!keyword.language.empty() && keyword.language != language) // the main language may be named or not
            continue;
        index_.try_emplace({keyword.name, keyword.subjects}, keywords_.size());
        keywords_.push_back(std::move(keyword));
    }
    throw error("line {}: the file ends here without the keyword DATA: it was cut short, or is a description only",
                scanner.line());
}

const Keyword* Keywords::find(std::string_view name, const std::vector<std::string>& subjects) const
{
    const auto found = index_.find(std::pair(std::string(name), subjects));
    return found == index_.end() ? nullptr : &keywords_[found->second];
}

std::string Keywords::text(std::string_view name, const std::vector<std::string>& subjects) const
{
    const auto* found = find(name, subjects);
    return found && !found->values.empty() ? found->values.front() : "";
}

std::vector<std::string> Keywords::texts(std::string_view name, const std::vector<std::string>& subjects) const
{
    const auto* found = find(name, subjects);
    return found ? found->values : std::vector<std::string>();
}

std::optional<int> Keywords::decimals(std::string_view name, const std::vector<std::string>& subjects) const
{
    constexpr int most = 15;
    const auto* found = find(name, subjects);
    if (!found || found->values.empty())
        return std::nullopt;
    const auto& text = found->values.front();
    if (!all_digits(text) || text.size() > 2 || std::stoi(text) > most)
        throw error("line {}: {} is '{}', and a number from 0 to {} is to be there", found->line, name, excerpt(text),
                    most);
    return std::stoi(text);
}

std::vector<const Keyword*> Keywords::all(std::string_view name) const
{
    std::vector<const Keyword*> found;
    for (const auto& keyword : keywords_)
        if (keyword.name == name)
            found.push_back(&keyword);
    return found;
}

std::string with_line_ends(std::string text)
{
    std::replace(text.begin(), text.end(), '#', '\n');
    return text;
}

} // namespace skurd::px
