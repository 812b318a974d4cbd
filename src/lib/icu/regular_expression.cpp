#include "lib/icu/regular_expression.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <unicode/uregex.h>
#include <unicode/utext.h>

namespace skurd {

namespace {

constexpr std::int32_t cost_max = 100; ///< in ICU's units, of 10 000 steps each
constexpr int cost_of_all_max = 3000;  ///< likewise: some seconds
constexpr std::size_t pattern_size_max = 2000;

/// A text as ICU reads it; the bytes must outlive it.
class Text {
public:
    explicit Text(std::string_view utf8)
    {
        UErrorCode status = U_ZERO_ERROR;
        utext_openUTF8(&text_, utf8.empty() ? "" : utf8.data(), static_cast<std::int64_t>(utf8.size()), &status);
    }
    ~Text() { utext_close(&text_); }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    UText* get() { return &text_; }

private:
    UText text_ = UTEXT_INITIALIZER;
};

/// "U_REGEX_MISMATCHED_PAREN" as people write it.
std::string status_text(UErrorCode status)
{
    constexpr std::string_view prefix = "u regex ";
    const auto text = replace_all(to_lower(u_errorName(status)), "_", " ");
    return text.substr(text.starts_with(prefix) ? prefix.size() : 0);
}

} // namespace

void RegularExpression::Close::operator()(URegularExpression* expression) const noexcept
{
    uregex_close(expression);
}

RegularExpression::RegularExpression(const std::string& pattern, Bounded bounded) : bounded_(bounded)
{
    if (pattern.size() > pattern_size_max)
        throw error("a regular expression of {} bytes; it may have {}", pattern.size(), pattern_size_max);
    Text text(pattern.empty() ? "(?:)" : std::string_view(pattern)); // ICU takes no empty one
    UErrorCode status = U_ZERO_ERROR;
    UParseError place{};
    expression_.reset(uregex_openUText(text.get(), 0, &place, &status));
    if (U_SUCCESS(status))
        uregex_setTimeLimit(expression_.get(), cost_max, &status);
    spent_ = std::make_unique<int>(0);
    if (U_SUCCESS(status))
        uregex_setMatchCallback(expression_.get(), count, spent_.get(), &status);
    if (U_FAILURE(status))
        throw error("'{}' is not a regular expression: {} at character {}", excerpt(pattern), status_text(status),
                    place.offset);
}

signed char RegularExpression::count(const void* spent, std::int32_t)
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): what is ours comes back from C
    auto& all = *static_cast<int*>(const_cast<void*>(spent));
    return ++all <= cost_of_all_max ? 1 : 0;
}

std::vector<std::string_view> RegularExpression::search(std::string_view text) const
{
    if (bounded_ == Bounded::each_search)
        *spent_ = 0;
    Text searched(text);
    UErrorCode status = U_ZERO_ERROR;
    auto* const expression = expression_.get();
    uregex_setUText(expression, searched.get(), &status);
    std::vector<std::string_view> groups;
    if (uregex_find64(expression, 0, &status)) {
        const auto count = uregex_groupCount(expression, &status);
        for (std::int32_t i = 0; i <= count; ++i) {
            const auto start = uregex_start64(expression, i, &status);
            const auto end = uregex_end64(expression, i, &status);
            groups.push_back(
                start < 0 ? std::string_view()
                          : text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)));
        }
    }
    if (U_FAILURE(status))
        throw error("the text '{}' costs too much to compare with a regular expression ({}): write it more plainly",
                    excerpt(text), status_text(status));
    return groups;
}

} // namespace skurd
