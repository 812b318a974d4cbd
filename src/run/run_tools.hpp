#pragma once

#include "base/clock.hpp"
#include "fetch/drop_fetcher.hpp"
#include "fetch/fetcher.hpp"
#include "model/indicator.hpp"
#include "model/ingest.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <string>

namespace skurd {

/// What a run works with; all outlive it.
struct RunTools {
    StoreSession& store;
    Fetcher& sources; ///< of all but files
    DropFetcher& drop;
    const DropFolders& folders; ///< where files go once they are ingested or refused
    const Clock& clock;
    const Catalogue& catalogue; ///< says which series are in use
    IngestRules rules;
    std::function<void(const std::string&)> progress; ///< what is being done, for people; may be empty
};

} // namespace skurd
