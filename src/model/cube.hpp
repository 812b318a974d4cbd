#pragma once

#include "base/enum_words.hpp"
#include "model/observation.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

struct Category {
    std::string code;
    std::string label;           ///< the code where the source gives none
    std::string unit;            ///< "" where the source states none
    std::optional<int> decimals; ///< as the source states, not as counted
    std::string base{};          ///< of an index or a price, as the source states it: "2015=100"; "" = it does not
};

enum class Role { none, time, geo, metric };
template <>
inline constexpr auto enum_words<Role> = word_table<Role>({
    {Role::none, "none"},
    {Role::time, "time"},
    {Role::geo, "geo"},
    {Role::metric, "metric"},
});

struct Dimension {
    std::string id; ///< the source's own code: "Region", "ContentsCode"
    std::string label;
    Role role = Role::none;
    std::vector<Category> categories; ///< in the source's order
    /// PxWeb: whether the source may leave the dimension out of an answer; nothing where it does not say.
    std::optional<bool> eliminable;
    /// What the codes are of, and its version: "urn:ssb:classification:klass:2"; "" = unsaid.
    std::string classification{};
};

/// One table as a payload states it: dimensions, and one cell for every combination of their categories, row-major,
/// the last dimension varying fastest. Nothing is interpreted yet: time is a dimension like others, symbols have no
/// meaning. A description without values (PxWeb metadata) has no cells at all.
struct Cube {
    std::string label;
    std::string source;
    std::string table_id;      ///< PxWeb: extension.px.tableid; else ""
    std::string updated;       ///< the source's own words
    std::string next_update{}; ///< PxWeb: extension.px.nextUpdate, the source's own words
    std::string language;
    bool discontinued = false;
    std::vector<std::string> notes;
    std::vector<Dimension> dimensions;
    std::vector<Cell> cells;
    std::vector<std::string> symbols = {""}; ///< what Cell::symbol points to; the first is "no symbol"

    /// The product of the dimensions' sizes. Throws Error when it passes 2^40: no source sends such a table.
    std::size_t cell_count() const;

    const Dimension* find(std::string_view id) const; ///< nullptr when there is none
};

/// What a payload may come to at most, in proportion to its bytes: dimensions multiply, and one symbol may be stated
/// for all cells, so that a few kilobytes could ask for gigabytes. What real sources send stays a hundred times
/// below.
struct CubeBounds {
    std::size_t cells;  ///< of the grid, absent ones too: each takes 16 bytes of memory
    std::size_t stated; ///< cells that are not absent: each may become a row of the store
    std::size_t codes;  ///< series with stated cells, times their dimensions: each code of each is stored
};
CubeBounds bounds_of(std::size_t payload_bytes);

/// Collects symbols and gives each its index. Throws Error at the 65 536th different one.
class SymbolIndex {
public:
    explicit SymbolIndex(std::vector<std::string>& symbols);
    std::uint16_t operator()(std::string_view text);

private:
    std::vector<std::string>& symbols_;
    std::map<std::string, std::uint16_t, std::less<>> known_; ///< a hostile payload may hold thousands of them
};

} // namespace skurd
