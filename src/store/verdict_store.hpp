#pragma once

#include "model/evaluation_state.hpp"
#include "model/indicator.hpp"
#include "model/left_out.hpp"
#include "model/verdict.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// The values of indicators and the verdicts on them.
class VerdictStore {
public:
    explicit VerdictStore(const StoreSession& session) : session_(session) {}

    /// The values of an indicator now, for the views current_indicator and indicator_history. They are all there are:
    /// a stored number they lack is withdrawn, but for those of definitions that ended and are not kept.
    void store_values(const Indicator& indicator, const IndicatorValues& values);
    /// The same of many indicators, in their order.
    void store_values(const std::vector<std::pair<const Indicator*, IndicatorValues>>& all);
    /// Appends those verdicts that differ from the newest stored one of the same indicator, comparison, from and to.
    void store(const std::vector<Verdict>& verdicts, const std::string& catalogue_hash);
    /// The newest verdict of each (indicator, comparison, from, to); of one indicator, or all for 0.
    std::vector<Verdict> newest(int indicator) const;

    /// Those of the indicators that had a number once by the definitions that stand, and have none now; in their
    /// order.
    std::vector<int> emptied(const std::vector<Indicator>& indicators) const;

    /// What definitions leave out now, for the view left_out_observations, by every indicator: ascending; of one
    /// dataset's series or of all there are.
    std::vector<LeftOut> left_out() const;
    std::vector<LeftOut> left_out(const std::string& dataset) const;
    void store_left_out(const std::vector<LeftOut>& now); ///< writes what changed; no commit

    std::optional<EvaluationState> evaluation_state() const; ///< of the last evaluation
    void store_evaluation_state(const EvaluationState& state);

private:
    const StoreSession& session_;
};

} // namespace skurd
