// How a formula becomes an indicator's values:
//
// The tree is worked out from its leaves: each node becomes a column, period -> computed cell, with the exact number
// (or why there is none), the inputs it came from and its status symbol. A node of several operands has the periods
// that any of them has; where one lacks a number, so does the result, with the kind of absence and the name of the
// first input that lacked it. Nothing is ever treated as zero. `growth`, `previous` and `next` look at neighbours in
// the operand's own periods, so a period exists only if an input states something of it (`is_stated`).
//
// `coalesce` gives each period the cell of its first argument that answers for it, and keeps what the others say
// beside it: two figures of one period are shown, never silently resolved. A number answers, and so do "withdrawn",
// "confidential" and "not applicable"; what is not available, not there yet or not asked for goes on to the next.
//
// Units are checked beside the numbers (quantity.cpp): a clash makes the whole indicator fail with a formula error.
// Numbers are exact fractions until the end, where what is no decimal of eight places is rounded half away from zero.
#include "indicator/calculation.hpp"

#include "base/exact.hpp"
#include "indicator/formula.hpp"
#include "model/meaning_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr int computed_decimals = 8;

/// What a part of a formula gives for one period.
struct Computed {
    std::optional<Exact> number;
    Symbol symbol;
    LocalizedText missing; ///< why there is no number
    std::vector<IndicatorInput> inputs;
    /// Whether an input says something of this very period. Without one, the period is only the neighbour of another.
    bool is_stated = false;
    int definition = 0;       ///< of a number of earlier()
    std::size_t argument = 0; ///< of coalesce(), from 1
    std::string source = {};
    std::vector<Computed> others = {};
};

/// What it gives for all. A number written in the formula has no periods of its own.
struct Column {
    std::string name;
    std::string leaf; ///< the first series or indicator in it: what lacks a number where it has none
    std::optional<Exact> constant;
    std::map<Period, Computed> cells;
};

LocalizedText no_value(const std::string& name, const Period& period, const Symbol& symbol)
{
    const auto meaning = meaning_text(symbol.meaning);
    const auto sign = symbol.text.empty() ? "" : fmt::format(" ({})", symbol.text);
    return {fmt::format("{} {}: {}{}", name, period.text(), meaning.nb, sign),
            fmt::format("{} {}: {}{}", name, period.text(), meaning.en, sign)};
}

Computed cell_at(const Column& column, const Period& period)
{
    if (column.constant)
        return {column.constant, {}, {}, {}};
    const auto found = column.cells.find(period);
    return found == column.cells.end() ? Computed{std::nullopt, {}, no_value(column.leaf, period, {}), {}}
                                       : found->second;
}

/// What an indicator's value is in a formula, without its inputs.
Computed cell_of(const std::string& name, const Period& period, const IndicatorValue& value)
{
    Computed cell;
    cell.is_stated = true;
    cell.symbol = value.value.symbol;
    if (value.value.number)
        cell.number = exact(*value.value.number);
    else
        cell.missing = !value.formula_error.empty() ? value.formula_error
                       : !value.missing.empty()     ? value.missing
                                                    : no_value(name, period, cell.symbol);
    return cell;
}

/// Whether it is the answer for its period, or another source may know more.
bool answers(const Computed& cell)
{
    switch (cell.symbol.meaning) {
    case Meaning::withdrawn:
    case Meaning::confidential:
    case Meaning::suppressed:
    case Meaning::not_applicable:
        return true;
    default:
        return cell.number.has_value();
    }
}

/// What two numbers and more make of their inputs and marks; without a number where one of them has none.
Computed together(const std::vector<Computed>& operands)
{
    Computed found;
    for (const auto& operand : operands) {
        found.inputs.insert(found.inputs.end(), operand.inputs.begin(), operand.inputs.end());
        found.is_stated = found.is_stated || operand.is_stated;
        if (!operand.number && found.missing.empty()) {
            found.missing = operand.missing;
            found.symbol = operand.symbol;
        }
    }
    if (!found.missing.empty())
        return found;
    for (const auto& operand : operands)
        if (operand.symbol.meaning == Meaning::provisional)
            found.symbol = operand.symbol;
    return found;
}

LocalizedText division_by_zero(const std::string& name, const Period& period)
{
    return {fmt::format("{} er null for {}: kan ikke dele på den", name, period.text()),
            fmt::format("{} is zero for {}: it cannot be divided by", name, period.text())};
}

