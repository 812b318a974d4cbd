#include "flag/rule_edit.hpp"

#include "base/text.hpp"
#include "model/indicator_name.hpp"
#include "model/outcome_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace skurd {

namespace {

constexpr std::size_t named_max = 20;

/// The verdict on the newest period that the comparison was made for; nullptr for none.
const Verdict* newest_of(const std::vector<const Verdict*>& verdicts, Comparison comparison)
{
    const Verdict* newest = nullptr;
    for (const auto* verdict : verdicts)
        if (verdict->comparison == comparison && (!newest || newest->to <= verdict->to))
            newest = verdict;
    return newest;
}

/// The one that was made before of what the verdict compares, else of the newest period.
const Verdict* before_of(const Verdict* now, Comparison comparison, const std::vector<const Verdict*>& before)
{
    const auto same = std::find_if(before.begin(), before.end(), [&](const Verdict* one) {
        return now && one->comparison == comparison && one->from == now->from && one->to == now->to;
    });
    return same == before.end() ? newest_of(before, comparison) : *same;
}

Outcome outcome_of(const Verdict* verdict)
{
    return verdict ? verdict->outcome : Outcome::not_judged;
}

/// "3, 4, 12 and 7 more".
LocalizedText names_of(const std::vector<int>& indicators)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(indicators.size(), named_max); ++i)
        names.push_back(indicator_name(indicators[i]));
    const auto all = join(names, ", ");
    if (indicators.size() <= named_max)
        return {all, all};
    const auto rest = indicators.size() - named_max;
    return {fmt::format("{} og {} til", all, rest), fmt::format("{} and {} more", all, rest)};
}

} // namespace

bool is_on_same_numbers(const Verdict& a, const Verdict& b)
{
    return a.old_value == b.old_value && a.new_value == b.new_value &&
           std::set(a.vintages.begin(), a.vintages.end()) == std::set(b.vintages.begin(), b.vintages.end());
}

void RuleEditText::add(int indicator, const std::vector<const Verdict*>& before,
                       const std::vector<const Verdict*>& now)
{
    const auto* one = catalogue_.find(indicator);
    if (!one)
        return;
    const auto& label = one->label_in(one->definitions.back());
    const auto name = indicator_name(indicator);
    Turned turned{indicator, {fmt::format("{} ({})", name, label.nb), fmt::format("{} ({})", name, label.en)}, {}};
    std::set<std::pair<Period, Period>> said;
    for (const auto comparison : {Comparison::previous, Comparison::baseline, Comparison::per_year}) {
        const auto* newest = newest_of(now, comparison);
        const auto* earlier = before_of(newest, comparison, before);
        const auto was = outcome_of(earlier);
        const auto is = outcome_of(newest);
        if (was == is)
            continue;
        turned.outcomes += fmt::format(" {} {}>{}", to_string(comparison), to_string(was), to_string(is));
        const auto& shown = newest ? *newest : *earlier;
        const bool is_per_year = comparison == Comparison::per_year && shown.years > 1;
        if (!said.emplace(shown.from, shown.to).second && !is_per_year)
            continue; // the baseline is the period before, or one year back
        const auto old_style = outcome_style(was, one->direction);
        const auto new_style = outcome_style(is, one->direction);
        turned.text.nb += fmt::format(", {} til {}{}: {} → {}", shown.from.text(), shown.to.text(),
                                      is_per_year ? " per år" : "", old_style.nb, new_style.nb);
        turned.text.en += fmt::format(", {} to {}{}: {} → {}", shown.from.text(), shown.to.text(),
                                      is_per_year ? " per year" : "", old_style.en, new_style.en);
    }
    if (turned.outcomes.empty())
        standing_.push_back(indicator);
    else
        turned_.push_back(std::move(turned));
}

FlagCause RuleEditText::cause(const std::string& key) const
{
    FlagCause cause;
    cause.key = key;
    cause.kind = FlagKind::rule;
    const auto count = turned_.size() + standing_.size();
    if (count == 1)
        cause.indicator = turned_.empty() ? standing_.front() : turned_.front().indicator;
    std::vector<std::string> nb;
    std::vector<std::string> en;
    for (const auto& one : turned_) {
        cause.inputs += fmt::format("{}{}; ", one.indicator, one.outcomes);
        if (nb.size() == named_max)
            continue;
        nb.push_back(one.text.nb);
        en.push_back(one.text.en);
    }
    if (const auto rest = turned_.size() - nb.size(); rest > 0) {
        nb.push_back(fmt::format("og {} til", rest));
        en.push_back(fmt::format("and {} more", rest));
    }
    if (!standing_.empty()) {
        const auto names = names_of(standing_);
        nb.push_back(fmt::format("dommen står for {}", names.nb));
        en.push_back(fmt::format("the verdict stands for {}", names.en));
    }
    cause.text_nb = count == 1 ? fmt::format("Regelen for en indikator er endret: {}", nb.front())
                               : fmt::format("Regelen for {} indikatorer er endret: {}", count, join(nb, "; "));
    cause.text_en = count == 1 ? fmt::format("The rule of an indicator was edited: {}", en.front())
                               : fmt::format("The rule of {} indicators was edited: {}", count, join(en, "; "));
    return cause;
}

} // namespace skurd
