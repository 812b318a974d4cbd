#include "report/page.hpp"
#include "report/report.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

using Fields = std::vector<std::string>;

std::string number_field(const std::optional<Decimal>& number)
{
    return number ? number->text() : "";
}

std::string name_of(const ReportColumn& column)
{
    return fmt::format("{}_{}{}", column.from ? column.from->text() : "own", column.to.text(),
                       column.comparison == Comparison::per_year ? "_per_year" : "");
}

Fields header(const StatusReport& report)
{
    Fields fields = {"number", "indicator", "table", "part", "label", "kind", "direction", "unit", "definition"};
    for (const auto& period : report.periods)
        for (const auto* what : {"", "meaning_"})
            fields.push_back(what + period.text());
    if (report.set->shows_newest())
        fields.insert(fields.end(), {"value", "meaning", "period"});
    for (const auto& column : report.rows.empty() ? std::vector<ReportColumn>() : report.columns) {
        if (!column.from)
            fields.push_back(fmt::format("from_{}", name_of(column)));
        for (const auto* what : {"change", "verdict", "margin", "within_margin", "near_miss"})
            fields.push_back(fmt::format("{}_{}", what, name_of(column)));
    }
    fields.emplace_back("notes");
    return fields;
}

/// "" for a final number, "provisional", the kind of nothing.
std::string meaning_field(const Value& value)
{
    if (value.symbol.meaning == Meaning::none)
        return value.number ? "" : "no value";
    return std::string(to_string(value.symbol.meaning));
}

void add_values(Fields& fields, const StatusReport& report, const StatusReport::Row& row)
{
    for (const auto& value : row.values) {
        fields.push_back(number_field(value.value.number));
        fields.push_back(meaning_field(value.value));
    }
    if (!report.set->shows_newest())
        return;
    const auto newest = row.newest();
    const auto value = newest ? row.course.at(*newest).value : Value{};
    fields.insert(fields.end(),
                  {number_field(value.number), meaning_field(value), newest ? newest->text() : std::string()});
}

void add_changes(Fields& fields, const StatusReport& report, const StatusReport::Row& row)
{
    for (std::size_t i = 0; i < row.changes.size(); ++i) {
        const auto& change = row.changes[i];
        if (!report.columns[i].from)
            fields.push_back(change.from.text());
        fields.push_back(number_field(change.change));
        fields.emplace_back(to_string(change.outcome));
        fields.push_back(number_field(change.margin));
        fields.emplace_back(!change.margin ? "" : change.within_margin ? "yes" : "no");
        fields.push_back(change.near_miss.en);
    }
}

std::string notes_field(const PageRow& row)
{
    std::vector<std::string> notes;
    for (const auto& note : row.notes)
        notes.push_back(note.about.empty() ? note.text : note.about + ": " + note.text);
    return join(notes, "; ");
}

void add_line(std::string& text, const Fields& fields)
{
    for (std::size_t i = 0; i < fields.size(); ++i)
        text += (i == 0 ? "" : ",") + csv_field(fields[i]);
    text += "\n";
}

} // namespace

std::string render_csv(const Rendering& from)
{
    const auto page = make_page(from.report, from.catalogue, from.language);
    std::string text;
    add_line(text, header(from.report));
    for (const auto& table : page.tables)
        for (const auto& made : table.rows) {
            const auto& row = *made.row;
            Fields fields = {row.number_text(),
                             std::to_string(row.indicator->number),
                             row.table,
                             row.indicator->part,
                             made.label,
                             std::string(to_string(row.kind())),
                             std::string(to_string(row.indicator->direction)),
                             row.definition->unit,
                             std::to_string(row.definition->id)};
            add_values(fields, from.report, row);
            add_changes(fields, from.report, row);
            fields.push_back(notes_field(made));
            add_line(text, fields);
        }
    return text;
}

} // namespace skurd
