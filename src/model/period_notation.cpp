// How a dimension's codes become periods:
//
// Each code has a shape: it reads one way only, or it is a year and a number (dashed, slashed, six digits, five). For
// each shape with a number one kind is chosen, from strongest to weakest evidence; all but the job's own word must
// fit every code of the shape. Where a dashed code may be a month, a school year or a span of years, what decides is
// how often a year comes back (months), whether every number is that of the next year (school years), and whether a
// number lies before its year (no span: months). What is left undecided is refused, since either guess is a wrong
// number for half of the tables that look so.
//
// Then codes that stay unread are held against the labels, which are read by the same rules.
#include "model/period_notation.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/period_words.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace skurd {

namespace {

constexpr PeriodKind ambiguous_kinds[] = {PeriodKind::half_year, PeriodKind::tertial, PeriodKind::quarter,
                                          PeriodKind::month,     PeriodKind::week,    PeriodKind::school_year,
                                          PeriodKind::span};

struct NameWord {
    std::string_view start; ///< of a word in a dimension's id or label, in lower case
    PeriodKind kind;
};
constexpr NameWord name_words[] = {
    {"month", PeriodKind::month},
    {"måned", PeriodKind::month},
    {"mÅned", PeriodKind::month},
    {"månad", PeriodKind::month},
    {"mÅnad", PeriodKind::month},
    {"maaned", PeriodKind::month},
    {"maned", PeriodKind::month},
    {"mnd", PeriodKind::month},
    {"quarter", PeriodKind::quarter},
    {"kvartal", PeriodKind::quarter},
    {"week", PeriodKind::week},
    {"uke", PeriodKind::week},
    {"vecka", PeriodKind::week},
    {"uge", PeriodKind::week},
    {"half", PeriodKind::half_year},
    {"halvår", PeriodKind::half_year},
    {"halvÅr", PeriodKind::half_year},
    {"halvaar", PeriodKind::half_year},
    {"halvar", PeriodKind::half_year},
    {"tertial", PeriodKind::tertial},
    {"skoleår", PeriodKind::school_year},
    {"skoleÅr", PeriodKind::school_year},
    {"skoleaar", PeriodKind::school_year},
    {"skolear", PeriodKind::school_year},
    {"school", PeriodKind::school_year},
    {"academic", PeriodKind::school_year},
    {"läsår", PeriodKind::school_year},
    {"studieår", PeriodKind::school_year},
};
constexpr std::string_view year_names[] = {"år", "År", "aar", "ar", "year", "years", "årgang", "aargang"};

/// "TLIST(M1)", as PX files and PxStat write what a time dimension is of.
std::optional<PeriodKind> kind_of_tlist(std::string_view name)
{
    constexpr std::string_view open = "tlist(";
    const auto at = name.find(open);
    if (at == std::string_view::npos || at + open.size() >= name.size())
        return std::nullopt;
    switch (name[at + open.size()]) {
    case 'a':
        return PeriodKind::year;
    case 'h':
        return PeriodKind::half_year;
    case 't':
        return PeriodKind::tertial;
    case 'q':
        return PeriodKind::quarter;
    case 'm':
        return PeriodKind::month;
    case 'w':
        return PeriodKind::week;
    default:
        return std::nullopt;
    }
}

std::vector<std::string> words_of(const std::string& text)
{
    std::vector<std::string> words = {""};
    for (const char c : text) {
        const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

/// The kind that a dimension's id or label names; nothing where they name none, or two. A year beside another kind
/// ("år og måned") is no second one.
std::optional<PeriodKind> kind_named(const Dimension& time)
{
    const auto name = to_lower(time.id + " " + time.label);
    if (const auto listed = kind_of_tlist(name))
        return listed;
    std::set<PeriodKind> kinds;
    bool is_year = false;
    for (const auto& word : words_of(name)) {
        is_year = is_year || std::find(std::begin(year_names), std::end(year_names), word) != std::end(year_names);
        for (const auto& known : name_words)
            if (word.starts_with(known.start))
                kinds.insert(known.kind);
    }
    if (kinds.size() == 1)
        return *kinds.begin();
    return kinds.empty() && is_year ? std::optional(PeriodKind::year) : std::nullopt;
}

bool is_read(const Period& period)
{
    return period.kind() != PeriodKind::other;
}

/// Whether the codes number the categories, from 0 or from 1, in any order.
bool are_positions(const std::vector<Category>& categories)
{
    std::set<unsigned long> numbers;
    for (const auto& category : categories)
        if (all_digits(category.code) && category.code.size() < 8)
            numbers.insert(std::stoul(category.code));
    return numbers.size() == categories.size() && !numbers.empty() && *numbers.begin() <= 1 &&
           *numbers.rbegin() - *numbers.begin() == numbers.size() - 1;
}

bool has_own_labels(const std::vector<Category>& categories)
{
    std::set<std::string_view> labels;
    for (const auto& category : categories)
        labels.insert(category.label);
    return labels.size() == categories.size() &&
           std::any_of(categories.begin(), categories.end(),
                       [](const auto& one) { return one.label != one.code && !trim(one.label).empty(); });
}

} // namespace

struct PeriodNotation::YearAndNumber {
    Shape shape = Shape::dashed;
    std::string_view text;
    std::optional<Period> label{}; ///< what the label says, where it reads one way only
    int year = 0;
    int number = 0;

    int year_in_century() const { return year % 100; }
};

struct PeriodNotation::Decision {
    std::optional<PeriodKind> kind{};
    std::string_view why{};
};

std::optional<PeriodNotation::YearAndNumber> PeriodNotation::split(std::string_view text)
{
    text = trim(text);
    if (text.size() < 5 || text.size() > 7 || !all_digits(text.substr(0, 4)) || text[0] == '0')
        return std::nullopt;
    YearAndNumber code;
    code.text = text;
    const auto digits = text.substr(text.size() == 7 ? 5 : 4);
    if (!all_digits(digits) || (text.size() == 7 && text[4] != '-' && text[4] != '/'))
        return std::nullopt;
    code.shape = text.size() == 7   ? (text[4] == '-' ? Shape::dashed : Shape::slashed)
                 : text.size() == 6 ? Shape::six_digits
                                    : Shape::five_digits;
    code.year = std::stoi(std::string(text.substr(0, 4)));
    code.number = std::stoi(std::string(digits));
    return code;
}

std::optional<Period> PeriodNotation::read_as(PeriodKind kind, const YearAndNumber& code)
{
    const bool one_digit = code.shape == Shape::five_digits;
    switch (kind) {
    case PeriodKind::year: // of a year that is written as two: a school year
    case PeriodKind::school_year:
        return !one_digit && code.number == (code.year + 1) % 100 ? Period::of(PeriodKind::school_year, code.year, 0)
                                                                  : std::nullopt;
    case PeriodKind::span:
        return !one_digit && code.number > code.year_in_century()
                   ? Period::parse(fmt::format("{}-{}", code.year, code.year / 100 * 100 + code.number))
                   : std::nullopt;
    case PeriodKind::month:
    case PeriodKind::week:
        return one_digit ? std::nullopt : Period::of(kind, code.year, code.number);
    default:
        return Period::of(kind, code.year, code.number);
    }
}

std::optional<Period> PeriodNotation::read_one_way(std::string_view text)
{
    if (split(text))
        return std::nullopt;
    if (auto period = Period::parse(text); period && is_read(*period))
        return period;
    return read_period_words(text);
}

/// What the codes of one shape show by themselves. Throws Error where they may be two things.
PeriodNotation::Decision PeriodNotation::decide_by_codes(const std::string& dimension,
                                                         const std::vector<YearAndNumber>& codes)
{
    const auto fit = [&](PeriodKind kind) {
        return std::all_of(codes.begin(), codes.end(), [&](const auto& code) { return read_as(kind, code); });
    };
    std::map<int, std::size_t> in_year;
    for (const auto& code : codes)
        ++in_year[code.year];
    const auto& first = codes.front();
    const Decision by_codes{std::nullopt, "by all its codes"};
    const bool months = fit(PeriodKind::month);
    if (first.shape == Shape::six_digits || first.shape == Shape::five_digits) {
        const bool whole_year =
            std::any_of(in_year.begin(), in_year.end(), [](const auto& year) { return year.second == 12; });
        return {months && whole_year && in_year.size() > 1 ? std::optional(PeriodKind::month) : std::nullopt,
                by_codes.why};
    }
    const bool school_years = fit(PeriodKind::school_year);
    if (school_years && (!months || codes.size() > 1 || first.shape == Shape::slashed))
        return {PeriodKind::school_year, by_codes.why};
    if (!months)
        return {};
    if (!school_years && (in_year.size() < codes.size() || !fit(PeriodKind::span)))
        return {PeriodKind::month, by_codes.why};
    throw error("dimension '{}': '{}' may be the month {} or the {} {}, and nothing tells which: say period_kind = "
                "\"month\" or \"{}\" in the job",
                excerpt(dimension), first.text, read_as(PeriodKind::month, first)->text(),
                school_years ? "school year" : "years",
                read_as(school_years ? PeriodKind::school_year : PeriodKind::span, first)->text(),
                school_years ? "school year" : "span");
}

PeriodNotation::Decision PeriodNotation::decide(const Dimension& time, const PeriodHints& hints,
                                                const std::vector<YearAndNumber>& codes)
{
    if (hints.stated)
        return {hints.stated, "as the job says"};
    const auto said_by_labels = [&](PeriodKind kind) {
        const bool none_differs = std::all_of(codes.begin(), codes.end(), [&](const auto& code) {
            return !code.label || read_as(kind, code) == code.label;
        });
        return none_differs && std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.label; });
    };
    for (const auto kind : ambiguous_kinds)
        if (said_by_labels(kind))
            return {kind, "as its labels say"};
    const auto fits = [&](const std::optional<PeriodKind>& kind) {
        return kind && std::all_of(codes.begin(), codes.end(),
                                   [&](const auto& code) { return read_as(*kind, code).has_value(); });
    };
    if (const auto named = kind_named(time); fits(named))
        return {named, "as it is called"};
    if (fits(hints.told))
        return {hints.told, "as the source says"};
    return decide_by_codes(time.id, codes);
}

