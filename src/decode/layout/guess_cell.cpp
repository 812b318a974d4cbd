#include "decode/layout/guess_cell.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/period_reader.hpp"
#include "decode/table/table_value.hpp"
#include "model/period.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace skurd {

namespace {

constexpr std::string_view marks[] = {"*", ":", ".", "..", "...", "-", "–", "N/A", "NA", "n/a"};
constexpr std::size_t period_size_max = 20;

bool is_likely_year(int year)
{
    return year >= 1900 && year < 2100;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Letters of other alphabets are bytes above 127.
bool is_word_byte(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 127;
}

bool is_period(std::string_view text)
{
    if (text.size() < 4 || text.size() > period_size_max)
        return false;
    if (read_date(text))
        return true;
    if (text.size() == 6 && all_digits(text)) {
        const auto month = (text[4] - '0') * 10 + (text[5] - '0');
        return is_likely_year(std::stoi(std::string(text.substr(0, 4)))) && month >= 1 && month <= 12;
    }
    const auto period = Period::parse(text);
    return period && period->kind() != PeriodKind::other && is_likely_year(period->first_year());
}

bool is_number(std::string_view text)
{
    static const auto readers = [] {
        static TableLayout comma;
        static TableLayout point;
        comma.thousands.emplace_back(".");
        point.decimal = '.';
        point.thousands.emplace_back(",");
        return std::array{ValueReader(comma), ValueReader(point)};
    }();
    for (const auto& reader : readers)
        try {
            if (std::holds_alternative<NumberValue>(reader.read(text)))
                return true;
        } catch (const Error&) { // a guess that failed is no news
        }
    return false;
}

/// Digits with signs between them and at most a short word or mark around: nothing that a note or a name is.
bool is_like_number(std::string_view text)
{
    constexpr std::string_view between = "0123456789.,' ";
    constexpr std::size_t tail_max = 4;
    while (!text.empty() && (text.front() == '(' || text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front()))
        return false;
    std::size_t end = 0;
    while (end < text.size()) {
        if (between.find(text[end]) != std::string_view::npos)
            ++end;
        else if (text.substr(end).starts_with("\u00a0"))
            end += 2;
        else if (text.substr(end).starts_with("\u202f") || text.substr(end).starts_with("\u2009"))
            end += 3;
        else
            break;
    }
    const auto tail = text.substr(end);
    const bool is_name =
        end > 0 && text[end - 1] == ' ' && tail.size() > 1 && tail.front() >= 'A' && tail.front() <= 'Z';
    return tail.size() <= tail_max && !is_name && std::none_of(tail.begin(), tail.end(), is_digit);
}

/// A text in lower case as words and numbers.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    bool goes_on = false;
    for (const char c : lower_text(text)) {
        const bool same = goes_on && is_digit(c) == is_digit(words.back().back());
        if (!is_word_byte(c)) {
            goes_on = false;
            continue;
        }
        if (!same)
            words.emplace_back();
        words.back() += c;
        goes_on = true;
    }
    return words;
}

/// The letter and the number of parts of a year: 'Q' and 4.
struct YearPart {
    std::string_view word;
    char letter;
    int most;
};
constexpr YearPart year_parts[] = {{"kvartal", 'Q', 4}, {"kv", 'Q', 4},     {"quarter", 'Q', 4}, {"q", 'Q', 4},
                                   {"k", 'Q', 4},       {"halvår", 'H', 2}, {"halvar", 'H', 2},  {"h", 'H', 2},
                                   {"tertial", 'T', 3}, {"t", 'T', 3},      {"uke", 'W', 53},    {"uge", 'W', 53},
                                   {"vecka", 'W', 53},  {"week", 'W', 53},  {"måned", 'M', 12},  {"month", 'M', 12}};
constexpr std::string_view months[12][4] = {{"januar", "january", "januari", "jan"},
                                            {"februar", "february", "februari", "feb"},
                                            {"mars", "march", "marts", "mar"},
                                            {"april", "april", "april", "apr"},
                                            {"mai", "may", "maj", "mai"},
                                            {"juni", "june", "juni", "jun"},
                                            {"juli", "july", "juli", "jul"},
                                            {"august", "august", "augusti", "aug"},
                                            {"september", "september", "september", "sep"},
                                            {"oktober", "october", "oktober", "okt"},
                                            {"november", "november", "november", "nov"},
                                            {"desember", "december", "december", "des"}};

int month_named(std::string_view word)
{
    for (int month = 0; month < 12; ++month)
        if (std::find(std::begin(months[month]), std::end(months[month]), word) != std::end(months[month]))
            return month + 1;
    return word == "oct" ? 10 : word == "dec" ? 12 : 0;
}

std::string part_of_year(const std::string& year, char letter, int part)
{
    return letter == 'M' || letter == 'W' ? fmt::format("{}{}{:02}", year, letter, part)
                                          : fmt::format("{}{}{}", year, letter, part);
}

} // namespace

