#pragma once

#include "base/error.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/drift.hpp"
#include "model/flag.hpp"
#include "model/indicator.hpp"
#include "model/release.hpp"
#include "model/sign_off.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
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

/// How a payload came.
struct KeptPayload {
    std::string media_type;
    std::string origin_url; ///< the URL or file it came from first
};

/// What taking a release in came to.
struct Accepted {
    std::optional<Vintage> vintage; ///< nothing when no vintage was made
    std::size_t cells = 0;          ///< stated by the release (not absent)
    std::size_t rows = 0;           ///< observations written
    std::size_t revised = 0;        ///< of those, cells that had another value before
    std::size_t withdrawn = 0;      ///< of those, cells that are gone
    std::size_t reworded = 0;       ///< of those, the same value with another number of decimals: 0 -> 0.0
    std::size_t restored = 0;   ///< observations written for later releases, so that they go on saying what they said
    std::size_t relabelled = 0; ///< labels, units and notes that changed
    bool late = false;          ///< a release published after this one was there already
    /// The bytes differ from those of the last vintage, the numbers do not: a false revision, suppressed.
    bool suppressed = false;
};

/// What guards against a source that answers with less than it has.
struct AcceptRules {
    /// More of the known cells than this may not vanish at once, unless ...
    int withdrawn_percent_max = 2;
    /// ... a second complete release, seen at least this long after the first, lacks the same cells, or ...
    std::chrono::seconds second_look_after = std::chrono::hours(1);
    /// ... the operator says that they are gone.
    bool withdrawals_allowed = false;
    /// Whether a release is taken in that is suspicious as a whole (see SuspectRelease).
    bool suspicions_allowed = false;
};

/// A release that looks like a slip of the source and not like news, held against what was known: nearly all its
/// numbers became zero, or missing, or ten times larger or smaller, or it has less than half of the cells. The
/// message says which.
class SuspectRelease : public Error {
public:
    using Error::Error;
};

/// Which payloads are let go: never one that a vintage was made from.
struct PayloadRetention {
    std::optional<std::chrono::days> others_for; ///< how long those that made no vintage are kept; nothing: for ever
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
    std::int64_t withdrawn = 0;
    std::int64_t suppressed = 0; ///< false revisions
    std::int64_t relabelled = 0; ///< labels, units and notes that changed
    std::int64_t vintage = 0;    ///< 0 = none
};

/// Why a payload is in quarantine.
enum class QuarantineKind {
    refused, ///< it cannot be read, or breaks a rule
    suspect, ///< SuspectRelease
    drift,   ///< the dataset has other dimensions than before
};
std::string_view to_string(QuarantineKind kind);

/// What became of one.
enum class QuarantineEnd {
    taken_in,
    discarded, ///< by a person
    outdated,  ///< a later fetch of the same job was taken in
};
std::string_view to_string(QuarantineEnd end);

/// A payload that was refused.
struct Quarantined {
    std::int64_t id = 0;
    std::string job;
    std::string payload_hash;
    std::string name; ///< of the file, or the URL
    std::string reason;
    Time at{};
    std::int64_t run = 0; ///< that refused it; its other payloads belong to it. 0 = unknown (an older skurd)
    QuarantineKind kind = QuarantineKind::refused;
    std::optional<QuarantineEnd> ended{};
    std::optional<Time> ended_at{};
    std::string ended_by{}; ///< "" = by itself
    std::string ended_why{};
};

/// What a dataset looked like when it was last taken in: all its dimensions but time.
struct Look {
    std::vector<Dimension> dimensions;
    std::string job_hash; ///< of the job that asked: with another selection other codes are missing
    Time seen_at{};
};

/// A change of a look as it was recorded.
struct RecordedDrift {
    std::string dataset;
    Time seen_at{};
    std::int64_t run = 0;
    Drift drift; ///< without codes: its texts name them
};

/// How a source does: a row of the view source_health.
struct SourceHealth {
    std::string job;
    std::optional<Run> last;
    std::optional<Time> last_success;
    int failures_in_row = 0;
};

/// A version of the catalogue that was in force.
struct KeptCatalogue {
    std::string hash;
    Time kept_at{};
    bool current = false;
};

