#include "query/evaluated.hpp"

#include "indicator/catalogue.hpp"
#include "model/evaluation_state.hpp"
#include "query/indicators.hpp"
#include "store/commit_store.hpp"
#include "store/verdict_store.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace skurd {

namespace {

/// The datasets with vintages since the last evaluation; nothing where all must be judged anew: by another catalogue,
/// since people marked something, or since an evaluation writes more now.
std::optional<std::set<std::string>> changed_since(const StoreSession& store, const Catalogue& catalogue)
{
    const auto last = VerdictStore(store).evaluation_state();
    if (!last || last->form < EvaluationState::newest_form || last->catalogue_hash != catalogue.hash ||
        CommitStore(store).kinds_since(last->commit_seq).contains(CommitKind::annotation))
        return std::nullopt;
    return CommitStore(store).datasets_since(last->commit_seq, CommitKind::vintage);
}

bool depends_on(const Catalogue& catalogue, const Indicator& indicator, const std::set<std::string>& datasets)
{
    const auto needed = datasets_of(catalogue, indicator);
    return std::any_of(needed.begin(), needed.end(), [&](const auto& dataset) { return datasets.contains(dataset); });
}

} // namespace

std::set<int> indicators_to_judge(const StoreSession& store, const Catalogue& catalogue)
{
    const auto changed = changed_since(store, catalogue);
    std::set<int> found;
    for (const auto& indicator : catalogue.indicators)
        if (!changed || depends_on(catalogue, indicator, *changed))
            found.insert(indicator.number);
    return found;
}

bool is_evaluated(const StoreSession& store, const Catalogue& catalogue)
{
    const auto changed = changed_since(store, catalogue);
    return changed && changed->empty();
}

} // namespace skurd
