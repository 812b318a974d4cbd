#include "report/renderings.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// What would end a table's cell or begin markup.
std::string escaped(const std::string& text)
{
    std::string safe;
    for (const char c : text) {
        if (c == '|' || c == '*' || c == '_' || c == '<' || c == '`' || c == '[' || c == '\\')
            safe += '\\';
        safe += c;
    }
    return safe;
}

std::string table_head(const ReportWords& words)
{
    const auto& report = words.report();
    std::string head = fmt::format("| {} | {} |", words.say("nr", "no"), words.say("indikator", "indicator"));
    std::string rule = "|--:|:--|";
    for (const auto& period : report.periods) {
        head += fmt::format(" {} |", period.text());
        rule += "--:|";
    }
    for (const auto& change : report.rows.front().changes) {
        head += fmt::format(" {} | |", words.column(change));
        rule += "--:|:--|";
    }
    return head + "\n" + rule + "\n";
}

std::string table_row(const ReportWords& words, const StatusReport::Row& row)
{
    std::string line = fmt::format("| {} | {} |", row.number, escaped(words.say(row.label())));
    for (std::size_t i = 0; i < row.values.size(); ++i)
        line += fmt::format(" {} |", escaped(words.value(row, i)));
    for (std::size_t i = 0; i < row.changes.size(); ++i)
        line += fmt::format(" {} | {} |", words.change(row, i), words.mark(row.changes[i], *row.indicator));
    return line + "\n";
}

std::string summary(const ReportWords& words)
{
    const auto& changes = words.report().rows.front().changes;
    std::string text = fmt::format("\n## {}\n\n| |", words.say("Sammendrag", "Summary"));
    std::string rule = "\n|:--|";
    for (const auto& change : changes) {
        text += fmt::format(" {} |", words.column(change));
        rule += ":--|";
    }
    text += rule + "\n";
    for (const auto& table : words.tables()) {
        text += fmt::format("| {} |", words.part(table.part));
        for (std::size_t i = 0; i < changes.size(); ++i)
            text += fmt::format(" {} |", words.count(table, i));
        text += "\n";
    }
    return text;
}

} // namespace

std::string markdown_report(const ReportWords& words)
{
    std::string text = fmt::format("# {}\n", words.title());
    for (const auto& line : {words.as_of(), words.say(words.report().set->note)})
        if (!line.empty())
            text += fmt::format("\n{}\n", escaped(line));
    for (const auto& table : words.tables()) {
        text += fmt::format("\n## {}\n\n{}", words.heading(table), table_head(words));
        for (const auto* row : table.rows)
            text += table_row(words, *row);
        const auto notes = words.notes(table);
        if (!notes.empty())
            text += "\n";
        for (const auto& note : notes)
            text += fmt::format("- {}\n", escaped(note));
    }
    if (!words.report().rows.empty())
        text += summary(words);
    return text + "\n" + words.legend() + "\n";
}

} // namespace skurd
