#include "report/page.hpp"
#include "report/report.hpp"

#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "lib/xlsxwriter/xlsx_workbook.hpp"
#include "model/release.hpp"
#include "report/outcome_colours.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

const SheetStyle title_style = {.bold = true, .size = 14};
const SheetStyle head_style = {.background = 0xe4e7eb, .bold = true, .wrap = true};
const SheetStyle head_right_style = {
    .background = 0xe4e7eb, .bold = true, .wrap = true, .align = SheetStyle::Align::right};
/// Beside a number at the right: what follows it must not touch it.
const SheetStyle head_after_number_style = {.background = 0xe4e7eb, .bold = true, .wrap = true, .indent = 1};
const SheetStyle text_style = {.wrap = true, .rule = SheetStyle::Rule::light};
const SheetStyle note_style = {.wrap = true, .rule = SheetStyle::Rule::light, .indent = 1};
const SheetStyle muted_style = {.colour = 0x3f3f46, .wrap = true, .rule = SheetStyle::Rule::light};
const SheetStyle number_style = {.rule = SheetStyle::Rule::light};
const SheetStyle paragraph_style = {.wrap = true};
const SheetStyle wide_style = {}; ///< runs on over the empty cells after it

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

std::string change_format(const ChangeCell& cell, const ReportText& words)
{
    const auto digits = with_decimals("0", cell.shown->scale());
    const auto tail = fmt::format(
        "\" {}{}\"", cell.verdict->unit == "percentage points" ? words.say("%-poeng", "pp") : std::string("%"),
        cell.verdict->provisional ? " *" : "");
    return fmt::format("+{0}{1};\"−\"{0}{1};{0}{1}", digits, tail);
}

/// Of digits alone: a number or a year.
std::optional<Decimal> plain_number(const std::string& text)
{
    return all_digits(text) ? Decimal::parse(text) : std::nullopt;
}

/// That a value is made from.
std::vector<std::string> datasets_of(const StatusReport::Row& row, const IndicatorValue& value)
{
    const auto datasets = value.datasets();
    return datasets.empty() ? row.datasets : datasets;
}

class XlsxReport {
public:
    XlsxReport(const Page& page, const StatusReport& report)
        : page_(page), report_(report), words_(page.words), book_(page.title, created_at(report))
    {
        book_.set_page_head(page.title, page.edge);
    }

    std::string render()
    {
        add_summary();
        for (const auto& table : page_.tables)
            add_table(table);
        if (!page_.differences_heading.empty())
            add_differences();
        if (!page_.retired.rows.empty())
            add_listing(words_.say("Gått ut", "Left out"), page_.retired, {6, 54, 80});
        add_listing(page_.sources.heading, page_.sources, {36, 36, 14, 10, 50, 44});
        add_method();
        add_flat_sheet();
        return book_.bytes();
    }

private:
    void begin_sheet(const std::string& name, const std::vector<int>& widths)
    {
        book_.add_sheet(name);
        widths_ = widths;
        row_ = -1;
        for (std::size_t i = 0; i < widths.size(); ++i)
            book_.set_column_width(static_cast<int>(i), widths[i]);
    }

    void begin_sheet(const std::string& name, const std::string& heading, const std::vector<int>& widths)
    {
        begin_sheet(name, widths);
        put(0, 0, heading, title_style);
    }

    /// Text in a cell; its row becomes high enough for it, if the column's cells are filled from the top downwards.
    void put(int row, int column, const std::string& text, const SheetStyle& style)
    {
        book_.text(row, column, text, style);
        if (row != row_) {
            row_ = row;
            lines_ = 1;
        }
        if (!style.wrap)
            return;
        // Letters of the default font are narrower than digits, by which a column's width is counted, bold ones not.
        const auto width = static_cast<std::size_t>(widths_.at(static_cast<std::size_t>(column)));
        int lines = 0;
        for (const auto paragraph : split(text, '\n'))
            lines += static_cast<int>(wrapped(std::string(paragraph), width).size());
        if (lines > lines_) {
            lines_ = lines;
            book_.set_row_height(row, lines_);
        }
    }

    void add_head(int row, const std::vector<std::string>& columns)
    {
        for (std::size_t i = 0; i < columns.size(); ++i)
            put(row, static_cast<int>(i), columns[i], head_style);
    }

    /// A plain number becomes one.
    void add_cell(int row, int column, const std::string& text)
    {
        if (const auto number = plain_number(text))
            book_.number(row, column, *number, number_style);
        else
            put(row, column, text, text_style);
    }

    void add_summary()
    {
        std::vector<int> widths = {44};
        widths.resize(std::max(1 + page_.changes.size(), page_.summary.columns.size()), 38);
        begin_sheet(page_.summary.heading, page_.title, widths);
        int row = 1;
        put(row++, 0, page_.state, wide_style);
        for (const auto& line : page_.preface_below_state())
            put(row++, 0, line, wide_style);
        ++row;
        if (!page_.summary.rows.empty())
            row = add_rows(row, page_.summary) + 1;
        for (const auto& line : page_.legend)
            put(row++, 0, line, wide_style);
    }

