#include "decode/table/table_value.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace skurd {

namespace {

constexpr std::string_view narrow_space = "\u202f";
constexpr std::string_view thin_space = "\u2009";

std::string separator_names(const std::vector<std::string>& thousands)
{
    std::vector<std::string> names;
    for (const auto& separator : thousands)
        if (const auto word = trim_cell(separator).empty() ? std::string("space") : "'" + separator + "'";
            std::find(names.begin(), names.end(), word) == names.end())
            names.push_back(word);
    return names.empty() ? "none" : join(names, ", ");
}

std::string flag_names(const std::vector<TableFlag>& flags)
{
    std::vector<std::string> names;
    names.reserve(flags.size());
    for (const auto& flag : flags)
        names.push_back("'" + flag.text + "'");
    return names.empty() ? "" : "; flags: " + join(names, " ");
}

/// Of several flags at a number the one that says it is not final counts, else the first.
ValueSymbol symbol_of_number(const std::vector<const TableFlag*>& flags)
{
    ValueSymbol symbol;
    const TableFlag* counts = nullptr;
    for (const auto* flag : flags) {
        if (flag->meaning == Meaning::none)
            continue;
        symbol.text += flag->text;
        if (!counts || (flag->meaning == Meaning::provisional && counts->meaning != Meaning::provisional))
            counts = flag;
    }
    symbol.means = counts ? counts->text : "";
    return symbol;
}

/// A flag at a missing mark says why the value is missing, unless it is one for numbers.
ValueSymbol symbol_of_mark(const std::string& mark, const std::vector<const TableFlag*>& flags)
{
    ValueSymbol symbol{mark, mark};
    for (const auto* flag : flags) {
        if (flag->meaning == Meaning::none)
            continue;
        symbol.text += (symbol.text == mark && !mark.empty() ? " " : "") + flag->text;
        const bool is_reason = !qualifies_number(flag->meaning) && flag->meaning != Meaning::unknown;
        if (symbol.means.empty() || (is_reason && symbol.means == mark))
            symbol.means = flag->text;
    }
    return symbol;
}

} // namespace

std::string_view trim_cell(std::string_view text)
{
    for (;;) {
        text = trim(text);
        if (text.starts_with(narrow_space) || text.starts_with(thin_space))
            text.remove_prefix(narrow_space.size());
        else if (text.ends_with(narrow_space) || text.ends_with(thin_space))
            text.remove_suffix(narrow_space.size());
        else
            return text;
    }
}

/// More flags at one number are none: the rest is then no number.
constexpr std::size_t flags_max = 8;

ValueReader::ValueReader(const TableLayout& layout) : layout_(layout), units_(layout.units)
{
    units_.insert(units_.end(), {"%-poeng", "%"});
    std::stable_sort(units_.begin(), units_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const auto& [pattern, symbol] : layout.notes)
        notes_.emplace_back(Pattern(pattern), symbol);
}

bool ValueReader::is_missing(std::string_view text) const
{
    return std::find(layout_.missing.begin(), layout_.missing.end(), text) != layout_.missing.end();
}

/// A flag that begins as a number may, such as "1)", needs a space before it: "12,51)" could be either.
void ValueReader::take_flags(std::string_view& text, Flags& flags) const
{
    for (bool taken = true; taken && flags.size() < flags_max;) {
        taken = false;
        for (const auto& flag : layout_.flags) {
            if (flag.text == TableFlag::around || !text.ends_with(flag.text))
                continue;
            const auto rest = text.substr(0, text.size() - flag.text.size());
            const bool needs_space = std::string_view("0123456789.,-+%").find(flag.text.front()) != std::string::npos;
            if (needs_space && trim_cell(rest).size() == rest.size())
                continue;
            text = trim_cell(rest);
            flags.insert(flags.begin(), &flag);
            taken = true;
            break;
        }
    }
}

std::string ValueReader::take_unit(std::string_view& text) const
{
    for (const auto& unit : units_) {
        const bool behind = text.ends_with(unit);
        if (!behind && !(text.starts_with(unit) && unit.find('%') == std::string::npos))
            continue;
        text = trim_cell(behind ? text.substr(0, text.size() - unit.size()) : text.substr(unit.size()));
        return unit;
    }
    return "";
}

