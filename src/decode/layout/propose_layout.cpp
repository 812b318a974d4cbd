// How a layout is proposed for a file that nobody has described:
//
// 1. propose_grid: the file becomes a grid of texts, each with a guess (period, number, mark, text). Of a CSV file
// the
//    separator is the one that splits most of the first rows alike; of a workbook every run of columns on every sheet
//    is tried, and the one with most numbers is taken.
// 2. find_shape: the table begins with the first row that has a number beside other cells and ends with the last; the
//    header is what stands above it, up to a blank row.
// 3. propose_columns: periods are columns where the header has different years above numbers, else a column of
//    periods; what numbers are left are values; every other column identifies a series, unless others determine it.
// 4. find_period: where neither has periods, one of the whole file: from a cell above the table, a title, the name.
// 5. The layout is tried on the file itself; what was guessed on the way stands in comments, for a person to confirm.
#include "decode/layout/propose_layout.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/layout/propose_columns.hpp"
#include "decode/layout/write_layout.hpp"
#include "decode/px/px.hpp"
#include "decode/table/decode_table.hpp"
#include "decode/table/table_value.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// What a mark means in most files; some of them mean something else in others, so it is always a finding.
const CodesByText mark_meanings = {{":", "confidential"},
                                   {"*", "suppressed"},
                                   {".", "not applicable"},
                                   {"..", "not available"},
                                   {"...", "preliminary missing"}};

void find_period(TableLayout& layout, const Grid& grid, const GridShape& shape, const std::string& file_name,
                 std::vector<std::string>& findings)
{
    if (!layout.period_column.empty() || !layout.periods.empty() || !layout.across.empty())
        return;
    for (std::size_t i = 0; i < shape.header; ++i)
        for (std::size_t column = 0; column < grid.width && layout.format != TableLayout::Format::csv; ++column)
            if (grid.rows[i].guesses[column] == CellGuess::period) {
                layout.period_cell = column_name(layout.columns.first + column) + std::to_string(grid.rows[i].line);
                if (read_date(grid.rows[i].texts[column]))
                    layout.dates = DatePeriod::year;
                return;
            }
    std::vector<std::string> texts = {grid.title};
    for (std::size_t i = 0; i < shape.first; ++i)
        texts.insert(texts.end(), grid.rows[i].texts.begin(), grid.rows[i].texts.end());
    texts.push_back(file_name);
    for (const auto& text : texts)
        if (layout.period.empty())
            layout.period = year_in(text);
    findings.push_back(layout.period.empty()
                           ? "no period is found: say in 'period' what the file is about"
                           : "the period '" + layout.period + "' is taken from a title, the sheet's or file's name");
    if (layout.period.empty())
        layout.period = "?";
}

LayoutProposal propose_dataset(std::string_view bytes)
{
    LayoutProposal proposal;
    proposal.layout.format = TableLayout::Format::jsonstat;
    for (const auto& cube : decode_jsonstat(bytes))
        for (const auto& symbol : cube.symbols)
            if (!symbol.empty())
                proposal.layout.missing.push_back(symbol);
    return proposal;
}

/// The marks of a PX file, but for the dash, which is a true zero in all of them.
LayoutProposal propose_px(std::string_view bytes)
{
    LayoutProposal proposal;
    proposal.layout.format = TableLayout::Format::px;
    for (const auto& symbol : decode_px(bytes).symbols)
        if (!symbol.empty() && symbol != "-")
            proposal.layout.missing.push_back(symbol);
    return proposal;
}

bool is_json(std::string_view bytes)
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return trim(bytes.starts_with(mark) ? bytes.substr(mark.size()) : bytes).starts_with('{');
}

bool decodes(std::string_view bytes, const TableLayout& layout)
{
    try {
        decode_table(bytes, layout);
        return true;
    } catch (const Error&) { // what is wrong was said of the first attempt
        return false;
    }
}

/// Where rows without values stand twice, they are to be left out.
void try_out(std::string_view bytes, LayoutProposal& proposal)
{
    std::string failure;
    try {
        decode_table(bytes, proposal.layout);
        proposal.decodes = true;
        return;
    } catch (const DuplicateValueError& twice) {
        failure = twice.what();
        auto without = proposal.layout;
        without.empty = TableLayout::Empty::absent;
        if (decodes(bytes, without)) {
            proposal.layout = without;
            proposal.decodes = true;
            proposal.findings.push_back(
                "empty cells are taken as not mentioned, since some rows of them stand twice");
            return;
        }
    } catch (const Error& other) {
        failure = other.what();
    }
    proposal.findings.insert(proposal.findings.begin(), "the file does not decode by this layout yet: " + failure);
}

std::string with_comments(const std::string& toml, const std::vector<std::string>& findings)
{
    std::string text;
    for (const auto& finding : findings)
        text += "# " + replace_all(finding, "\n", " ") + "\n";
    return text + toml;
}

} // namespace

LayoutProposal propose_layout(std::string_view bytes, const std::string& file_name)
{
    LayoutProposal proposal;
    if (is_json(bytes)) {
        proposal = propose_dataset(bytes);
    } else if (is_px(bytes)) {
        proposal = propose_px(bytes);
    } else {
        auto grid = read_grid(bytes);
        proposal.findings = grid.findings;
        const auto shape = find_shape(grid, proposal.findings);
        proposal.layout = propose_columns(grid, shape, proposal.findings);
        find_period(proposal.layout, grid, shape, file_name, proposal.findings);
    }
    for (const auto& mark : proposal.layout.missing)
        proposal.findings.push_back("is '" + mark + "' really what [layout.missing] says of it?");
    try_out(bytes, proposal);
    proposal.toml = with_comments(layout_toml(proposal.layout, mark_meanings), proposal.findings);
    return proposal;
}

} // namespace skurd