class Calculation {
public:
    explicit Calculation(const CalculationInputs& inputs) : inputs_(inputs) {}

    Column column(const Formula& formula)
    {
        using Kind = Formula::Kind;
        switch (formula.kind) {
        case Kind::number:
            return {formula.text(), "", exact(formula.number), {}};
        case Kind::series:
            return one_of(formula);
        case Kind::indicator:
            return indicator_column(formula);
        case Kind::sum:
        case Kind::mean:
            return total(formula);
        case Kind::previous:
            return shifted(formula, 1);
        case Kind::next:
            return shifted(formula, -1);
        case Kind::growth:
            return growth(formula);
        case Kind::deflate:
            return deflated(formula);
        case Kind::coalesce:
            return first_stated(formula);
        case Kind::earlier:
            return earlier_column();
        default:
            return by_period(formula);
        }
    }

    /// What a whole formula cannot be worked out for.
    const LocalizedText& formula_error() const { return formula_error_; }
    const std::map<std::string, Quantity>& units() const { return units_; }

private:
    /// The series of a selector, each a column of its own.
    std::vector<Column> series_of(const Formula& formula)
    {
        std::map<std::int64_t, Column> columns;
        const auto name = formula.selector.text();
        for (const auto& seen : inputs_.series(formula.selector)) {
            auto& column = columns[seen.series];
            if (column.name.empty())
                column.leaf = column.name = columns.size() > 1 ? name + ": " + seen.label : name;
            units_.emplace(name, quantity_of(seen.unit));
            auto& cell = column.cells[seen.period];
            cell.is_stated = true;
            cell.symbol = seen.value.symbol;
            if (seen.value.number)
                cell.number = exact(*seen.value.number);
            else
                cell.missing = no_value(column.name, seen.period, seen.value.symbol);
            cell.inputs.push_back({column.name, seen.dataset, seen.series, seen.period, seen.value, seen.vintage,
                                   seen.published_at, 0, 0, seen.correction, seen.confidence});
        }
        std::vector<Column> found;
        found.reserve(columns.size());
        for (auto& [series, column] : columns)
            found.push_back(std::move(column));
        return found;
    }

    Column one_of(const Formula& formula)
    {
        auto columns = series_of(formula);
        const auto name = formula.selector.text();
        if (columns.size() > 1 && formula_error_.empty())
            formula_error_ = {
                fmt::format("formelen gjelder flere serier av {}: la den nevne én, eller sum(…)", name),
                fmt::format("the formula means several series of {}: make it name one, or sum(…)", name)};
        return columns.empty() ? Column{name, name, std::nullopt, {}} : std::move(columns.front());
    }

    Column indicator_column(const Formula& formula)
    {
        Column found{formula.text(), formula.text(), std::nullopt, {}};
        for (const auto& [period, value] : inputs_.indicator(formula.indicator)) {
            auto cell = cell_of(found.name, period, value);
            cell.inputs.push_back({found.name, "", 0, period, value.value, value.vintage, value.published_at,
                                   formula.indicator, value.definition, value.correction, value.confidence});
            for (auto input : value.inputs) {
                input.indicator = formula.indicator;
                input.definition = value.definition;
                cell.inputs.push_back(std::move(input));
            }
            found.cells.emplace(period, std::move(cell));
        }
        return found;
    }

    Column earlier_column()
    {
        const auto& definition = *inputs_.earlier_definition;
        const auto name = definition.formula.text();
        const auto* series = definition.formula.plain();
        Column found{name, name, std::nullopt, {}};
        for (auto& [period, value] : inputs_.earlier()) {
            if (formula_error_.empty())
                formula_error_ = value.formula_error;
            auto cell = cell_of(name, period, value);
            cell.definition = value.definition;
            cell.inputs = std::move(value.inputs);
            if (cell.inputs.empty())
                cell.inputs.push_back({name, series ? series->dataset : "", 0, period, value.value, value.vintage,
                                       value.published_at, 0, 0, value.correction, value.confidence});
            found.cells.emplace(period, std::move(cell));
        }
        return found;
    }

