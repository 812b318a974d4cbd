#include "report/renderings.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

std::string number_field(const std::optional<Decimal>& number)
{
    return number ? number->text() : "";
}

std::string header(const StatusReport& report)
{
    std::string line = "number,indicator,table,part,label,kind,direction,unit";
    for (const auto& period : report.periods)
        line += "," + period.text();
    if (!report.rows.empty())
        for (const auto& change : report.rows.front().changes) {
            const auto name = fmt::format("{}_{}{}", change.from.text(), change.to.text(),
                                          change.comparison == Comparison::per_year ? "_per_year" : "");
            line += fmt::format(",change_{0},verdict_{0}", name);
        }
    return line + ",corrections\n";
}

std::string corrections_field(const StatusReport& report, const StatusReport::Row& row)
{
    std::vector<std::string> notes;
    for (const auto& [period, text] : correction_notes(report, row, Language::en))
        notes.push_back(period + ": " + text);
    return csv_field(join(notes, "; "));
}

} // namespace

std::string csv_report(const ReportWords& words)
{
    const auto& report = words.report();
    std::string text = header(report);
    for (const auto& row : report.rows) {
        const auto& indicator = *row.indicator;
        text +=
            fmt::format("{},{},{},{},{},{},{},{}", row.number, indicator.number, csv_field(row.table),
                        csv_field(indicator.part), csv_field(words.say(row.label())), to_string(kind_of(report, row)),
                        to_string(indicator.direction), csv_field(definition_of(report, row).unit));
        for (const auto& value : row.values)
            text += "," + number_field(value);
        for (const auto& change : row.changes)
            text += fmt::format(",{},{}", number_field(change.change), to_string(change.outcome));
        text += "," + corrections_field(report, row) + "\n";
    }
    return text;
}

} // namespace skurd
