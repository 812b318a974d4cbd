#include "model/meaning_text.hpp"

namespace skurd {

LocalizedText meaning_text(Meaning meaning)
{
    const std::string en(to_string(meaning));
    switch (meaning) {
    case Meaning::none:
        return {"ingen verdi", "no value"};
    case Meaning::not_applicable:
        return {"ikke aktuelt", en};
    case Meaning::not_available:
        return {"ikke tilgjengelig", en};
    case Meaning::preliminary_missing:
        return {"foreløpig uten tall", en};
    case Meaning::confidential:
        return {"taushetsbelagt", en};
    case Meaning::nil:
        return {"null", en};
    case Meaning::not_computable:
        return {"kan ikke beregnes", en};
    case Meaning::provisional:
        return {"foreløpig", en};
    case Meaning::estimated:
        return {"anslått", en};
    case Meaning::revised:
        return {"rettet", en};
    case Meaning::break_in_series:
        return {"brudd i serien", en};
    case Meaning::low_reliability:
        return {"usikkert", en};
    case Meaning::footnote:
        return {"med fotnote", en};
    case Meaning::suppressed:
        return {"skjult", en};
    case Meaning::withdrawn:
        return {"trukket tilbake", en};
    case Meaning::not_asked:
        return {"ikke spurt om", en};
    case Meaning::unknown:
        return {"ukjent tegn", "unknown symbol"};
    }
    return {};
}

} // namespace skurd
