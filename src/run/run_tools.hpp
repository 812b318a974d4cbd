#pragma once

#include "base/clock.hpp"
#include "base/turns.hpp"
#include "fetch/drop_fetcher.hpp"
#include "fetch/fetcher.hpp"
#include "model/indicator.hpp"
#include "model/ingest.hpp"
#include "store/store_session.hpp"

#include <functional>
#include <semaphore>
#include <string>

namespace skurd {

using Processors = std::counting_semaphore<>; ///< the places for work that keeps a processor busy

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
    Turn& turn; ///< at all of these but `sources` and `drop`: the run has it, but see aside() and compute()
    Processors& processors; ///< for what is decoded
};

/// Does what waits for others, a source say, while other runs and orders have their turn.
template <typename Work>
auto aside(const RunTools& tools, const Work& work)
{
    return tools.turn.outside(work);
}

/// Does what needs a processor and not the store: aside, and no more at once than there are processors.
template <typename Work>
auto compute(const RunTools& tools, const Work& work)
{
    return tools.turn.outside([&] {
        struct Place {
            explicit Place(Processors& all) : processors(all) { processors.acquire(); }
            ~Place() { processors.release(); }
            Place(const Place&) = delete;
            Place& operator=(const Place&) = delete;
            Processors& processors;
        } const place(tools.processors);
        return work();
    });
}

} // namespace skurd
