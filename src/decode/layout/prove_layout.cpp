// Every number of a table is accounted for.
//
// What decoding did is told by its trace: the lines whose values were read, the columns of values and of names. A
// cell with a number is read (a line and a column of values), a name (a line that was read and a column of names, or
// the header), or it is missing. Missing ones are told by column where the line was read, and by line where it was
// not; a line that belongs to another table of the file is told as that. A column that holds values counts texts with
// digits as numbers too: a number with a flag that no layout takes off must not go unseen.
#include "decode/layout/prove_layout.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/layout/prove_cube.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/layout/table_draft.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::size_t places_max = 5;

bool contains(const std::vector<std::size_t>& sorted, std::size_t one)
{
    return std::binary_search(sorted.begin(), sorted.end(), one);
}

std::vector<std::size_t> sorted(std::vector<std::size_t> all)
{
    std::sort(all.begin(), all.end());
    return all;
}

class Account {
public:
    Account(const ChosenTable& chosen, const TableLayout& layout, const TableTrace& trace, LayoutFindings& findings)
        : grid_(chosen.grid), shape_(chosen.shape), layout_(layout), lines_(sorted(trace.lines)),
          values_(sorted(trace.values)), names_(sorted(trace.names)), findings_(findings)
    {
    }

    void take(LayoutProof& proof)
    {
        for (std::size_t row = shape_.begin; row < shape_.limit; ++row)
            take_row(row, proof);
        for (const auto& [column, count] : left_columns_)
            if (!told(column))
                findings_.doubt(fmt::format("the column '{}' is left out with {} numbers", name_of(column), count));
        if (!left_rows_.empty())
            findings_.doubt(fmt::format("{} rows with numbers are left out: {}", left_rows_.size(), row_list()));
    }

private:
    void take_row(std::size_t row, LayoutProof& proof)
    {
        const auto& at = grid_.rows[row];
        if (is_header(at.line) ||
            std::find(shape_.repeats.begin(), shape_.repeats.end(), row) != shape_.repeats.end())
            return;
        const bool is_read = contains(lines_, at.line);
        std::size_t left = 0;
        for (std::size_t column = 0; column < grid_.width; ++column) {
            if (!is_number(at, column))
                continue;
            ++proof.numbers;
            if (is_read && contains(values_, column))
                ++proof.read;
            else if (is_read && contains(names_, column))
                ++proof.identities;
            else if (is_read)
                ++left_columns_[column];
            else
                ++left;
        }
        if (left > 0 && (row >= shape_.first || at.filled > 1))
            left_rows_.push_back(row);
    }

    bool is_header(std::size_t line) const
    {
        return line >= layout_.header && line < layout_.header + layout_.header_rows;
    }

    /// A period is a number where values are: "1950".
    bool is_number(const Grid::Row& row, std::size_t column) const
    {
        const auto guess = row.guesses[column];
        if (guess == CellGuess::number)
            return true;
        const bool of_values = contains(values_, column) && row.line >= grid_.rows[shape_.first].line;
        return of_values && (guess == CellGuess::like_number || is_bare_year(row.texts[column]));
    }

    /// Whether nothing is lost with a column that is left out: it is the same in every row, a code beside another
    /// one, or a column that is read tells it in several rows each.
    bool told(std::size_t column) const
    {
        const auto whole = [&](auto row) {
            const auto& text = grid_.rows[row].texts[column];
            return text.empty() || all_digits(text);
        };
        const auto rows = rows_read();
        const bool is_code = is_code_name(name_of(column)) && std::all_of(rows.begin(), rows.end(), whole);
        const bool holds_values =
            std::any_of(rows.begin(), rows.end(), [&](auto row) { return is_number(grid_.rows[row], column); });
        if (is_code || holds_values) // a population beside its region's name is told by it, and a number all the same
            return is_code;
        return std::any_of(names_.begin(), names_.end(), [&](auto name) { return tells(name, column, rows); }) ||
               (rows.size() > 1 && std::all_of(rows.begin(), rows.end(), [&](auto row) {
                    return grid_.rows[row].texts[column] == grid_.rows[rows.front()].texts[column];
                }));
    }

