#include "evaluate/rule_edits.hpp"

#include "base/error.hpp"
#include "indicator/rule_text.hpp"
#include "lib/openssl/sha256.hpp"
#include "model/evaluation_state.hpp"
#include "query/catalogue.hpp"
#include "query/indicators.hpp"
#include "store/catalogue_store.hpp"
#include "store/commit_store.hpp"
#include "store/verdict_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace skurd {

namespace {

/// The rules of an edited indicator, before and now.
using RulePair = std::pair<std::string, std::string>;

std::optional<Catalogue> catalogue_of(const StoreSession& store, const EvaluationState& last)
{
    try {
        return stored_version(store, last.catalogue_hash);
    } catch (const Error&) { // of an older skurd, which read what this one refuses
        return std::nullopt;
    }
}

std::map<int, RulePair> edited_between(const Catalogue& before, const Catalogue& now)
{
    std::map<int, RulePair> edited;
    for (const auto& indicator : now.indicators) {
        const auto* earlier = before.find(indicator.number);
        if (!earlier)
            continue;
        RulePair rules(rule_text(before, *earlier), rule_text(now, indicator));
        if (rules.first != rules.second)
            edited.emplace(indicator.number, std::move(rules));
    }
    return edited;
}

enum class Sense { as_edited, opposite };

/// The key of the flag that tells of the edit: the same for the same edit.
std::string key_of(const std::map<int, RulePair>& edited, Sense sense)
{
    constexpr std::size_t digits = 12;
    Sha256 hash;
    for (const auto& [number, rules] : edited) {
        const auto& [before, now] = rules;
        hash.add(fmt::format("{}\n", number));
        hash.add(sense == Sense::as_edited ? before : now);
        hash.add("\n");
        hash.add(sense == Sense::as_edited ? now : before);
    }
    return fmt::format("{}/{}", to_string(FlagKind::rule), hash.hex().substr(0, digits));
}

} // namespace

RuleEdit edited_rules(const StoreSession& store, const Catalogue& catalogue)
{
    const auto last = VerdictStore(store).evaluation_state();
    if (!last || last->catalogue_hash == catalogue.hash ||
        CatalogueStore(store).files(last->catalogue_hash) == catalogue.files)
        return {};
    const auto before = catalogue_of(store, *last);
    const auto edited = before ? edited_between(*before, catalogue) : std::map<int, RulePair>();
    if (edited.empty())
        return {};
    RuleEdit edit;
    edit.key = key_of(edited, Sense::as_edited);
    edit.opposite = key_of(edited, Sense::opposite);
    const auto changed = CommitStore(store).datasets_since(last->commit_seq, CommitKind::vintage);
    for (const auto& [number, rules] : edited) {
        edit.indicators.insert(number);
        const auto datasets = datasets_of(catalogue, *catalogue.find(number));
        if (std::any_of(datasets.begin(), datasets.end(), [&](const auto& one) { return changed.contains(one); }))
            edit.with_new_numbers.insert(number);
    }
    return edit;
}

} // namespace skurd
