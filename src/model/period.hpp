#pragma once

#include "base/enum_words.hpp"

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

enum class PeriodKind { year, half_year, tertial, quarter, month, week, school_year, span, other };
template <>
inline constexpr auto enum_words<PeriodKind> = word_table<PeriodKind>({
    {PeriodKind::year, "year"},
    {PeriodKind::half_year, "half-year"},
    {PeriodKind::tertial, "tertial"},
    {PeriodKind::quarter, "quarter"},
    {PeriodKind::month, "month"},
    {PeriodKind::week, "week"},
    {PeriodKind::school_year, "school year"},
    {PeriodKind::span, "span"},
    {PeriodKind::other, "other"},
});

/// What time span an observation is about. A value; ordered by first day, then by last.
///
/// Written canonically as "2016", "2016H1", "2016T3", "2016Q4", "2016M12", "2016W52" (ISO 8601 week),
/// "2016/2017" (school year, 1 August to 31 July) and "2016-2018" (span of whole years). What none of these patterns
/// fits is kept as its own text (`other`) and sorts after everything else, by text.
class Period {
public:
    Period() = default;

    static Period year(int year);

    /// A part of a year, or the school year that begins in it (then the part is not looked at). Nothing where no
    /// year, or not this one, has such a part: month 13, week 53 of a year with 52 (ISO 8601).
    static std::optional<Period> of(PeriodKind kind, int year, int part);

    /// Reads one text alone: the canonical forms and those of the sources: SSB's 2024K2 and 2024U23 (quarter, week),
    /// FHI's 2022_2024 and 2024_2024, files' "2011-12" (school year). The periods of a dataset are read by
    /// PeriodNotation instead, which looks at all of them: "2011-12" may be a month.
    /// Two neighbouring years written with a slash or as "2011-12" are a school year; with a hyphen or underscore
    /// and four digits they are a span. Surrounding space is ignored. Nothing for an empty text only.
    static std::optional<Period> parse(std::string_view text);

    /// Reads text() back, and nothing else: what is no canonical text is that text (`other`), "2011-12" too.
    static Period from_text(std::string_view text);

    PeriodKind kind() const { return kind_; }
    int first_year() const { return from_; }
    std::string text() const; ///< canonical

    /// The period of the same length that many steps later, or earlier: 2016Q4 and 1 is 2017Q1. Nothing for spans of
    /// several years and for periods of no known form.
    std::optional<Period> shifted(int steps) const;

    std::chrono::sys_days first_day() const;
    std::chrono::sys_days last_day() const;

    friend bool operator==(const Period& a, const Period& b) = default;
    friend std::strong_ordering operator<=>(const Period& a, const Period& b);

private:
    Period(PeriodKind kind, int from, int to, int part) : kind_(kind), from_(from), to_(to), part_(part) {}
    static std::optional<Period> parse_part_of_year(std::string_view text);
    static std::optional<Period> parse_years(std::string_view text);

    PeriodKind kind_ = PeriodKind::other;
    int from_ = 0; ///< year
    int to_ = 0;   ///< last year of a span or school year, else the same
    int part_ = 0; ///< which half, tertial, quarter, month or week, from 1
    std::string other_;
};

} // namespace skurd
