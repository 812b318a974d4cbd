#pragma once

#include "model/cube.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What PxWebApi tells about a table (v2: `/tables/{id}`, and an item of `/tables`; v1: a hit of its search).
struct PxwebTable {
    std::string id;
    /// "" in a list's item that has none. v2: with table number and span of periods, so it changes with every
    /// publication.
    std::string label;
    std::string updated; ///< the source's own words; "" where it gives none
    bool discontinued = false;
    std::string time_unit; ///< "Annual", "Quarterly", "Monthly", "Weekly", "Other"; "" where unsaid
    std::string periods;   ///< "1986-2025"; "" where unsaid
};

/// Throws Error with "not JSON …", "no member 'id'" and the like; the caller knows which table.
PxwebTable decode_pxweb_table(std::string_view bytes);

/// A page of v2's `/tables`.
struct PxwebTablePage {
    std::vector<PxwebTable> tables;
    std::uint64_t page = 1;
    std::uint64_t pages = 1;    ///< how many there are
    std::uint64_t total = 0;    ///< tables on all pages, as the server says; 0 = it does not
    std::size_t unreadable = 0; ///< items that do not even tell which table they are about
};

/// One bad item makes no other invisible: what it does not tell as it should is empty, and one without an id is
/// counted. Throws Error as decode_pxweb_table() where there is no list.
PxwebTablePage decode_pxweb_tables(std::string_view bytes);

/// What v1's `?query=` finds; an id is the whole path of the table. Bad hits are left out. Throws Error as
/// decode_pxweb_table() where there is no list.
std::vector<PxwebTable> decode_pxweb_v1_hits(std::string_view bytes);

/// What a server says of itself at `/config` (v2) and `?config` (v1; older ones tell `maxValues` alone).
struct PxwebConfig {
    bool is_v2 = false;
    std::uint64_t cells_max = 0; ///< in one answer; 0 = not told
};

/// Nothing for an answer that is neither.
std::optional<PxwebConfig> decode_pxweb_config(std::string_view bytes);

/// The categories of v2's `/codelists/{id}`. Throws Error as decode_pxweb_table().
std::vector<Category> decode_pxweb_codelist(std::string_view bytes);

/// v1's description of a table (its GET) as a cube without cells. A dimension whose values the server does not list,
/// since they are too many, has no categories. Throws Error as decode_pxweb_table().
Cube decode_pxweb_v1_metadata(std::string_view bytes);

/// Whether bytes look like v1's description of a table, and not like data, which has the same URL.
bool is_pxweb_v1_metadata(std::string_view bytes);

/// Whether an answer says that more cells were asked for than the server gives at once.
bool is_pxweb_limit(std::string_view bytes);

/// What an error body says, for people, on one line of at most 200 characters. The server has several shapes: its own
/// (`title`), those of ASP.NET (`title`, `errors`), that of v1 (`error`), and plain text; "" for an empty body.
std::string decode_pxweb_error(std::string_view bytes);

/// What is asked for in one dimension.
struct PxwebAsk {
    std::string dimension;
    std::vector<std::string> values; ///< codes, and for v2 expressions
    std::string codelist;            ///< v2's id, "agg_KommSummer"; "" = none
    std::string filter = "item";     ///< for v1: item, all, top, agg:…, vs:…
};
using PxwebSelection = std::vector<PxwebAsk>;

/// "valueCodes[Region]=0,0301&valueCodes[Tid]=[range(2018,2020)]", percent-encoded but for the separating commas;
/// what holds a comma or has blanks at its ends stands in brackets, or the server would split or trim it.
std::string pxweb_query(const PxwebSelection& selection);

/// Whether a query in an address can say the selection: a code with brackets of its own can only be sent in a body.
bool fits_query(const PxwebSelection& selection);

/// The same as the body of a POST request.
std::string pxweb_query_body(const PxwebSelection& selection);

/// The body of v1's POST request for JSON-stat.
std::string pxweb_v1_query_body(const PxwebSelection& selection);

} // namespace skurd
