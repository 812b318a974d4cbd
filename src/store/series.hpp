#pragma once

#include "model/release.hpp"
#include "store/engine/database.hpp"
#include "version/version_edit.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// The ids of what a release's series are made of, in the release's own order.
struct GridIds {
    std::int64_t dataset = 0;
    std::vector<std::int64_t> dimensions;
    std::vector<std::vector<std::int64_t>> categories; ///< of each dimension
};

/// Finds or adds the series of a release; ascending by id. Series without any stated cell are left out.
std::vector<GridSeries> intern_series(Database& database, const Release& release, const GridIds& ids);

/// The column series.key of a series with these categories: their ids in the order of the dimensions' ids.
std::string series_key(const std::vector<std::int64_t>& categories);

std::int64_t find_dataset(Database& database, const std::string& name); ///< 0 when there is none
std::map<std::int64_t, std::string> dataset_names(Database& database);  ///< of all, by id
std::int64_t find_period(Database& database, const Period& period);     ///< 0 when the store has none such
std::int64_t intern_period(Database& database, const Period& period);
std::int64_t intern_status(Database& database, const Symbol& symbol);

} // namespace skurd
