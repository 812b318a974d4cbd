#include "indicator/report_differences.hpp"

#include "base/number_text.hpp"
#include "model/other_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::string number_text_of(const std::optional<Decimal>& number, Language language)
{
    return number ? number_text(*number, language) : "–";
}

const SnapshotRow* row_of(const ReportSnapshot& report, int indicator)
{
    const auto found = std::find_if(report.rows.begin(), report.rows.end(), [&](const auto& row) {
        return row.merged_into == 0 && row.indicator == indicator;
    });
    return found == report.rows.end() ? nullptr : &*found;
}

/// The first definition after `older` up to `newer` that says what changed; nullptr where there is none.
const Definition* change_between(const Indicator& indicator, int older, int newer)
{
    const Definition* found = nullptr;
    for (int id = older + 1; id <= newer; ++id) {
        const auto& definition = indicator.definition(id);
        if (!found || (found->comparable_with_previous && !definition.comparable_with_previous))
            found = &definition;
    }
    return found;
}

DifferenceKind kind_of(DefinitionChange change)
{
    switch (change) {
    case DefinitionChange::price_base:
        return DifferenceKind::price_base;
    case DefinitionChange::period:
        return DifferenceKind::period_corrected;
    case DefinitionChange::merged:
        return DifferenceKind::merged;
    default:
        return DifferenceKind::definition;
    }
}

LocalizedText values_text(const ReportDifference& difference)
{
    const auto both = [&](Language language) {
        const auto before = number_text_of(difference.before, language);
        const auto now = number_text_of(difference.now, language);
        if (difference.period_before == difference.period_now)
            return fmt::format("{}: {} → {}", difference.period_now ? difference.period_now->text() : "", before,
                               now);
        const auto period = [](const auto& p) { return p ? p->text() : std::string("–"); };
        return fmt::format("{}: {} → {}: {}", period(difference.period_before), before, period(difference.period_now),
                           now);
    };
    return {both(Language::nb), both(Language::en)};
}

class Comparer {
public:
    Comparer(const ReportSnapshot& before, const ReportSnapshot& now, const Catalogue& catalogue)
        : before_(before), now_(now), catalogue_(catalogue)
    {
    }

    std::vector<ReportDifference> all()
    {
        for (const auto& row : before_.rows)
            compare(row);
        for (const auto& row : now_.rows)
            if (row.merged_into == 0 && !row_of(before_, row.indicator))
                add(DifferenceKind::added, nullptr, &row, {"ny indikator", "a new indicator"});
        std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.indicator, a.kind) < std::pair(b.indicator, b.kind);
        });
        return std::move(found_);
    }

