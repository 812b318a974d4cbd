#include "tests/fuzz/checks.hpp"

#include "base/text.hpp"
#include "decode/csv/cube_csv.hpp"
#include "normalise/normalise.hpp"
#include "tests/fuzz/feeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace skurd::test {

namespace {

void require(bool holds, const std::string& promise)
{
    if (!holds)
        throw Finding(promise);
}

void check_line(std::string_view text, const std::string& what)
{
    constexpr std::size_t size_max = 20'000; // bytes
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
    require(is_valid_utf8(text), what + " is not UTF-8");
    require(std::none_of(text.begin(), text.end(), is_control), what + " is not on one line: " + std::string(text));
    require(text.size() <= size_max, what + " is longer than people read: " + std::string(text.substr(0, 200)));
}

} // namespace

void check_message(const Error& failure)
{
    const std::string message = failure.what();
    require(!message.empty(), "an error says nothing");
    check_line(message, "an error's message");
}

void check_cube(const Cube& cube)
{
    require(cube.cells.empty() || cube.cells.size() == cube.cell_count(),
            "the cells are not the product of the sizes");
    require(!cube.symbols.empty() && cube.symbols.front().empty(), "the first symbol is not 'none'");
    for (const auto& cell : cube.cells)
        require(cell.symbol < cube.symbols.size(), "a cell has a symbol that is not there");
    for (const auto& dimension : cube.dimensions) {
        std::set<std::string_view> codes;
        for (const auto& category : dimension.categories)
            require(codes.insert(category.code).second, "a dimension has the code '" + category.code + "' twice");
    }
}

void check_release(const Release& release)
{
    require(release.cells.size() == release.series_count() * release.periods.size(),
            "the cells are not series times periods");
    require(std::is_sorted(release.periods.begin(), release.periods.end()), "the periods do not ascend");
    for (const auto& cell : release.cells)
        require(cell.symbol < release.symbols.size(), "a cell of a release has a symbol that is not there");
}

void check_csv(const Cube& cube)
{
    std::string csv;
    write_cube_csv(cube, csv);
    require(is_valid_utf8(csv), "the long CSV is not UTF-8");
    require(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) > cube.cells.size(),
            "the long CSV has fewer lines than cells");
}

std::string whole_text(const Cube& cube)
{
    std::string text = cube.label + '\n' + cube.source + '\n' + cube.table_id + '\n' + cube.updated + '\n' +
                       cube.language + '\n' + (cube.discontinued ? "discontinued" : "") + '\n';
    text += join(cube.notes, "\n");
    for (const auto& dimension : cube.dimensions) {
        text += fmt::format("\n{}|{}|{}|{}", dimension.id, dimension.label, static_cast<int>(dimension.role),
                            dimension.eliminable ? static_cast<int>(*dimension.eliminable) : -1);
        for (const auto& category : dimension.categories)
            text += fmt::format("\n {}|{}|{}|{}", category.code, category.label, category.unit,
                                category.decimals.value_or(-1));
    }
    text += '\n';
    write_cube_csv(cube, text);
    for (const auto& cell : cube.cells)
        text += static_cast<char>('0' + static_cast<int>(cell.state));
    return text;
}

void check_all(const Cube& cube, const Conventions& conventions)
{
    check_cube(cube);
    check_csv(cube);
    is_taken([&] {
        std::vector<std::string> notes;
        const auto release = normalise(cube, conventions, "drop/fuzz", Coverage::partial, notes);
        check_release(release);
        for (const auto& note : notes)
            check_line(note, "a note");
    });
}

} // namespace skurd::test
