#include "base/stopping.hpp"
#include "base/text.hpp"
#include "decode/jsonstat/parts.hpp"

#include <algorithm>

namespace skurd::jsonstat {

namespace {

/// The product of the sizes; anything past 2^40 is 2^40.
std::size_t product(const std::vector<std::size_t>& sizes)
{
    constexpr std::size_t product_max = std::size_t(1) << 40;
    std::size_t count = 1;
    for (const auto size : sizes)
        if (size == 0)
            return 0;
        else
            count = count > product_max / size ? product_max : count * size;
    return count;
}

/// The number of elements; leaves the array at its start.
std::size_t length_of(array& elements)
{
    elements.reset().value();
    return elements.count_elements();
}

Cell read_number(std::string_view token, std::size_t at)
{
    const auto number = Decimal::parse(token);
    if (!number)
        throw error("JSON-stat cell {}: the number {} does not fit in 18 digits", at, excerpt(token));
    return Cell::of(*number);
}

Cell read_cell(value& from, std::size_t at, SymbolIndex& symbols)
{
    const auto token = raw_token(from);
    const char first = token.front();
    if (first == '-' || (first >= '0' && first <= '9'))
        return read_number(token, at);
    if (first == '"') {
        // Texts in `value` are status symbols (FHI), but some writers put numbers in quotes.
        const std::string_view text = from.get_string().value();
        const auto number = Decimal::parse(text);
        return number ? Cell::of(*number) : Cell::missing(symbols(text));
    }
    if (first == 'n')
        return Cell::missing();
    throw breach("STRUCTURAL_VIOLATION", "cell {} is neither a number nor a text nor null", at);
}

void read_dense(array& values, Cube& cube, std::size_t count)
{
    SymbolIndex symbols(cube.symbols);
    cube.cells.reserve(count);
    for (auto element : values) {
        throw_if_stopped();
        if (cube.cells.size() == count)
            throw breach("VALUE_LEN_MISMATCH", "value has {} cells, size multiplies to {}", length_of(values), count);
        cube.cells.push_back(read_cell(element.value(), cube.cells.size(), symbols));
    }
    if (cube.cells.size() < count)
        throw breach("VALUE_LEN_MISMATCH", "value has {} cells, size multiplies to {}", cube.cells.size(), count);
}

void read_sparse(object& values, Cube& cube, std::size_t count)
{
    SymbolIndex symbols(cube.symbols);
    cube.cells.resize(count);
    for (auto field : values) {
        throw_if_stopped();
        const auto key = field.unescaped_key().value();
        const auto at = parse_index(key);
        if (!at || *at >= count)
            throw breach("SPARSE_KEY_OUT_OF_RANGE", "value has the key '{}', its cells are 0 to {}", excerpt(key),
                         static_cast<std::ptrdiff_t>(count) - 1);
        value stated = field.value();
        cube.cells[*at] = read_cell(stated, *at, symbols);
    }
}

/// A status on a cell the payload does not otherwise mention makes it a missing one.
void give_status(Cube& cube, std::size_t at, std::uint16_t symbol)
{
    Cell& cell = cube.cells[at];
    if (symbol == 0)
        return;
    if (cell.symbol != 0 && cell.symbol != symbol)
        throw breach("STRUCTURAL_VIOLATION", "cell {} has '{}' in value and '{}' in status", at,
                     excerpt(cube.symbols[cell.symbol]), excerpt(cube.symbols[symbol]));
    cell.symbol = symbol;
    if (cell.state == Cell::State::absent)
        cell.state = Cell::State::missing;
}

void give_all(Cube& cube, std::uint16_t symbol)
{
    for (std::size_t at = 0; at < cube.cells.size(); ++at) {
        throw_if_stopped();
        give_status(cube, at, symbol);
    }
}

void read_status_array(array& statuses, Cube& cube)
{
    SymbolIndex symbols(cube.symbols);
    const auto count = length_of(statuses);
    if (count != cube.cells.size() && count != 1)
        throw breach("STATUS_LEN_MISMATCH", "status has {} entries, size multiplies to {}", count, cube.cells.size());
    std::size_t at = 0;
    for (auto element : statuses) {
        throw_if_stopped();
        const auto symbol = symbols(read_text(element.value(), "status"));
        if (count == cube.cells.size())
            give_status(cube, at++, symbol);
        else
            give_all(cube, symbol);
    }
}

void read_status_object(object& statuses, Cube& cube)
{
    SymbolIndex symbols(cube.symbols);
    statuses.reset().value();
    for (auto field : statuses) {
        throw_if_stopped();
        const auto key = field.unescaped_key().value();
        const auto at = parse_index(key);
        if (!at || *at >= cube.cells.size())
            throw breach("STATUS_KEY_OUT_OF_RANGE", "status has the key '{}', its cells are 0 to {}", excerpt(key),
                         static_cast<std::ptrdiff_t>(cube.cells.size()) - 1);
        give_status(cube, *at, symbols(read_text(field.value(), "status")));
    }
}

/// As many decimals as stated, where the number has fewer and it can be written so: writers leave out zeros at the
/// end.
Decimal with_decimals(const Decimal& number, int decimals)
{
    constexpr std::int64_t mantissa_max = 99'999'999'999'999'999; // one more digit makes 18
    auto mantissa = number.mantissa();
    for (int scale = number.scale(); scale < decimals; ++scale) {
        if (mantissa > mantissa_max || mantissa < -mantissa_max)
            return number;
        mantissa *= 10;
    }
    return {mantissa, std::max(number.scale(), decimals)};
}

/// The decimals that units state, in whichever dimension has units.
void give_stated_decimals(Cube& cube)
{
    std::size_t step = cube.cells.size(); // how many cells of one category lie together
    for (const auto& dimension : cube.dimensions) {
        const auto size = dimension.categories.size();
        step /= std::max<std::size_t>(size, 1);
        for (std::size_t i = 0; i < size; ++i) {
            throw_if_stopped();
            const auto decimals = dimension.categories[i].decimals.value_or(0);
            if (decimals <= 0 || decimals > Decimal::scale_max)
                continue;
            for (auto block = i * step; block < cube.cells.size(); block += size * step)
                std::for_each_n(cube.cells.begin() + static_cast<std::ptrdiff_t>(block), step, [&](Cell& cell) {
                    if (const auto number = cell.number())
                        cell = Cell::of(with_decimals(*number, decimals), cell.symbol);
                });
        }
    }
}

bool is_description(Dataset& dataset)
{
    if (auto* values = std::get_if<array>(&dataset.values))
        return !values->reset().value();
    return std::holds_alternative<std::monostate>(dataset.values);
}

/// Statuses without values would be lost without a word.
void refuse_statuses(Dataset& dataset, std::size_t count)
{
    std::size_t statuses = 0;
    if (auto* list = std::get_if<array>(&dataset.statuses))
        statuses = length_of(*list);
    else if (auto* map = std::get_if<object>(&dataset.statuses))
        statuses = map->reset().value() ? 1 : 0;
    if (statuses > 0)
        throw breach("VALUE_LEN_MISMATCH", "value has no cells but there are statuses; size multiplies to {}", count);
}

void read_values(Dataset& dataset, std::size_t count)
{
    if (auto* dense = std::get_if<array>(&dataset.values)) {
        dense->reset().value();
        read_dense(*dense, dataset.cube, count);
    } else if (auto* sparse = std::get_if<object>(&dataset.values)) {
        sparse->reset().value();
        read_sparse(*sparse, dataset.cube, count);
    } else {
        throw breach("STRUCTURAL_VIOLATION", "value is neither an array nor an object");
    }
}

} // namespace

void read_cells(Dataset& dataset, std::size_t cells_max)
{
    const auto count = product(*dataset.size);
    if (is_description(dataset))
        return refuse_statuses(dataset, count);
    if (count > cells_max)
        throw breach("CUBE_SIZE_OVERFLOW", "size multiplies to more than {} cells", cells_max);
    read_values(dataset, count);
    give_stated_decimals(dataset.cube);
    if (auto* list = std::get_if<array>(&dataset.statuses)) {
        read_status_array(*list, dataset.cube);
    } else if (auto* map = std::get_if<object>(&dataset.statuses)) {
        read_status_object(*map, dataset.cube);
    } else if (auto* text = std::get_if<std::string>(&dataset.statuses)) {
        SymbolIndex symbols(dataset.cube.symbols);
        give_all(dataset.cube, symbols(*text));
    }
}

} // namespace skurd::jsonstat
