#include "flag/flag_changes.hpp"

#include "base/number_text.hpp"
#include "flag/revision_text.hpp"
#include "flag/size_text.hpp"
#include "model/indicator_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace skurd {

namespace {

bool has_crossed(const Verdict& verdict)
{
    return verdict.outcome == Outcome::improved || verdict.outcome == Outcome::worsened ||
           verdict.outcome == Outcome::increased || verdict.outcome == Outcome::decreased;
}

using VerdictKey = std::tuple<int, Comparison, Period, Period>;
using StoredVerdicts = std::map<VerdictKey, const Verdict*>;

VerdictKey key_of(const Verdict& verdict)
{
    return {verdict.indicator, verdict.comparison, verdict.from, verdict.to};
}

/// Whether another comparison of the same two values says it already: the baseline is the period before, or the years
/// between are one.
bool repeats_another_comparison(const Verdict& verdict, const std::vector<const Verdict*>& verdicts)
{
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict* other) {
        return other->comparison < verdict.comparison && other->from == verdict.from && other->to == verdict.to &&
               (verdict.comparison == Comparison::baseline || verdict.years == 1);
    });
}

/// Which flags the verdicts of indicators raise, renew and close.
class IndicatorFlagRules {
public:
    /// All must outlive it.
    IndicatorFlagRules(const Catalogue& catalogue, const PrintRecord& printed, const RuleEdit& edit,
                       const StoredVerdicts& stored, const std::vector<Flag>& existing, Time now)
        : catalogue_(catalogue), printed_(printed), edit_(edit), stored_(stored), reconciler_(existing, now)
    {
    }

    /// The flags on the newest period of an indicator, from all its verdicts.
    void flag_newest_period(int indicator, const std::vector<const Verdict*>& verdicts)
    {
        const Verdict* newest = nullptr;
        for (const auto* verdict : verdicts)
            if (verdict->comparison == Comparison::previous && (!newest || newest->to < verdict->to))
                newest = verdict;
        std::vector<const Verdict*> of_newest;
        for (const auto* verdict : verdicts)
            if (newest && verdict->to == newest->to)
                of_newest.push_back(verdict);
        const auto origin = origin_of(indicator, of_newest);
        reconcile(FlagKind::threshold, indicator, newest ? threshold_cause(*newest, verdicts) : std::nullopt, origin);
        reconcile(FlagKind::suspect, indicator, newest ? suspect_cause(*newest) : std::nullopt, origin);
    }

    /// The revision flags of an indicator's comparisons that are made no longer, since a newer period took over, or
    /// that another says now.
    void close_outdated_revisions(int indicator, const std::vector<const Verdict*>& verdicts)
    {
        std::set<std::string> made;
        for (const auto* verdict : verdicts)
            if (!repeats_another_comparison(*verdict, verdicts))
                made.insert(revision_key(*verdict));
        for (const auto* flag : reconciler_.of(indicator))
            if (flag->key.starts_with(revision_prefix) && !made.contains(flag->key))
                reconciler_.gone(*flag, origin_of(indicator, {}));
    }

    /// The revision flag of a comparison: against the verdict the flag was raised on, else the stored one.
    void judge_revision(const Verdict& before, const Verdict& verdict)
    {
        const auto key = revision_key(verdict);
        const bool alive = is_alive(key);
        const auto flag = reconciler_.flags().find(key);
        const auto state = state_text(verdict);
        const auto origin = origin_of(verdict.indicator, {&verdict});
        if (!alive && (!is_turned(before, verdict) || !origin.rule.empty()))
            return;
        const auto first =
            alive ? flag->second.inputs.substr(0, flag->second.inputs.find(turn_arrow)) : state_text(before);
        if (first.substr(0, first.find('|')) == to_string(verdict.outcome))
            return reconciler_.gone(flag->second, origin);
        const auto inputs = fmt::format("{}{}{}", first, turn_arrow, state);
        if (alive && inputs == flag->second.inputs)
            return;
        const auto turned = alive ? turned_verdict(flag->second) : turned_verdict(before, verdict, printed_);
        auto text = revision_text(name_of(verdict.indicator), turned, verdict, kind_of(verdict));
        reconciler_.find({key, FlagKind::revision, verdict.indicator, verdict.to.text(), inputs, std::move(text.nb),
                          std::move(text.en)},
                         origin);
    }

