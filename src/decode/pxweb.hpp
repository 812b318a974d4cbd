#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace skurd {

/// What PxWebApi v2 tells about a table (`/tables/{id}`, and an item of `/tables`).
struct PxwebTable {
    std::string id;
    std::string label;   ///< with table number and span of periods, so it changes with every publication
    std::string updated; ///< the source's own words; "" where it gives none
    bool discontinued = false;
};

/// Throws Error with "not JSON …", "no member 'id'" and the like; the caller knows which table.
PxwebTable decode_pxweb_table(std::string_view bytes);

/// What an error body says, for people, on one line of at most 200 characters. The server has several shapes: its own
/// (`title`), those of ASP.NET (`title`, `errors`), that of v1 (`error`), and plain text; "" for an empty body.
std::string decode_pxweb_error(std::string_view bytes);

/// Whether an answer is a web page where data was asked for: a page about maintenance, or of a gateway.
bool is_html(std::string_view media_type, std::string_view bytes);

/// For each dimension the codes and expressions asked for.
using PxwebSelection = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// "valueCodes[Region]=0,0301&valueCodes[Tid]=[range(2018,2020)]", percent-encoded but for the separating commas;
/// what holds a comma stands in brackets, or the server would split it.
std::string pxweb_query(const PxwebSelection& selection);

/// The same as the body of a POST request.
std::string pxweb_query_body(const PxwebSelection& selection);

} // namespace skurd
