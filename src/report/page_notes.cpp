#include "report/page_parts.hpp"

#include "base/text.hpp"
#include "model/correction.hpp"
#include "model/other_figures.hpp"
#include "model/outcome_text.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

class RowNotes {
public:
    RowNotes(const StatusReport& report, const StatusReport::Row& row, const ReportText& words)
        : report_(report), row_(row), words_(words)
    {
    }

    std::vector<RowNote> collect()
    {
        add_definition();
        add("", words_.say(row_.formula_error));
        add_judged_on();
        add_revised();
        add_thresholds();
        add_respondents();
        for (std::size_t i = 0; i < row_.values.size(); ++i)
            add_value(report_.periods[i].text(), row_.values[i]);
        if (report_.set->shows_newest())
            add_newest();
        for (const auto& change : row_.changes)
            add_change(change);
        return std::move(notes_);
    }

private:
    /// What is said of several columns is said once: "2016–2018, 2016–2018 per år".
    void add(const std::string& about, const std::string& text, const std::string& mark = "")
    {
        if (text.empty())
            return;
        const auto same = std::find_if(notes_.begin(), notes_.end(),
                                       [&](const auto& note) { return note.mark == mark && note.text == text; });
        if (same == notes_.end())
            notes_.push_back({mark, row_.number_text(), about, text});
        else
            same->about += ", " + about;
    }

    /// Of what is shown: a definition that goes on from a source without numbers yet has changed nothing.
    const Definition& definition_shown() const
    {
        int newest = 0;
        for (const auto& [period, value] : row_.course)
            if (value.value.number)
                newest = std::max(newest, value.definition);
        return newest == 0 || !reads_earlier(row_.definition->formula) ? *row_.definition
                                                                       : row_.indicator->definition(newest);
    }

    void add_definition()
    {
        const auto& definition = definition_shown();
        if (definition.id == 1)
            return;
        const auto how =
            definition.comparable_with_previous
                ? words_.say("sammenlignes med tall publisert før ", "compared with figures published before ")
                : words_.say("ikke sammenlignbar med tall publisert før ",
                             "not comparable with figures published before ");
        add("", fmt::format("{}{}: {}", how, published_day(definition.from, definition.from_known),
                            words_.say(definition.reason)));
    }

    /// Where changes are not what is judged; what the level is judged to be in each period.
    void add_judged_on()
    {
        if (report_.set->shows_newest())
            return;
        switch (row_.definition->judged_on) {
        case JudgedOn::change:
            return;
        case JudgedOn::nothing:
            return add("", words_.say("vurderes ikke", "is not judged"));
        case JudgedOn::level:
            break;
        }
        std::vector<std::string> levels;
        for (const auto& level : row_.levels) {
            const auto style = outcome_style(level.outcome, row_.indicator->direction);
            levels.push_back(fmt::format("{} {} {}", level.to.text(), style.sign, style.word(words_.language())));
        }
        const auto target = number_text(row_.indicator->target.value_or(Decimal()), words_.language());
        add("", fmt::format("{} {}{}{}",
                            words_.say("vurderes på nivået hvert år, som skal være over",
                                       "judged on its level each year, which should be above"),
                            target, levels.empty() ? "" : ": ", join(levels, ", ")));
    }

    void add_revised()
    {
        if (row_.revised)
            add("", words_.say(row_.revised->reason));
    }

    void add_thresholds()
    {
        if (row_.indicator->thresholds && !report_.what_if)
            add("",
                words_.say("egne grenser: ", "limits of its own: ") + words_.thresholds(*row_.indicator->thresholds));
    }

    void add_respondents()
    {
        const bool sampled =
            std::any_of(row_.changes.begin(), row_.changes.end(), [](const auto& c) { return c.margin.has_value(); });
        if (!sampled)
            return;
        const auto& respondents = row_.definition->respondents;
        const auto count_text = [&](std::int64_t count) { return number_text(Decimal(count, 0), words_.language()); };
        std::vector<std::string> counts;
        if (respondents.in_period.empty())
            counts.push_back(count_text(respondents.each));
        else
            for (const auto& period : report_.periods)
                if (const auto count = respondents.in(period); count != 0)
                    counts.push_back(fmt::format("{} ({})", count_text(count), period.text()));
        if (!counts.empty())
            add("", words_.say("utvalgsundersøkelse, antall svar: ", "sample survey, number of respondents: ") +
                        join(counts, ", ") + population_text());
    }

    std::string population_text() const
    {
        const auto& population = row_.definition->population;
        return population.each == 0
                   ? ""
                   : words_.say(" av ", " of ") + number_text(Decimal(population.each, 0), words_.language());
    }

    void add_value(const std::string& period, const IndicatorValue& value)
    {
        if (value.correction)
            add(period,
                correction_text(*value.correction, is_corrected(value.value, *value.correction), words_.language()),
                "†");
        add(period, words_.say(other_figures(value)));
        if (!value.value.number)
            add(period, is_of_one_series(value) ? words_.nothing(value.value.symbol) : words_.missing_reason(value));
    }

    /// Then which series it is that has no number needs no word.
    static bool is_of_one_series(const IndicatorValue& value)
    {
        const bool has_symbol = value.value.symbol.meaning != Meaning::none || !value.value.symbol.text.empty();
        const bool is_one = value.inputs.size() == 1 && !value.inputs.front().dataset.empty();
        return value.formula_error.empty() && (is_one || (has_symbol && value.inputs.empty()));
    }

    void add_newest()
    {
        const auto newest = row_.newest();
        if (newest)
            add_value(newest->text(), row_.course.at(*newest));
        else if (row_.formula_error.empty())
            add("", words_.nothing({}));
    }

    void add_change(const Verdict& change)
    {
        if (change.outcome == Outcome::not_comparable)
            add(words_.column(change), words_.say(change.sentence));
        // What the note on the definition says already is not said again.
        if (!change.caveat.empty() && change.caveat != definition_shown().reason)
            add(words_.column(change),
                words_.say("sammenlignet likevel: ", "compared all the same: ") + words_.say(change.caveat));
    }

    const StatusReport& report_;
    const StatusReport::Row& row_;
    const ReportText& words_;
    std::vector<RowNote> notes_;
};

struct SharedNote {
    RowNote note;
    std::vector<std::string> numbers;
};

bool is_same(const RowNote& a, const RowNote& b)
{
    return a.mark == b.mark && a.about == b.about && a.text == b.text;
}

} // namespace

std::vector<RowNote> notes_of(const StatusReport& report, const StatusReport::Row& row, const ReportText& words)
{
    return RowNotes(report, row, words).collect();
}

std::vector<std::string> note_lines(const std::vector<PageRow>& rows)
{
    std::vector<SharedNote> shared;
    for (const auto& row : rows)
        for (const auto& note : row.notes) {
            auto same =
                std::find_if(shared.begin(), shared.end(), [&](const auto& s) { return is_same(s.note, note); });
            if (same == shared.end())
                same = shared.insert(shared.end(), {note, {}});
            same->numbers.push_back(note.number);
        }
    std::vector<std::string> lines;
    lines.reserve(shared.size());
    for (const auto& [note, numbers] : shared)
        lines.push_back(fmt::format("{}{}{}: {}", note.mark.empty() ? "" : note.mark + " ", join(numbers, ", "),
                                    note.about.empty() ? "" : " (" + note.about + ")", note.text));
    return lines;
}

std::string number_list(const std::vector<int>& numbers)
{
    return fmt::format("{}", fmt::join(numbers, ", "));
}

} // namespace skurd
