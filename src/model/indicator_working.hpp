#pragma once

#include "model/annotation.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// A verdict as it was after an earlier publication.
struct EarlierVerdict {
    Time published{};
    Verdict verdict;
};

/// A figure that was published earlier and is another one now.
struct EarlierFigure {
    Period period;
    Decimal number;
    int definition = 0;
    Time published{};              ///< with the publication that first had it
    Time until{};                  ///< when another was published
    std::optional<Decimal> then;   ///< that other one; nothing where it was withdrawn
    LocalizedText reason;          ///< of the revision, as its publisher said; empty where it said none
    std::vector<Verdict> verdicts; ///< today's comparisons that the period is part of, with this figure in its place;
                                   ///< empty where not asked for
};

/// Everything behind what is said of an indicator as of a day.
struct IndicatorWorking {
    const Indicator* indicator = nullptr;   ///< of a catalogue that outlives this
    const Definition* definition = nullptr; ///< in force on the day asked about
    std::string catalogue_hash;
    IndicatorSeries series;
    std::vector<Verdict> verdicts;
    std::vector<EarlierVerdict> earlier;        ///< of the same comparisons, where they stated something else
    std::vector<EarlierFigure> earlier_figures; ///< by period, then in the order they were published
    std::vector<Annotation> annotations;        ///< of the series it is made from
    std::map<std::int64_t, Vintage> vintages;   ///< of the datasets it can be made from
};

} // namespace skurd
