#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "model/formula.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// How much a value must move to count; the default stands in indicator/rule.hpp and nowhere else.
struct Thresholds {
    Decimal share_points; ///< percentage points, for shares
    Decimal percent;      ///< for every other kind
};

/// What made a definition another than the one before it; how the difference between two reports is named.
enum class DefinitionChange {
    none,
    method,
    question,
    wording,
    population,
    unit,
    weights,
    period,
    price_base,
    merged,
    source, ///< the figures go on from another source
};
template <>
inline constexpr auto enum_words<DefinitionChange> = word_table<DefinitionChange>({
    {DefinitionChange::none, ""},
    {DefinitionChange::method, "method"},
    {DefinitionChange::question, "question"},
    {DefinitionChange::wording, "wording"},
    {DefinitionChange::population, "population"},
    {DefinitionChange::unit, "unit"},
    {DefinitionChange::weights, "weights"},
    {DefinitionChange::period, "period"},
    {DefinitionChange::price_base, "price base"},
    {DefinitionChange::merged, "merged"},
    {DefinitionChange::source, "source"},
});

/// What an indicator is judged on.
enum class JudgedOn {
    change,  ///< how much a value moved
    level,   ///< whether each value is above the target; its changes are not judged
    nothing, ///< its values are shown, no more
};
template <>
inline constexpr auto enum_words<JudgedOn> = word_table<JudgedOn>({
    {JudgedOn::change, "change"},
    {JudgedOn::level, "level"},
    {JudgedOn::nothing, "nothing"},
});

/// From `first_after` on, values do not compare with earlier ones; or do, though something changed, for a reason that
/// is printed.
struct SeriesBreak {
    Period first_after;
    bool comparable = false;
    LocalizedText reason;
};

/// How many people a survey's share was made from, or how many there are to ask: its change then carries a sampling
/// error.
struct PeopleCount {
    std::int64_t each = 0;                       ///< in every period that is not named; 0 = unknown
    std::map<Period, std::int64_t> in_period;    ///< where it is known by period
    std::int64_t in(const Period& period) const; ///< 0 = unknown
};

/// What an indicator means from some publication day on. Two definitions are not comparable unless the catalogue says
/// so with a reason. A definition sees only vintages published in [from, next definition's from), and those of the
/// definitions before it where it keeps earlier values.
struct Definition {
    int id = 0; ///< 1, 2, … in time
    Time from{};
    Confidence from_known = Confidence::day; ///< how well that day is known: day or month
    LocalizedText label;                     ///< what the indicator is called then; empty = as the indicator says
    Formula formula;
    std::optional<IndicatorKind> kind; ///< where it is another than the indicator's: a share that became a score
    std::string unit;
    std::optional<Period> baseline; ///< where it is another than the indicator's
    JudgedOn judged_on = JudgedOn::change;
    std::string price_base;      ///< "2018": kroner of that year; "" where prices do not matter
    std::optional<int> decimals; ///< that a computed value is rounded to
    bool comparable_with_previous = false;
    bool is_spliced = false;           ///< numbers of the formula's sources, in coalesce(), compare with each other
    bool reads_earlier_values = false; ///< also vintages published before `from`; all values are this definition's
    bool keeps_earlier_values = false; ///< what the previous definition saw still stands; needs the same formula
    DefinitionChange change = DefinitionChange::none; ///< from the definition before it; none for the first
    LocalizedText reason;                             ///< why (not) comparable with it; empty for the first
    std::vector<SeriesBreak> breaks;                  ///< ascending
    PeopleCount respondents; ///< of a sample; none of a full count, which has no sampling error
    PeopleCount population;  ///< it was drawn from, where that is known
    std::string where;       ///< "file:line" of its formula, for messages
};

/// Why a figure was published anew, as its publisher said.
struct RevisionReason {
    Period period;
    Time published{}; ///< with the first publication that had the new figure
    LocalizedText reason;
};