    /// The one flag that tells of the edit; where it undoes another, that one's is closed instead. To be called last.
    void flag_edit(const RuleEditText& found)
    {
        if (is_alive(edit_.opposite))
            return reconciler_.gone(reconciler_.flags().at(edit_.opposite));
        const bool is_felt =
            std::any_of(reconciler_.changes().begin(), reconciler_.changes().end(), [&](const FlagChange& change) {
                const auto& [indicators, with_new_numbers, key, opposite] = edit_;
                const int indicator = change.flag.indicator;
                return change.flag.origin == key ||
                       (indicators.contains(indicator) && !with_new_numbers.contains(indicator));
            });
        if (found.is_any_turned() || is_felt)
            reconciler_.find(found.cause(edit_.key));
    }

    std::vector<FlagChange> take() { return reconciler_.take(); }

private:
    /// An indicator has one flag of the kind, or none.
    void reconcile(FlagKind kind, int indicator, const std::optional<FlagCause>& cause, const FlagOrigin& origin)
    {
        for (const auto* flag : reconciler_.of(indicator))
            if (flag->kind == kind && (!cause || flag->key != cause->key))
                reconciler_.gone(*flag, origin);
        if (cause)
            reconciler_.find(*cause, origin);
    }

    /// Whether what is found of an indicator comes of an edited rule alone: no numbers came since, or these verdicts
    /// are on the numbers that the stored ones were on.
    FlagOrigin origin_of(int indicator, const std::vector<const Verdict*>& verdicts) const
    {
        if (!edit_.indicators.contains(indicator))
            return {};
        const auto& key = is_alive(edit_.opposite) ? edit_.opposite : edit_.key;
        const auto is_stored = [&](const Verdict* verdict) {
            const auto before = stored_.find(key_of(*verdict));
            return before != stored_.end() && is_on_same_numbers(*before->second, *verdict);
        };
        const auto is_unknown = [&](const Verdict* verdict) { return !stored_.contains(key_of(*verdict)); };
        if (std::any_of(verdicts.begin(), verdicts.end(), is_stored) &&
            std::all_of(verdicts.begin(), verdicts.end(),
                        [&](const Verdict* verdict) { return is_stored(verdict) || is_unknown(verdict); }))
            return {key, FlagOrigin::Numbers::same};
        return edit_.with_new_numbers.contains(indicator) ? FlagOrigin{}
                                                          : FlagOrigin{key, FlagOrigin::Numbers::other};
    }

    bool is_alive(const std::string& key) const
    {
        const auto flag = reconciler_.flags().find(key);
        return flag != reconciler_.flags().end() && flag->second.state != FlagState::closed;
    }

    static constexpr auto revision_prefix = "revision/"; ///< other flags of the kind are not of verdicts

    static std::string revision_key(const Verdict& verdict)
    {
        return fmt::format("{}{}/{}/{}/{}", revision_prefix, verdict.indicator, to_string(verdict.comparison),
                           verdict.from.text(), verdict.to.text());
    }

    /// Without any value left it is the formula that broke, not a number that was revised.
    static bool is_turned(const Verdict& before, const Verdict& verdict)
    {
        return (verdict.old_value || verdict.new_value) && before.outcome != verdict.outcome &&
               before.outcome != Outcome::no_data &&
               (before.old_value != verdict.old_value || before.new_value != verdict.new_value);
    }

    LocalizedText name_of(int number) const
    {
        const auto* indicator = catalogue_.find(number);
        auto label = indicator ? indicator->label : LocalizedText{};
        if (indicator && !indicator->definitions.empty())
            label = indicator->label_in(indicator->definitions.back());
        const auto name = indicator_name(number);
        return {fmt::format("Indikator {} ({})", name, label.nb), fmt::format("Indicator {} ({})", name, label.en)};
    }

    std::optional<FlagCause> threshold_cause(const Verdict& newest, const std::vector<const Verdict*>& verdicts) const
    {
        if (!has_crossed(newest))
            return std::nullopt;
        const int indicator = newest.indicator;
        const auto period = newest.to.text();
        const auto name = name_of(indicator);
        LocalizedText text = {name.nb + " krysset grensen i " + period,
                              name.en + " crossed the threshold in " + period};
        std::string inputs;
        for (const auto* verdict : verdicts) {
            if (verdict->to != newest.to || !has_crossed(*verdict))
                continue;
            const auto from = verdict->from.text();
            inputs += fmt::format("{} {}: {}; ", to_string(verdict->comparison), from, state_text(*verdict));
            say(text, {fmt::format("; fra {}: {}", from, verdict->sentence.nb),
                       fmt::format("; from {}: {}", from, verdict->sentence.en)});
        }
        return FlagCause{fmt::format("threshold/{}/{}", indicator, period),
                         FlagKind::threshold,
                         indicator,
                         period,
                         inputs,
                         text.nb,
                         text.en};
    }