void PeriodNotation::choose_kinds(const Dimension& time, const PeriodHints& hints)
{
    std::array<std::vector<YearAndNumber>, std::tuple_size_v<Kinds>> by_shape;
    for (const auto& category : time.categories)
        if (auto code = split(category.code)) {
            code->label = read_one_way(category.label);
            by_shape[static_cast<std::size_t>(code->shape)].push_back(*code);
        }
    for (std::size_t shape = 0; shape < by_shape.size(); ++shape) {
        if (by_shape[shape].empty())
            continue;
        const auto [kind, why] = decide(time, hints, by_shape[shape]);
        kinds_[shape] = kind;
        const auto& code = by_shape[shape].front();
        const auto period = kind ? read_as(*kind, code) : std::nullopt;
        choice_ += choice_.empty() ? "" : "; ";
        choice_ += period ? fmt::format("the periods of {} are read as {}s ({}): '{}' is {}", excerpt(time.id),
                                        to_string(period->kind()), why, code.text, period->text())
                          : fmt::format("nothing tells what the period '{}' of {} is: say period_kind in the job",
                                        code.text, excerpt(time.id));
    }
}

void PeriodNotation::choose_labels(const Dimension& time, const PeriodHints& hints)
{
    const auto& categories = time.categories;
    std::size_t unread = 0;
    for (const auto& category : categories)
        unread += is_read(read_text(category.code)) ? 0U : 1U;
    if (unread == 0 || !has_own_labels(categories))
        return;
    auto labelled = time;
    for (auto& category : labelled.categories)
        category.code = category.label;
    const PeriodNotation labels(labelled, hints);
    const bool all_read = std::all_of(labelled.categories.begin(), labelled.categories.end(),
                                      [&](const auto& one) { return is_read(labels.read(one)); });
    const auto agrees = [&](const Category& category) {
        const auto code = read_text(category.code);
        return !is_read(code) || code == labels.read_text(category.label);
    };
    if (!are_positions(categories) &&
        !(all_read && (unread == categories.size() || std::all_of(categories.begin(), categories.end(), agrees))))
        return;
    from_ = From::labels;
    kinds_ = labels.kinds_;
    choice_ =
        fmt::format("the periods of {} are read from its labels: '{}' is {}{}{}", excerpt(time.id),
                    excerpt(categories.front().code), excerpt(labels.read_text(categories.front().label).text()),
                    labels.choice_.empty() ? "" : "; ", labels.choice_);
}

