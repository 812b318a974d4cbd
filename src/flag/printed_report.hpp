#pragma once

#include "model/indicator.hpp"
#include "model/verdict.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace skurd {

/// A report that is out of our hands: it cannot be changed.
struct PrintedReport {
    LocalizedText title;
    Time published{};
    std::map<int, int> numbers; ///< today's number of each indicator in it -> its number there
    /// Of a report that was signed off: its very verdicts. Then these say what it contradicts, and not the days.
    std::vector<Verdict> verdicts = {};
    Confidence published_known = Confidence::day; ///< how well that day is known: day or month
};

/// What was printed, and when the vintages that verdicts are made on were published.
struct PrintRecord {
    std::vector<PrintedReport> reports; ///< ascending in `published`
    std::map<std::int64_t, Time> vintages;
};

/// The newest report that differs from `now`: one signed off with another outcome of the same comparison, else
/// one that has the indicator and was published while `before` held, after all it is made on and before something
/// that `now` is made on. nullptr where there is none.
const PrintedReport* contradicted(const PrintRecord& record, const Verdict& before, const Verdict& now);

} // namespace skurd
