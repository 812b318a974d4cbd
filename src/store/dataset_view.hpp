#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <string>

namespace skurd {

/// A dataset with more dimensions has no view of its own: SQLite joins 64 tables at most, two of them for each.
constexpr std::size_t view_dimensions_max = 25;

/// Makes, or makes anew, the view of a dataset's newest numbers with a column for each dimension: `data_ssb_07459`,
/// of columns `d_Region`, `d_Region_label` and so on; its name is in dataset.view_name. For the transaction that
/// changes which dimensions the dataset has, and with no other statement under way.
void make_dataset_view(Database& database, std::int64_t dataset);

/// Whether that view is there, as it would be made today.
bool has_dataset_view(Database& database, std::int64_t dataset);

/// A name for SQL made of another: ASCII letters, digits and what is not ASCII stay, all else becomes `_`. Of a long
/// one the beginning, at most `size` bytes.
std::string identifier_of(std::string_view text, std::size_t size);

} // namespace skurd
