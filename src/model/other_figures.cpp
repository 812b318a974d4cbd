#include "model/other_figures.hpp"

#include "base/number_text.hpp"

#include <fmt/format.h>

#include <string_view>

namespace skurd {

LocalizedText other_figures(const IndicatorValue& value)
{
    const auto figure = [](const IndicatorValue& one, Language language) {
        return one.value.number ? number_text(*one.value.number, language)
                                : std::string(language == Language::nb ? "ingen verdi" : "no value");
    };
    const auto text = [&](Language language, std::string_view from, std::string_view but, std::string_view in) {
        std::string others;
        for (const auto& other : value.others)
            if (other.value.number && other.value.number != value.value.number)
                others += fmt::format("{} {} {}", others.empty() ? but : ";", figure(other, language), in) + " " +
                          other.source;
        return others.empty() ? others
                              : fmt::format("{} {} {}{}", figure(value, language), from, value.source, others);
    };
    return {text(Language::nb, "fra", ", men", "i"), text(Language::en, "from", ", but", "in")};
}

} // namespace skurd