private:
    ReportDifference& add(DifferenceKind kind, const SnapshotRow* before, const SnapshotRow* now, LocalizedText text)
    {
        ReportDifference difference;
        difference.kind = kind;
        difference.indicator = before ? before->indicator : now->indicator;
        difference.number_before = before ? before->number : 0;
        difference.number_now = now ? now->number : 0;
        difference.text = std::move(text);
        return found_.emplace_back(std::move(difference));
    }

    void compare(const SnapshotRow& before)
    {
        const auto* now = row_of(now_, before.indicator);
        if (before.merged_into != 0)
            return compare_merged(before, now);
        if (!now)
            return retire(before);
        if (before.number != now->number)
            add(DifferenceKind::renumbered, &before, now,
                with_reason({fmt::format("nummer {} er nå {}", before.number, now->number),
                             fmt::format("number {} is now {}", before.number, now->number)},
                            reason_of_number(before)));
        const auto count = found_.size();
        compare_definitions(before, *now);
        compare_values(before, *now);
        if (found_.size() == count)
            compare_verdicts(before, *now);
    }

    /// Numbers move up when one before them is counted in another.
    std::optional<LocalizedText> reason_of_number(const SnapshotRow& before) const
    {
        for (const auto& one : before_.rows)
            if (one.merged_into != 0 && one.number < before.number)
                return LocalizedText{fmt::format("nummer {} er regnet med i {}", one.number, one.merged_into),
                                     fmt::format("number {} is counted in {}", one.number, one.merged_into)};
        return std::nullopt;
    }

    void compare_merged(const SnapshotRow& before, const SnapshotRow* now)
    {
        const bool still = std::any_of(now_.rows.begin(), now_.rows.end(), [&](const auto& row) {
            return row.merged_into == before.merged_into && row.number == before.number;
        });
        if (!still)
            add(DifferenceKind::merged, &before, now,
                {fmt::format("«{}» (nummer {}) er regnet med i {}", before.label.nb, before.number,
                             before.merged_into),
                 fmt::format("“{}” (number {}) is counted in {}", before.label.en, before.number,
                             before.merged_into)});
    }

    void retire(const SnapshotRow& before)
    {
        auto reason = with_reason({"ikke med lenger", "no longer there"}, std::nullopt);
        for (const auto& set : catalogue_.sets)
            for (const auto& retired : set.retired)
                if (retired.indicator == before.indicator && set.number > before_.set && set.number <= now_.set)
                    reason = {"utgått: " + retired.reason.nb, "retired: " + retired.reason.en};
        add(DifferenceKind::retired, &before, nullptr, reason);
    }

    static int definition_in(const SnapshotRow& row)
    {
        int newest = 0;
        for (const auto& [period, value] : row.values)
            newest = std::max(newest, value.definition);
        return newest;
    }

    /// What stands in the later report where that value stood. Of a period that was corrected: the same value in
    /// another period, else the first number of another.
    static IndicatorValues::const_iterator counterpart(const ReportDifference& difference, const SnapshotRow& now,
                                                       DefinitionChange change)
    {
        if (!difference.period_before)
            return now.values.end();
        if (change != DefinitionChange::period)
            return now.values.find(*difference.period_before);
        const auto moved = [&](bool same_value) {
            return std::find_if(now.values.begin(), now.values.end(), [&](const auto& entry) {
                const auto& number = entry.second.value.number;
                return number && entry.first != *difference.period_before &&
                       (!same_value || number == difference.before);
            });
        };
        const auto same = moved(true);
        return same != now.values.end() ? same : moved(false);
    }

    /// One difference for a changed definition, with the values of the period both reports have.
    void compare_definitions(const SnapshotRow& before, const SnapshotRow& now)
    {
        const auto* indicator = catalogue_.find(now.indicator);
        const auto* changed =
            indicator ? change_between(*indicator, definition_in(before), definition_in(now)) : nullptr;
        if (!changed)
            return;
        auto& difference = add(kind_of(changed->change), &before, &now, {});
        difference.comparable = changed->comparable_with_previous;
        for (const auto& [period, value] : before.values)
            if (value.value.number) {
                difference.period_before = period;
                difference.before = value.value.number;
            }
        if (const auto shown = counterpart(difference, now, changed->change); shown != now.values.end()) {
            difference.period_now = shown->first;
            difference.now = shown->second.value.number;
        }
        const auto shown_now = difference.period_now ? now.values.find(*difference.period_now) : now.values.end();
        const auto values = values_text(difference);
        difference.text = {fmt::format("{} ({})", values.nb, changed->reason.nb),
                           fmt::format("{} ({})", values.en, changed->reason.en)};
        if (shown_now != now.values.end())
            add_others(difference, shown_now->second);
        revise(before, now, changed->change, difference);
    }

    /// A value whose period was corrected may have been revised as well; so may any, where a reason is known.
    void revise(const SnapshotRow& before, const SnapshotRow& now, DefinitionChange change,
                ReportDifference difference)
    {
        if (difference.now == difference.before || !difference.now || !difference.period_before)
            return;
        const auto reason = reason_of(difference, before, now);
        if (change != DefinitionChange::period && !reason)
            return;
        difference.kind = DifferenceKind::revision;
        difference.text = with_reason(values_text(difference), reason);
        found_.push_back(std::move(difference));
    }

    void compare_values(const SnapshotRow& before, const SnapshotRow& now)
    {
        for (const auto& [period, value] : before.values) {
            const auto later = now.values.find(period);
            const bool is_there = later != now.values.end() && later->second.value.number;
            if (!value.value.number || (is_there && later->second.value.number == value.value.number))
                continue;
            if (definition_in(before) != definition_in(now) && !is_same_meaning(now, value.definition))
                continue; // said already
            auto& difference = add(is_there ? DifferenceKind::revision : DifferenceKind::gone, &before, &now, {});
            difference.period_before = period;
            difference.period_now = period;
            difference.before = value.value.number;
            difference.now = is_there ? later->second.value.number : std::nullopt;
            difference.text = values_text(difference);
            difference.text =
                with_reason(difference.text, is_there ? reason_of(difference, before, now) : std::nullopt);
            if (is_there)
                add_others(difference, later->second);
        }
    }

    /// Why its publisher revised the value of the difference; nothing where that is not known.
    std::optional<LocalizedText> reason_of(const ReportDifference& difference, const SnapshotRow& before,
                                           const SnapshotRow& now) const
    {
        const auto* indicator = catalogue_.find(difference.indicator);
        if (!indicator || !difference.period_before || !difference.period_now)
            return std::nullopt;
        const auto published_before = before.values.at(*difference.period_before).published_at;
        const auto published_now = now.values.at(*difference.period_now).published_at;
        for (const auto& one : indicator->revisions)
            if (difference.period_now == one.period && published_before < one.published &&
                one.published <= published_now)
                return one.reason;
        return std::nullopt;
    }

    static LocalizedText with_reason(const LocalizedText& text, const std::optional<LocalizedText>& known)
    {
        const auto reason = known.value_or(LocalizedText{"uten oppgitt grunn", "no reason given"});
        return {fmt::format("{} ({})", text.nb, reason.nb), fmt::format("{} ({})", text.en, reason.en)};
    }

    static void add_others(ReportDifference& difference, const IndicatorValue& now)
    {
        const auto others = other_figures(now);
        if (others.empty())
            return;
        difference.text.nb += " (" + others.nb + ")";
        difference.text.en += " (" + others.en + ")";
    }

    /// Whether nothing but words changed since that definition.
    bool is_same_meaning(const SnapshotRow& now, int older) const
    {
        const auto* indicator = catalogue_.find(now.indicator);
        const auto* changed = indicator ? change_between(*indicator, older, definition_in(now)) : nullptr;
        return !changed || (changed->comparable_with_previous && changed->change != DefinitionChange::period);
    }

    void compare_verdicts(const SnapshotRow& before, const SnapshotRow& now)
    {
        for (const auto& earlier : before.changes)
            for (const auto& later : now.changes) {
                if (earlier.comparison != later.comparison || earlier.from != later.from || earlier.to != later.to ||
                    earlier.outcome == later.outcome)
                    continue;
                auto& difference = add(DifferenceKind::verdict, &before, &now,
                                       {earlier.sentence.nb + " → " + later.sentence.nb,
                                        earlier.sentence.en + " → " + later.sentence.en});
                difference.period_before = earlier.to;
                difference.period_now = later.to;
                if (earlier.rule != later.rule)
                    difference.text = with_reason(difference.text, LocalizedText{"en annen grense", "another limit"});
                else if (later.outcome != Outcome::not_comparable) // else the sentence says why
                    difference.text = with_reason(difference.text, std::nullopt);
            }
    }

    const ReportSnapshot& before_;
    const ReportSnapshot& now_;
    const Catalogue& catalogue_;
    std::vector<ReportDifference> found_;
};

} // namespace

