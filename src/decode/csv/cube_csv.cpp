#include "decode/csv/cube_csv.hpp"

#include "base/text.hpp"

namespace skurd {

namespace {

std::vector<std::string> fields(const std::vector<std::string>& texts)
{
    std::vector<std::string> quoted;
    quoted.reserve(texts.size());
    for (const auto& text : texts)
        quoted.push_back(csv_field(text));
    return quoted;
}

/// The columns of codes, ready to print: for each dimension, a field with its comma for each category.
std::vector<std::vector<std::string>> code_columns(const Cube& cube)
{
    std::vector<std::vector<std::string>> columns;
    for (const auto& dimension : cube.dimensions) {
        auto& column = columns.emplace_back();
        for (const auto& category : dimension.categories)
            column.push_back(csv_field(category.code) + ',');
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

void write_cube_csv(const Cube& cube, std::string& out)
{
    for (const auto& dimension : cube.dimensions)
        out += csv_field(dimension.id) + ',';
    out += "value,status\n";
    const auto columns = code_columns(cube);
    const auto symbols = fields(cube.symbols);
    std::vector<std::size_t> at(columns.size());
    for (const auto& cell : cube.cells) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            out += columns[i][at[i]];
        if (const auto number = cell.number())
            out += number->text();
        out += ',';
        out += symbols[cell.symbol];
        out += '\n';
        advance(at, columns);
    }
}

} // namespace skurd
