#pragma once

#include "store/engine/database.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Makes anew, for every dataset, what views read and what follows from the other tables: superseded, category_words,
/// series_words, and the dataset's own view. For the step of the schema that these came with. Inside a transaction.
void make_derived(Database& database);

/// Makes every dataset's own view anew, for a step of the schema from which on they are made otherwise. Inside a
/// transaction.
void make_dataset_views(Database& database);

/// Holds the words and the datasets' own views against what they would be made as today, for `verify`; gives what is
/// wrong, a line for each. (The rows of superseded are held against the rows in dataset_inspection.) Inside a read
/// transaction.
std::vector<std::string> check_derived(Database& database);

} // namespace skurd
