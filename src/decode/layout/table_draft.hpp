#pragma once

#include "decode/layout/propose_table.hpp"
#include "decode/table/table_header.hpp"

#include <set>

namespace skurd {

/// The cells of one column in the rows of values, what they are taken for, and what the column is to be.
struct ColumnDraft {
    enum class Part {
        unused,
        series,
        label,    ///< the label of a series' codes
        told,     ///< a series tells it: left out
        constant, ///< the same in every row: a dimension of one category
        period,
        value
    };

    std::string name;
    std::size_t filled = 0;
    std::size_t numbers = 0;
    std::size_t likes = 0; ///< like numbers
    std::size_t periods = 0;
    std::size_t years = 0; ///< of the periods those that are numbers as well
    std::size_t marks = 0;
    std::size_t texts = 0;
    std::set<std::string> distinct;
    Part part = Part::unused;
};

/// A layout in the making. Each step below reads what those before it found; propose_layout() has their order.
struct TableDraft {
    const Grid& grid;
    const GridShape& shape;
    LayoutFindings& findings;
    TableLayout layout;
    std::vector<std::vector<std::string>> header; ///< rows of the header as decoding reads them, then by column
    std::vector<ColumnDraft> columns;
    std::vector<std::size_t> rows; ///< indices of the rows that are read

    const std::string& text(std::size_t row, std::size_t column) const { return grid.rows[row].texts[column]; }
    std::string letter(std::size_t column) const; ///< "C"
    /// Whether each combination of texts of some columns goes with one text only of another.
    bool determine(const std::vector<std::size_t>& some, std::size_t other) const;
};

void draft_header(TableDraft& draft);  ///< names the columns
void draft_rows(TableDraft& draft);    ///< what is left out, where the table ends, what the columns hold
void draft_across(TableDraft& draft);  ///< periods in the header
void draft_columns(TableDraft& draft); ///< values, the period's column, series and labels
void draft_numbers(TableDraft& draft); ///< signs, marks, notes
/// Where neither header nor rows have periods, one of the whole file: from a cell above the table or a title.
void draft_period(TableDraft& draft, const std::string& file_name);

/// What dates stand for, where all texts are dates or "202403": the days tell, and where they do not it is a doubt.
void draft_dates(TableDraft& draft, const std::set<std::string>& texts);

/// Whether numbers of a column by that name are codes.
bool is_code_name(const std::string& name);

} // namespace skurd
