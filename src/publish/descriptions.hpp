#pragma once

#include "lib/json/json.hpp"
#include "model/attribution.hpp"
#include "model/snapshot.hpp"
#include "publish/view_files.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// A dataset in a publication, and whom it is credited to.
struct PublishedDataset {
    std::string name;    ///< "ssb/07459"
    std::string label;   ///< as it is called today
    std::string view;    ///< its own; "" where it has none
    Time published_at{}; ///< of the newest vintage
    Attribution attribution;
};

/// All that the descriptions of a publication tell of.
struct Publication {
    Snapshot snapshot;
    std::int64_t since = 0; ///< the commit that its changes are told from
    PublishedFile database;
    std::vector<PublishedView> views;
    ReaderView history; ///< the columns of changes.csv
    PublishedFile changes;
    PublishedFile change_summary;
    std::vector<PublishedDataset> datasets; ///< by name
};

/// datapackage.json: a Data Package of Frictionless (specs.frictionlessdata.io), with a Table Schema for each CSV.
/// What it has no members for is under "skurd".
Json data_package(const Publication& publication);

/// csv/csv-metadata.json: the table group of the CSV files (W3C, "Metadata Vocabulary for Tabular Data"), under the
/// name by which it is found from each of them.
Json csvw_metadata(const Publication& publication);

} // namespace skurd
