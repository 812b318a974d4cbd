#pragma once

#include "flag/flag_reconciler.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The indicators whose rule in the catalogue (formula, thresholds, direction ...) is another than at the evaluation
/// before. None mostly.
struct RuleEdit {
    std::set<int> indicators;
    std::set<int> with_new_numbers; ///< those of them that depend on a vintage which came since
    std::string key;                ///< of the flag that tells of the edit
    std::string opposite;           ///< of the flag that told of the opposite edit, which this one undoes
};

/// What the evaluation after an edit of rules finds, collected one indicator after the other.
class RuleEditText {
public:
    explicit RuleEditText(const Catalogue& catalogue) : catalogue_(catalogue) {}

    /// All verdicts of an indicator whose rule was edited: as they were stored, and as they are.
    void add(int indicator, const std::vector<const Verdict*>& before, const std::vector<const Verdict*>& now);

    bool is_any_turned() const { return !turned_.empty(); }

    /// "The rule of 5 indicators was edited: 9 (Deaths), 2016 to 2017: yellow → green; …; the verdicts on 4, 12
    /// stand". At most twenty are named.
    FlagCause cause(const std::string& key) const;

private:
    struct Turned {
        int indicator = 0;
        LocalizedText text;
        std::string outcomes;
    };
    const Catalogue& catalogue_;
    std::vector<Turned> turned_;
    std::vector<int> standing_;
};

/// Whether the two verdicts are on the same numbers from the same vintages.
bool is_on_same_numbers(const Verdict& a, const Verdict& b);

} // namespace skurd
