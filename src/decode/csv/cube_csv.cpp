#include "decode/csv/cube_csv.hpp"

namespace skurd {

namespace {

std::vector<std::string> made(const std::vector<std::string>& texts, const CsvWriter& out)
{
    std::vector<std::string> fields;
    fields.reserve(texts.size());
    for (const auto& text : texts)
        fields.push_back(out.made(text));
    return fields;
}

/// The columns of codes, ready to print: for each dimension, a field for each category.
std::vector<std::vector<std::string>> code_columns(const Cube& cube, const CsvWriter& out)
{
    std::vector<std::vector<std::string>> columns;
    for (const auto& dimension : cube.dimensions) {
        auto& column = columns.emplace_back();
        for (const auto& category : dimension.categories)
            column.push_back(out.made(category.code));
    }
    return columns;
}

/// The next combination, the last dimension varying fastest.
void advance(std::vector<std::size_t>& at, const std::vector<std::vector<std::string>>& columns)
{
    for (std::size_t i = at.size(); i-- > 0;) {
        if (++at[i] < columns[i].size())
            return;
        at[i] = 0;
    }
}

} // namespace

void write_cube_csv(const Cube& cube, CsvWriter& out)
{
    for (const auto& dimension : cube.dimensions)
        out.add(dimension.id);
    out.add("value");
    out.add("status");
    out.end_row();
    const auto columns = code_columns(cube, out);
    const auto symbols = made(cube.symbols, out);
    std::vector<std::size_t> at(columns.size());
    for (const auto& cell : cube.cells) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            out.add_made(columns[i][at[i]]);
        out.add_number(cell.number());
        out.add_made(symbols[cell.symbol]);
        out.end_row();
        advance(at, columns);
    }
}

void write_cube_csv(const Cube& cube, std::string& out)
{
    CsvWriter csv(CsvDialect::raw);
    write_cube_csv(cube, csv);
    out += csv.take();
}

} // namespace skurd