    bool tells(std::size_t name, std::size_t column, const std::vector<std::size_t>& rows) const
    {
        std::map<std::string_view, std::string_view> known;
        for (const auto row : rows) {
            const auto& texts = grid_.rows[row].texts;
            const auto [first, is_new] = known.try_emplace(texts[name], texts[column]);
            if (!is_new && first->second != texts[column])
                return false;
        }
        return known.size() * 2 <= rows.size();
    }

    std::vector<std::size_t> rows_read() const
    {
        std::vector<std::size_t> rows;
        for (auto row = shape_.first; row < shape_.end; ++row)
            if (contains(lines_, grid_.rows[row].line))
                rows.push_back(row);
        return rows;
    }

    std::string name_of(std::size_t column) const
    {
        std::vector<std::string> names;
        for (auto row = shape_.header; row < shape_.header_end; ++row)
            if (const auto& text = grid_.rows[row].texts[column]; !text.empty())
                names.push_back(text);
        return names.empty() ? fmt::format("{}", column + 1) : excerpt(join(names, " / "));
    }

    std::string row_list() const
    {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < std::min(left_rows_.size(), places_max); ++i)
            rows.push_back(fmt::format("{} '{}'", grid_.rows[left_rows_[i]].line,
                                       excerpt(grid_.rows[left_rows_[i]].first_text())));
        return join(rows, ", ") + (left_rows_.size() > places_max ? ", …" : "");
    }

    const Grid& grid_;
    const GridShape& shape_;
    const TableLayout& layout_;
    std::vector<std::size_t> lines_;
    std::vector<std::size_t> values_;
    std::vector<std::size_t> names_;
    LayoutFindings& findings_;
    std::map<std::size_t, std::size_t> left_columns_;
    std::vector<std::size_t> left_rows_;
};

FileLayout read_back(const std::string& toml)
{
    auto whole = Section::parse(toml, "the proposal");
    auto section = whole.require_table("layout");
    auto layout = read_layout(section);
    whole.reject_unknown_keys();
    return layout;
}

/// Tables that stand elsewhere in the file are told; in the same columns they are missing from what is read.
void tell_others(const ChosenTable& chosen, LayoutFindings& findings)
{
    if (chosen.tables.size() < 2)
        return;
    std::vector<std::string> all;
    bool beside = false;
    for (std::size_t i = 0; i < chosen.tables.size(); ++i) {
        const auto& place = chosen.tables[i];
        all.push_back(fmt::format("{}: {} has {} numbers", i + 1, place.text, place.numbers));
        beside |= place.same_columns && i + 1 != chosen.number;
    }
    auto text = fmt::format("of several tables, table {} was taken: {}", chosen.number, join(all, "; "));
    if (beside && chosen.wanted == 0)
        findings.doubt(text + ". Some stand in the same columns: describe each with --table");
    else
        findings.note(std::move(text));
}

} // namespace

LayoutProof prove_layout(std::string_view bytes, const std::string& toml, const ChosenTable& chosen,
                         LayoutFindings& findings)
{
    LayoutProof proof;
    tell_others(chosen, findings);
    for (const auto& doubt : chosen.shape.doubts)
        findings.doubt(doubt);
    try {
        const auto layout = read_back(toml);
        const auto file = decode_table(bytes, layout.table);
        proof.decodes = true;
        proof.cells = file.cube.cells.size();
        Account(chosen, layout.table, file.trace, findings).take(proof);
        prove_cube(file.cube, findings);
    } catch (const Error& failure) {
        proof.failure = full_message(failure);
        findings.doubt("the file does not decode by this layout yet: " + proof.failure);
    }
    return proof;
}

} // namespace skurd
