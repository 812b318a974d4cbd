#pragma once

#include "decode/table/table_source.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Tells a file that was cut within its last line. A text whose last line has no end may be whole, as many programs
/// write none; but its last field is not, where it lacks what every row above has in that column: something at all,
/// decimals, or the rest of the one word of all rows (each from two rows on), or digits (from three numbers of as many
/// on). Flags behind numbers do not count.
class CutFileCheck {
public:
    static constexpr std::string_view advice =
        "; the file ends here without a line end: it was cut short, fetch it again";

    explicit CutFileCheck(char decimal) : decimal_(decimal) {}

    void note(const TableRow& row);
    /// Throws Error that names the field.
    void check_last(const TableRow& row, const TableSource& source) const;

private:
    struct Digits {
        std::size_t whole = 0;
        std::size_t decimals = 0;
    };
    std::optional<Digits> digits_of(std::string text) const; ///< nothing for what does not begin with a number

    char decimal_;
    std::size_t rows_ = 0;
    std::size_t fields_ = 0; ///< of the last row
    bool all_filled_ = true;
    std::optional<std::string> word_; ///< of every row; "" where they differ
    std::size_t numbers_ = 0;
    std::size_t decimals_ = SIZE_MAX;  ///< fewest
    std::optional<std::size_t> whole_; ///< digits before the decimal sign, where all have as many
    bool same_whole_ = true;
};

} // namespace skurd
