#pragma once

#include "model/indicator.hpp"
#include "model/verdict.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace skurd {

/// A report that is out of our hands: what it says stays said.
struct PrintedReport {
    Words title;
    Time published{};           ///< what had been published by then is in it
    std::optional<Time> known;  ///< of a signed report: what we had seen by then
    std::map<int, int> numbers; ///< today's number of each indicator in it -> its number there
};

/// What was printed, and when the vintages that verdicts are made on were published.
struct PrintRecord {
    struct Stamps {
        Time published{};
        Time observed{};
    };
    std::vector<PrintedReport> reports; ///< ascending in `published`
    std::map<std::int64_t, Stamps> vintages;
};

/// The newest report that has the indicator and was made while `before` held: all it is made on was there by then, by
/// both clocks, and by one of them something that `now` is made on was not. nullptr where there is none.
const PrintedReport* contradicted(const PrintRecord& record, const Verdict& before, const Verdict& now);

} // namespace skurd
