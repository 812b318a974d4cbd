#include "decode/table/written_number.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view minus_signs[] = {"-", "\u2212", "\u2013"};
constexpr std::size_t group_size = 3;

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

/// The digits before the decimal sign, without thousands separators; "" when they are no whole number.
std::string whole_digits(std::string_view text, const std::vector<std::string>& thousands)
{
    const auto first = std::min(text.find_first_not_of("0123456789"), text.size());
    if (first == text.size())
        return std::string(text);
    const auto separator = std::find_if(thousands.begin(), thousands.end(),
                                        [&](const auto& s) { return text.substr(first).starts_with(s); });
    if (separator == thousands.end() || first == 0 || first > group_size || text.front() == '0')
        return "";
    std::string digits(text.substr(0, first));
    for (text.remove_prefix(first); !text.empty(); text.remove_prefix(group_size)) {
        if (!text.starts_with(*separator))
            return "";
        text.remove_prefix(separator->size());
        if (text.size() < group_size || !all_digits(text.substr(0, group_size)))
            return "";
        digits += text.substr(0, group_size);
    }
    return digits;
}

/// `whole` is what stands before the decimal sign, `decimals` what stands behind it.
SignEvidence evidence_of(std::string_view whole, std::string_view decimals)
{
    const bool short_whole = whole.size() <= group_size && all_digits(whole);
    if (decimals.empty()) // many group from five digits on: "9876", "12 345"
        return all_digits(whole) && whole.size() <= group_size + 1 ? SignEvidence::none : SignEvidence::decisive;
    const bool could_be_group = short_whole && whole.front() != '0' && decimals.size() == group_size;
    return could_be_group ? SignEvidence::ambiguous : SignEvidence::decisive;
}

std::size_t significant_digits(std::string_view digits)
{
    const auto first = std::min(digits.find_first_not_of('0'), digits.size());
    return digits.size() - first;
}

} // namespace

std::optional<WrittenNumber> read_written_number(std::string_view text, const TableLayout& layout)
{
    const auto whole_text = text;
    const bool negative = take_minus(text);
    const auto point = text.find(layout.decimal);
    const auto before = text.substr(0, point);
    auto whole = whole_digits(before, layout.thousands);
    std::string decimals;
    if (point != std::string_view::npos) {
        decimals = text.substr(point + 1);
        if (!all_digits(decimals) || (whole.empty() && point != 0))
            return std::nullopt;
    } else if (!all_digits(whole)) {
        return std::nullopt;
    }
    if (whole.empty())
        whole = "0";
    const auto number = Decimal::parse((negative ? "-" : "") + whole + (decimals.empty() ? "" : ".") + decimals);
    if (!number)
        throw error("'{}' is a number of {} digits, and 18 can be stored exactly: round it in the file",
                    excerpt(whole_text), significant_digits(whole + decimals));
    return WrittenNumber{*number, evidence_of(before, decimals)};
}

} // namespace skurd
