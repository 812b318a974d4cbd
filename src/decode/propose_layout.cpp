#include "decode/propose_layout.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/jsonstat.hpp"
#include "decode/layout_toml.hpp"
#include "decode/propose_columns.hpp"
#include "decode/table_value.hpp"

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
            if (grid.rows[i].looks[column] == CellGuess::period) {
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

bool is_json(std::string_view bytes)
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return trim(bytes.starts_with(mark) ? bytes.substr(mark.size()) : bytes).starts_with('{');
}

std::string failure_of(std::string_view bytes, const TableLayout& layout)
{
    try {
        decode_table(bytes, layout);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

/// Where rows without values stand twice, they are to be left out.
void try_out(std::string_view bytes, LayoutProposal& proposal)
{
    auto failure = failure_of(bytes, proposal.layout);
    if (failure.find("is given twice") != std::string::npos) {
        auto without = proposal.layout;
        without.empty = TableLayout::Empty::absent;
        if (failure_of(bytes, without).empty()) {
            proposal.layout = without;
            proposal.findings.push_back(
                "empty cells are taken as not mentioned, since some rows of them stand twice");
            failure.clear();
        }
    }
    proposal.decodes = failure.empty();
    if (!failure.empty())
        proposal.findings.insert(proposal.findings.begin(),
                                 "the file does not decode by this layout yet: " + failure);
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
