#include "base/number_text.hpp"

namespace skurd {

namespace {

constexpr std::string_view minus = "\u2212";
constexpr std::string_view no_break_space = "\u00a0";

} // namespace

std::string number_text(const Decimal& number, Language language)
{
    const auto plain = number.text();
    const std::string_view digits = std::string_view(plain).substr(number.is_negative() ? 1 : 0);
    const auto whole = digits.substr(0, digits.find('.'));
    std::string text(number.is_negative() ? minus : "");
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && whole.size() > 4 && (whole.size() - i) % 3 == 0)
            text += language == Language::nb ? no_break_space : ",";
        text += whole[i];
    }
    if (whole.size() < digits.size())
        text += (language == Language::nb ? "," : ".") + std::string(digits.substr(whole.size() + 1));
    return text;
}

std::string signed_text(const Decimal& number, Language language)
{
    const auto text = number_text(number, language);
    return number.is_negative() || number.is_zero() ? text : "+" + text;
}

} // namespace skurd
