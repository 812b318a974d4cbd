#pragma once

#include "model/ingest.hpp"
#include "store/store_session.hpp"
#include "tests/bench/measure.hpp"
#include "tests/support/manual_clock.hpp"

#include <filesystem>
#include <string>

namespace skurd::bench {

constexpr auto dataset = "ssb/09999"; ///< the name the synthetic table is harvested under

/// What a harvest did with the bytes before the store was asked to take them in, and then.
struct Stages {
    Cost keep; ///< of the payload: hash, compress, to disk
    Cost decode;
    Cost normalise;
    Cost accept;

    double wall() const { return keep.wall + decode.wall + normalise.wall + accept.wall; }
};

/// A store, new or not, and what a run of a job does with the bytes it fetched.
class Harvest {
public:
    explicit Harvest(const StorePlace& place);

    /// Takes one payload of the named dataset in, published on the day after the one before it.
    IngestResult ingest(const std::string& bytes, const std::string& name = dataset);
    const Stages& stages() const { return stages_; } ///< of the last payload
    std::string published() const;                   ///< the next payload's time of publication
    const StoreSession& store() const { return store_; }

private:
    test::ManualClock clock_;
    StoreSession store_;
    Stages stages_;
    std::string last_payload_;
    std::int64_t last_vintage_ = 0;
};

/// Where a harvest's time went.
void print_stages(const Sheet& sheet, const std::string& question, const Stages& stages);

/// Bytes of the database's file once all is in it. The store must be closed.
std::uintmax_t database_size(const std::filesystem::path& state);

} // namespace skurd::bench