/// Takes off parentheses and a minus behind, where the layout says what they are; whether the number is negative.
bool ValueReader::take_negative(std::string_view& text, Flags& flags) const
{
    const auto is_way = [&](Negative way) {
        return std::find(layout_.negatives.begin(), layout_.negatives.end(), way) != layout_.negatives.end();
    };
    if (text.size() > 2 && text.starts_with('(') && text.ends_with(')')) {
        const auto flag = std::find_if(layout_.flags.begin(), layout_.flags.end(),
                                       [](const auto& f) { return f.text == TableFlag::around; });
        if (flag == layout_.flags.end() && !is_way(Negative::parentheses))
            return false;
        text = trim_cell(text.substr(1, text.size() - 2));
        if (flag == layout_.flags.end())
            return true;
        flags.insert(flags.begin(), &*flag);
        return false;
    }
    if (text.size() > 1 && text.ends_with('-') && is_way(Negative::minus_behind)) {
        text = trim_cell(text.substr(0, text.size() - 1));
        return true;
    }
    return false;
}

std::optional<TableValue> ValueReader::read_flagged(std::string_view text) const
{
    Flags flags;
    take_flags(text, flags);
    if (!flags.empty() && is_missing(text))
        return MarkValue{symbol_of_mark(std::string(text), flags)};
    auto unit = take_unit(text);
    take_flags(text, flags);
    const bool negative = take_negative(text, flags);
    if (unit.empty())
        unit = take_unit(text);
    auto read = read_written_number(text, layout_);
    if (!read || (negative && !std::isdigit(static_cast<unsigned char>(text.front())))) // "(-3)" is what?
        return std::nullopt;
    if (negative)
        read->number = Decimal(-read->number.mantissa(), read->number.scale());
    return NumberValue{read->number, std::move(unit), symbol_of_number(flags), read->evidence};
}

TableValue ValueReader::read(std::string_view cell) const
{
    const auto text = trim_cell(cell);
    if (is_missing(text))
        return MarkValue{{std::string(text), std::string(text)}};
    if (text.empty())
        return EmptyValue{};
    if (auto value = read_flagged(text))
        return std::move(*value);
    for (const auto& [pattern, symbol] : notes_)
        if (pattern.matches(text))
            return MarkValue{{symbol, symbol}};
    throw error("'{}' is not a number (decimal sign '{}', thousands: {}) and not one of the missing marks{}{}",
                excerpt(text), layout_.decimal, separator_names(layout_.thousands),
                layout_.missing.empty() ? "" : ": " + join(layout_.missing, " "), flag_names(layout_.flags));
}

TableValue ValueReader::read(const TableRow& row, std::size_t column) const
{
    const auto& text = row.fields[column];
    switch (row.kind(column)) {
    case CellType::Kind::text:
        return read(text);
    case CellType::Kind::number:
        return NumberValue{row.types[column].number, ""};
    case CellType::Kind::percent:
        return read_percent(row.types[column].number);
    case CellType::Kind::date:
        throw error("'{}' is a date, not a number", excerpt(text));
    case CellType::Kind::time:
        throw error("'{}' is a time or a duration, not a number: give the cells a plain number format, with the "
                    "unit that is meant",
                    excerpt(text));
    case CellType::Kind::not_computed:
        throw error("{}", not_computed_text);
    case CellType::Kind::covered:
    case CellType::Kind::covered_above:
        break;
    }
    if (text.empty())
        return EmptyValue{};
    throw error("this cell is part of a merged one with '{}' in it: which value is whose?", excerpt(text));
}

TableValue ValueReader::read_percent(const Decimal& fraction) const
{
    if (layout_.percent == TableLayout::Percent::fraction)
        return NumberValue{fraction, ""};
    const auto shifted = fraction.scale() >= 2 ? std::optional(Decimal(fraction.mantissa(), fraction.scale() - 2))
                                               : Decimal::parse(fraction.text() + "e2");
    if (layout_.percent == TableLayout::Percent::refuse || !shifted)
        throw error("the fraction {} is shown as percent: the layout's key 'percent' must say which of them is meant",
                    fraction.text());
    return NumberValue{*shifted, "%"};
}

TableValue ValueReader::with_status(TableValue value, std::string_view status) const
{
    status = trim_cell(status);
    if (status.empty())
        return value;
    Flags flags;
    auto rest = status;
    take_flags(rest, flags);
    const TableFlag as_written{std::string(status), is_missing(status) ? Meaning::not_available : Meaning::unknown};
    if (!rest.empty()) // a mark of [layout.missing], or what nobody listed
        flags = {&as_written};
    if (auto* number = std::get_if<NumberValue>(&value)) {
        const auto symbol = symbol_of_number(flags);
        if (number->symbol.text.empty())
            number->symbol = symbol;
        else
            number->symbol.text += symbol.text;
        return value;
    }
    const auto* mark = std::get_if<MarkValue>(&value);
    const auto symbol = symbol_of_mark(mark ? mark->symbol.text : "", flags);
    return symbol.text.empty() ? value : MarkValue{symbol};
}

} // namespace skurd
