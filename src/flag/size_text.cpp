#include "flag/size_text.hpp"

#include "base/exact.hpp"
#include "base/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::string number_or_none(const std::optional<Decimal>& number, Language language)
{
    if (number)
        return number_text(*number, language);
    return language == Language::en ? "no value" : "ingen verdi";
}

std::string moved_by(IndicatorKind kind, const Decimal& before, const Decimal& now, Language language)
{
    const bool en = language == Language::en;
    const Exact moved = exact(now) - exact(before);
    const auto difference = rounded(moved, std::max(before.scale(), now.scale()));
    if (!difference)
        return "";
    auto text = signed_text(*difference, language);
    if (kind == IndicatorKind::share)
        return fmt::format(" ({} {})", text, en ? "percentage points" : "prosentpoeng");
    const auto percent = before.is_zero() ? std::nullopt : rounded(moved * 100 / abs(exact(before)), 1);
    if (percent)
        text += fmt::format(", {}{}", signed_text(*percent, language), en ? "%" : "\u00a0%");
    return fmt::format(" ({})", text);
}

} // namespace

LocalizedText size_text(IndicatorKind kind, const std::string& period, const std::optional<Decimal>& before,
                        const std::optional<Decimal>& now)
{
    if (before == now)
        return {};
    const auto in = [&](Language language, const char* form) {
        const auto size = before && now ? moved_by(kind, *before, *now, language) : "";
        return fmt::format(fmt::runtime(form), period, number_or_none(before, language),
                           number_or_none(now, language), size);
    };
    return {in(Language::nb, "{} går fra {} til {}{}"), in(Language::en, "{} goes from {} to {}{}")};
}

int unit_factor(const Decimal& before, const Decimal& now)
{
    if (before.is_zero() || now.is_zero() || before.is_negative() != now.is_negative())
        return 0;
    const Exact ratio = exact(now) / exact(before);
    for (int factor = 10; factor <= 1000; factor *= 10) {
        const auto is_near = [&](const Exact& times) {
            return times * 5 >= Exact(factor) * 4 && times * 4 <= Exact(factor) * 5;
        };
        if (is_near(ratio))
            return factor;
        if (is_near(1 / ratio))
            return -factor;
    }
    return 0;
}

} // namespace skurd
