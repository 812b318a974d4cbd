#include "decode/table/cut_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/table_value.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>

namespace skurd {

std::optional<CutFileCheck::Digits> CutFileCheck::digits_of(std::string text) const
{
    text = same_words(std::move(text));
    std::erase(text, ' ');
    text.resize(std::min(text.find_first_not_of(std::string("0123456789-") + decimal_), text.size()));
    text.erase(0, text.starts_with('-') ? 1 : 0);
    const auto sign = text.find(decimal_);
    const auto whole = text.substr(0, sign);
    const auto decimals = sign == std::string::npos ? "" : text.substr(sign + 1);
    if (!all_digits(whole) || (!decimals.empty() && !all_digits(decimals)))
        return std::nullopt;
    return Digits{whole.size(), decimals.size()};
}

void CutFileCheck::note(const TableRow& row)
{
    const auto text = trim_cell(row.fields.back());
    ++rows_;
    fields_ = row.fields.size();
    all_filled_ &= !text.empty();
    if (!word_ || *word_ == text)
        word_ = text;
    else
        word_ = "";
    const auto digits = digits_of(std::string(text));
    if (!digits)
        return;
    ++numbers_;
    decimals_ = std::min(decimals_, digits->decimals);
    same_whole_ &= !whole_ || *whole_ == digits->whole;
    whole_ = digits->whole;
}

void CutFileCheck::check_last(const TableRow& row, const TableSource& source) const
{
    constexpr std::size_t rows_for_texts = 2;
    constexpr std::size_t numbers_for_decimals = 2;
    constexpr std::size_t numbers_for_digits = 3;
    const auto text = trim_cell(row.fields.back());
    const auto refuse = [&](std::string_view what) {
        throw error("{}: '{}' {}{}", source.place(row.line, row.fields.size() - 1, ""), excerpt(text), what, advice);
    };
    if (row.fields.size() < fields_)
        refuse("is the last of fewer fields than the row above has");
    const bool compares_texts = rows_ >= rows_for_texts;
    if (compares_texts && text.empty() && all_filled_)
        refuse("is empty, and no other row has an empty field there");
    if (compares_texts && text.size() < word_->size() && word_->starts_with(text) && !digits_of(*word_))
        refuse("is the beginning of what every other row has there");
    const auto digits = digits_of(std::string(text));
    if (!digits || numbers_ < numbers_for_decimals)
        return;
    if (digits->decimals < decimals_)
        refuse("has fewer decimals than every other number of its column");
    if (numbers_ >= numbers_for_digits && decimals_ == 0 && same_whole_ && digits->whole < *whole_)
        refuse("has fewer digits than every other number of its column");
}

} // namespace skurd
