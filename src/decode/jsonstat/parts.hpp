#pragma once

#include "base/error.hpp"
#include "lib/simdjson/document.hpp"
#include "model/cube.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// The stages of decode_jsonstat, for its own files only. JSON's members come in any order, so a dataset is walked
/// once for everything but its dimensions and cells, whose places are kept; then those are read, dimensions first.
namespace skurd::jsonstat {

using simdjson::ondemand::array;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

/// A refusal that names the validator's rule.
template <typename... Args>
Error breach(std::string_view rule, fmt::format_string<Args...> format, Args&&... args)
{
    return error("JSON-stat rule {}: {}", rule, fmt::format(format, std::forward<Args>(args)...));
}

/// `value` or `status` as found: not there (or null), a string, or the place of a container that was not read yet.
using Place = std::variant<std::monostate, std::string, array, object>;

/// A dataset on its way to becoming a cube.
struct Dataset {
    Cube cube; ///< with everything but dimensions and cells
    std::optional<std::vector<std::string>> id;
    std::optional<std::vector<std::size_t>> size;
    std::vector<std::pair<Role, std::string>> roles; ///< role and dimension id
    std::optional<object> dimension;
    Place values;
    Place statuses;
};

/// Walks a dataset's own members.
Dataset read_members(object members);

/// Reads `dimension` (in 1.x with id, size and role in it) into the cube; checks it against id, size and role.
void read_dimensions(Dataset& dataset);

/// Reads a dimension's `category` into its categories.
void read_categories(object members, Dimension& dimension, std::vector<std::string>& notes);

/// Reads values, then statuses, into the cube's cells. cells_max is what may still be taken.
void read_cells(Dataset& dataset, std::size_t cells_max);

/// The text of a string, "" for null. `what` names the member in the refusal of any other type.
std::string read_text(value from, std::string_view what);

/// The strings of an array; of one string alone; none for null.
std::vector<std::string> read_texts(value from, std::string_view what);

/// The object at a place; nothing for null.
std::optional<object> read_object(value from, std::string_view what);

/// A whole number without sign and leading zeros: a position, a size, a key of a sparse object.
std::optional<std::size_t> parse_index(std::string_view text);

/// Reads id, size and role, at the root (2.0) or under `dimension` (1.x).
void read_id(value from, Dataset& dataset);
void read_size(value from, Dataset& dataset);
void read_role(value from, Dataset& dataset);

} // namespace skurd::jsonstat
