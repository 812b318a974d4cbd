#pragma once

#include "model/cube.hpp"

#include <string_view>
#include <vector>

namespace skurd {

/// What decoding may cost at most, checked before memory is taken.
struct JsonStatLimits {
    std::size_t bytes = std::size_t(256) << 20;
    /// Of all datasets of the document together, and no more than its bytes allow (bounds_of()); SSB answers at most
    /// 800 000.
    std::size_t cells = 20'000'000;
};

/// Reads a JSON-stat dataset (json-stat.org, 2.0): `class: "dataset"`, the `{"dataset": …}` wrapper of 1.x, or a 1.x
/// bundle of several datasets, one cube each in the document's order. Told apart by structure, not by version.
///
/// Numbers keep the source's digits, and have the decimals that the unit of their category states where they have
/// fewer: 4 of 4.0. A string in `value` is a status symbol, unless it is a number in
/// quotes; `null` is a missing value; a cell that a
/// sparse `value` does not mention is absent. A description (`value` empty or not there) has no cells.
///
/// Throws Error for anything else, on one line: a JSON-stat collection, dimension or error, HTML, broken or truncated
/// JSON, a number that does not fit a Decimal (with its cell), and every breach of the rules below, as
/// "JSON-stat rule VALUE_LEN_MISMATCH: value has 3 cells, size multiplies to 4". The rule names are those of the
/// JSON-stat validator (github.com/jsonstat/validator); what it calls a warning is accepted, and so is a role that
/// names no dimension (ROLE_ID_UNKNOWN), with a note:
///   ID_SIZE_LEN_MISMATCH, DIM_KEY_ID_MISMATCH, VALUE_LEN_MISMATCH, SPARSE_KEY_OUT_OF_RANGE,
///   STATUS_LEN_MISMATCH, STATUS_KEY_OUT_OF_RANGE, INDEX_COUNT_MISMATCH, INDEX_POSITIONS_INVALID, LABEL_KEY_UNKNOWN,
///   UNIT_KEY_UNKNOWN, COORD_KEY_UNKNOWN, NOTE_KEY_UNKNOWN, CHILD_ID_UNKNOWN, CHILD_CYCLE, CUBE_SIZE_OVERFLOW, and
///   STRUCTURAL_VIOLATION for a member that is missing or of the wrong type.
std::vector<Cube> decode_jsonstat(std::string_view bytes, const JsonStatLimits& limits = {});

/// `updated` of a document's one dataset, without reading its cells; "" where it has none or is something else.
std::string jsonstat_updated(std::string_view bytes, const JsonStatLimits& limits = {});

} // namespace skurd
