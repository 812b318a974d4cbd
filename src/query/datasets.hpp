#pragma once

#include "model/cube.hpp"
#include "model/dataset_description.hpp"
#include "model/dataset_schema.hpp"
#include "model/dataset_summary.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Which datasets are wanted.
struct DatasetQuestion {
    std::string words{};                 ///< each in the name or the label, whatever their case; "" = all
    std::optional<Time> updated_after{}; ///< with a release that was published later
    AsOf as_of{};                        ///< as they were at the two clocks; called as they are today
};

/// Those datasets, by name. At another time than now those that were not there are left out; `last_confirmed_at` is
/// then when the newest release was seen.
std::vector<DatasetSummary> datasets(const StoreSession& store, const DatasetQuestion& question);
inline std::vector<DatasetSummary> datasets(const StoreSession& store, const std::string& words)
{
    return datasets(store, DatasetQuestion{words, {}, {}});
}

/// Throws Error (usage) for one the store does not have.
DatasetSummary find_dataset(const StoreSession& store, const std::string& name);

/// The dimensions that its accepted schema has; none for a dataset that has no schema.
std::vector<Dimension> dimensions_of(const StoreSession& store, const std::string& dataset);

/// How many series a selector means: what reading it will cost. Throws Error (usage) for what the store does not
/// know.
std::size_t series_count(const StoreSession& store, const Selector& selector);

/// The vintages of one dataset or of all, by when they were seen, newest first.
std::vector<Vintage> newest_vintages(const StoreSession& store, const std::optional<std::string>& dataset = {});

/// The releases of one dataset or of all that had been published and seen at the two clocks, newest publication
/// first.
std::vector<Vintage> releases(const StoreSession& store, const std::optional<std::string>& dataset,
                              const AsOf& as_of);

/// When the newest release of a dataset at the two clocks was published; nothing where there was none.
std::optional<Time> newest_publication(const StoreSession& store, const std::string& dataset, const AsOf& as_of);

/// What a dataset and its parts were called when a release was published, or are called now.
std::optional<DatasetDescription> describe_dataset(const StoreSession& store, const std::string& dataset,
                                                   std::optional<Time> published);

/// The ids of its dimensions but for time, in the source's order; none of a dataset that is not there.
std::vector<std::string> dimension_ids(const StoreSession& store, const std::string& dataset);

/// The ids of the selected series, ascending. Throws Error (usage) as series_count() does.
std::vector<std::int64_t> selected_series(const StoreSession& store, const Selector& selector);

/// The periods that a dataset has observations of, whatever their vintage; ascending.
std::vector<Period> periods_of(const StoreSession& store, const std::string& dataset);

/// The source's notes on a dataset at the two clocks.
std::vector<std::string> source_notes(const StoreSession& store, const std::string& dataset, const AsOf& as_of);

/// What drifted from accepted schemas, newest first; of all datasets for "".
std::vector<RecordedDrift> recorded_drift(const StoreSession& store, const std::string& dataset);

} // namespace skurd
