#include "base/text.hpp"
#include "decode/layout/layout_keys.hpp"
#include "decode/layout/propose_layout.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/table/decode_table.hpp"
#include "decode/table/period_reader.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"

namespace skurd::test {

namespace {

constexpr char workbook_mark = 'x';

/// Lines of cells with semicolons between them as a workbook; what is marked as a date and is none is a text.
std::string workbook_of(std::string_view text)
{
    std::vector<std::vector<std::string>> rows;
    for (const auto line : split(text, '\n')) {
        auto& row = rows.emplace_back();
        for (const auto cell : split(line, ';'))
            row.emplace_back(cell.starts_with('@') && !read_date(cell.substr(1)) ? "text " + std::string(cell)
                                                                                 : std::string(cell));
    }
    return xlsx({{"Ark", rows}});
}

std::size_t numbers_in(const Cube& cube)
{
    std::size_t count = 0;
    for (const auto& cell : cube.cells)
        count += cell.state == Cell::State::number ? 1 : 0;
    return count;
}

FileLayout read_proposal(const LayoutProposal& proposal)
{
    try {
        auto whole = Section::parse(proposal.toml, "proposal");
        auto section = whole.require_table("layout");
        auto layout = read_layout(section);
        whole.reject_unknown_keys();
        return layout;
    } catch (const Error& failure) {
        throw Finding(fmt::format("a proved layout is none: {}", failure.what()));
    }
}

/// A proved proposal reads the file, every number of it that it says.
void check_proposal(const LayoutProposal& proposal, std::string_view bytes)
{
    if (!is_valid_utf8(proposal.toml))
        throw Finding("a proposal is no UTF-8");
    if (!proposal.is_proved())
        return;
    const auto layout = read_proposal(proposal);
    const auto file = decode_table(bytes, layout.table);
    check_all(file.cube, file.conventions(layout.conventions));
    if (!describes_itself(layout.table.format) && numbers_in(file.cube) != proposal.numbers)
        throw Finding(
            fmt::format("{} numbers are said to be read, and {} are", proposal.numbers, numbers_in(file.cube)));
}

} // namespace

bool feed_describe(std::string_view bytes)
{
    if (bytes.empty())
        return false;
    const auto file = bytes.front() == workbook_mark ? workbook_of(bytes.substr(1)) : std::string(bytes.substr(1));
    return is_taken([&] {
        const auto proposal = propose_layout(file, "tall 2017.csv");
        if (proposal.toml != propose_layout(file, "tall 2017.csv").toml)
            throw Finding("the same bytes give another proposal");
        check_proposal(proposal, file);
    });
}

} // namespace skurd::test
