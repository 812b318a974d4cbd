#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a cell of an XLS file holds. What its number is shown as is not told, but for dates.
struct XlsCell {
    enum class Kind { empty, number, text, date };
    Kind kind = Kind::empty;
    double number = 0; ///< the format stores doubles
    std::string text;  ///< UTF-8; of a date "2024-03-01"
};

/// An XLS file (BIFF 2 to 8), read whole by FreeXL. For one thread.
class XlsFile {
public:
    /// Throws Error for what is no XLS file, is encrypted, damaged, or has more than `sheets_max` sheets. Not for
    /// files from outside: read_xls() is.
    XlsFile(const std::string& file, std::size_t sheets_max);

    const std::vector<std::string>& names() const { return names_; }
    void select(std::size_t sheet);              ///< the sheet that the others speak of
    std::uint32_t rows() const { return rows_; } ///< of the selected sheet
    std::uint16_t columns() const { return columns_; }
    XlsCell cell(std::uint32_t row, std::uint16_t column) const; ///< both from 0

private:
    struct Close {
        void operator()(const void* file) const noexcept;
    };

    std::unique_ptr<const void, Close> file_;
    std::vector<std::string> names_;
    std::uint32_t rows_ = 0;
    std::uint16_t columns_ = 0;
};

} // namespace skurd
