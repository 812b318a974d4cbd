#include "indicator/sentence.hpp"

#include "base/number_text.hpp"
#include "model/outcome_text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// The words of a sentence that differ between the languages.
struct Vocabulary {
    std::string_view percent; ///< with the space the language wants before it
    std::string_view points;
    std::string_view per_year;
    std::string_view limit;
    std::string_view margin;
    std::string_view within_margin;
    std::string_view level;
    std::string_view no_data;
    std::string_view not_comparable;
};

const Vocabulary& vocabulary(Language language)
{
    static constexpr Vocabulary norwegian = {" %",
                                             "prosentpoeng",
                                             " per år",
                                             "grense",
                                             "feilmargin",
                                             "innenfor feilmarginen",
                                             "nivået skal være over",
                                             "ingen data",
                                             "ikke sammenlignbar"};
    static constexpr Vocabulary english = {"%",
                                           "percentage points",
                                           " per year",
                                           "limit",
                                           "sampling error",
                                           "within sampling error",
                                           "the level should be above",
                                           "no data",
                                           "not comparable"};
    return language == Language::nb ? norwegian : english;
}

/// ASCII and the Norwegian letters that a colour word may begin with.
std::string capitalised(std::string_view word)
{
    std::string text(word);
    if (text.starts_with("ø"))
        return "Ø" + text.substr(2);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string value_text(const std::optional<Decimal>& value, Language language)
{
    return value ? number_text(*value, language) : "–";
}

/// Rounded to one decimal 1.04 would read as 1.0, the very limit it passed.
Decimal shown_change(const Change& change, const Judgement& judgement)
{
    const auto& threshold = threshold_of(change);
    const Decimal below(-threshold.mantissa(), threshold.scale());
    for (int decimals = 1; decimals < judgement.change->scale(); ++decimals) {
        const auto shown = change_rounded(change, decimals);
        if (shown && ((*shown != threshold && *shown != below) || *shown == *judgement.change))
            return *shown;
    }
    return *judgement.change;
}

std::string working(const Change& change, const Judgement& judgement, Language language)
{
    const auto& words = vocabulary(language);
    const auto limit = number_text(threshold_of(change), language);
    const auto moved = signed_text(shown_change(change, judgement), language);
    const auto per_year = change.years > 1 ? words.per_year : "";
    if (change.kind == IndicatorKind::share)
        return fmt::format("{} {}{}, {} ±{}", moved, words.points, per_year, words.limit, limit);
    return fmt::format("{}{}{}, {} ±{}{}", moved, words.percent, per_year, words.limit, limit, words.percent);
}

std::string remark(const Change& change, const Judgement& judgement, Language language)
{
    const auto& words = vocabulary(language);
    const bool norwegian = language == Language::nb;
    const auto& reason = norwegian ? judgement.reason.nb : judgement.reason.en;
    const auto& near_miss = norwegian ? judgement.near_miss.nb : judgement.near_miss.en;
    if (judgement.outcome == Outcome::no_data)
        return fmt::format("{}: {}", words.no_data, reason);
    if (judgement.outcome == Outcome::not_judged)
        return reason;
    if (judgement.outcome == Outcome::not_comparable)
        return fmt::format("{}: {}", words.not_comparable, reason);
    if (change.target)
        return fmt::format("{} {}", words.level, number_text(*change.target, language));
    if (!judgement.change)
        return "";
    auto text = working(change, judgement, language);
    if (judgement.margin)
        text += fmt::format("; {} ±{}", judgement.within_margin ? words.within_margin : words.margin,
                            number_text(*judgement.margin, language));
    return near_miss.empty() ? text : text + "; " + near_miss;
}

std::string sentence_in(Language language, const Change& change, const Judgement& judgement)
{
    const bool share = change.kind == IndicatorKind::share;
    const auto unit = share && change.new_value ? vocabulary(language).percent : "";
    const auto more = remark(change, judgement, language);
    return fmt::format("{}: {} → {}{}{}",
                       capitalised(outcome_style(judgement.outcome, change.direction).word(language)),
                       value_text(change.old_value, language), value_text(change.new_value, language), unit,
                       more.empty() ? "" : " (" + more + ")");
}

} // namespace

LocalizedText sentence_of(const Change& change, const Judgement& judgement)
{
    return {sentence_in(Language::nb, change, judgement), sentence_in(Language::en, change, judgement)};
}

} // namespace skurd
