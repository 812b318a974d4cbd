#pragma once

#include "model/attribution.hpp"
#include "model/published.hpp"
#include "store/store_session.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace skurd {

struct PublishRequest {
    std::filesystem::path folder;                     ///< where publications lie, each named by its commit
    std::optional<std::int64_t> since = std::nullopt; ///< nothing: the newest one that lies there
    PeoplesNames names = PeoplesNames::left_out;
    PublishBounds bounds{};
    Attributions attributions{};
};

/// Publishes what is committed now as FOLDER/<commit_seq>, for readers who copy or mount it: skurd.db (a snapshot,
/// store/snapshot.hpp), each view as CSV and Parquet, what changed, descriptions, SHA256SUMS. It is made beside, put
/// in place by one rename, and never written to again; FOLDER/latest then points to it. What is there already of the
/// same commit is left as it is. The same commits, program version, `since`, names and attributions give the same
/// bytes.
///
/// Reads the store in one transaction that lasts as long as copying it does; the files are made from the copy.
/// Memory: a row group of a Parquet file. Throws Error: busy while another one publishes there, usage for a `since`
/// that is not before the newest commit, failed where a publication of the same number is of another store.
using PublishProgress = std::function<void(const std::string&)>;
Published publish(const StoreSession& store, const PublishRequest& request, const PublishProgress& progress = {});

} // namespace skurd