/// What happened to a flag, as it was recorded then.
struct RecordedFlagEvent {
    Time at{};
    std::string event; ///< a word of FlagEvent
    FlagState state = FlagState::open;
    std::string text_nb;
    std::string text_en;
    std::string note;
    std::string person;
};

/// What an inspection of the store found.
struct Verification {
    std::vector<std::string> wrong; ///< one sentence each; empty when all is well. At most 100
    std::size_t payloads = 0;       ///< whose bytes were compared with their hash
    std::size_t payloads_removed = 0;
    std::size_t vintages = 0;
    std::size_t cells = 0;     ///< compared, over all vintages
    std::size_t unchecked = 0; ///< vintages of an older skurd whose numbers cannot be compared with what was taken in
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
    /// Opens a backup, a file by any name, for reading.
    static Store open_backup(const std::filesystem::path& file, const Clock& clock);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // --- payloads -------------------------------------------------------------------------------------------------
    /// Keeps the bytes (zstd, named by their hash; durable before this returns). The same bytes are kept once.
    PayloadRef keep_payload(std::string_view bytes, const std::string& media_type, const std::string& origin_url);
    std::string payload(const std::string& hash) const;      ///< the bytes, checked against the hash
    KeptPayload kept_payload(const std::string& hash) const; ///< what is known of it

    // --- vintages -------------------------------------------------------------------------------------------------
    /// Takes a release in, in one transaction: a new vintage with what differs from the one published before it, or,
    /// when nothing differs, a confirmation of that. One that arrives late (another was published after it) is put in
    /// its place with Origin::import, and every later release goes on saying what it said. Throws Error, and
    /// leaves nothing behind but a note of it, for a release that would withdraw more than the rules allow, and
    /// for one that claims to be published more than a day from now.
    Accepted accept(const Release& release, const PublicationClaim& claim, Origin origin, const PayloadRef& payload,
                    std::int64_t run, const AcceptRules& rules = {});
    /// That vintage is confirmed now: its last_confirmed_at. Does nothing for an id that is not there.
    void confirm_vintage(std::int64_t vintage);

    std::vector<Vintage> vintages(const std::string& dataset) const; ///< by publication time; all datasets for ""
    /// What a vintage said, made anew from the rows: codes, periods, values and symbols; no labels, units and notes.
    Release release(std::int64_t vintage) const;

    // --- reads ----------------------------------------------------------------------------------------------------
    /// The state of the selected series at the two clocks, by series and period. Withdrawn and missing cells are
    /// there with their symbols. `published_from` hides vintages published before it (definitions look so).
    std::vector<Observation> observations(const Selector& selector, const AsOf& as_of,
                                          std::optional<Time> published_from = {}) const;
    /// Every version of every observation of the selected series: by series, period, publication time.
    std::vector<Observation> history(const Selector& selector) const;
    std::vector<std::string> datasets() const; ///< ascending
    /// The source's notes on a dataset at the two clocks; none for an unknown dataset.
    std::vector<std::string> notes(const std::string& dataset, const AsOf& as_of = {}) const;
    /// Whether the store knows the selector's dataset, dimensions and codes. The two reads above throw Error (usage)
    /// for those it does not, naming what it knows.
    bool has(const Selector& selector) const;

    // --- what datasets look like ---------------------------------------------------------------------------------
    /// Nothing for a dataset that was not taken in since skurd keeps looks, or not at all.
    std::optional<Look> look(const std::string& dataset) const;
    /// Keeps it where it differs from the one kept last. Throws Error for an unknown dataset.
    void keep_look(const std::string& dataset, const Look& look, std::int64_t run);
    /// Records what was not recorded of this dataset since its look was last kept.
    void record_drift(const std::string& dataset, const std::vector<Drift>& drift, std::int64_t run);
    std::vector<RecordedDrift> drift(const std::string& dataset) const; ///< newest first; of all datasets for ""

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
    /// Notes it, once for as long as it has not ended: the same bytes of the same job, refused again, change nothing.
    void quarantine(const Quarantined& refused);
    std::vector<Quarantined> quarantined(bool ended_too = false) const; ///< newest first
    /// Throws Error (usage) for one that is not there, or has ended already.
    void end_quarantine(std::int64_t id, QuarantineEnd how, const std::string& by, const std::string& why);
    std::map<std::string, std::string> connector_state(const std::string& job) const;
    void keep_connector_state(const std::string& job, const std::map<std::string, std::string>& state);

