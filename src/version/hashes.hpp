#pragma once

#include "model/release.hpp"
#include "version/field_hash.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What two releases are compared by; SHA-256, lower-case hex. Neither depends on the order of dimensions or
/// categories, nor on categories none of whose cells is stated, nor on the source's "updated".
struct ReleaseHashes {
    std::string values;  ///< codes, periods, values (4.5 = 4.50), symbols with their meanings
    std::string content; ///< and labels (the title without the span of periods at its end), units, decimals, notes
};

ReleaseHashes hashes_of(const Release& release);

/// The hash over values as it is made, for who has no release at hand but its cells one after another. What is given
/// must be in canonical order: dimensions by id, categories by code, periods ascending, symbols by text and meaning,
/// cells series by series in the order of their categories, the last dimension fastest.
class ValueHash {
public:
    ValueHash() { hash_.text("values 1"); }

    void dimension(std::string_view id, const std::vector<std::string_view>& codes); ///< those with a stated cell
    void periods(const std::vector<Period>& periods);
    void symbol(const Symbol& symbol);                     ///< one that a cell has
    void absent() { hash_.number(0); }                     ///< a cell that is not stated
    void cell(const Cell& cell, std::uint16_t symbol = 0); ///< with the place of its symbol among those given before
    std::string hex() { return hash_.hex(); }

private:
    FieldHash hash_;
};

/// The title of a table without the span of periods that PxWeb puts at its end, "Population, by sex 1986 - 2025",
/// "... 2006M01-2025M09": it grows with every period and means nothing.
std::string_view label_without_period(std::string_view label);

} // namespace skurd
