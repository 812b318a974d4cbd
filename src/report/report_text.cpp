#include "report/report_text.hpp"

#include "model/meaning_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

struct Pair {
    std::string_view nb;
    std::string_view en;
};

/// Indexed by DifferenceKind.
constexpr std::array<Pair, 10> differences = {{{"Reviderte tall", "Revised figures"},
                                               {"Rettet måletidspunkt", "Corrected periods"},
                                               {"Annet prisnivå", "Another price base"},
                                               {"Endret definisjon", "Changed definitions"},
                                               {"Nytt nummer", "Renumbered"},
                                               {"Slått sammen", "Merged"},
                                               {"Gått ut", "Retired"},
                                               {"Nye indikatorer", "Added indicators"},
                                               {"Samme tall, annen vurdering", "Same figures, another verdict"},
                                               {"Tall som er borte", "Figures that are gone"}}};

/// The catalogue's units, which it has in English only. One that is not here is shown as it stands.
constexpr std::array<Pair, 20> units = {{{"prosent", "percent"},
                                         {"antall", "number"},
                                         {"årsverk", "man-years"},
                                         {"årsverk per 10 000 innbyggere 0–5 år", "man-years per 10 000 aged 0–5"},
                                         {"mill. kr, faste priser", "MNOK fixed prices"},
                                         {"1000 kr, faste priser", "TNOK fixed prices"},
                                         {"kr per innbygger", "NOK per inhabitant"},
                                         {"kr per innbygger 0–5 år", "kr per inhabitant aged 0–5"},
                                         {"kr", "NOK"},
                                         {"saker", "cases"},
                                         {"sentre", "centres"},
                                         {"dager", "days"},
                                         {"dødsfall", "deaths"},
                                         {"personer", "persons"},
                                         {"plasser", "places"},
                                         {"forholdstall", "ratio"},
                                         {"meldinger", "reports"},
                                         {"reaksjoner", "sanctions"},
                                         {"dommer", "sentences"},
                                         {"skår 1–4", "score 1–4"}}};

std::string_view word_of(const Pair& pair, Language language)
{
    return language == Language::nb ? pair.nb : pair.en;
}

} // namespace

std::string ReportText::value(const Decimal& number, IndicatorKind kind) const
{
    return number_text(number, language_) + (kind == IndicatorKind::share ? say("\u00a0%", "%") : "");
}

std::string ReportText::change(const Decimal& number, std::string_view unit) const
{
    return signed_text(number, language_) +
           (unit == "percentage points" ? say("\u00a0%-poeng", "\u00a0pp") : say("\u00a0%", "%"));
}

std::string ReportText::points(const Decimal& number) const
{
    return number_text(number, language_) + say("\u00a0%-poeng", "\u00a0pp");
}

std::string ReportText::column(const Verdict& change) const
{
    const auto per_year = change.comparison == Comparison::per_year ? say(" per år", " per year") : "";
    return fmt::format("{}–{}{}", change.from.text(), change.to.text(), per_year);
}

std::string ReportText::column(const ReportColumn& column) const
{
    if (!column.from)
        return say("per år fra egen start", "per year from own start");
    const auto per_year = column.comparison == Comparison::per_year ? say(" per år", " per year") : "";
    return fmt::format("{}–{}{}", column.from->text(), column.to.text(), per_year);
}

std::string ReportText::unit(const std::string& unit) const
{
    const auto known = std::find_if(units.begin(), units.end(), [&](const auto& pair) { return pair.en == unit; });
    return known == units.end() ? unit : std::string(word_of(*known, language_));
}

std::string ReportText::nothing(const Symbol& symbol) const
{
    const auto text = say(meaning_text(symbol.meaning));
    return symbol.text.empty() ? text : fmt::format("{} ({})", text, symbol.text);
}

std::string ReportText::missing_reason(const IndicatorValue& value) const
{
    if (!value.formula_error.empty())
        return say(value.formula_error);
    return value.missing.empty() ? nothing(value.value.symbol) : say(value.missing);
}

std::string ReportText::course(Course course) const
{
    switch (course) {
    case Course::none:
        break;
    case Course::positive:
        return say("positiv", "positive");
    case Course::negative:
        return say("negativ", "negative");
    case Course::mixed:
        return say("blandet", "mixed");
    case Course::unchanged:
        return say("uendret", "unchanged");
    }
    return "–";
}

std::string ReportText::kind(DifferenceKind kind) const
{
    return std::string(word_of(differences.at(static_cast<std::size_t>(kind)), language_));
}

std::string ReportText::thresholds(const Thresholds& thresholds) const
{
    const auto share = number_text(thresholds.share_points, language_);
    const auto percent = number_text(thresholds.percent, language_);
    return language_ == Language::nb
               ? fmt::format("±{} prosentpoeng for andeler, ±{}\u00a0% for andre tall", share, percent)
               : fmt::format("±{} percentage points for shares, ±{}% for other figures", share, percent);
}

} // namespace skurd