    /// Adds what is not said yet: with one year since the baseline the three comparisons are one.
    static void say(LocalizedText& text, const LocalizedText& more)
    {
        if (text.en.find(more.en) != std::string::npos)
            return;
        text.nb += more.nb;
        text.en += more.en;
    }

    std::optional<FlagCause> suspect_cause(const Verdict& newest) const
    {
        if (newest.outcome == Outcome::not_comparable || !newest.old_value || !newest.new_value)
            return std::nullopt;
        const int factor = unit_factor(*newest.old_value, *newest.new_value);
        if (factor == 0)
            return std::nullopt;
        const auto name = name_of(newest.indicator);
        const auto from = newest.from.text();
        const auto to = newest.to.text();
        const auto times = std::abs(factor);
        const auto in = [&](Language language, const char* form) {
            return fmt::format(fmt::runtime(form), times, to, number_text(*newest.new_value, language), from,
                               number_text(*newest.old_value, language));
        };
        const auto* nb = factor > 0 ? ": {1} ({2}) er om lag {0} ganger {3} ({4}); er enheten en annen?"
                                    : ": {1} ({2}) er om lag en {0}-del av {3} ({4}); er enheten en annen?";
        const auto* en = factor > 0 ? ": {1} ({2}) is about {0} times {3} ({4}); is the unit another?"
                                    : ": {1} ({2}) is about 1/{0} of {3} ({4}); is the unit another?";
        return FlagCause{fmt::format("suspect/{}/{}", newest.indicator, to),
                         FlagKind::suspect,
                         newest.indicator,
                         to,
                         fmt::format("{} {}: {}", from, to, state_text(newest)),
                         name.nb + in(Language::nb, nb),
                         name.en + in(Language::en, en)};
    }

    IndicatorKind kind_of(const Verdict& verdict) const
    {
        const auto* indicator = catalogue_.find(verdict.indicator);
        if (!indicator)
            return IndicatorKind::number;
        for (const auto& definition : indicator->definitions)
            if (definition.id == verdict.definition)
                return definition.kind.value_or(indicator->kind);
        return indicator->kind;
    }

    const Catalogue& catalogue_;
    const PrintRecord& printed_;
    const RuleEdit& edit_;
    const StoredVerdicts& stored_;
    FlagReconciler reconciler_;
};

std::map<int, std::vector<const Verdict*>> of_each(const std::vector<Verdict>& verdicts)
{
    std::map<int, std::vector<const Verdict*>> by_indicator;
    for (const auto& verdict : verdicts)
        by_indicator[verdict.indicator].push_back(&verdict);
    return by_indicator;
}

} // namespace

std::vector<FlagChange> flag_changes(const Catalogue& catalogue, const std::set<int>& evaluated,
                                     const std::vector<Flag>& existing, const std::vector<Verdict>& old_verdicts,
                                     const std::vector<Verdict>& new_verdicts, Time now, const PrintRecord& printed,
                                     const RuleEdit& edit)
{
    auto by_indicator = of_each(new_verdicts);
    StoredVerdicts stored;
    for (const auto& verdict : old_verdicts)
        stored.emplace(key_of(verdict), &verdict);
    IndicatorFlagRules rules(catalogue, printed, edit, stored, existing, now);
    for (const int indicator : evaluated) {
        const auto& verdicts = by_indicator[indicator];
        rules.flag_newest_period(indicator, verdicts);
        rules.close_outdated_revisions(indicator, verdicts);
        for (const auto* verdict : verdicts)
            if (const auto before = stored.find(key_of(*verdict));
                before != stored.end() && !repeats_another_comparison(*verdict, verdicts))
                rules.judge_revision(*before->second, *verdict);
    }
    if (!edit.indicators.empty()) {
        auto before = of_each(old_verdicts);
        RuleEditText found(catalogue);
        for (const int indicator : edit.indicators)
            found.add(indicator, before[indicator], by_indicator[indicator]);
        rules.flag_edit(found);
    }
    return rules.take();
}

} // namespace skurd
