#include "evaluate/evaluation.hpp"

#include "base/error.hpp"
#include "evaluate/indicator_flags.hpp"
#include "evaluate/reconcile_flags.hpp"
#include "evaluate/rule_edits.hpp"
#include "flag/correction_end.hpp"
#include "indicator/catalogue.hpp"
#include "model/correction.hpp"
#include "model/evaluation_state.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"
#include "query/evaluated.hpp"
#include "query/indicator_reader.hpp"
#include "query/left_out.hpp"
#include "store/commit_store.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/verdict_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

/// Whether a read is one that the indicator's own formula asks for, and not one of another it is made from.
bool is_own(const Reading& reading, const Selector& selector, const PublicationWindow& window)
{
    return std::any_of(reading.series.begin(), reading.series.end(), [&](const Reading::Series& own) {
        return own.window == window && own.selector.text() == selector.text();
    });
}

/// What was left out by those that are not judged stands.
void store_left_out(StoreSession& store, const Catalogue& catalogue, const std::set<int>& judged)
{
    auto left_out = VerdictStore(store).left_out();
    std::erase_if(left_out, [&](const LeftOut& one) {
        return judged.contains(one.indicator) || !catalogue.find(one.indicator);
    });
    for (const auto& indicator : catalogue.indicators) {
        if (!judged.contains(indicator.number))
            continue;
        const auto own = left_out_by(store, indicator, {});
        left_out.insert(left_out.end(), own.begin(), own.end());
    }
    std::sort(left_out.begin(), left_out.end());
    VerdictStore(store).store_left_out(left_out);
}

/// Ends the corrections whose number the source has changed, and raises a flag for each.
void end_corrections(StoreSession& store, const std::map<std::int64_t, int>& readers, Time now)
{
    CorrectionStore corrections(store);
    for (const auto& correction : corrections.list(std::nullopt, Ended::left_out)) {
        const auto reader = readers.find(correction.series);
        const auto end =
            end_of(correction, corrections.cell(correction), reader == readers.end() ? 0 : reader->second, now);
        if (!end)
            continue;
        corrections.end(correction.id, end->why, "", end->vintage);
        store_flag_changes(store, {{end->flag, FlagEvent::raised}});
    }
}

} // namespace

void evaluate(StoreSession& store, const Catalogue& catalogue, const Clock& clock)
{
    StoreSession::Transaction transaction(store);
    const auto old_verdicts = VerdictStore(store).newest(0);
    std::vector<Verdict> new_verdicts;
    std::vector<std::pair<const Indicator*, IndicatorValues>> values;
    const auto evaluated = indicators_to_judge(store, catalogue);
    auto edit = edited_rules(store, catalogue);
    WithdrawnSeries withdrawn;
    IndicatorReader reader(store, catalogue, {}, Numbers::published);
    std::map<std::int64_t, int> readers; // series -> the first indicator that reads it
    for (const auto& indicator : catalogue.indicators) {
        if (!evaluated.contains(indicator.number))
            continue;
        const auto reading = reading_of(indicator, std::nullopt);
        const auto note = [&](const Selector& selector, const PublicationWindow& window,
                              const std::vector<Observation>& observations) {
            if (!is_own(reading, selector, window))
                return;
            for (const auto& seen : observations)
                readers.emplace(seen.series, indicator.number);
            withdrawn.see(indicator.number, observations);
        };
        auto series = reader.series(indicator, note);
        auto verdicts = Judge(indicator, series.values, series.breaks, &catalogue).all();
        new_verdicts.insert(new_verdicts.end(), std::make_move_iterator(verdicts.begin()),
                            std::make_move_iterator(verdicts.end()));
        values.emplace_back(&indicator, std::move(series.values));
    }
    VerdictStore(store).store_values(values);
    VerdictStore(store).store(new_verdicts, catalogue.hash);
    store_left_out(store, catalogue, evaluated);
    flag_evaluation(store, {catalogue, evaluated, withdrawn, old_verdicts, new_verdicts, std::move(edit)},
                    clock.now());
    end_corrections(store, readers, clock.now());
    VerdictStore(store).store_evaluation_state({CommitStore(store).newest(), catalogue.hash});
    transaction.commit();
}

void evaluate_if_behind(StoreSession& store, const Catalogue& catalogue, const Clock& clock)
{
    if (is_evaluated(store, catalogue))
        return;
    try {
        evaluate(store, catalogue, clock);
    } catch (const Error&) {
        std::throw_with_nested(error("the numbers are stored, but not judged yet (the next harvest tries again)"));
    }
}

} // namespace skurd
