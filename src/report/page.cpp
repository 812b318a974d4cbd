#include "report/page.hpp"

#include "base/text.hpp"
#include "model/correction.hpp"
#include "model/enum_text.hpp"
#include "report/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

ValueCell value_cell(const StatusReport::Row& row, const IndicatorValue* value, const ReportText& words)
{
    ValueCell cell{"N/A", value, ""};
    if (!value)
        return cell;
    if (!value->value.number) {
        if (!value->value.symbol.text.empty())
            cell.text = value->value.symbol.text;
        cell.note = words.missing_reason(*value);
        return cell;
    }
    cell.text = words.value(*value->value.number, row.kind());
    std::vector<std::string> notes;
    if (value->is_provisional()) {
        cell.text += "\u00a0*";
        notes.push_back(words.say("foreløpig tall", "provisional"));
    }
    if (value->correction) {
        cell.text += "\u00a0†";
        notes.push_back(
            correction_text(*value->correction, is_corrected(value->value, *value->correction), words.language()));
    }
    cell.note = join(notes, "; ");
    return cell;
}

/// A crossing that may be chance is said to be so; of what stayed within the limit only the margin is told.
std::vector<std::string> notes_on(const Verdict& verdict, const ReportText& words)
{
    std::vector<std::string> notes;
    if (verdict.margin) {
        const bool may_be_chance = verdict.within_margin && verdict.outcome != Outcome::unchanged;
        notes.push_back(fmt::format("{} ±{}",
                                    may_be_chance ? words.say("innenfor utvalgsfeilen", "within sampling error")
                                                  : words.say("feilmargin", "margin"),
                                    words.points(*verdict.margin)));
    }
    if (!verdict.near_miss.empty())
        notes.push_back(words.say(verdict.near_miss));
    return notes;
}

ChangeCell change_cell(const StatusReport& report, const StatusReport::Row& row, std::size_t column,
                       const ReportText& words)
{
    const auto& verdict = row.changes[column];
    ChangeCell cell;
    cell.verdict = &verdict;
    cell.style = outcome_style(verdict.outcome, row.indicator->direction);
    cell.mark = fmt::format("{} {}", cell.style.sign, cell.style.word(words.language()));
    cell.notes = notes_on(verdict, words);
    // The heading cannot say it: each row has a start of its own.
    if (!report.columns[column].from && verdict.change && verdict.from != report.set->baseline)
        cell.notes.insert(cell.notes.begin(), words.say("fra ", "from ") + verdict.from.text());
    cell.sentence = words.say(verdict.sentence);
    cell.shown = row.shown_changes[column];
    if (cell.shown)
        cell.text = words.change(*cell.shown, verdict.unit) + (verdict.provisional ? "\u00a0*" : "");
    return cell;
}

PageRow page_row(const StatusReport& report, const StatusReport::Row& row, const ReportText& words)
{
    PageRow made;
    made.row = &row;
    made.label = words.say(row.label());
    made.type = word_text(row.indicator->type, words.language());
    made.source = row.indicator->source;
    made.unit = words.unit(row.definition->unit);
    if (report.set->shows_newest()) {
        const auto newest = row.newest();
        made.values.push_back(value_cell(row, newest ? &row.course.at(*newest) : nullptr, words));
        made.measured = newest ? newest->text() : "–";
    }
    for (const auto& value : row.values)
        made.values.push_back(value_cell(row, &value, words));
    for (std::size_t i = 0; i < row.changes.size(); ++i)
        made.changes.push_back(change_cell(report, row, i, words));
    made.notes = notes_of(report, row, words);
    return made;
}

