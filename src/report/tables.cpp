#include "report/tables.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/outcome_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

/// In the order they are counted; those that every reader expects come first and are shown even when there are none.
constexpr std::array counted = {Outcome::improved,  Outcome::worsened,  Outcome::unchanged,     Outcome::no_data,
                                Outcome::increased, Outcome::decreased, Outcome::not_comparable};
constexpr std::size_t always_counted = 4;

} // namespace

const Definition& definition_of(const StatusReport& report, const StatusReport::Row& row)
{
    return row.indicator->definition_at(report.as_of);
}

IndicatorKind kind_of(const StatusReport& report, const StatusReport::Row& row)
{
    return definition_of(report, row).kind.value_or(row.indicator->kind);
}

const Correction* correction_of(const StatusReport::Row& row, std::size_t period)
{
    return period < row.corrections.size() ? row.corrections[period].get() : nullptr;
}

std::vector<std::pair<std::string, std::string>> correction_notes(const StatusReport& report,
                                                                  const StatusReport::Row& row, Language language)
{
    std::vector<std::pair<std::string, std::string>> notes;
    for (std::size_t i = 0; i < report.periods.size(); ++i)
        if (const auto* correction = correction_of(row, i))
            notes.emplace_back(
                report.periods[i].text(),
                correction_text(*correction, is_corrected({row.values[i], {}}, *correction), language));
    return notes;
}

std::string ReportWords::say(std::string_view nb, std::string_view en) const
{
    return std::string(language_ == Language::nb ? nb : en);
}

std::string ReportWords::title() const
{
    return fmt::format("{}: {}", say(report_.set->title), report_.period.text());
}

std::string ReportWords::as_of() const
{
    if (!report_.as_of)
        return "";
    return say("Slik tallene var publisert per ", "As published by ") + format_time(*report_.as_of);
}

std::string ReportWords::part(const std::string& id) const
{
    const auto found = catalogue_.parts.find(id);
    return found == catalogue_.parts.end() ? id : say(found->second);
}

std::string ReportWords::heading(const ReportTable& table) const
{
    if (table.number.empty())
        return part(table.part);
    return fmt::format("{} {}: {}", say("Tabell", "Table"), table.number, part(table.part));
}

std::string ReportWords::column(const Verdict& change) const
{
    const auto per_year = change.comparison == Comparison::per_year ? say(" per år", " per year") : "";
    return fmt::format("{}–{}{}", change.from.text(), change.to.text(), per_year);
}

std::string ReportWords::value(const StatusReport::Row& row, std::size_t period) const
{
    const auto& number = row.values[period];
    if (!number)
        return row.symbols[period].text.empty() ? "–" : row.symbols[period].text;
    return number_text(*number, language_) + (kind_of(report_, row) == IndicatorKind::share ? say(" %", "%") : "") +
           (correction_of(row, period) ? " †" : "");
}

std::string ReportWords::change(const StatusReport::Row& row, std::size_t column) const
{
    const auto& shown = row.shown_changes[column];
    if (!shown)
        return "";
    const bool points = row.changes[column].unit == "percentage points";
    return signed_text(*shown, language_) + (points ? say(" %-poeng", " pp") : say(" %", "%"));
}

std::string ReportWords::mark(const Verdict& change, const Indicator& indicator) const
{
    const auto look = look_of(change.outcome, indicator.direction);
    return fmt::format("{} {}", look.sign, look.word(language_));
}

std::string ReportWords::definition_note(const StatusReport::Row& row) const
{
    const auto& definition = definition_of(report_, row);
    if (definition.id == 1)
        return "";
    const auto from = format_date(definition.from);
    const auto how =
        definition.comparable_with_previous
            ? say("sammenlignes med tall publisert før ", "compared with figures published before ")
            : say("ikke sammenlignbar med tall publisert før ", "not comparable with figures published before ");
    return fmt::format("{}{}: {}", how, from, say(definition.reason));
}

std::vector<std::string> ReportWords::notes(const ReportTable& table) const
{
    std::vector<std::pair<std::string, std::string>> notes; // what they are about, text
    for (const auto* row : table.rows) {
        const auto number = fmt::format("{}", row->number);
        if (const auto text = definition_note(*row); !text.empty()) {
            const auto same =
                std::find_if(notes.begin(), notes.end(), [&](const auto& n) { return n.second == text; });
            if (same == notes.end())
                notes.emplace_back(number, text);
            else
                same->first += ", " + number;
        }
        if (!row->trouble.en.empty())
            notes.emplace_back(number, say(row->trouble));
        for (const auto& [period, text] : correction_notes(report_, *row, language_))
            notes.emplace_back("† " + number + " " + period, text);
        for (const auto& change : row->changes)
            if (change.outcome == Outcome::not_comparable)
                notes.emplace_back(number + " " + column(change), say(change.sentence_nb, change.sentence_en));
    }
    std::vector<std::string> lines;
    for (const auto& [about, text] : notes)
        lines.push_back(about + ": " + text);
    return lines;
}

std::string ReportWords::count(const ReportTable& table, std::size_t column) const
{
    std::vector<std::string> counts;
    for (std::size_t i = 0; i < counted.size(); ++i) {
        const auto number = std::count_if(table.rows.begin(), table.rows.end(), [&](const auto* row) {
            return row->changes[column].outcome == counted[i];
        });
        if (number > 0 || i < always_counted)
            counts.push_back(fmt::format("{} {}", look_of(counted[i], Direction::up).sign, number));
    }
    return join(counts, "  ");
}

std::string ReportWords::legend() const
{
    return say(
        "✓ i ønsket retning, ✗ i uønsket retning, = ikke endret i reell grad, ↑ ↓ økt eller redusert uten ønsket "
        "retning, · ingen data, ≠ ikke sammenlignbar",
        "✓ in the desired direction, ✗ in the other, = not changed to any real degree, ↑ ↓ increased or "
        "decreased without a desired direction, · no data, ≠ not comparable");
}

std::vector<ReportTable> ReportWords::tables() const
{
    std::vector<ReportTable> tables;
    for (const auto& row : report_.rows) {
        const auto& id = row.indicator->part;
        auto table = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.part == id; });
        if (table == tables.end())
            table = tables.insert(tables.end(), {id, row.table, {}});
        table->rows.push_back(&row);
    }
    return tables;
}

} // namespace skurd
