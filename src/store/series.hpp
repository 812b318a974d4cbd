#pragma once

#include "lib/sqlite/database.hpp"
#include "model/release.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// The ids of what a release's grid is made of, in the release's own order.
struct GridIds {
    std::int64_t dataset = 0;
    std::vector<std::int64_t> dimensions;
    std::vector<std::vector<std::int64_t>> categories; ///< of each dimension
    std::vector<std::int64_t> periods;
    std::vector<std::int64_t> statuses; ///< of each symbol
};

/// Whether labels, units and notes of what the store knows already become those of the release.
enum class Metadata { keep, update };

/// A label, unit or note that a release gives otherwise than the store had it: a row of metadata_change.
struct MetadataChange {
    std::string_view what; ///< "label", "notes", "time dimension", "role", "unit", "decimals"
    std::string dimension; ///< code; "" for the dataset's own
    std::string category;  ///< code; "" for the dimension's own
    std::string old_text;
    std::string new_text;
};

/// Finds or adds dataset, dimensions, categories, periods and symbols of a release; appends what it changed of those
/// that were there.
GridIds intern_grid(Database& database, const Release& release, Metadata metadata,
                    std::vector<MetadataChange>& changes);

/// One series of a release that has a cell that is not absent.
struct GridSeries {
    std::int64_t id = 0;
    std::size_t position = 0; ///< in the release
    bool is_new = false;
};

/// Finds or adds the series of a release; ascending by id. Series without any stated cell are left out.
std::vector<GridSeries> intern_series(Database& database, const Release& release, const GridIds& ids);

/// The column series.key of a series with these categories: their ids in the order of the dimensions' ids.
std::string series_key(const std::vector<std::int64_t>& categories);

std::int64_t find_dataset(Database& database, const std::string& name); ///< 0 when there is none
std::int64_t find_period(Database& database, const Period& period);     ///< 0 when the store has none such
std::int64_t intern_period(Database& database, const Period& period);
std::int64_t intern_status(Database& database, const Symbol& symbol);

} // namespace skurd
