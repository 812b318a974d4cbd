#pragma once

#include "base/clock.hpp"
#include "model/cube.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

// The answers of FHI's Statistikk Open API (github.com/folkehelseinstituttet/Fhi.Statistikk.OpenAPI), but for the
// data themselves, which are JSON-stat. Each function takes a body with or without a byte order mark, passes over
// members it does not know, and throws Error, on one line, for anything that is not such an answer or is larger than
// it can be.

/// An item of `Common/source`.
struct FhiSource {
    std::string id; ///< "daar"
    std::string title;
};
std::vector<FhiSource> decode_fhi_sources(std::string_view bytes);

/// An item of `{source}/Table`. Stamps are the source's own words; "" where it gives none.
struct FhiTable {
    std::string id;        ///< a whole number
    std::string title;     ///< without white space at its ends
    std::string published; ///< `publishedAt`
    std::string modified;  ///< `modifiedAt`: data, metadata or labels
};
/// A list of tables, or the one of `{source}/Table/{id}`.
std::vector<FhiTable> decode_fhi_tables(std::string_view bytes);

/// An instant as FHI states it. Without an offset it is the source's local time, Norwegian; nothing for no instant.
std::optional<Time> read_fhi_time(std::string_view text);

/// The dimensions of `{source}/Table/{id}/dimension`. The tree of categories becomes one list, each before its
/// children; a code that stands in two places of the tree is taken once.
std::vector<Dimension> decode_fhi_dimensions(std::string_view bytes);

/// What a source says its symbols mean: symbol -> its words.
using FhiLegend = std::map<std::string, std::string, std::less<>>;

/// `{source}/Table/{id}/flag`: a list of {title, text}. Which of the two is the symbol is not documented; it is the
/// one that is short.
FhiLegend decode_fhi_flags(std::string_view bytes);

/// The legend in a data answer, `extension.flags.label`; empty where there is none.
FhiLegend decode_fhi_legend(std::string_view bytes);

/// What an error body says, for people, on one line of at most 200 characters; "" for an empty body. No error of the
/// API is documented, so any of these will do: a problem report of ASP.NET (`title`, `detail`, `errors`), JSON with
/// `status`, `message` or `error`, a JSON string, plain text.
std::string decode_fhi_error(std::string_view bytes);

/// For each dimension the codes asked for.
using FhiSelection = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The body of a request for data: each dimension with its codes as `item`, answered as json-stat2, and refused by
/// the server above so many values.
std::string fhi_query_body(const FhiSelection& selection, std::size_t rows_max);

} // namespace skurd
