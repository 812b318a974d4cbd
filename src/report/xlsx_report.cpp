#include "report/renderings.hpp"

#include "base/text.hpp"
#include "lib/xlsxwriter/xlsx_workbook.hpp"
#include "report/outcome_colours.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

const SheetStyle title_style = {.bold = true, .size = 14};
const SheetStyle head_style = {.background = 0xe4e7eb, .bold = true, .wrap = true};
const SheetStyle text_style = {.wrap = true};
const SheetStyle muted_style = {.colour = 0x3f3f46, .wrap = true};

/// The day the file says it was made: when the report's newest number was published, or the day it is as of.
Time created_at(const StatusReport& report)
{
    if (report.as_of)
        return *report.as_of;
    Time newest{};
    for (const auto& source : report.sources)
        newest = std::max(newest, source.published_at);
    return newest;
}

std::string with_decimals(const std::string& whole, int decimals)
{
    return decimals == 0 ? whole : whole + "." + std::string(static_cast<std::size_t>(decimals), '0');
}

/// A format that shows a value as its cell's text does, marks and all: `0.0" % *"`.
std::string value_format(const ValueCell& cell, const Decimal& number, IndicatorKind kind)
{
    auto format = with_decimals(kind == IndicatorKind::share ? "0" : "#,##0", number.scale());
    std::string tail = kind == IndicatorKind::share ? " %" : "";
    if (cell.value->is_provisional())
        tail += " *";
    if (cell.value->correction)
        tail += " †";
    return tail.empty() ? format : fmt::format("{}\"{}\"", format, tail);
}

std::string change_format(const ChangeCell& cell, const ReportWords& words)
{
    const auto digits = with_decimals("0", cell.shown->scale());
    const auto tail = fmt::format(
        "\" {}{}\"", cell.verdict->unit == "percentage points" ? words.say("%-poeng", "pp") : std::string("%"),
        cell.verdict->provisional ? " *" : "");
    return fmt::format("+{0}{1};\"−\"{0}{1};{0}{1}", digits, tail);
}

class XlsxReport {
public:
    XlsxReport(const Page& page, const StatusReport& report)
        : page_(page), words_(page.words), book_(page.title, created_at(report))
    {
    }

    std::string render()
    {
        add_summary();
        for (const auto& table : page_.tables)
            add_table(table);
        if (!page_.differences_heading.empty())
            add_differences();
        if (!page_.retired.rows.empty())
            add_listing(words_.say("Gått ut", "Left out"), page_.retired, {6, 60, 90});
        add_listing(page_.sources.heading, page_.sources, {36, 36, 14, 10, 60});
        add_method();
        return book_.bytes();
    }

private:
    void set_widths(const std::vector<double>& widths)
    {
        for (std::size_t i = 0; i < widths.size(); ++i)
            book_.set_column_width(static_cast<int>(i), widths[i]);
    }

    void add_head(int row, const std::vector<std::string>& columns)
    {
        for (std::size_t i = 0; i < columns.size(); ++i)
            book_.text(row, static_cast<int>(i), columns[i], head_style);
    }

    /// A plain number becomes one.
    void add_cell(int row, int column, const std::string& text)
    {
        const auto number = all_digits(text) ? Decimal::parse(text) : std::nullopt;
        if (number)
            book_.number(row, column, *number);
        else
            book_.text(row, column, text, text_style);
    }

    void add_summary()
    {
        book_.add_sheet(page_.summary.heading);
        std::vector<double> widths = {48};
        widths.resize(1 + page_.changes.size(), 36);
        set_widths(widths);
        int row = 0;
        book_.text(row++, 0, page_.title, title_style);
        for (const auto& line : page_.preface)
            book_.text(row++, 0, line);
        ++row;
        if (!page_.summary.rows.empty())
            row = add_rows(row, page_.summary) + 1;
        for (const auto& line : page_.legend)
            book_.text(row++, 0, line);
    }

    /// The lead, the headings and the rows; gives the row after them.
    int add_rows(int row, const Listing& listing)
    {
        if (!listing.lead.empty())
            book_.text(row++, 0, listing.lead);
        add_head(row++, listing.columns);
        for (const auto& cells : listing.rows) {
            for (std::size_t i = 0; i < cells.size(); ++i)
                add_cell(row, static_cast<int>(i), cells[i]);
            ++row;
        }
        return row;
    }

    void add_listing(const std::string& name, const Listing& listing, const std::vector<double>& widths)
    {
        book_.add_sheet(name);
        set_widths(widths);
        book_.text(0, 0, listing.heading, title_style);
        add_rows(1, listing);
        book_.freeze_above(2);
    }

    void add_table(const PageTable& table)
    {
        book_.add_sheet(table.name.empty() ? table.part : table.name);
        std::vector<std::string> heads = {words_.say("nr", "no"), words_.say("indikator", "indicator"),
                                          words_.say("enhet", "unit")};
        std::vector<double> widths = {5, 44, 16};
        const auto add_column = [&](const std::string& heading, double width) {
            heads.push_back(heading);
            widths.push_back(width);
        };
        for (const auto& heading : page_.values)
            add_column(heading, 11);
        if (page_.shows_newest)
            add_column(words_.say("målt", "measured"), 11);
        for (const auto& heading : page_.changes) {
            add_column(heading, 14);
            add_column(heading + ", " + words_.say("vurdering", "verdict"), 22);
        }
        add_column(words_.say("merknader", "notes"), 70);
        set_widths(widths);
        book_.text(0, 0, table.heading, title_style);
        add_head(1, heads);
        book_.freeze_above(2);
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            add_row(static_cast<int>(i) + 2, table.rows[i]);
    }