    /// The lead, the headings and the rows; gives the row after them.
    int add_rows(int row, const Listing& listing)
    {
        for (const auto& line : listing.lead.empty() ? std::vector<std::string>() : wrapped(listing.lead, 120))
            put(row++, 0, line, wide_style);
        add_head(row++, listing.columns);
        for (const auto& cells : listing.rows) {
            for (std::size_t i = 0; i < cells.size(); ++i)
                add_cell(row, static_cast<int>(i), cells[i]);
            ++row;
        }
        return row;
    }

    void add_listing(const std::string& name, const Listing& listing, const std::vector<int>& widths)
    {
        begin_sheet(name, listing.heading, widths);
        add_rows(1, listing);
        book_.freeze_above(2);
    }

    struct Column {
        std::string heading;
        int width = 0;
        SheetStyle style = head_style;
    };

    std::vector<Column> table_columns() const
    {
        std::vector<Column> columns = {{words_.say("nr", "no"), 5},
                                       {words_.say("indikator", "indicator"), 32},
                                       {"type", 9},
                                       {words_.say("kilde", "source"), 16},
                                       {words_.say("enhet", "unit"), 11}};
        for (const auto& heading : page_.values)
            columns.push_back({heading, 9, head_right_style});
        if (page_.shows_newest)
            columns.push_back({words_.say("målt", "measured"), 11, head_after_number_style});
        for (const auto& heading : page_.changes) {
            columns.push_back({heading, 11, head_right_style});
            columns.push_back({words_.say("vurdering ", "verdict ") + heading, 17, head_after_number_style});
        }
        columns.push_back({words_.say("merknader", "notes"), 38, head_after_number_style});
        return columns;
    }

    void add_table(const PageTable& table)
    {
        const auto columns = table_columns();
        std::vector<int> widths;
        widths.reserve(columns.size());
        for (const auto& column : columns)
            widths.push_back(column.width);
        begin_sheet(table.name.empty() ? table.part : table.name, table.heading, widths);
        for (std::size_t i = 0; i < columns.size(); ++i)
            put(1, static_cast<int>(i), columns[i].heading, columns[i].style);
        book_.freeze_above(2, 2);
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            add_row(static_cast<int>(i) + 2, table.rows[i]);
    }

    void add_row(int at, const PageRow& row)
    {
        int column = 0;
        add_cell(at, column++, row.row->number_text());
        put(at, column++, row.label, text_style);
        put(at, column++, row.type, muted_style);
        put(at, column++, row.source, muted_style);
        put(at, column++, row.unit, muted_style);
        for (const auto& value : row.values)
            add_value(at, column++, value, row.row->kind());
        if (page_.shows_newest)
            flat_number(at, column++, row.measured, note_style);
        for (const auto& change : row.changes) {
            add_change(at, column, change);
            column += 2;
        }
        std::vector<std::string> notes;
        for (const auto& note : row.notes)
            notes.push_back((note.mark.empty() ? "" : note.mark + " ") +
                            (note.about.empty() ? note.text : note.about + ": " + note.text));
        put(at, column, join(notes, "\n"), note_style);
    }

    void add_value(int row, int column, const ValueCell& cell, IndicatorKind kind)
    {
        SheetStyle style{.align = SheetStyle::Align::right, .rule = SheetStyle::Rule::light};
        if (cell.value && cell.value->value.number) {
            style.number_format = value_format(cell, *cell.value->value.number, kind);
            book_.number(row, column, *cell.value->value.number, style);
        } else {
            put(row, column, cell.text, style);
        }
        book_.comment(row, column, cell.note);
    }

    void add_change(int row, int column, const ChangeCell& cell)
    {
        const auto colours = colours_of(cell.verdict->outcome);
        SheetStyle style{.colour = colours.text,
                         .background = colours.background,
                         .align = SheetStyle::Align::right,
                         .rule = SheetStyle::Rule::light};
        if (cell.shown) {
            style.number_format = change_format(cell, words_);
            book_.number(row, column, *cell.shown, style);
        } else {
            put(row, column, "", style);
        }
        auto lines = cell.notes;
        lines.insert(lines.begin(), cell.mark);
        put(row, column + 1, join(lines, "\n"),
            {.colour = colours.text,
             .background = colours.background,
             .wrap = true,
             .rule = SheetStyle::Rule::light,
             .indent = 1});
        const bool needs_words =
            !cell.notes.empty() || !cell.verdict->caveat.empty() || cell.verdict->outcome == Outcome::not_comparable;
        if (needs_words)
            book_.comment(row, column, cell.sentence);
    }

