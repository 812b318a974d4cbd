#pragma once

#include "decode/table/cut_file.hpp"
#include "decode/table/table_columns.hpp"
#include "decode/table/table_cube.hpp"

namespace skurd {

/// Reads the rows below the header and adds their values to a cube.
class TableRows {
public:
    /// All must outlive this.
    TableRows(const TableLayout& layout, const TableSource& source, const PeriodReader& periods,
              TableColumns& columns, TableCube& cube);

    /// Adds one row, which may be changed; false when the table ends before it. Throws Error that names the cell.
    bool add(TableRow& row);
    std::size_t added() const { return added_; } ///< how many rows held values
    /// Throws Error where numbers can be read in two ways ("1,234"), and no other number of the file decides.
    void check_signs() const;

private:
    /// How the cells of one series column become codes.
    struct Coder {
        std::optional<Pattern> pattern;
        bool plain = true; ///< the cell, trimmed, is the code
    };

    bool is_skipped(const TableRow& row, std::string_view first) const;
    bool take_lone(const TableRow& row, std::size_t first);
    void fill_down(TableRow& row);
    void read_codes(const TableRow& row);
    std::uint32_t read_code(const TableRow& row, std::size_t series);
    void note_signs(const TableRow& row, std::size_t column, SignEvidence evidence);
    std::uint32_t code_of(std::string_view text, const std::string& label, std::size_t series);
    void read_period(const TableRow& row);
    void add_value(const TableRow& row, const TableColumns::Value& value);
    std::string required(const TableRow& row, std::size_t column) const;
    void refuse_not_computed(const TableRow& row) const;
    void check_fixed(const TableRow& row) const;
    std::string place(const TableRow& row, std::size_t column) const;

    const TableLayout& layout_;
    const TableSource& source_;
    const PeriodReader& periods_;
    TableColumns& columns_;
    TableCube& cube_;
    ValueReader values_;
    std::vector<Coder> coders_;
    std::vector<Pattern> skip_;
    std::vector<Pattern> stop_;
    bool refuses_lone_;
    bool looks_for_lone_ = false;
    std::size_t heading_series_ = TableColumns::none;
    std::optional<std::uint32_t> heading_; ///< category of the heading above
    std::vector<std::string> last_;        ///< of each filled column
    std::vector<std::uint32_t> positions_;
    std::uint32_t period_ = 0;
    std::size_t added_ = 0;
    CutFileCheck cut_;
    bool signs_decided_ = false;
    std::string ambiguous_; ///< the place and text of the first number that can be read in two ways
};

} // namespace skurd