std::string lower_text(std::string_view text)
{
    auto lower = to_lower(text);
    for (const auto& [from, to] :
         {std::pair("Æ", "æ"), std::pair("Ø", "ø"), std::pair("Å", "å"), std::pair("Ä", "ä"), std::pair("Ö", "ö")})
        lower = replace_all(std::move(lower), from, to);
    return lower;
}

bool is_bare_year(std::string_view text)
{
    return text.size() == 4 && all_digits(text) && (text.starts_with("19") || text.starts_with("20"));
}

CellGuess guess_cell(std::string_view text)
{
    if (text.empty())
        return CellGuess::empty;
    if (is_period(text))
        return CellGuess::period;
    if (std::find(std::begin(marks), std::end(marks), text) != std::end(marks))
        return CellGuess::mark;
    if (is_number(text))
        return CellGuess::number;
    return is_like_number(text) ? CellGuess::like_number : CellGuess::text;
}

std::optional<PeriodSpot> find_period(std::string_view text)
{
    for (std::size_t begin = 0; begin + 4 <= text.size(); ++begin) {
        if (!is_digit(text[begin]) || (begin > 0 && is_word_byte(text[begin - 1])))
            continue;
        for (auto size = std::min(period_size_max, text.size() - begin); size >= 4; --size)
            if ((begin + size == text.size() || !is_word_byte(text[begin + size])) &&
                is_period(text.substr(begin, size)) && trim(text.substr(begin, size)).size() == size)
                return PeriodSpot{begin, size};
    }
    return std::nullopt;
}

std::string period_in_words(std::string_view text)
{
    const auto words = words_of(text);
    std::string year;
    std::string part;
    const YearPart* named = nullptr;
    int month = 0;
    for (const auto& word : words) {
        const auto known =
            std::find_if(std::begin(year_parts), std::end(year_parts), [&](const auto& p) { return p.word == word; });
        if (is_bare_year(word) && year.empty())
            year = word;
        else if (all_digits(word) && word.size() <= 2 && part.empty())
            part = word;
        else if (known != std::end(year_parts) && !named)
            named = &*known;
        else if (month_named(word) && !month)
            month = month_named(word);
        else
            return "";
    }
    if (year.empty() || (named != nullptr) == (month > 0) || (month > 0) != part.empty())
        return "";
    const int number = month ? month : std::stoi(part);
    if (number < 1 || number > (named ? named->most : 12))
        return "";
    return part_of_year(year, named ? named->letter : 'M', number);
}

bool names_change(std::string_view text)
{
    constexpr std::string_view beginnings[] = {"endring", "ændring", "förändring", "change", "diff",     "vekst",
                                               "growth",  "økning",  "nedgang",    "avvik",  "utvikling"};
    for (const auto& word : words_of(text))
        for (const auto beginning : beginnings)
            if (word.starts_with(beginning))
                return true;
    return false;
}

std::string year_in(std::string_view text)
{
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        const auto year = text.substr(at, 4);
        const bool alone = (at + 4 == text.size() || !is_digit(text[at + 4])) && (at == 0 || !is_digit(text[at - 1]));
        if (alone && is_bare_year(year))
            return std::string(year);
    }
    const bool is_month = text.size() == 6 && is_period(text); // "202403"
    return is_month ? std::string(text.substr(0, 4)) : "";
}

} // namespace skurd
