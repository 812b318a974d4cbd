#include "decode/csv/long_csv.hpp"

#include "base/csv_reader.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/encoding.hpp"

#include <algorithm>
#include <unordered_map>

namespace skurd {

namespace {

constexpr std::size_t none = SIZE_MAX;

/// A dimension in the making.
class Axis {
public:
    explicit Axis(const std::string& id, Role role = Role::none)
    {
        dimension.id = id;
        dimension.label = id;
        dimension.role = role;
    }

    std::uint32_t operator()(const std::string& code)
    {
        const auto [found, is_new] =
            positions_.try_emplace(code, static_cast<std::uint32_t>(dimension.categories.size()));
        if (is_new)
            dimension.categories.push_back({code, code, "", std::nullopt});
        return found->second;
    }

    Dimension dimension;

private:
    std::unordered_map<std::string, std::uint32_t> positions_;
};

/// Which column is what.
struct Columns {
    std::size_t value = none;
    std::size_t status = none;
    std::vector<std::size_t> codes; ///< one for each axis; the last is the period's
    std::size_t count = 0;
};

Columns read_header(CsvReader& reader, std::vector<Axis>& axes)
{
    CsvRecord header;
    if (!reader.read(header))
        throw error("the file is empty");
    auto names = header.fields;
    std::sort(names.begin(), names.end());
    if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end())
        throw error("line {}: the column '{}' is there twice", header.line, excerpt(*twice));
    Columns columns;
    columns.count = header.fields.size();
    std::size_t period = none;
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
        const auto& name = header.fields[i];
        if (name.empty())
            throw error("line {}: column {} has no name", header.line, i + 1);
        if (name == "value" || name == "status") {
            (name == "value" ? columns.value : columns.status) = i;
        } else if (name == "period") {
            period = i;
        } else {
            columns.codes.push_back(i);
            axes.emplace_back(name);
        }
    }
    if (columns.value == none || period == none)
        throw error("line {}: no column '{}'; there are: {}", header.line, period == none ? "period" : "value",
                    excerpt(join(header.fields, ", "), 200));
    if (axes.empty())
        throw error("line {}: no column says which series a line belongs to", header.line);
    columns.codes.push_back(period);
    axes.emplace_back("period", Role::time);
    return columns;
}

Cell read_cell(const CsvRecord& record, const Columns& columns, SymbolIndex& symbols)
{
    const auto& text = record.fields[columns.value];
    const auto symbol = columns.status == none ? std::uint16_t(0) : symbols(record.fields[columns.status]);
    if (text.empty())
        return Cell::missing(symbol);
    const auto number = Decimal::parse(text);
    if (!number)
        throw error("line {}, column 'value': '{}' is not a number with a decimal point", record.line, excerpt(text));
    return Cell::of(*number, symbol);
}

/// A line, until the sizes of all axes are known: the positions stand apart, one after the other.
struct Entry {
    Cell cell;
    std::uint32_t line = 0;
};

/// The lines as a cube; `positions` has those of the first line, then those of the second, …
Cube make(std::vector<Axis> axes, const std::vector<std::uint32_t>& positions, const std::vector<Entry>& entries,
          const LongCsvLimits& limits)
{
    Cube cube;
    for (auto& axis : axes)
        cube.dimensions.push_back(std::move(axis.dimension));
    if (const auto count = cube.cell_count(); count > limits.cells)
        throw error("the columns multiply to {} cells, and {} are allowed: does each of them say which series a line "
                    "belongs to?",
                    count, limits.cells);
    cube.cells.resize(cube.cell_count());
    std::vector<std::uint32_t> given(cube.cells.size()); // by which line
    auto position = positions.begin();
    for (const auto& entry : entries) {
        std::size_t at = 0;
        for (const auto& dimension : cube.dimensions)
            at = at * dimension.categories.size() + *position++;
        if (given[at] != 0)
            throw error("line {}: the same cell as in line {}", entry.line, given[at]);
        given[at] = entry.line;
        cube.cells[at] = entry.cell;
    }
    return cube;
}

} // namespace

Cube decode_long_csv(std::string_view bytes, const LongCsvLimits& limits)
{
    if (bytes.size() > limits.bytes)
        throw error("{} bytes of CSV; {} are allowed", bytes.size(), limits.bytes);
    const auto text = decode_text(bytes, "utf-8");
    if (trim(text.utf8).starts_with('<'))
        throw error("this is HTML or XML, not CSV");
    CsvReader reader(text.utf8);
    std::vector<Axis> axes;
    const auto columns = read_header(reader, axes);
    std::vector<std::string> symbol_texts = {""};
    SymbolIndex symbols(symbol_texts);
    std::vector<std::uint32_t> positions;
    std::vector<Entry> entries;
    CsvRecord record;
    while (reader.read(record)) {
        if (record.fields.size() == 1 && record.is_blank())
            continue;
        if (record.fields.size() != columns.count)
            throw error("line {}: {} fields, but the header has {} columns", record.line, record.fields.size(),
                        columns.count);
        for (std::size_t i = 0; i < axes.size(); ++i) {
            const auto& code = record.fields[columns.codes[i]];
            if (code.empty())
                throw error("line {}, column '{}': an empty cell where a code or period is to be", record.line,
                            excerpt(axes[i].dimension.id));
            positions.push_back(axes[i](code));
        }
        entries.push_back({read_cell(record, columns, symbols), static_cast<std::uint32_t>(record.line)});
    }
    if (entries.empty())
        throw error("no lines follow the header");
    auto cube = make(std::move(axes), positions, entries,
                     {limits.bytes, std::min(limits.cells, bounds_of(bytes.size()).cells)});
    cube.symbols = std::move(symbol_texts);
    return cube;
}

} // namespace skurd
