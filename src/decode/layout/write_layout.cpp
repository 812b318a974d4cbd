#include "decode/layout/write_layout.hpp"

#include "base/text.hpp"
#include "decode/layout/layout_keys.hpp"
#include "decode/pattern.hpp"
#include "decode/workbook/sheet.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// A TOML string: literal where it can be, so that patterns stay readable.
std::string toml_string(std::string_view text)
{
    const bool can_be_literal =
        text.find('\'') == std::string_view::npos && escape_unseen(text, EscapeForm::toml) == text;
    return can_be_literal ? fmt::format("'{}'", text) : toml_quoted(text);
}

std::string list(const std::vector<std::string>& texts)
{
    std::vector<std::string> all;
    all.reserve(texts.size());
    for (const auto& text : texts)
        all.push_back(toml_string(text));
    return "[" + join(all, ", ") + "]";
}

class Writer {
public:
    void text(std::string_view key, const std::string& value)
    {
        if (!value.empty())
            line(key, toml_string(value));
    }
    template <HasWords Enum>
    void word(std::string_view key, Enum value, Enum fallback)
    {
        if (value != fallback)
            text(key, std::string(to_string(value)));
    }
    void texts(std::string_view key, const std::vector<std::string>& values)
    {
        if (!values.empty())
            line(key, list(values));
    }
    void line(std::string_view key, const std::string& value) { out += fmt::format("{} = {}\n", key, value); }

    std::string out = "[layout]\n";
};

void write_place(Writer& writer, const TableLayout& layout)
{
    writer.word("format", layout.format, TableLayout::Format::automatic);
    if (layout.format == TableLayout::Format::csv) {
        writer.text("encoding", layout.encoding);
        writer.text("separator", layout.separator == "\t" ? "tab" : layout.separator);
    }
    writer.text("sheet", layout.sheet);
    if (layout.columns.second != SIZE_MAX)
        writer.text("columns", column_name(layout.columns.first) + ":" + column_name(layout.columns.second));
    if (layout.header > 0)
        writer.line("header", std::to_string(layout.header));
    if (layout.header_rows != 1)
        writer.line("header_rows", std::to_string(layout.header_rows));
    if (layout.fill_header)
        writer.line("fill_header", "true");
    writer.texts("fill_down", layout.fill_down);
    writer.texts("skip", layout.skip);
    writer.texts("stop", layout.stop);
    writer.word("blank_rows", layout.blank_rows, TableLayout::BlankRows::skip);
    writer.word("lone_cells", layout.lone_cells, TableLayout::LoneCells::automatic);
    writer.texts("footnotes", layout.footnotes);
}

void write_values(Writer& writer, const TableLayout& layout)
{
    writer.text("periods", layout.periods);
    writer.text("period_column", layout.period_column);
    writer.text("period_cell", layout.period_cell);
    writer.text("period", layout.period);
    writer.word("dates", layout.dates, DatePeriod::refuse);
    writer.text("measures", layout.measures);
    writer.text("value_column", layout.value_column);
    writer.text("status_column", layout.status_column);
    if (layout.decimal != ',' || layout.signs == TableLayout::Signs::stated)
        writer.text("decimal", std::string(1, layout.decimal));
    if (layout.thousands.size() == 1)
        writer.texts("thousands", layout.thousands);
    else if (layout.thousands.size() == 5)
        writer.texts("thousands", {"space", layout.thousands.back()});
    std::vector<std::string> negatives;
    for (const auto negative : layout.negatives)
        negatives.emplace_back(to_string(negative));
    writer.texts("negatives", negatives);
    writer.texts("units", layout.units);
    writer.word("empty", layout.empty, TableLayout::Empty::missing);
    writer.word("percent", layout.percent, TableLayout::Percent::refuse);
}

void write_tables(Writer& writer, const TableLayout& layout, const CodesByText& meanings)
{
    const auto meaning = [&](const std::string& text) {
        const auto known = meanings.find(text);
        return known == meanings.end() ? "not available" : known->second;
    };
    for (const auto& series : layout.series) {
        writer.out += "\n[[layout.series]]\n";
        writer.text("column", series.column);
        if (series.column.empty())
            writer.line("headings", "true");
        if (series.column.empty() || series.id != series.column)
            writer.text("id", series.id);
        writer.text("label", series.label);
        writer.text("pattern", series.pattern);
        writer.text("empty", series.empty);
    }
    for (const auto& across : layout.across) {
        writer.out += "\n[[layout.across]]\n";
        writer.text("id", across.id);
        if (across.row > 0)
            writer.line("row", std::to_string(across.row));
        writer.text("pattern", across.pattern);
        writer.text("role", across.role == Role::time ? "time" : "");
    }
    if (!layout.names.empty())
        writer.out += "\n[layout.names]\n";
    for (const auto& [column, name] : layout.names)
        writer.text(column_name(layout.columns.first + column), name);
    if (!layout.period_codes.empty())
        writer.out += "\n[layout.period_codes]\n";
    for (const auto& [text, period] : layout.period_codes)
        writer.text(toml_string(text), period);
    if (!layout.fixed.empty())
        writer.out += "\n[layout.fixed]\n";
    for (const auto& [id, code] : layout.fixed)
        writer.text(toml_string(id), code);
    if (!layout.missing.empty())
        writer.out += "\n[layout.missing]\n";
    for (const auto& mark : layout.missing)
        writer.text(toml_string(mark), meaning(mark));
    if (!layout.flags.empty())
        writer.out += "\n[layout.flags]\n";
    for (const auto& flag : layout.flags)
        writer.text(toml_string(flag.text),
                    flag.meaning == Meaning::none ? "normal" : std::string(to_string(flag.meaning)));
    if (!layout.notes.empty())
        writer.out += "\n[layout.notes]\n";
    for (const auto& [pattern, symbol] : layout.notes)
        writer.text(toml_string(pattern), symbol);
}

} // namespace

std::string layout_toml(const TableLayout& layout, const CodesByText& meanings)
{
    Writer writer;
    write_place(writer, layout);
    if (!describes_itself(layout.format))
        write_values(writer, layout);
    write_tables(writer, layout, meanings);
    return writer.out;
}

std::string escaped_pattern(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out +=
            (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos ? "\\" : "") + std::string(1, c);
    return out;
}

std::string pattern_of(std::string_view text)
{
    const auto head = whole_prefix(text, Pattern::size_max / 4); // room for the signs that escape it
    return "^" + escaped_pattern(head) + (head.size() == text.size() ? "$" : "");
}

} // namespace skurd
