#include "decode/table/table_value.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view narrow_space = "\u202f";
constexpr std::string_view thin_space = "\u2009";

/// Longest first: "%" is the beginning of "%-poeng".
constexpr std::string_view units[] = {"%-poeng", "%"};
constexpr std::string_view minus_signs[] = {"-", "\u2212", "\u2013"};

std::string_view take_unit(std::string_view& text)
{
    for (const auto unit : units)
        if (text.ends_with(unit)) {
            text.remove_suffix(unit.size());
            text = trim_cell(text);
            return unit;
        }
    return "";
}

bool take_minus(std::string_view& text)
{
    for (const auto sign : minus_signs)
        if (text.starts_with(sign)) {
            text.remove_prefix(sign.size());
            return true;
        }
    if (text.starts_with('+'))
        text.remove_prefix(1);
    return false;
}

/// The digits of a whole number, without thousands separators; "" when it is not one.
std::string whole_digits(std::string_view text, const std::vector<std::string>& thousands)
{
    const auto first = std::min(text.find_first_not_of("0123456789"), text.size());
    if (first == text.size())
        return std::string(text);
    const auto separator = std::find_if(thousands.begin(), thousands.end(),
                                        [&](const auto& s) { return text.substr(first).starts_with(s); });
    if (separator == thousands.end() || first == 0 || first > 3)
        return "";
    std::string digits(text.substr(0, first));
    for (text.remove_prefix(first); !text.empty(); text.remove_prefix(3)) {
        if (!text.starts_with(*separator))
            return "";
        text.remove_prefix(separator->size());
        if (text.size() < 3 || !all_digits(text.substr(0, 3)))
            return "";
        digits += text.substr(0, 3);
    }
    return digits;
}

std::optional<Decimal> read_number(std::string_view text, const TableLayout& layout)
{
    const bool negative = take_minus(text);
    const auto point = text.find(layout.decimal);
    const auto whole = whole_digits(text.substr(0, point), layout.thousands);
    if (point == std::string_view::npos)
        return all_digits(whole) ? Decimal::parse((negative ? "-" : "") + whole) : std::nullopt;
    const auto decimals = text.substr(point + 1);
    if (!all_digits(decimals) || (whole.empty() && point != 0))
        return std::nullopt;
    return Decimal::parse(fmt::format("{}{}.{}", negative ? "-" : "", whole.empty() ? "0" : whole, decimals));
}

std::string separator_names(const std::vector<std::string>& thousands)
{
    std::vector<std::string> names;
    for (const auto& separator : thousands)
        if (const auto word = trim_cell(separator).empty() ? std::string("space") : "'" + separator + "'";
            std::find(names.begin(), names.end(), word) == names.end())
            names.push_back(word);
    return names.empty() ? "none" : join(names, ", ");
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

ValueReader::ValueReader(const TableLayout& layout) : layout_(layout)
{
    for (const auto& [pattern, symbol] : layout.notes)
        notes_.emplace_back(Pattern(pattern), symbol);
}

TableValue ValueReader::read(std::string_view cell) const
{
    const auto text = trim_cell(cell);
    if (std::find(layout_.missing.begin(), layout_.missing.end(), text) != layout_.missing.end())
        return MarkValue{std::string(text)};
    if (text.empty())
        return EmptyValue{};
    auto digits = text;
    const auto unit = take_unit(digits);
    if (const auto number = read_number(digits, layout_))
        return NumberValue{*number, std::string(unit)};
    for (const auto& [pattern, symbol] : notes_)
        if (pattern.matches(text))
            return MarkValue{symbol};
    throw error("'{}' is not a number (decimal sign '{}', thousands: {}) and not one of the missing marks{}",
                excerpt(text), layout_.decimal, separator_names(layout_.thousands),
                layout_.missing.empty() ? "" : ": " + join(layout_.missing, " "));
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

} // namespace skurd
