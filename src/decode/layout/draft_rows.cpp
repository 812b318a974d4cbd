#include "decode/layout/table_draft.hpp"

#include "base/text.hpp"
#include "decode/layout/write_layout.hpp"
#include "decode/pattern.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::size_t rows_shown_max = 5;

/// Rows with one cell are headings and notes; all others between the first and the last number are read.
void find_lone_rows(TableDraft& draft)
{
    std::vector<std::string> lone;
    const auto& repeats = draft.shape.repeats;
    for (auto row = draft.shape.body; row < draft.shape.end; ++row)
        if (std::find(repeats.begin(), repeats.end(), row) != repeats.end())
            continue;
        else if (draft.grid.rows[row].filled > 1)
            draft.rows.push_back(row);
        else
            lone.push_back("'" + excerpt(draft.grid.rows[row].first_text()) + "'");
    if (lone.empty())
        return;
    draft.layout.lone_cells = TableLayout::LoneCells::skip;
    const auto count = lone.size();
    lone.resize(std::min(count, rows_shown_max));
    draft.findings.note(fmt::format("{} rows have one cell and no value: {}{}", count, join(lone, ", "),
                                    count > rows_shown_max ? ", …" : ""));
}

/// A pattern that finds what begins like a text, up to its colon where it has one.
std::string ending_pattern(const std::string& text)
{
    const auto cut = excerpt(text); // on one line and not in mid-character
    if (const auto end = cut.find("…"); end != std::string::npos)
        return "^" + escaped_pattern(cut.substr(0, end));
    if (const auto colon = cut.find(':'); colon != std::string::npos && colon > 0)
        return "^" + escaped_pattern(cut.substr(0, colon + 1));
    return "^" + escaped_pattern(cut) + "$";
}

void find_end(TableDraft& draft)
{
    const auto& shape = draft.shape;
    if (shape.end == draft.grid.rows.size())
        return;
    const auto& after = draft.grid.rows[shape.end];
    const auto pattern = ending_pattern(after.first_text());
    const Pattern stop(pattern);
    const bool hits = std::any_of(draft.rows.begin(), draft.rows.end(),
                                  [&](auto row) { return stop.matches(draft.grid.rows[row].first_text()); });
    bool blank_between = false;
    for (auto row = shape.first + 1; row < shape.end; ++row)
        blank_between |= draft.grid.rows[row].follows_blank;
    if (after.follows_blank && !blank_between && (hits || shape.limit == shape.end))
        draft.layout.blank_rows = TableLayout::BlankRows::stop;
    else if (!hits)
        draft.layout.stop = {pattern};
    else
        draft.findings.doubt(
            fmt::format("the table ends before '{}', which stands in it as well: say in 'stop' where",
                        excerpt(after.first_text())));
    draft.findings.note("the table is taken to end before '" + excerpt(after.first_text()) + "'");
}

void count_cells(TableDraft& draft)
{
    for (const auto row : draft.rows)
        for (std::size_t i = 0; i < draft.grid.width; ++i) {
            auto& column = draft.columns[i];
            const auto& text = draft.text(row, i);
            const auto guess = draft.grid.rows[row].guesses[i];
            if (guess == CellGuess::empty)
                continue;
            ++column.filled;
            column.numbers += guess == CellGuess::number ? 1 : 0;
            column.likes += guess == CellGuess::like_number ? 1 : 0;
            column.periods += guess == CellGuess::period ? 1 : 0;
            column.years += is_bare_year(text) ? 1 : 0;
            column.marks += guess == CellGuess::mark ? 1 : 0;
            column.texts += guess == CellGuess::text ? 1 : 0;
            column.distinct.insert(text);
        }
}

} // namespace

void draft_rows(TableDraft& draft)
{
    if (!draft.shape.repeats.empty()) {
        const auto& first = draft.grid.rows[draft.shape.header].first_text();
        draft.layout.skip = {pattern_of(first)};
        draft.findings.note(
            fmt::format("the header comes again in {} rows, which 'skip' leaves out", draft.shape.repeats.size()));
    }
    find_lone_rows(draft);
    find_end(draft);
    count_cells(draft);
}

bool TableDraft::determine(const std::vector<std::size_t>& some, std::size_t other) const
{
    std::map<std::string, std::string_view> pairs;
    for (const auto row : rows) {
        std::string key;
        for (const auto column : some)
            key += text(row, column) + '\n';
        const auto [known, is_new] = pairs.try_emplace(std::move(key), text(row, other));
        if (!is_new && known->second != text(row, other))
            return false;
    }
    return !some.empty();
}

} // namespace skurd