    void add_row(int at, const PageRow& row)
    {
        int column = 0;
        book_.number(at, column++, Decimal(row.row->number, 0));
        book_.text(at, column++, row.label, text_style);
        book_.text(at, column++, row.unit, muted_style);
        for (const auto& value : row.values)
            add_value(at, column++, value, row.row->kind());
        if (page_.shows_newest)
            add_cell(at, column++, row.measured);
        for (const auto& change : row.changes) {
            add_change(at, column, change);
            column += 2;
        }
        std::vector<std::string> notes;
        for (const auto& note : row.notes)
            notes.push_back((note.mark.empty() ? "" : note.mark + " ") +
                            (note.about.empty() ? note.text : note.about + ": " + note.text));
        book_.text(at, column, join(notes, "\n"), text_style);
    }

    void add_value(int row, int column, const ValueCell& cell, IndicatorKind kind)
    {
        SheetStyle style{.align = SheetStyle::Align::right};
        if (cell.value && cell.value->value.number) {
            style.number_format = value_format(cell, *cell.value->value.number, kind);
            book_.number(row, column, *cell.value->value.number, style);
        } else {
            book_.text(row, column, cell.text, style);
        }
        book_.comment(row, column, cell.note);
    }

    void add_change(int row, int column, const ChangeCell& cell)
    {
        const auto colours = colours_of(cell.verdict->outcome);
        SheetStyle style{.colour = colours.text, .background = colours.background, .align = SheetStyle::Align::right};
        if (cell.shown) {
            style.number_format = change_format(cell, words_);
            book_.number(row, column, *cell.shown, style);
        } else {
            book_.text(row, column, "", style);
        }
        auto lines = cell.remarks;
        lines.insert(lines.begin(), cell.mark);
        book_.text(row, column + 1, join(lines, "\n"),
                   {.colour = colours.text, .background = colours.background, .wrap = true});
        const bool needs_words = !cell.remarks.empty() || !cell.verdict->allowance.empty() ||
                                 cell.verdict->outcome == Outcome::not_comparable;
        if (needs_words)
            book_.comment(row, column, cell.sentence);
    }

    void add_differences()
    {
        book_.add_sheet(words_.say("Endringer", "Changes"));
        set_widths({26, 9, 9, 44, 11, 11, 13, 13, 14, 80});
        book_.text(0, 0, page_.differences_heading, title_style);
        add_head(1, {words_.say("slag", "kind"), words_.say("nr før", "no before"), words_.say("nr nå", "no now"),
                     words_.say("indikator", "indicator"), words_.say("periode før", "period before"),
                     words_.say("periode nå", "period now"), words_.say("verdi før", "value before"),
                     words_.say("verdi nå", "value now"), words_.say("sammenlignbar", "comparable"),
                     words_.say("hva", "what")});
        book_.freeze_above(2);
        int row = 2;
        for (const auto& group : page_.differences)
            for (const auto& line : group.lines)
                add_difference(row++, line);
        if (row == 2)
            book_.text(row, 0, words_.say("Ingenting.", "Nothing."));
    }

    void add_difference(int row, const DifferenceGroup::Line& line)
    {
        const auto& difference = *line.difference;
        const auto number = [](int count) { return count == 0 ? "" : std::to_string(count); };
        const auto period = [](const auto& at) { return at ? at->text() : std::string(); };
        add_cell(row, 0, words_.kind(difference.kind));
        add_cell(row, 1, number(difference.number_before));
        add_cell(row, 2, number(difference.number_now));
        add_cell(row, 3, line.label);
        add_cell(row, 4, period(difference.period_before));
        add_cell(row, 5, period(difference.period_now));
        int column = 6;
        for (const auto& value : {difference.before, difference.now}) {
            if (value)
                book_.number(row, column, *value, {.number_format = with_decimals("#,##0", value->scale())});
            ++column;
        }
        add_cell(row, 8, difference.comparable ? words_.say("ja", "yes") : words_.say("nei", "no"));
        add_cell(row, 9, line.text);
    }

    void add_method()
    {
        book_.add_sheet(page_.method_heading);
        book_.set_column_width(0, 110);
        int row = 0;
        book_.text(row++, 0, page_.method_heading, title_style);
        for (const auto& line : page_.preface)
            book_.text(row++, 0, line, text_style);
        book_.text(row++, 0, page_.method, text_style);
        book_.text(row++, 0, page_.summary.lead, text_style);
        for (const auto& line : page_.legend)
            book_.text(row++, 0, line, text_style);
    }

    const Page& page_;
    const ReportWords& words_;
    XlsxWorkbook book_;
};

} // namespace

std::string xlsx_report(const Page& page, const StatusReport& report)
{
    return XlsxReport(page, report).render();
}

} // namespace skurd
