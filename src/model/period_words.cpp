#include "model/period_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace skurd {

namespace {

constexpr std::size_t size_max = 60; ///< of a text that is a period and nothing else

constexpr std::string_view months[] = {"jan januar january januari",
                                       "feb februar february februari",
                                       "mar mars marts march",
                                       "apr april",
                                       "mai maj may",
                                       "jun juni june",
                                       "jul juli july",
                                       "aug august augusti",
                                       "sep sept september",
                                       "okt oct oktober october",
                                       "nov november",
                                       "des dec desember december"};

struct KindWord {
    std::string_view word;
    PeriodKind kind;
};
constexpr KindWord kind_words[] = {
    {"kvartal", PeriodKind::quarter},
    {"kv", PeriodKind::quarter},
    {"quarter", PeriodKind::quarter},
    {"q", PeriodKind::quarter},
    {"k", PeriodKind::quarter},
    {"halvår", PeriodKind::half_year},
    {"halvÅr", PeriodKind::half_year},
    {"half year", PeriodKind::half_year},
    {"half", PeriodKind::half_year},
    {"h", PeriodKind::half_year},
    {"s", PeriodKind::half_year},
    {"tertial", PeriodKind::tertial},
    {"t", PeriodKind::tertial},
    {"uke", PeriodKind::week},
    {"vecka", PeriodKind::week},
    {"uge", PeriodKind::week},
    {"week", PeriodKind::week},
    {"u", PeriodKind::week},
    {"w", PeriodKind::week},
    {"m", PeriodKind::month},
    {"skoleår", PeriodKind::school_year},
    {"skoleÅr", PeriodKind::school_year},
    {"skoleåret", PeriodKind::school_year},
    {"skoleÅret", PeriodKind::school_year},
    {"school year", PeriodKind::school_year},
    {"läsår", PeriodKind::school_year},
    {"år", PeriodKind::year},
    {"År", PeriodKind::year},
    {"året", PeriodKind::year},
    {"year", PeriodKind::year},
};

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// A text in lower case, in its words and numbers. "1st" is the number alone.
struct Parts {
    std::vector<std::string> words;
    std::vector<std::string> numbers;

    explicit Parts(const std::string& text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const auto from = at;
            while (at < text.size() && is_digit(text[at]))
                ++at;
            if (at > from) {
                numbers.push_back(text.substr(from, at - from));
                const auto suffix = std::string_view(text).substr(at, 2);
                if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th")
                    at += 2;
                continue;
            }
            while (at < text.size() && is_letter(text[at]))
                ++at;
            if (at > from)
                words.push_back(text.substr(from, at - from));
            else
                ++at;
        }
    }
};

/// 1 to 12; 0 for no month.
int month_of(std::string_view word)
{
    for (std::size_t i = 0; i < std::size(months); ++i)
        for (const auto known : split(months[i], ' '))
            if (word == known)
                return static_cast<int>(i) + 1;
    return 0;
}

int number(const std::string& digits)
{
    return digits.size() > 4 ? -1 : std::stoi(digits);
}

bool is_year(const std::string& digits)
{
    return digits.size() == 4 && digits[0] != '0';
}

/// "2019/2020", "2019-20" after the word for a school year.
std::optional<Period> school_year(const std::vector<std::string>& numbers)
{
    if (numbers.size() != 2 || !is_year(numbers[0]))
        return std::nullopt;
    const int next = number(numbers[0]) + 1;
    const bool follows = numbers[1].size() == 2 ? number(numbers[1]) == next % 100 : number(numbers[1]) == next;
    return follows ? Period::of(PeriodKind::school_year, next - 1, 0) : std::nullopt;
}

std::optional<Period> part_of_year(PeriodKind kind, const std::vector<std::string>& numbers)
{
    if (numbers.size() != 2 || is_year(numbers[0]) == is_year(numbers[1]))
        return std::nullopt;
    const auto year = is_year(numbers[0]) ? 0 : 1;
    const auto& part = numbers[static_cast<std::size_t>(1 - year)];
    return part.size() > 2 ? std::nullopt
                           : Period::of(kind, number(numbers[static_cast<std::size_t>(year)]), number(part));
}

} // namespace

std::optional<Period> read_period_words(std::string_view text)
{
    if (text.size() > size_max)
        return std::nullopt;
    const Parts parts(to_lower(text));
    const auto& numbers = parts.numbers;
    if (parts.words.empty() || parts.words.size() > 2 || numbers.empty() || numbers.size() > 2)
        return std::nullopt;
    const auto word = join(parts.words, " ");
    if (const int month = month_of(word); month > 0)
        return numbers.size() == 1 && is_year(numbers[0]) ? Period::of(PeriodKind::month, number(numbers[0]), month)
                                                          : std::nullopt;
    const auto known = std::find_if(std::begin(kind_words), std::end(kind_words),
                                    [&](const KindWord& one) { return one.word == word; });
    if (known == std::end(kind_words))
        return std::nullopt;
    if (known->kind == PeriodKind::year)
        return numbers.size() == 1 && is_year(numbers[0]) ? std::optional(Period::year(number(numbers[0])))
                                                          : std::nullopt;
    return known->kind == PeriodKind::school_year ? school_year(numbers) : part_of_year(known->kind, numbers);
}

} // namespace skurd
