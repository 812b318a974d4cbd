#include "flag/correction_end.hpp"

#include "base/text.hpp"
#include "model/indicator.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// What happened to the number, as the end of a sentence.
LocalizedText what_happened(const Correction& correction, const std::optional<Observation>& now)
{
    const auto value = now ? now->value : Value{{}, {"", Meaning::withdrawn}};
    if (value.number) {
        const auto number = value.number->text();
        const bool agrees = *value.number == correction.corrected;
        return {fmt::format("kilden endret det til {}{}", replace_all(number, ".", ","),
                            agrees ? ", som rettelsen sa" : ""),
                fmt::format("the source changed it to {}{}", number, agrees ? ", as the correction had it" : "")};
    }
    if (value.symbol.meaning == Meaning::withdrawn)
        return {"kilden trakk det tilbake", "the source withdrew it"};
    const auto symbol = value.symbol.text.empty() ? "" : fmt::format(" ({})", value.symbol.text);
    return {"kilden har ikke lenger noe tall" + symbol, "the source has no number any more" + symbol};
}

} // namespace

std::optional<CorrectionEnd> end_of(const Correction& correction, const std::optional<Observation>& now,
                                    int indicator, Time at)
{
    if (now && fits(correction, now->value))
        return std::nullopt;
    const auto what = what_happened(correction, now);
    const auto target = target_text(correction);
    CorrectionEnd end{what.en, now ? now->vintage : 0, {}};
    end.flag.kind = FlagKind::revision;
    end.flag.key = fmt::format("correction/{}", correction.id);
    end.flag.indicator = indicator;
    end.flag.period = correction.period.text();
    end.flag.inputs = fmt::format("{} -> {}", correction.expected.text(), what.en);
    end.flag.text_nb = fmt::format("Rettelse {} av {} gjelder ikke lenger: {}; tallet var {}", correction.id, target,
                                   what.nb, correction_text(correction, true, Language::nb));
    end.flag.text_en = fmt::format("Correction {} of {} holds no longer: {}; it was {}", correction.id, target,
                                   what.en, correction_text(correction, true, Language::en));
    end.flag.raised_at = at;
    end.flag.changed_at = at;
    return end;
}

} // namespace skurd