    Column first_stated(const Formula& formula)
    {
        auto columns = columns_of(formula, false);
        std::map<Period, std::vector<Computed>> stated;
        for (std::size_t i = 0; i < columns.size(); ++i)
            for (auto& [period, cell] : columns[i].cells)
                if (cell.is_stated) {
                    cell.argument = i + 1;
                    cell.source = columns[i].name;
                    stated[period].push_back(std::move(cell));
                }
        Column found{formula.text(), columns.front().leaf, std::nullopt, {}};
        for (auto& [period, cells] : stated) {
            auto first = std::find_if(cells.begin(), cells.end(), answers);
            if (first == cells.end())
                first = cells.begin();
            auto chosen = std::move(*first);
            cells.erase(first);
            chosen.others = std::move(cells);
            found.cells.emplace(period, std::move(chosen));
        }
        return found;
    }

    /// The columns of the arguments; of sum and mean a selector's series each.
    std::vector<Column> columns_of(const Formula& formula, bool several)
    {
        std::vector<Column> columns;
        for (const auto& operand : formula.operands) {
            if (!several || operand.kind != Formula::Kind::series) {
                columns.push_back(column(operand));
                continue;
            }
            auto each = series_of(operand);
            if (each.empty())
                columns.push_back({operand.selector.text(), operand.selector.text(), std::nullopt, {}});
            columns.insert(columns.end(), std::make_move_iterator(each.begin()), std::make_move_iterator(each.end()));
        }
        return columns;
    }

    template <typename Work>
    static Column for_each_period(std::string name, const std::vector<Column>& columns, Work work)
    {
        Column found{std::move(name), "", std::nullopt, {}};
        for (const auto& column : columns)
            if (found.leaf.empty())
                found.leaf = column.leaf;
        std::set<Period> periods;
        for (const auto& column : columns)
            for (const auto& [period, cell] : column.cells)
                periods.insert(period);
        if (std::all_of(columns.begin(), columns.end(), [](const auto& c) { return c.constant.has_value(); }))
            periods.insert(Period());
        for (const auto& period : periods) {
            std::vector<Computed> operands;
            operands.reserve(columns.size());
            for (const auto& column : columns)
                operands.push_back(cell_at(column, period));
            auto cell = together(operands);
            if (cell.missing.empty())
                work(cell, operands, period);
            if (period == Period() && cell.number)
                found.constant = std::move(cell.number); // of numbers alone
            else
                found.cells.emplace(period, std::move(cell));
        }
        return found;
    }

    Column total(const Formula& formula)
    {
        const auto columns = columns_of(formula, true);
        const bool is_mean = formula.kind == Formula::Kind::mean;
        return for_each_period(formula.text(), columns, [&](Computed& cell, const auto& operands, const Period&) {
            Exact sum = 0;
            for (const auto& operand : operands)
                sum += *operand.number;
            cell.number = is_mean ? Exact(sum / operands.size()) : sum;
        });
    }

    Column by_period(const Formula& formula)
    {
        const auto columns = columns_of(formula, false);
        return for_each_period(
            formula.text(), columns, [&](Computed& cell, const auto& operands, const Period& period) {
                const auto& first = *operands.front().number;
                const auto& last = *operands.back().number;
                const bool divides = formula.kind == Formula::Kind::divide || formula.kind == Formula::Kind::share;
                if (divides && last == 0)
                    cell.missing = division_by_zero(columns.back().name, period);
                else
                    cell.number = combined(formula.kind, first, last);
            });
    }

    static Exact combined(Formula::Kind kind, const Exact& a, const Exact& b)
    {
        switch (kind) {
        case Formula::Kind::negate:
            return -a;
        case Formula::Kind::add:
            return a + b;
        case Formula::Kind::subtract:
            return a - b;
        case Formula::Kind::multiply:
            return a * b;
        case Formula::Kind::share:
            return 100 * a / b;
        default:
            return a / b;
        }
    }

    /// What was said of one period is said of the period that many steps later.
    Column shifted(const Formula& formula, int steps)
    {
        auto operand = column(formula.operands.front());
        Column found{formula.text(), formula.text(), operand.constant, {}};
        for (auto& [period, cell] : operand.cells)
            if (const auto to = period.shifted(steps)) {
                cell.is_stated = false;
                found.cells.emplace(*to, std::move(cell));
            }
        return found;
    }

    Column growth(const Formula& formula)
    {
        const auto now = column(formula.operands.front());
        Column before{"previous(" + now.name + ")", "previous(" + now.name + ")", now.constant, {}};
        for (const auto& [period, cell] : now.cells)
            if (const auto to = period.shifted(1); to && now.cells.contains(*to))
                before.cells.emplace(*to, cell);
        return for_each_period(formula.text(), {now, before},
                               [&](Computed& cell, const auto& operands, const Period& period) {
                                   const auto& old_number = *operands[1].number;
                                   if (old_number <= 0)
                                       cell.missing = division_by_zero(before.name, period);
                                   else
                                       cell.number = 100 * *operands[0].number / old_number - 100;
                               });
    }

