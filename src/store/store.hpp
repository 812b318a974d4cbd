#pragma once

#include "model/flag.hpp"
#include "model/indicator.hpp"
#include "model/release.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// A payload kept in the store.
struct PayloadRef {
    std::string hash; ///< SHA-256 of the bytes as received, lower-case hex
    std::size_t size = 0;
    bool is_new = false;
};

/// What taking a release in came to.
struct Accepted {
    std::optional<Vintage> vintage; ///< nothing when no vintage was made
    std::size_t cells = 0;          ///< stated by the release (not absent)
    std::size_t rows = 0;           ///< observations written
    std::size_t revised = 0;        ///< of those, cells that had another value before
    std::size_t withdrawn = 0;      ///< of those, cells that are gone
    std::size_t reworded = 0;       ///< of those, the same value with another number of decimals: 0 -> 0.0
    /// The bytes differ from those of the last vintage, the numbers do not: a false revision, suppressed.
    bool suppressed = false;
};

enum class RunOutcome { running, new_vintage, nothing_new, no_file, failed };
std::string_view to_string(RunOutcome outcome); ///< "running", "new vintage", "nothing new", "no file", "failed"

/// One execution of one job.
struct Run {
    std::int64_t id = 0;
    std::string job;
    std::string dataset; ///< "" until known
    Time started_at{};
    std::optional<Time> finished_at;
    RunOutcome outcome = RunOutcome::running;
    std::string message; ///< one line for people
    int requests = 0;
    std::int64_t bytes = 0;
    std::int64_t cells = 0;
    std::int64_t rows = 0;
    std::int64_t revised = 0;
    std::int64_t suppressed = 0; ///< false revisions
    std::int64_t vintage = 0;    ///< 0 = none
};

/// A payload that was refused.
struct Quarantined {
    std::int64_t id = 0;
    std::string job;
    std::string payload_hash;
    std::string name; ///< of the file, or the URL
    std::string reason;
    Time at{};
};

/// How a source does: a row of the view source_health.
struct SourceHealth {
    std::string job;
    std::optional<Run> last;
    std::optional<Time> last_success;
    int failures_in_row = 0;
};

/// The versioned store: every number ever published, and when. One SQLite file `skurd.db` and a folder `payloads/` in
/// the state folder; the tables are described in schema/README.md.
///
/// Writing needs the state folder's lock (a second writer is refused with ExitCode::busy); reading needs nothing and
/// sees whole vintages only. Not thread-safe: one object per thread. All functions throw Error when SQLite or the
/// file system fails, saying which file and why; nothing half done is left in the store.
class Store {
public:
    enum class Access { read, write };

    /// Opens; with Access::write creates and migrates, and runs that a dead program left running become failed.
    /// Throws Error (failed) for a store from a newer program and for a missing store when reading; (busy) when
    /// another process holds the store.
    Store(const std::filesystem::path& state_folder, Access access, const Clock& clock);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // --- payloads -------------------------------------------------------------------------------------------------
    /// Keeps the bytes (zstd, named by their hash; durable before this returns). The same bytes are kept once.
    PayloadRef keep_payload(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    std::string payload(const std::string& hash) const; ///< the bytes, checked against the hash

    // --- vintages -------------------------------------------------------------------------------------------------
    /// Takes a release in, in one transaction: a new vintage with what differs from the one before, or, when nothing
    /// differs, a confirmation of it. Throws Error for a release older than the newest vintage of its dataset with
    /// other numbers, for one that would withdraw more than 2 % of the cells it covers, and for one that claims to
    /// be published more than a day from now.
    Accepted accept(const Release& release, const PublicationClaim& claim, Origin origin, const PayloadRef& payload,
                    std::int64_t run);
    /// The source said it has nothing newer: the newest vintage of the dataset is confirmed now.
    void confirm(const std::string& dataset);
    /// That vintage is confirmed now: its last_confirmed_at. Does nothing for an id that is not there.
    void confirm_vintage(std::int64_t vintage);

    std::vector<Vintage> vintages(const std::string& dataset) const; ///< by publication time; all datasets for ""

    // --- reads ----------------------------------------------------------------------------------------------------
    /// The state of the selected series at the two clocks, by series and period. Withdrawn and missing cells are
    /// there with their symbols. `published_from` hides vintages published before it (definitions look so).
    std::vector<Observation> observations(const Selector& selector, const AsOf& as_of,
                                          std::optional<Time> published_from = {}) const;
    /// Every version of every observation of the selected series: by series, period, publication time.
    std::vector<Observation> history(const Selector& selector) const;
    std::vector<std::string> datasets() const; ///< ascending
    /// Whether the store knows the selector's dataset, dimensions and codes. The two reads above throw Error (usage)
    /// for those it does not, naming what it knows.
    bool has(const Selector& selector) const;

    // --- runs, quarantine, connector state ----------------------------------------------------------------------
    std::int64_t start_run(const std::string& job);
    /// Runs whose end could not be recorded (the disk was full) become failed; for when none is at work. `why` goes
    /// into their message.
    void close_interrupted_runs(std::string_view why);
    void finish_run(const Run& run);
    /// Notes that the run was given this payload, after those noted before. Throws Error for an unknown run or
    /// payload.
    void keep_run_payload(std::int64_t run, const PayloadRef& payload);
    std::vector<std::string> run_payloads(std::int64_t run) const; ///< hashes of all a run was given, in order
    std::vector<Run> runs(const std::string& job, std::size_t most) const; ///< newest first; "" = all jobs
    std::vector<SourceHealth> health() const;                              ///< by job
    void quarantine(const Quarantined& refused);
    std::vector<Quarantined> quarantined() const; ///< newest first
    std::map<std::string, std::string> connector_state(const std::string& job) const;
    void keep_connector_state(const std::string& job, const std::map<std::string, std::string>& state);

    // --- catalogue, verdicts, flags -----------------------------------------------------------------------------
    /// Writes the catalogue's indicators and definitions, once for each hash.
    void keep_catalogue(const Catalogue& catalogue);
    /// The values of an indicator now, for the views current_indicator and indicator_history. They are all there are:
    /// a stored number they lack is withdrawn, but for those of definitions that ended and are not kept.
    void keep_indicator_values(const Indicator& indicator, const IndicatorValues& values);
    /// Appends those verdicts that differ from the newest stored one of the same indicator, comparison, from and to.
    void keep_verdicts(const std::vector<Verdict>& verdicts, const std::string& catalogue_hash);
    /// The newest verdict of each (indicator, comparison, from, to); of one indicator, or all for 0.
    std::vector<Verdict> verdicts(int indicator) const;

    std::vector<Flag> flags(bool closed_too) const;             ///< open and acknowledged; by id
    std::int64_t raise_flag(const Flag& flag);                  ///< new; also writes the event
    void change_flag(const Flag& flag, std::string_view event); ///< state, texts, note; also writes the event

    /// Groups the calls until commit into one transaction; without commit() the destructor takes all of them back.
    class Transaction {
    public:
        explicit Transaction(Store& store);
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        void commit();

    private:
        Store& store_;
        bool open_ = true;
    };

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace skurd