/// What an indicator is that a template stands for: the template's measure for one code of a dimension.
struct Expansion {
    int of = 0;          ///< the template's number
    std::string code;    ///< "0301"
    LocalizedText place; ///< its label: "Oslo"
    LocalizedText label; ///< the template's, without the place
    std::string part;    ///< the template's
};

struct Indicator {
    int number = 0;      ///< today's number; older numbers are in the sets
    LocalizedText label; ///< where a definition has none of its own
    std::string part;    ///< of a report, by its id: "goal 1"
    std::string type;    ///< input, activity, result, effect
    IndicatorKind kind = IndicatorKind::number;
    std::string unit;
    Direction direction = Direction::up;
    Period baseline;
    std::string source;
    std::optional<Decimal> target;         ///< of a ratio: met when the value is greater
    std::optional<Thresholds> thresholds;  ///< nothing = the default
    std::vector<Definition> definitions;   ///< at least one, ascending in `from`
    std::vector<RevisionReason> revisions; ///< those whose reason is known
    std::optional<Expansion> expansion{};  ///< where a template stands for it

    /// What it is called, and measured from, under one of its definitions.
    const LocalizedText& label_in(const Definition& definition) const;
    const Period& baseline_in(const Definition& definition) const;
    /// The first of the definitions whose values still stand: the last one, and those before it that are kept. What
    /// the others gave is history. 0 where there is none.
    int first_standing_definition() const;
    const Definition& definition(int id) const; ///< throws std::out_of_range for one it does not have
    const Definition& definition_at(std::optional<Time> published) const; ///< the one in force then; nothing = now
};

/// An indicator that stands for one for each code of a dimension, `for_each`. In its formulas a code `*` is the place
/// of that code. See indicator/expand.hpp.
struct IndicatorTemplate {
    Indicator indicator;
    std::string dimension;
    std::vector<std::string> codes; ///< patterns with * and ? that the codes fit; empty = all
};

/// What a part of the indicators is to the plan.
enum class PartRole { background, goal };
template <>
inline constexpr auto enum_words<PartRole> = word_table<PartRole>({
    {PartRole::background, "background"},
    {PartRole::goal, "goal"},
});

/// A number in an older report that later became part of another indicator.
struct MergedNumber {
    int number = 0; ///< in that report
    int into = 0;   ///< today's indicator
    LocalizedText label;
    Formula formula;
};

/// A number with a suffix: an indicator's figures by a revised definition, printed beside the old ones.
struct RevisedNumber {
    int number = 0;     ///< in that report
    std::string suffix; ///< "rev": the report has 30 and 30rev
    int of = 0;         ///< today's indicator
    LocalizedText label;
    LocalizedText reason; ///< what was revised
    Formula formula;
};

/// An indicator that the report before had and this one has not.
struct RetiredIndicator {
    int indicator = 0; ///< today's number
    LocalizedText reason;
};

/// Whether the figures that a report printed are known here.
enum class SetFigures { known, unknown };

/// Which periods a report has value columns for.
enum class ValueColumns {
    recent, ///< the baseline, and the last three
    every,  ///< each from the baseline on
    newest, ///< one column, the newest number of each with its year: a report of baselines; it has no changes
};

/// What a change column compares.
enum class ChangeColumn {
    before_last,       ///< the last period but two with the last but one
    last,              ///< the last two
    per_year,          ///< the indicator's own baseline with the last, per year
    per_year_from_set, ///< the set's baseline with the last, per year
};
template <>
inline constexpr auto enum_words<ChangeColumn> = word_table<ChangeColumn>({
    {ChangeColumn::before_last, "before last"},
    {ChangeColumn::last, "last"},
    {ChangeColumn::per_year, "per year"},
    {ChangeColumn::per_year_from_set, "per year from the set's baseline"},
});

/// What the evaluation itself wrote of a part, or of the plan, in a report.
struct OwnWords {
    std::string part; ///< "" = the whole plan
    LocalizedText text;
};