    Column deflated(const Formula& formula)
    {
        const auto amount = column(formula.operands[0]);
        const auto index = column(formula.operands[1]);
        const auto base_period = Period::year(formula.base_year);
        Column base{index.name, index.leaf, std::nullopt, {}};
        Column index_then{index.name, index.leaf, std::nullopt, {}};
        for (const auto& [period, cell] : amount.cells) {
            base.cells.emplace(period, cell_at(index, base_period));
            index_then.cells.emplace(period, cell_at(index, period));
        }
        return for_each_period(formula.text(), {amount, base, index_then},
                               [&](Computed& cell, const auto& operands, const Period& period) {
                                   if (*operands[2].number == 0)
                                       cell.missing = division_by_zero(index.name, period);
                                   else
                                       cell.number = *operands[0].number * *operands[1].number / *operands[2].number;
                               });
    }

    const CalculationInputs& inputs_;
    LocalizedText formula_error_;
    std::map<std::string, Quantity> units_;
};

/// As it is where it is a decimal of few places, else rounded. Nothing where it fits no Decimal.
std::optional<Decimal> as_decimal(const Exact& number, std::optional<int> decimals)
{
    if (decimals)
        return rounded(number, *decimals);
    for (int places = computed_decimals; places >= 0; --places)
        if (const auto found = rounded(number, places))
            return found->normalised();
    return std::nullopt;
}

/// The number of one series, with the decimals it was stated with; what is worked out as it comes.
std::optional<Decimal> number_of(const Computed& cell)
{
    if (cell.argument != 0 && cell.inputs.size() == 1) {
        const auto& stated = cell.inputs.front().value.number;
        if (stated && exact(*stated) == *cell.number)
            return stated;
    }
    return as_decimal(*cell.number, {});
}

IndicatorValue value_of(Computed&& cell, std::optional<int> decimals)
{
    IndicatorValue value;
    value.value.symbol = std::move(cell.symbol);
    value.missing = std::move(cell.missing);
    if (cell.number) {
        value.value.number = decimals ? as_decimal(*cell.number, decimals) : number_of(cell);
        if (!value.value.number)
            value.missing = {"resultatet er for stort", "the result is too large"};
    }
    for (const auto& input : cell.inputs) {
        if (std::pair(input.published_at, input.vintage) > std::pair(value.published_at, value.vintage)) {
            value.published_at = input.published_at;
            value.confidence = input.confidence;
            value.vintage = input.vintage;
        }
        if (input.correction)
            value.correction = input.correction;
    }
    value.inputs = std::move(cell.inputs);
    value.definition = cell.definition;
    value.argument = cell.argument;
    value.source = std::move(cell.source);
    for (auto& other : cell.others)
        value.others.push_back(value_of(std::move(other), decimals));
    return value;
}

} // namespace

IndicatorValues calculate(const Formula& formula, const CalculationInputs& inputs, const Quantity& wanted,
                          std::optional<int> decimals)
{
    Calculation calculation(inputs);
    auto column = calculation.column(formula);
    auto formula_error = calculation.formula_error();
    if (formula_error.empty()) {
        const auto clash = unit_clash(
            formula,
            [&](const Formula& leaf) {
                if (leaf.kind == Formula::Kind::indicator)
                    return inputs.quantity(leaf.indicator);
                if (leaf.kind == Formula::Kind::earlier)
                    return quantity_of(*inputs.earlier_definition);
                const auto found = calculation.units().find(leaf.selector.text());
                return found == calculation.units().end() ? Quantity{} : found->second;
            },
            wanted);
        if (clash) {
            const auto text = formula.text();
            formula_error = {fmt::format("{}: {}", text, clash->words.nb),
                             fmt::format("{}: {}", text, clash->words.en)};
        }
    }
    IndicatorValues values;
    for (auto& [period, cell] : column.cells) {
        if (!cell.is_stated)
            continue;
        auto value = value_of(std::move(cell), decimals);
        if (!formula_error.empty()) {
            value.value = {};
            value.formula_error = formula_error;
        }
        values.emplace(period, std::move(value));
    }
    return values;
}

} // namespace skurd
