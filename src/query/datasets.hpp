#pragma once

#include "model/cube.hpp"
#include "model/dataset_schema.hpp"
#include "model/dataset_summary.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The datasets whose name or label has each of the words in it, whatever their case; all for "". By name.
std::vector<DatasetSummary> datasets(const StoreSession& store, const std::string& words);

/// Throws Error (usage) for one the store does not have.
DatasetSummary find_dataset(const StoreSession& store, const std::string& name);

/// The dimensions that its accepted schema has; none for a dataset that has no schema.
std::vector<Dimension> dimensions_of(const StoreSession& store, const std::string& dataset);

/// How many series a selector means: what reading it will cost. Throws Error (usage) for what the store does not
/// know.
std::size_t series_count(const StoreSession& store, const Selector& selector);

/// The vintages of one dataset or of all, by when they were seen, newest first.
std::vector<Vintage> newest_vintages(const StoreSession& store, const std::optional<std::string>& dataset = {});

/// The source's notes on a dataset at the two clocks.
std::vector<std::string> source_notes(const StoreSession& store, const std::string& dataset, const AsOf& as_of);

/// What drifted from accepted schemas, newest first; of all datasets for "".
std::vector<RecordedDrift> recorded_drift(const StoreSession& store, const std::string& dataset);

} // namespace skurd
