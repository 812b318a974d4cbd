#pragma once

#include "store/numbers.hpp"
#include "version/field_hash.hpp"

namespace skurd {

/// Adds all rows of a statement whose parameters are bound, and their number. `numbers`: how many decimals its last
/// columns hold, three columns each (store/numbers.hpp); they are hashed as exact texts.
inline void hash_rows(FieldHash& hash, Statement& row, int numbers = 0)
{
    std::uint64_t count = 0;
    for (; row.step(); ++count) {
        const auto plain = row.columns() - 3 * numbers;
        for (int column = 0; column < plain; ++column) {
            hash.number(row.is_null(column) ? 0 : 1);
            hash.text(row.view(column));
        }
        for (int column = plain; column < row.columns(); column += 3)
            hash.text(exact_text(decimal_at(row, column)).value_or(""));
    }
    hash.number(count);
}

} // namespace skurd