namespace {

/// As the report has it; an expansion, which shares its template's number there, under its own number and name.
SnapshotRow snapshot_row(const StatusReport::Row& row)
{
    const auto& indicator = *row.indicator;
    const bool expanded = indicator.expansion.has_value();
    return {indicator.number,
            expanded ? indicator.number : row.number,
            row.merged ? row.merged->into : 0,
            expanded ? indicator.label : row.label(),
            row.definition->unit,
            row.course,
            row.changes};
}

} // namespace

ReportSnapshot snapshot_of(const StatusReport& report)
{
    ReportSnapshot snapshot;
    snapshot.name = report.set->title;
    snapshot.set = report.set->number;
    snapshot.period = report.period;
    snapshot.as_of = report.as_of;
    for (const auto& row : report.rows)
        if (!row.revised) // the same indicator, which has its own row
            snapshot.rows.push_back(snapshot_row(row));
    std::stable_sort(snapshot.rows.begin(), snapshot.rows.end(),
                     [](const auto& a, const auto& b) { return a.number < b.number; });
    return snapshot;
}

std::vector<ReportDifference> differences(const ReportSnapshot& before, const ReportSnapshot& now,
                                          const Catalogue& catalogue)
{
    return Comparer(before, now, catalogue).all();
}

} // namespace skurd
