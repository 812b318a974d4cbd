#include "report/page.hpp"
#include "report/report.hpp"

#include "base/csv_writer.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

std::string name_of(const ReportColumn& column)
{
    return fmt::format("{}_{}{}", column.from ? column.from->text() : "own", column.to.text(),
                       column.comparison == Comparison::per_year ? "_per_year" : "");
}

/// "" for a final number, "provisional", the kind of nothing.
std::string meaning_field(const Value& value)
{
    if (value.symbol.meaning == Meaning::none)
        return value.number ? "" : "no value";
    return std::string(to_string(value.symbol.meaning));
}

std::string notes_field(const PageRow& row)
{
    std::vector<std::string> notes;
    for (const auto& note : row.notes)
        notes.push_back(note.about.empty() ? note.text : note.about + ": " + note.text);
    return join(notes, "; ");
}

/// A report as CSV, line by line.
class CsvReport {
public:
    CsvReport(const StatusReport& report, Language language, CsvDialect dialect)
        : report_(report), language_(language), out_(dialect)
    {
    }

    std::string render(const Page& page)
    {
        add_header();
        for (const auto& table : page.tables)
            for (const auto& row : table.rows)
                add_row(row);
        return out_.take();
    }

private:
    void add_header()
    {
        for (const auto* name :
             {"number", "indicator", "table", "part", "label", "kind", "direction", "unit", "definition"})
            out_.add(name);
        for (const auto& period : report_.periods)
            for (const auto* what : {"", "meaning_"})
                out_.add(what + period.text());
        if (report_.set->shows_newest())
            for (const auto* name : {"value", "meaning", "period"})
                out_.add(name);
        for (const auto& column : report_.rows.empty() ? std::vector<ReportColumn>() : report_.columns) {
            if (!column.from)
                out_.add(fmt::format("from_{}", name_of(column)));
            for (const auto* what : {"change", "verdict", "margin", "within_margin", "near_miss"})
                out_.add(fmt::format("{}_{}", what, name_of(column)));
        }
        for (const auto* name : {"notes", "source", "licence"})
            out_.add(name);
        out_.end_row();
    }

    void add_row(const PageRow& made)
    {
        const auto& row = *made.row;
        out_.add(row.number_text());
        out_.add(std::to_string(row.indicator->number));
        out_.add(row.table);
        out_.add(row.indicator->part);
        out_.add(made.label);
        out_.add(to_string(row.kind()));
        out_.add(to_string(row.indicator->direction));
        out_.add(row.definition->unit);
        out_.add(std::to_string(row.definition->id));
        add_values(row);
        add_changes(row);
        out_.add(notes_field(made));
        const auto attribution = report_.attributions.of(row.datasets);
        out_.add(row.datasets.empty() ? "" : source_text(attribution, language_));
        out_.add(row.datasets.empty() ? "" : licence_text(attribution, language_));
        out_.end_row();
    }

    void add_values(const StatusReport::Row& row)
    {
        for (const auto& value : row.values) {
            out_.add_number(value.value.number);
            out_.add(meaning_field(value.value));
        }
        if (!report_.set->shows_newest())
            return;
        const auto newest = row.newest();
        const auto value = newest ? row.course.at(*newest).value : Value{};
        out_.add_number(value.number);
        out_.add(meaning_field(value));
        out_.add(newest ? newest->text() : std::string());
    }

    void add_changes(const StatusReport::Row& row)
    {
        for (std::size_t i = 0; i < row.changes.size(); ++i) {
            const auto& change = row.changes[i];
            if (!report_.columns[i].from)
                out_.add(change.from.text());
            out_.add_number(change.change);
            out_.add(to_string(change.outcome));
            out_.add_number(change.margin);
            out_.add(!change.margin ? "" : change.within_margin ? "yes" : "no");
            out_.add(change.near_miss.en);
        }
    }

    const StatusReport& report_;
    Language language_;
    CsvWriter out_;
};

} // namespace

std::string render_csv(const Rendering& from)
{
    const auto page = make_page(from.report, from.catalogue, from.language);
    return CsvReport(from.report, from.language, from.dialect).render(page);
}

} // namespace skurd
