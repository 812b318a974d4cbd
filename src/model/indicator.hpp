#pragma once

#include "base/clock.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <map>
#include <string>
#include <vector>

namespace skurd {

/// A text in both languages.
struct Words {
    std::string nb;
    std::string en;
};

/// How much a value must move to count; the default stands in indicator/rule.hpp and nowhere else.
struct Thresholds {
    Decimal share_points; ///< percentage points, for shares
    Decimal percent;      ///< for every other kind
};

/// What an indicator means from some publication day on. Two definitions are not comparable unless the catalogue says
/// so with a reason. A definition sees only vintages published in [from, next definition's from), and those of the
/// definitions before it where it keeps earlier values.
struct Definition {
    int id = 0; ///< 1, 2, … in time
    Time from{};
    Selector formula;
    std::optional<IndicatorKind> kind; ///< where it is another than the indicator's: a share that became a score
    std::string unit;
    std::string price_base; ///< "2018": kroner of that year; "" where prices do not matter
    bool comparable_with_previous = false;
    bool keeps_earlier_values = false; ///< what the previous definition saw still stands; needs the same formula
    Words reason;                      ///< why (not) comparable with the previous definition; empty for the first
    std::vector<Period> breaks;        ///< values from these periods on do not compare with earlier ones
    Words break_reason;
};

struct Indicator {
    int number = 0; ///< today's number; older numbers are in the sets
    Words label;
    std::string part; ///< "overall input", "societal effects", "goal 1" … "goal 5"
    std::string type; ///< input, activity, result, effect
    IndicatorKind kind = IndicatorKind::number;
    std::string unit;
    Direction direction = Direction::up;
    Period baseline;
    std::string source;
    std::optional<Decimal> target;        ///< of a ratio: met when the value is greater
    std::optional<Thresholds> thresholds; ///< nothing = the default
    std::vector<Definition> definitions;  ///< at least one, ascending in `from`

    const Definition& definition_at(std::optional<Time> published) const; ///< the one in force then; nothing = now
};

/// A number in an older report that later became part of another indicator.
struct MergedNumber {
    int number = 0; ///< in that report
    int into = 0;   ///< today's indicator
    Words label;
    Selector formula;
};

/// The indicators of one report, with its numbering and tables.
struct IndicatorSet {
    int number = 0;
    Words title;
    Words note;       ///< what a reader of the set should know; mostly empty
    Time published{}; ///< 0 where the day is not known
    Period baseline;
    std::vector<int> members;   ///< today's numbers, ascending
    std::map<int, int> numbers; ///< today's number -> its number in this report, where different
    std::vector<MergedNumber> merged;
    std::map<std::string, std::string> tables; ///< part -> table number
};

struct Catalogue {
    std::vector<Indicator> indicators;  ///< ascending in number
    std::vector<IndicatorSet> sets;     ///< ascending in number
    std::map<std::string, Words> parts; ///< part -> heading
    std::string hash; ///< SHA-256 of the files it was read from: which catalogue a verdict was made with

    const Indicator* find(int number) const;   ///< nullptr when there is none
    const IndicatorSet* set(int number) const; ///< nullptr when there is none
};

/// One value of an indicator with where it comes from.
struct IndicatorValue {
    Value value;
    int definition = 0;
    std::int64_t vintage = 0;
    Time published_at{};
    Words trouble = {}; ///< why no number could be made though the source has one; mostly empty
    std::shared_ptr<const Correction> correction = {}; ///< of the number it is made from; shared as in Observation
};
using IndicatorValues = std::map<Period, IndicatorValue>;

/// A status report: the tables of a set at a period, everything a rendering needs.
struct StatusReport {
    struct Row {
        const Indicator* indicator = nullptr; ///< in the catalogue the report was made from, which must outlive it
        const MergedNumber* merged = nullptr; ///< the row is of this number, now part of the indicator; mostly none
        int number = 0;                       ///< in this set
        std::string table;
        std::vector<std::optional<Decimal>> values;                 ///< one for each period of the report
        std::vector<Symbol> symbols;                                ///< beside them
        std::vector<std::shared_ptr<const Correction>> corrections; ///< beside them, mostly none
        std::vector<Verdict> changes;                               ///< the change columns, the same for every row
        /// Beside them: the changes with one decimal, rounded from the exact values and not from Verdict::change.
        std::vector<std::optional<Decimal>> shown_changes;
        Words trouble; ///< why no value could be made, for a note; mostly empty

        const Words& label() const { return merged ? merged->label : indicator->label; }
    };
    const IndicatorSet* set = nullptr; ///< in the same catalogue
    Period period;
    std::optional<Time> as_of;
    std::vector<Period> periods; ///< value columns, ascending
    std::vector<Row> rows;       ///< by table, then number
};

} // namespace skurd
