// How a layout is proposed for a file that nobody has described:
//
// 1. propose_grid: the file becomes grids of texts, each with a guess (period, number, mark, text). Of a CSV file the
//    separator is the one that splits most of the first rows alike; of a workbook each run of columns on each sheet
//    is a grid.
// 2. propose_shape: in a grid, tables stand below one another, each a header and rows with numbers. propose_table
// takes
//    the one with most numbers that no sheet hides, or the one that was asked for.
// 3. draft_*: periods are columns where the header has them, else a column of periods; what numbers are left are
//    values; every other column identifies a series, unless others determine it; where neither has periods, one of
//    the whole file is looked for in a cell above the table, a title, the name.
// 4. Where the file gives a value twice by it, two more are tried: rows without a value say nothing; or the rows with
//    one cell are headings that tell the rows below apart.
// 5. prove_layout: the layout is read back from its text and the file decoded by it; every number is accounted for.
#include "decode/layout/propose_layout.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/layout/prove_cube.hpp"
#include "decode/layout/prove_layout.hpp"
#include "decode/layout/table_draft.hpp"
#include "decode/layout/write_layout.hpp"
#include "decode/px/px.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto unknown_period = "?";
constexpr auto any_period = "1900"; ///< what the rest of a layout is proved with where no period is known
constexpr auto headings_id = "gruppe";
constexpr auto px_nil = "-"; ///< a true zero in every PX file

/// What a mark means in most files; some of them mean something else in others, so it is always a finding.
const CodesByText mark_meanings = {{":", "confidential"},
                                   {"*", "suppressed"},
                                   {".", "not applicable"},
                                   {"..", "not available"},
                                   {"...", "preliminary missing"}};

std::string with_comments(const LayoutProposal& proposal)
{
    std::string text;
    const auto add = [&](const std::vector<std::string>& findings) {
        for (const auto& finding : findings)
            text += "# " + replace_all(finding, "\n", " ") + "\n";
    };
    add(proposal.findings.texts(LayoutFinding::Weight::doubt));
    add(proposal.findings.texts(LayoutFinding::Weight::note));
    return text + layout_toml(proposal.layout, mark_meanings);
}

/// Of a file that says itself where things are, but not which dimension is time: the only one whose codes are all
/// periods, or a doubt.
void find_time(const Cube& cube, LayoutProposal& proposal)
{
    const auto is_time = [](const Dimension& dimension) { return dimension.role == Role::time; };
    if (std::any_of(cube.dimensions.begin(), cube.dimensions.end(), is_time))
        return;
    std::vector<std::string> found;
    for (const auto& dimension : cube.dimensions)
        if (std::all_of(dimension.categories.begin(), dimension.categories.end(), [](const Category& category) {
                const auto period = Period::parse(category.code);
                return period && period->kind() != PeriodKind::other;
            }))
            found.push_back(dimension.id);
    if (found.size() == 1)
        proposal.layout.period_id = found.front();
    else
        proposal.findings.doubt("the file does not say which dimension is time: name it in 'period_id'");
}

/// A file that says itself where things are: only its symbols need a meaning.
LayoutProposal propose_dataset(std::string_view bytes, TableLayout::Format format, const std::vector<Cube>& cubes)
{
    LayoutProposal proposal;
    proposal.layout.format = format;
    for (const auto& cube : cubes)
        for (const auto& symbol : cube.symbols)
            if (!symbol.empty() && (format != TableLayout::Format::px || symbol != px_nil))
                proposal.layout.missing.push_back(symbol);
    for (const auto& mark : proposal.layout.missing)
        proposal.findings.note("is '" + mark + "' really what [layout.missing] says of it?");
    for (const auto& cube : cubes)
        find_time(cube, proposal);
    try {
        const auto cube = decode_table(bytes, proposal.layout).cube;
        proposal.numbers = cube.cells.size();
        proposal.decodes = true;
        prove_cube(cube, proposal.findings);
    } catch (const Error& failure) {
        proposal.findings.doubt(fmt::format("the file does not decode by this layout yet: {}", failure.what()));
    }
    proposal.toml = with_comments(proposal);
    return proposal;
}

bool is_json(std::string_view bytes)
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return trim(bytes.starts_with(mark) ? bytes.substr(mark.size()) : bytes).starts_with('{');
}

enum class Trial { decodes, gives_a_value_twice, fails };

Trial try_out(std::string_view bytes, TableLayout layout)
{
    if (layout.period == unknown_period)
        layout.period = any_period;
    try {
        decode_table(bytes, layout);
        return Trial::decodes;
    } catch (const DuplicateValueError&) { // what to do about it is tried next
        return Trial::gives_a_value_twice;
    } catch (const Error&) { // the proof says what is wrong
        return Trial::fails;
    }
}

/// What stands behind numbers in most files. A layout that names none still reads those that a format defines.
const std::map<std::string, Meaning, std::less<>> flag_meanings = {
    {"p", Meaning::provisional},     {"e", Meaning::estimated},       {"r", Meaning::revised},
    {"b", Meaning::break_in_series}, {"u", Meaning::low_reliability}, {"*", Meaning::footnote},
    {"¹", Meaning::footnote},        {"²", Meaning::footnote},        {"³", Meaning::footnote}};

