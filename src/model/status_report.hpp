#pragma once

#include "base/enum_words.hpp"
#include "model/attribution.hpp"
#include "model/indicator.hpp"
#include "model/report_difference.hpp"

#include <array>

namespace skurd {

/// How many indicators had each outcome in one change column; indexed by Outcome.
using OutcomeCounts = std::array<int, enum_words<Outcome>.size()>;

/// What a change column says of a goal, or of the plan: the evaluation's own rule, applied mechanically.
enum class Course { none, positive, negative, mixed, unchanged };
template <>
inline constexpr auto enum_words<Course> = word_table<Course>({
    {Course::none, "none"},
    {Course::positive, "positive"},
    {Course::negative, "negative"},
    {Course::mixed, "mixed"},
    {Course::unchanged, "unchanged"},
});

/// A change column summed up.
struct RollUp {
    struct Part {
        std::string part;
        OutcomeCounts counts{};
        /// More improved than worsened: positive; the other way: negative; neither, but some unchanged: unchanged.
        Course course = Course::none;
    };
    std::vector<Part> parts; ///< in the order of the tables
    OutcomeCounts counts{};
    Course plan = Course::none; ///< positive if at least one goal is and none is negative
};

/// A dataset that a report's numbers come from.
struct ReportSource {
    std::string dataset;
    std::vector<std::string> publishers; ///< "SSB", "IS-24/8": of the indicators that read it, ascending
    std::int64_t vintage = 0;            ///< the newest one used
    Time published_at{};
    Confidence confidence = Confidence::stated; ///< of that
    std::vector<int> numbers;                   ///< of the set, ascending
};

/// What the store held when a report was made from it.
struct StoreState {
    std::int64_t vintage = 0; ///< the newest one that had been seen at the report's second clock; 0 = not said
    Time harvested_at{};      ///< when it was
    std::int64_t commit = 0;  ///< the newest; 0 = not said
};

/// In which year's prices amounts are shown.
struct ShownPrices {
    int year = 0;
    std::string index; ///< the price index, as a formula
    std::vector<std::int64_t> vintages;
    std::vector<int> as_they_are; ///< numbers of amounts in fixed prices of a year that is not known
};

/// What a change column of a report compares.
struct ReportColumn {
    Comparison comparison = Comparison::previous;
    std::optional<Period> from; ///< nothing = each indicator's own baseline
    Period to;
};

/// A status report: the tables of a set at a period, everything a rendering needs.
struct StatusReport {
    struct Row {
        const Indicator* indicator = nullptr;   ///< in the catalogue the report was made from, which must outlive it
        const MergedNumber* merged = nullptr;   ///< the row is of this number, now part of the indicator; mostly none
        const RevisedNumber* revised = nullptr; ///< the row is of this number; mostly none
        int number = 0;                         ///< in this set
        std::string table;
        const Definition* definition = nullptr; ///< in force on the report's day
        std::vector<IndicatorValue> values;     ///< one for each period of the report
        std::vector<Verdict> changes;           ///< the change columns, the same for every row
        /// Beside them: the changes with one decimal, rounded from the exact values and not from Verdict::change.
        std::vector<std::optional<Decimal>> shown_changes;
        IndicatorValues course; ///< all periods up to the report's, for a chart
        /// That sources and people told of, for the chart; the definition's own go before them.
        std::vector<SeriesBreak> breaks;
        std::vector<std::string> datasets{}; ///< that the numbers shown come from, ascending
        LocalizedText formula_error;         ///< why no value could be made, for a note; mostly empty
        /// Of an indicator that is judged on its level: each value of the report.
        std::vector<Verdict> levels;

        /// Without the place of an expansion: its table is headed so.
        const LocalizedText& label() const
        {
            return merged                 ? merged->label
                   : revised              ? revised->label
                   : indicator->expansion ? indicator->expansion->label
                                          : indicator->label_in(*definition);
        }
        std::string number_text() const { return std::to_string(number) + (revised ? revised->suffix : ""); }
        IndicatorKind kind() const { return definition->kind.value_or(indicator->kind); }
        /// The newest period of `course` with a number; nothing where there is none.
        std::optional<Period> newest() const;
    };
    const IndicatorSet* set = nullptr; ///< in the same catalogue
    Period period;
    std::optional<Time> as_of;
    Thresholds thresholds;             ///< of the change rule, where an indicator has none of its own
    std::optional<Thresholds> what_if; ///< other limits than the catalogue's, tried out
    std::optional<ShownPrices> prices;
    std::vector<Period> periods;       ///< value columns, ascending; none where the set shows the newest numbers
    std::vector<ReportColumn> columns; ///< the change columns
    std::vector<Row> rows;             ///< by table, then number
    std::vector<RollUp> roll_ups;      ///< one for each change column
    std::vector<ReportSource> sources; ///< by dataset
    Attributions attributions{};       ///< of the datasets
    StoreState store{};
    /// How it differs from an earlier report; its name is "" where there is none to compare with.
    LocalizedText compared_with;
    std::vector<ReportDifference> differences;
};

} // namespace skurd
