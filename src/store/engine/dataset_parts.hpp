#pragma once

#include <string>
#include <string_view>

namespace skurd {

// A part of a statement between /*: and */ says which dataset its rows are of. It is for engines in whose tables
// every row below a dataset names it (Database::rows_name_dataset()): a store that is spread over several places by
// dataset is asked in one of them then. To others it is a comment, and parameters that stand nowhere else are not
// bound; those are the statement's last.

/// The statement with these parts.
std::string with_dataset_parts(std::string_view sql);
/// The statement without them: over all datasets, wherever they are.
std::string without_dataset_parts(std::string_view sql);
/// The statement as it stands where one dataset is meant, else without them.
std::string dataset_parts_if(bool is_one, std::string_view sql);
/// The highest number of a parameter in such a part; 0 where there is none.
int last_dataset_parameter(std::string_view sql);

} // namespace skurd