/// The indicators of one report, with its numbering and tables.
struct IndicatorSet {
    int number = 0;
    LocalizedText title;
    LocalizedText note;                           ///< what a reader of the set should know; mostly empty
    Time published{};                             ///< 0 where the day is not known
    Confidence published_known = Confidence::day; ///< how well it is: day or month
    SetFigures figures = SetFigures::known;
    Period baseline;
    std::vector<int> members;   ///< today's numbers, ascending
    std::vector<int> templates; ///< whose expansions are members too
    std::map<int, int> numbers; ///< today's number -> its number in this report, where different
    std::vector<MergedNumber> merged;
    std::vector<RevisedNumber> revised;
    std::vector<RetiredIndicator> retired; ///< since the set before; ascending
    ValueColumns values = ValueColumns::recent;
    std::vector<ChangeColumn> changes = {ChangeColumn::before_last, ChangeColumn::last, ChangeColumn::per_year};
    std::vector<OwnWords> own_words;
    std::map<std::string, std::string> tables; ///< part -> table number
    std::string file; ///< that it stands in: the sets of one file are reports that follow one another

    std::optional<int> number_of(int indicator) const; ///< in this report; nothing for one it does not have
    bool shows_newest() const { return values == ValueColumns::newest; }
};

struct Catalogue {
    std::vector<Indicator> indicators;          ///< ascending in number
    std::vector<IndicatorTemplate> templates;   ///< ascending in number; their expansions are among the indicators
    std::vector<IndicatorSet> sets;             ///< ascending in number
    std::map<std::string, LocalizedText> parts; ///< part -> heading; its id where no file gives it one
    std::set<std::string> goals;        ///< parts whose course makes that of the plan; others are its background
    std::optional<Formula> price_index; ///< amounts are shown in another year's prices by it
    std::map<std::string, std::string> files; ///< what it was read from: name without folder -> text
    std::string
        hash; ///< which catalogue a verdict was made with: of the files it was read from, and of the expansions
    std::string files_hash; ///< SHA-256 of those files alone

    const Indicator* find(int number) const;                  ///< nullptr when there is none
    const IndicatorSet* set(int number) const;                ///< nullptr when there is none
    const IndicatorTemplate* find_template(int number) const; ///< nullptr when there is none
};

/// A number that a value was made from.
struct IndicatorInput {
    std::string name; ///< of the series, as a selector; of an indicator "indicator(9)"
    std::string dataset;
    std::int64_t series = 0;
    Period period;
    Value value;
    std::int64_t vintage = 0;
    Time published_at{};
    int indicator = 0;  ///< through which it came; 0 = the formula names the series itself
    int definition = 0; ///< of that indicator
    std::shared_ptr<const Correction> correction = {};
    Confidence confidence = Confidence::stated; ///< of `published_at`
};

/// One value of an indicator with where it comes from.
struct IndicatorValue {
    Value value;
    int definition = 0;
    std::int64_t vintage = 0;         ///< the newest among the inputs'
    Time published_at{};              ///< when the newest input was published
    LocalizedText formula_error = {}; ///< what is wrong with the formula, so that there is no number; mostly empty
    LocalizedText missing = {}; ///< which input of a computed value has no number, and what kind of nothing it is
    std::shared_ptr<const Correction> correction = {}; ///< of a number it is made from; shared as in Observation
    std::vector<IndicatorInput> inputs = {};           ///< empty where the value is the number of one series
    Confidence confidence = Confidence::stated;        ///< of `published_at`
    /// Of coalesce(): which of its arguments said so, from 1, and that argument as a formula.
    std::size_t argument = 0;
    std::string source = {};
    std::vector<IndicatorValue> others = {}; ///< what later arguments say of the same period

    bool is_provisional() const { return value.symbol.meaning == Meaning::provisional; }
    std::vector<std::string> datasets() const; ///< of the inputs, each once
};
using IndicatorValues = std::map<Period, IndicatorValue>;

/// What there is to judge an indicator by as of a day.
struct IndicatorSeries {
    IndicatorValues values;
    std::vector<SeriesBreak> breaks; ///< that sources and people told of; the catalogue's own go before them
    std::map<std::string, std::set<std::int64_t>> series; ///< it is made from: dataset -> ids
};

} // namespace skurd
