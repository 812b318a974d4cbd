#pragma once

#include "model/store_place.hpp"
#include "tests/crash/child.hpp"
#include "tests/crash/served.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/temp_dir.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace skurd::crash {

/// Where a dataset comes from: over HTTP, or as a file by hand.
enum class Way { harvest, drop };

/// A simulated Statistics Norway and an installation that takes two tables in: one over HTTP (`skurd harvest
/// netbank`), one as files (`skurd drop FILE --job fil`). What each publishes is known: `served`.
class Scene {
public:
    /// Everything lies in `folder`, which is there; the state is made by the first run. The store is in the state
    /// folder or, with a server, in a database there.
    Scene(const std::filesystem::path& folder, std::size_t cells, test::PostgresServer* server = nullptr);

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path state() const { return folder_ / "state"; }
    const StorePlace& store() const { return store_; }
    std::filesystem::path fault_library() const { return folder_ / "faults.so"; }
    const Served& served(Way way) const { return ways_[static_cast<std::size_t>(way)]; }
    static std::string dataset(Way way); ///< "ssb/90001", "drop/fil"

    /// Publishes the next release: about one of `share` cells changes.
    void publish(Way way, std::mt19937_64& random, unsigned share);

    /// The command line that takes the newest release in, with --json.
    std::vector<std::string> words(Way way) const;
    /// Puts the newest release of files into the drop folder, where words_for_folder() finds it.
    void put_in_folder() const;
    std::vector<std::string> words_for_folder() const;
    bool is_folder_empty() const;
    /// From now on both tables are due every minute, at its beginning.
    void schedule_both() const;
    /// Any other command line of the program, on this installation.
    std::vector<std::string> words(std::vector<std::string> arguments) const;
    std::unique_ptr<Child> start(const std::vector<std::string>& words, const Environment& more = {}) const;

    /// Runs to the end; gives what it printed. Throws Error unless the exit code is `exit`.
    std::string run(const std::vector<std::string>& words, int exit = 0) const;

    /// Begins anew: the state folder goes and the store with it, and what is served is forgotten but for its newest
    /// release.
    void begin_anew();

private:
    void configure() const;

    std::filesystem::path folder_;
    test::PostgresServer* server_;
    StorePlace store_;
    test::ManualClock clock_{"2020-01-01"}; ///< stands still: every release since then is news to the list of changes
    sim::SimSsb sim_;
    std::size_t cells_;
    std::vector<Served> ways_;
};

} // namespace skurd::crash