    // --- catalogue, verdicts, flags -----------------------------------------------------------------------------
    /// Writes the catalogue's indicators and definitions, once for each hash.
    void keep_catalogue(const Catalogue& catalogue);
    std::vector<KeptCatalogue> catalogues() const; ///< every version that was kept, the oldest first
    /// The files of a kept version: name -> text; none for one kept by an older skurd.
    std::map<std::string, std::string> catalogue_files(const std::string& hash) const;
    /// The values of an indicator now, for the views current_indicator and indicator_history. They are all there are:
    /// a stored number they lack is withdrawn, but for those of definitions that ended and are not kept.
    void keep_indicator_values(const Indicator& indicator, const IndicatorValues& values);
    /// Appends those verdicts that differ from the newest stored one of the same indicator, comparison, from and to.
    void keep_verdicts(const std::vector<Verdict>& verdicts, const std::string& catalogue_hash);
    /// The newest verdict of each (indicator, comparison, from, to); of one indicator, or all for 0.
    std::vector<Verdict> verdicts(int indicator) const;

    /// What was signed off, in one transaction; gives its id. Its payloads must be kept before, and are kept for
    /// ever.
    std::int64_t keep_sign_off(const SignOff& signing);
    std::vector<SignOff> sign_offs() const; ///< by id, without rows and renderings
    /// Throws Error (usage) for one that is not there.
    SignOff sign_off(std::int64_t id) const;

    std::vector<Flag> flags(bool closed_too) const;             ///< open and acknowledged; by id
    std::int64_t raise_flag(const Flag& flag);                  ///< new; also writes the event
    void change_flag(const Flag& flag, std::string_view event); ///< state, texts, note; also writes the event
    std::vector<RecordedFlagEvent> flag_events(std::int64_t flag) const; ///< oldest first

    // --- integrity -----------------------------------------------------------------------------------------------
    using Progress = std::function<void(const std::string&)>; ///< what is being done, for people

    /// Inspects all there is: SQLite's own integrity, references, payloads against their hashes, the chain over
    /// vintages, and that the rows of each vintage give the very numbers that were taken in. Reads only.
    Verification verify(const Progress& progress = {}) const;

    /// Writes the whole store as it stands now, with its payloads, to one file that can be put in place as a state
    /// folder's skurd.db; harvests may go on meanwhile. The file is there whole or not at all.
    void back_up(const std::filesystem::path& file, const Progress& progress = {}) const;

    /// Lets go of payloads that may go; how many.
    std::size_t discard_payloads(const PayloadRetention& retention);

    // --- what people say of numbers -------------------------------------------------------------------------------
    // Errors here are usage errors: they say what the store holds. Texts and names are as checked_remark() wants
    // them.

    /// Keeps an annotation, made now, and gives its id. Its target is the whole dataset of the selector, or the one
    /// series it names, with the annotation's period and vintage; of the rest, kind, text and person are read.
    /// Throws Error for a target the store does not have, and for a break without a period.
    std::int64_t annotate(const Selector& about, const Annotation& annotation);
    /// Throws Error for one that is not there, or is withdrawn already.
    void withdraw_annotation(std::int64_t id, const std::string& why, const std::string& by);
    /// By id; of all datasets for "".
    std::vector<Annotation> annotations(const std::string& dataset, bool withdrawn_too) const;

    /// Opens a correction, from now, and gives its id. The selector must name one series; of the correction, period,
    /// expected, corrected, reason and person are read. Throws Error where the newest state of the cell is not the
    /// expected number, and where another correction of it is open.
    std::int64_t correct(const Selector& series, const Correction& correction);
    /// Ends one now: by a person, or by itself (`by` is "") since that vintage changed the number (0 = none).
    /// Throws Error for one that is not there, or has ended already.
    void end_correction(std::int64_t id, const std::string& why, const std::string& by, std::int64_t vintage);
    /// By id; of all datasets for "".
    std::vector<Correction> corrections(const std::string& dataset, bool ended_too) const;
    /// What the newest state says of a correction's cell; nothing where the store has no such cell.
    std::optional<Observation> corrected_cell(const Correction& correction) const;

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
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace skurd
