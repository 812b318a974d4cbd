#include "flag/flag_changes.hpp"

#include "base/text.hpp"

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

std::string value_text(const std::optional<Decimal>& value)
{
    return value ? value->normalised().text() : "";
}

using VerdictKey = std::tuple<int, Comparison, Period, Period>;

VerdictKey key_of(const Verdict& verdict)
{
    return {verdict.indicator, verdict.comparison, verdict.from, verdict.to};
}

class Flagging {
public:
    Flagging(const Catalogue& catalogue, const std::vector<Flag>& existing, Time now)
        : catalogue_(catalogue), ledger_(existing, now)
    {
    }

    /// The threshold flag of an indicator, from all its verdicts.
    void judge_threshold(int indicator, const std::vector<const Verdict*>& verdicts)
    {
        const auto cause = threshold_cause(indicator, verdicts);
        for (const auto& [key, flag] : ledger_.flags())
            if (flag.kind == FlagKind::threshold && flag.indicator == indicator && (!cause || key != cause->key))
                ledger_.gone(flag);
        if (cause)
            ledger_.find(*cause);
    }

    /// The revision flags of an indicator's comparisons that are made no longer: a newer period took over.
    void close_outdated_revisions(int indicator, const std::vector<const Verdict*>& verdicts)
    {
        std::set<std::string> made;
        for (const auto* verdict : verdicts)
            made.insert(revision_key(*verdict));
        for (const auto& [key, flag] : ledger_.flags())
            if (key.starts_with(revision_prefix) && flag.indicator == indicator && !made.contains(key))
                ledger_.gone(flag);
    }

    /// The revision flag of a comparison: against the verdict the flag was raised on, else the stored one.
    void judge_revision(const Verdict& before, const Verdict& verdict)
    {
        const auto key = revision_key(verdict);
        const auto flag = ledger_.flags().find(key);
        const bool alive = flag != ledger_.flags().end() && flag->second.state != FlagState::closed;
        const auto state = state_of(verdict);
        if (!alive && !is_turned(before, verdict))
            return;
        const auto first = alive ? flag->second.inputs.substr(0, flag->second.inputs.find(arrow)) : state_of(before);
        if (first.substr(0, first.find('|')) == to_string(verdict.outcome))
            return ledger_.gone(flag->second);
        const auto inputs = first + arrow + state;
        if (alive && inputs == flag->second.inputs)
            return;
        auto text = revision_text(before, verdict);
        ledger_.find({key, FlagKind::revision, verdict.indicator, verdict.to.text(), inputs, std::move(text.nb),
                      std::move(text.en)});
    }

    std::vector<FlagChange> take() { return ledger_.take(); }

private:
    static constexpr auto arrow = " -> ";
    static constexpr auto revision_prefix = "revision/"; ///< other flags of the kind are not of verdicts

    static std::string revision_key(const Verdict& verdict)
    {
        return fmt::format("{}{}/{}/{}/{}", revision_prefix, verdict.indicator, to_string(verdict.comparison),
                           verdict.from.text(), verdict.to.text());
    }

    static std::string state_of(const Verdict& verdict)
    {
        return fmt::format("{}|{}|{}", to_string(verdict.outcome), value_text(verdict.old_value),
                           value_text(verdict.new_value));
    }

    /// Without any value left it is the formula that broke, not a number that was revised.
    static bool is_turned(const Verdict& before, const Verdict& verdict)
    {
        return (verdict.old_value || verdict.new_value) && before.outcome != verdict.outcome &&
               before.outcome != Outcome::no_data &&
               (before.old_value != verdict.old_value || before.new_value != verdict.new_value);
    }

    Words name_of(int number) const
    {
        const auto* indicator = catalogue_.find(number);
        const auto label = indicator ? indicator->label : Words{};
        return {fmt::format("Indikator {} ({})", number, label.nb),
                fmt::format("Indicator {} ({})", number, label.en)};
    }

    std::optional<FlagCause> threshold_cause(int indicator, const std::vector<const Verdict*>& verdicts) const
    {
        const Verdict* newest = nullptr;
        for (const auto* verdict : verdicts)
            if (verdict->comparison == Comparison::previous && (!newest || newest->to < verdict->to))
                newest = verdict;
        if (!newest || !has_crossed(*newest))
            return std::nullopt;
        const auto period = newest->to.text();
        const auto name = name_of(indicator);
        Words text = {name.nb + " krysset grensen i " + period, name.en + " crossed the threshold in " + period};
        std::string inputs;
        for (const auto* verdict : verdicts) {
            if (verdict->to != newest->to || !has_crossed(*verdict))
                continue;
            const auto from = verdict->from.text();
            inputs += fmt::format("{} {}: {}; ", to_string(verdict->comparison), from, state_of(*verdict));
            say(text, {fmt::format("; fra {}: {}", from, verdict->sentence_nb),
                       fmt::format("; from {}: {}", from, verdict->sentence_en)});
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
    static void say(Words& text, const Words& more)
    {
        if (text.en.find(more.en) != std::string::npos)
            return;
        text.nb += more.nb;
        text.en += more.en;
    }

    Words revision_text(const Verdict& before, const Verdict& verdict) const
    {
        const auto name = name_of(verdict.indicator);
        const auto from = verdict.from.text();
        const auto to = verdict.to.text();
        const bool redefined = before.definition != verdict.definition;
        return {fmt::format("{}: dommen for {} til {} er snudd{}; før: {}; nå: {}", name.nb, from, to,
                            redefined ? " (ny definisjon)" : "", before.sentence_nb, verdict.sentence_nb),
                fmt::format("{}: the verdict on {} to {} has turned{}; before: {}; now: {}", name.en, from, to,
                            redefined ? " (new definition)" : "", before.sentence_en, verdict.sentence_en)};
    }

    const Catalogue& catalogue_;
    FlagLedger ledger_;
};

/// Whether another comparison of the same two values says it already: the baseline is the period before, or the years
/// between are one.
bool is_said_already(const Verdict& verdict, const std::vector<const Verdict*>& verdicts)
{
    return std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict* other) {
        return other->comparison < verdict.comparison && other->from == verdict.from && other->to == verdict.to &&
               (verdict.comparison == Comparison::baseline || verdict.years == 1);
    });
}

} // namespace

std::vector<FlagChange> flag_changes(const Catalogue& catalogue, const std::set<int>& evaluated,
                                     const std::vector<Flag>& existing, const std::vector<Verdict>& old_verdicts,
                                     const std::vector<Verdict>& new_verdicts, Time now)
{
    std::map<int, std::vector<const Verdict*>> by_indicator;
    for (const auto& verdict : new_verdicts)
        by_indicator[verdict.indicator].push_back(&verdict);
    std::map<VerdictKey, const Verdict*> stored;
    for (const auto& verdict : old_verdicts)
        stored.emplace(key_of(verdict), &verdict);
    Flagging flagging(catalogue, existing, now);
    for (const int indicator : evaluated) {
        const auto& verdicts = by_indicator[indicator];
        flagging.judge_threshold(indicator, verdicts);
        flagging.close_outdated_revisions(indicator, verdicts);
        for (const auto* verdict : verdicts)
            if (const auto before = stored.find(key_of(*verdict));
                before != stored.end() && !is_said_already(*verdict, verdicts))
                flagging.judge_revision(*before->second, *verdict);
    }
    return flagging.take();
}

} // namespace skurd