    void add_differences()
    {
        begin_sheet(words_.say("Endringer", "Changes"), page_.differences_heading,
                    {24, 8, 8, 40, 11, 11, 13, 13, 15, 64});
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
            put(row, 0, words_.say("Ingenting.", "Nothing."), paragraph_style);
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
                book_.number(
                    row, column, *value,
                    {.number_format = with_decimals("#,##0", value->scale()), .rule = SheetStyle::Rule::light});
            else
                book_.text(row, column, "", number_style);
            ++column;
        }
        add_cell(row, 8, difference.comparable ? words_.say("ja", "yes") : words_.say("nei", "no"));
        add_cell(row, 9, line.text);
    }

    /// Every number of the report in a row of its own, to be filtered and counted. Its headings are the first row,
    /// where programs look for them.
    void add_flat_sheet()
    {
        const std::vector<std::string> columns = {
            words_.say("nr", "no"),
            words_.say("indikator", "indicator"),
            words_.say("del", "part"),
            words_.say("periode", "period"),
            words_.say("verdi", "value"),
            words_.say("enhet", "unit"),
            words_.say("status", "status"),
            words_.say("endring", "change"),
            words_.say("målt mot", "compared with"),
            words_.say("vurdering", "verdict"),
            words_.say("publisert", "published"),
            words_.say("utgave", "vintage"),
            "type",
            words_.say("kilde", "source"),
            words_.say("krediteres", "credit"),
            words_.say("lisens", "licence"),
        };
        begin_sheet("Data", {6, 40, 28, 9, 11, 18, 20, 12, 12, 15, 12, 8, 10, 14, 36, 24});
        add_head(0, columns);
        book_.freeze_above(1, 2);
        int at = 1;
        for (const auto& table : page_.tables)
            for (const auto& row : table.rows)
                for (const auto& [period, value] : row.row->course)
                    add_flat_row(at++, table, row, period, value);
        book_.add_filter(0, std::max(at - 1, 1), static_cast<int>(columns.size()));
    }

    /// A plain number as one, without what makes a row higher.
    void flat_number(int row, int column, const std::string& text, const SheetStyle& style = {})
    {
        if (const auto number = plain_number(text))
            book_.number(row, column, *number, style);
        else
            book_.text(row, column, text, style);
    }

    void add_flat_row(int at, const PageTable& table, const PageRow& row, const Period& period,
                      const IndicatorValue& value)
    {
        flat_number(at, 0, row.row->number_text());
        book_.text(at, 1, row.label);
        book_.text(at, 2, table.part);
        flat_number(at, 3, period.text());
        if (value.value.number)
            book_.number(at, 4, *value.value.number,
                         {.number_format = with_decimals("#,##0", value.value.number->scale()),
                          .align = SheetStyle::Align::right});
        book_.text(at, 5, row.unit, {.indent = 1});
        if (value.is_provisional())
            book_.text(at, 6, words_.say("foreløpig tall", "provisional"));
        else if (!value.value.number)
            book_.text(at, 6, words_.nothing(value.value.symbol));
        add_flat_verdict(at, row, period);
        if (value.vintage != 0) {
            book_.text(at, 10, published_day(value.published_at, value.confidence));
            book_.number(at, 11, Decimal(value.vintage, 0));
        }
        const auto attribution = report_.attributions.of(datasets_of(*row.row, value));
        book_.text(at, 12, row.type);
        book_.text(at, 13, row.source);
        book_.text(at, 14, source_text(attribution, words_.language()));
        book_.text(at, 15, licence_text(attribution, words_.language()));
    }

    /// Of the change that ends in the period, from the period before it where there are several; of the level where
    /// that is what is judged.
    void add_flat_verdict(int at, const PageRow& row, const Period& period)
    {
        for (const auto& level : row.row->levels)
            if (level.to == period)
                return put_flat_verdict(at, level, row);
        const Verdict* shortest = nullptr;
        for (const auto& change : row.row->changes)
            if (change.to == period && (!shortest || shortest->from < change.from))
                shortest = &change;
        if (!shortest)
            return;
        for (const auto& cell : row.changes)
            if (cell.verdict == shortest && cell.shown)
                book_.number(at, 7, *cell.shown,
                             {.number_format = change_format(cell, words_), .align = SheetStyle::Align::right});
        flat_number(at, 8, shortest->from.text(), {.indent = 1});
        put_flat_verdict(at, *shortest, row);
    }

    void put_flat_verdict(int at, const Verdict& verdict, const PageRow& row)
    {
        const auto colours = colours_of(verdict.outcome);
        const auto style = outcome_style(verdict.outcome, row.row->indicator->direction);
        book_.text(at, 9, fmt::format("{} {}", style.sign, style.word(words_.language())),
                   {.colour = colours.text, .background = colours.background});
    }

    void add_method()
    {
        begin_sheet(page_.method_heading, page_.method_heading, {110});
        int row = 1;
        for (const auto& line : page_.preface)
            put(row++, 0, line, paragraph_style);
        put(row++, 0, page_.method, paragraph_style);
        if (!page_.summary.rows.empty())
            put(row++, 0, page_.summary.lead, paragraph_style);
        for (const auto& line : page_.legend)
            put(row++, 0, line, paragraph_style);
    }

    const Page& page_;
    const StatusReport& report_;
    const ReportText& words_;
    XlsxWorkbook book_;
    std::vector<int> widths_; ///< of the sheet's columns, in characters
    int row_ = -1;            ///< that was last written to
    int lines_ = 1;           ///< it has
};

} // namespace

std::string render_xlsx(const Rendering& from)
{
    const auto page = make_page(from.report, from.catalogue, from.language);
    return XlsxReport(page, from.report).render();
}

} // namespace skurd