std::vector<PageTable> tables_of(const StatusReport& report, const Catalogue& catalogue, const ReportText& words)
{
    std::vector<PageTable> tables;
    std::vector<std::string> parts;
    for (const auto& row : report.rows) {
        const auto& part = row.indicator->part;
        auto at = static_cast<std::size_t>(std::find(parts.begin(), parts.end(), part) - parts.begin());
        if (at == parts.size()) {
            parts.push_back(part);
            auto& table = tables.emplace_back();
            table.part = part_heading(catalogue, part, words);
            if (!row.table.empty())
                table.name = words.say("Tabell ", "Table ") + row.table;
            table.heading = table.name.empty() ? table.part : table.name + ": " + table.part;
        }
        tables[at].rows.push_back(page_row(report, row, words));
    }
    for (auto& table : tables)
        table.notes = note_lines(table.rows);
    return tables;
}

// Before the templates, whose elements they are.
void make_printable(ValueCell& cell);
void make_printable(ChangeCell& cell);
void make_printable(RowNote& note);
void make_printable(PageRow& row);
void make_printable(PageTable& table);
void make_printable(Listing& listing);
void make_printable(DifferenceGroup& group);

void make_printable(std::string& text)
{
    text = printable(text);
}

template <typename Element>
void make_printable(std::vector<Element>& all)
{
    for (auto& one : all)
        make_printable(one);
}

template <typename... Parts>
void make_all_printable(Parts&... parts)
{
    (make_printable(parts), ...);
}

void make_printable(ValueCell& cell)
{
    make_all_printable(cell.text, cell.note);
}

void make_printable(ChangeCell& cell)
{
    make_all_printable(cell.text, cell.mark, cell.notes, cell.sentence);
}

void make_printable(RowNote& note)
{
    make_all_printable(note.mark, note.number, note.about, note.text);
}

void make_printable(PageRow& row)
{
    make_all_printable(row.label, row.type, row.source, row.unit, row.values, row.measured, row.changes, row.notes);
}

void make_printable(PageTable& table)
{
    make_all_printable(table.part, table.name, table.heading, table.rows, table.notes);
}

void make_printable(Listing& listing)
{
    make_all_printable(listing.heading, listing.lead, listing.columns, listing.rows);
}

void make_printable(DifferenceGroup& group)
{
    make_printable(group.heading);
    for (auto& line : group.lines)
        make_all_printable(line.number, line.label, line.text);
}

} // namespace

Page make_printable_page(const StatusReport& report, const Catalogue& catalogue, Language language)
{
    auto page = make_page(report, catalogue, language);
    make_all_printable(page.title, page.preface, page.state, page.edge, page.values, page.changes, page.tables,
                       page.summary, page.differences_heading, page.differences, page.retired, page.sources,
                       page.method_heading, page.method, page.legend);
    return page;
}

Page make_page(const StatusReport& report, const Catalogue& catalogue, Language language)
{
    const ReportText words(language);
    Page page;
    page.words = words;
    page.shows_newest = report.set->shows_newest();
    page.title = words.say(report.set->title);
    if (!page.shows_newest)
        page.title += ": " + report.period.text();
    page.preface = preface_of(report, words);
    page.prefaces_as_of = report.as_of.has_value();
    page.state = state_text(report, words);
    page.edge = page_edge_text(report, words);
    if (page.shows_newest)
        page.values.push_back(words.say("verdi", "value"));
    for (const auto& period : report.periods)
        page.values.push_back(period.text());
    if (!report.rows.empty())
        for (const auto& column : report.columns)
            page.changes.push_back(words.column(column));
    page.tables = tables_of(report, catalogue, words);
    page.summary = summary_of(report, catalogue, words);
    if (!report.compared_with.empty())
        page.differences_heading = fmt::format(fmt::runtime(words.say("Endret siden «{}»", "Changed since “{}”")),
                                               words.say(report.compared_with));
    page.differences = differences_of(report, catalogue, words);
    page.retired = retired_of(report, catalogue, words);
    page.sources = sources_of(report, words);
    page.method_heading = words.say("Metode", "Method");
    page.method = method_of(report, words);
    page.legend = legend_of(report, words);
    return page;
}

} // namespace skurd