bool ends_number(const std::set<std::string>& texts, const std::string& flag)
{
    return std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
        return text.ends_with(flag) && guess_cell(text) == CellGuess::like_number;
    });
}

/// Flags behind numbers, where the file does not decode without them and does with them.
void find_flags(std::string_view bytes, const TableDraft& draft, TableLayout& layout, LayoutFindings& findings)
{
    if (try_out(bytes, layout) != Trial::fails)
        return;
    auto flagged = layout;
    std::vector<std::string> found;
    for (const auto& [flag, meaning] : flag_meanings)
        for (const auto& column : draft.columns)
            if (column.part == ColumnDraft::Part::value && ends_number(column.distinct, flag) &&
                (found.empty() || found.back() != flag)) {
                found.push_back(flag);
                flagged.flags.push_back({flag, meaning});
            }
    if (found.empty() || try_out(bytes, flagged) != Trial::decodes)
        return;
    layout = flagged;
    findings.doubt(fmt::format("behind numbers stands {}: is it what [layout.flags] says?", join(found, ", ")));
}

/// Of rows with one cell those are headings that begin otherwise than rows with values do: "2020" is such a row whose
/// values are missing.
std::string headings_pattern(const ChosenTable& chosen)
{
    const auto begins_with_digit = [](const std::string& text) { return text.front() >= '0' && text.front() <= '9'; };
    for (auto row = chosen.shape.body; row < chosen.shape.end; ++row) {
        const auto& at = chosen.grid.rows[row];
        const auto& repeats = chosen.shape.repeats;
        if (at.filled > 1 && !begins_with_digit(at.first_text()) &&
            std::find(repeats.begin(), repeats.end(), row) == repeats.end())
            return "";
    }
    return "^(\\D.*)$";
}

/// Where the first heading stands above the header, the table begins with it: the columns' names are those that the
/// header has, and the header is a row to be left out.
void begin_with_heading(const ChosenTable& chosen, TableLayout& layout)
{
    const auto& shape = chosen.shape;
    const auto& rows = chosen.grid.rows;
    if (shape.repeats.empty() || shape.header == shape.begin || rows[shape.header - 1].filled != 1)
        return;
    layout.header = rows[shape.header - 1].line;
    layout.header_rows = 0;
    for (std::size_t column = 0; column < chosen.grid.width; ++column)
        if (!rows[shape.header].texts[column].empty())
            layout.names[column] = rows[shape.header].texts[column];
}

/// Where rows without values stand twice, they are to be left out; where rows with one cell stand between those with
/// values, they may be what tells these apart.
void tell_apart(std::string_view bytes, const ChosenTable& chosen, TableLayout& layout, LayoutFindings& findings)
{
    if (try_out(bytes, layout) != Trial::gives_a_value_twice)
        return;
    auto without = layout;
    without.empty = TableLayout::Empty::absent;
    if (try_out(bytes, without) == Trial::decodes) {
        layout = without;
        findings.note("empty cells are taken as not mentioned, since some rows of them stand twice");
        return;
    }
    if (layout.lone_cells != TableLayout::LoneCells::skip)
        return;
    auto headed = layout;
    TableDimension headings{"", headings_id};
    headings.pattern = headings_pattern(chosen);
    headed.series.insert(headed.series.begin(), headings);
    begin_with_heading(chosen, headed);
    if (try_out(bytes, headed) == Trial::decodes) {
        layout = headed;
        findings.doubt("rows with one cell are taken for headings of the rows below: is that so?");
    }
}

TableLayout draft_layout(std::string_view bytes, const ChosenTable& chosen, const std::string& file_name,
                         LayoutFindings& findings)
{
    TableDraft draft{chosen.grid, chosen.shape, findings, chosen.grid.layout, {}, {}, {}};
    draft_header(draft);
    draft_rows(draft);
    draft_across(draft);
    draft_columns(draft);
    draft_numbers(draft);
    draft_period(draft, file_name);
    for (const auto& mark : draft.layout.missing)
        findings.note("is '" + mark + "' really what [layout.missing] says of it?");
    find_flags(bytes, draft, draft.layout, findings);
    tell_apart(bytes, chosen, draft.layout, findings);
    return draft.layout;
}

} // namespace

LayoutProposal propose_layout(std::string_view bytes, const std::string& file_name, TableNumber table)
{
    if (is_json(bytes))
        return propose_dataset(bytes, TableLayout::Format::jsonstat, decode_jsonstat(bytes));
    if (is_px(bytes))
        return propose_dataset(bytes, TableLayout::Format::px, {decode_px(bytes)});
    const auto chosen = choose_table(bytes, table);
    LayoutProposal proposal;
    proposal.findings = chosen.grid.findings;
    proposal.layout = draft_layout(bytes, chosen, file_name, proposal.findings);
    auto dated = proposal.layout;
    if (dated.period == unknown_period)
        dated.period = any_period;
    const auto proof = prove_layout(bytes, layout_toml(dated, mark_meanings), chosen, proposal.findings);
    proposal.decodes = proof.decodes;
    proposal.numbers = proof.read;
    proposal.toml = with_comments(proposal);
    return proposal;
}

} // namespace skurd