PeriodNotation::PeriodNotation(const Dimension& time, const PeriodHints& hints)
{
    choose_kinds(time, hints);
    choose_labels(time, hints);
}

Period PeriodNotation::read_text(std::string_view text) const
{
    text = trim(text);
    if (const auto code = split(text)) {
        const auto kind = kinds_[static_cast<std::size_t>(code->shape)];
        const auto period = kind ? read_as(*kind, *code) : std::nullopt;
        return period.value_or(Period::from_text(text));
    }
    return read_one_way(text).value_or(Period::from_text(text));
}

Period PeriodNotation::read(const Category& category) const
{
    return read_text(from_ == From::labels ? category.label : category.code);
}

std::vector<std::size_t> time_order(const Dimension& time, const PeriodHints& hints)
{
    const PeriodNotation notation(time, hints);
    std::vector<Period> periods;
    for (const auto& category : time.categories)
        periods.push_back(notation.read(category));
    std::vector<std::size_t> order(periods.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::vector<Period> known;
    std::copy_if(periods.begin(), periods.end(), std::back_inserter(known), is_read);
    if (known.size() == periods.size())
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return periods[a] < periods[b]; });
    else if (known.size() > 1 && std::is_sorted(known.rbegin(), known.rend()))
        std::reverse(order.begin(), order.end());
    else if (!std::is_sorted(known.begin(), known.end()))
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
            return is_read(periods[a]) && (!is_read(periods[b]) || periods[a] < periods[b]);
        });
    return order;
}

} // namespace skurd
