#pragma once

#include "decode/csv/encoding.hpp"
#include "decode/layout/table_layout.hpp"
#include "decode/table/table_source.hpp"

namespace skurd {

/// A CSV file as a table. Throws Error for what is no text, or another format by its beginning.
class CsvTable final : public TableSource {
public:
    CsvTable(std::string_view bytes, const TableLayout& layout);

    void go_to(std::size_t header) override;
    std::size_t line() const override { return reader_.line(); }
    bool at_end() const override { return reader_.at_end(); }
    bool read(TableRow& row) override { return reader_.read(row); }
    PlacedText cell(const std::string& name) const override;
    bool is_sheet() const override { return false; }
    bool ends_openly() const override { return reader_.ends_openly(); }
    std::string place(std::size_t line) const override;
    std::string place(std::size_t line, std::size_t column, const std::string& name) const override;

    bool is_encoding_guessed() const { return text_.guessed; }
    const std::string& encoding() const { return text_.encoding; }
    std::string_view first_line() const;          ///< of the file
    char separator() const { return separator_; } ///< once go_to() was called

private:
    DecodedText text_;
    CsvReader reader_;
    std::string stated_separator_; ///< by the layout, or "auto"
    char separator_ = 0;
};

} // namespace skurd
