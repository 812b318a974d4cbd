// What is inspected, in order: the file, by the engine itself, on a thread of its own beside the rest, since both
// take long; then what is small; then dataset after dataset, each in one pass over its rows (dataset_inspection.cpp).
// All but the file is seen in one read transaction.
#include "lib/zstd/zstd.hpp"
#include "store/chain/chain_inspection.hpp"
#include "store/chain/content_chain.hpp"
#include "store/chain/log_chain.hpp"
#include "store/columns.hpp"
#include "store/coverage_table.hpp"
#include "store/dataset_inspection.hpp"
#include "store/derived.hpp"
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"

#include <fmt/format.h>

#include <set>
#include <thread>

namespace skurd {

namespace {

/// A store with damage everywhere is not described to its end.
constexpr std::size_t findings_max = 100;

/// The engine's own check of its file, on a thread.
class FileCheck {
public:
    explicit FileCheck(const Database& database)
        : database_(database.beside()), thread_([this] { // the edge of a thread
              try {
                  damage_ = database_->damage();
              } catch (const std::exception& failure) {
                  damage_.push_back("the database's own check: " + full_message(failure));
              }
          })
    {
    }

    std::vector<std::string> wait()
    {
        thread_.join();
        return std::move(damage_);
    }

private:
    std::unique_ptr<Database> database_;
    std::vector<std::string> damage_; ///< the thread's until it has ended
    std::jthread thread_;
};

class Inspection {
public:
    using IsExpired = std::function<bool(const std::string&)>; ///< whether a payload expired, by now

    /// Of everything, or, with `since`, of what came from then on; then the file is not read whole either.
    Inspection(const StoreSession& store, Database& database, IsExpired is_expired, std::optional<Time> since,
               const std::string& head, const StoreMaintenance::Progress& progress)
        : store_(store), database_(database), is_expired_(std::move(is_expired)), since_(since), head_(head),
          progress_(progress)
    {
    }

    Verification run()
    {
        std::optional<FileCheck> file;
        if (!since_)
            attempt("the database's own check", [&] { file.emplace(database_); });
        attempt("the snapshot", [&] { snapshot_ = SnapshotStore(store_).read(); });
        attempt("the payloads", [&] { check_payloads(); });
        attempt("what releases covered", [&] { check_coverage(); });
        attempt("what is derived for readers", [&] {
            for (const auto& damage : check_derived(database_))
                wrong("{}", damage);
        });
        attempt("tables, triggers and views", [&] { check_schema(); });
        attempt("the chains", [&] { check_chains(); });
        attempt("the log of commits", [&] { check_commits(); });
        for (const auto& [id, name] : dataset_names(database_))
            attempt(name, [&, id = id, name = name] { check_dataset(id, name); });
        attempt("where rows point to", [&] { check_references(); });
        if (file) {
            for (const auto& damage : file->wait())
                wrong("{}", damage);
        }
        return std::move(found_);
    }

private:
    template <typename... Args>
    void wrong(fmt::format_string<Args...> text, Args&&... args)
    {
        if (found_.wrong.size() < findings_max)
            found_.wrong.push_back(fmt::format(text, std::forward<Args>(args)...));
    }

    void say(const std::string& text) const
    {
        if (progress_)
            progress_(text);
    }

    /// One part of the inspection; what it cannot read is a finding, and the other parts go on.
    template <typename Check>
    void attempt(const std::string& what, Check check)
    {
        say("verifying " + what);
        try {
            const Database::Transaction part(database_,
                                             Database::Purpose::read); // a statement that fails ends it alone
            check();
        } catch (const std::exception& failure) {
            wrong("{}: {}", what, full_message(failure));
        }
    }

    /// Rows that no dataset's series lead to are found by counting.
    void check_references()
    {
        const auto tell = [&](std::size_t lost, const char* part) {
            if (lost > 0)
                wrong("{} observations point to a {} that is not there", lost, part);
        };
        tell(lost_periods_, "period");
        tell(lost_vintages_, "vintage");
        tell(lost_statuses_, "status");
        if (since_)
            return;
        const auto all = static_cast<std::size_t>(database_.integer("SELECT count(*) FROM observation"));
        if (all == rows_)
            return;
        const auto lost = static_cast<std::size_t>(
            database_.integer("SELECT count(*) FROM observation AS o"
                              " WHERE NOT EXISTS (SELECT 1 FROM series AS s"
                              " WHERE /*: s.dataset_id = o.dataset_id AND */ s.id = o.series_id)"));
        tell(lost, "series");
        if (lost + rows_ != all && datasets_failed_.empty())
            wrong("{} observations stand where nothing reads them", all - rows_ - lost);
    }

    /// A confirmation's payload may expire, and the confirmation become a vintage afterwards. A snapshot has none.
    void check_payloads()
    {
        if (snapshot_) {
            found_.payloads_removed = static_cast<std::size_t>(database_.integer("SELECT count(*) FROM payload"));
            return;
        }
        Statement row(database_, R"(
            SELECT hash, EXISTS (SELECT 1 FROM expired_payload AS r WHERE r.payload_hash = hash),
                   EXISTS (SELECT 1 FROM vintage AS v WHERE v.payload_hash = hash
                           AND v.id NOT IN (SELECT id FROM confirmation))
                   OR EXISTS (SELECT 1 FROM signed_rendering AS s WHERE s.payload_hash = hash)
            FROM payload WHERE stored_at >= $1)");
        row.bind(since_ ? format_time(*since_) : "");
        while (row.step()) {
            const bool may_go = row.integer(2) == 0;
            if (may_go && row.integer(1) != 0) {
                ++found_.payloads_removed;
                continue;
            }
            ++found_.payloads;
            try {
                PayloadStore(store_).bytes(row.text(0));
            } catch (const Error& failure) {
                if (may_go && is_expired_(row.text(0))) { // by a harvest, since this inspection began
                    --found_.payloads;
                    ++found_.payloads_removed;
                } else {
                    wrong("{}", full_message(failure));
                }
            }
        }
    }

    void check_coverage()
    {
        Statement row(database_, "SELECT id, hash, series, periods, absent FROM coverage");
        while (row.step()) {
            const auto absent = row.is_null(4) ? std::string() : zstd_decompress(row.view(4), StatedCells::text_max);
            if (coverage_hash(row.view(2), row.view(3), absent) != row.view(1))
                wrong("coverage {}: is not what its hash says", row.integer(0));
        }
    }

    void check_chains()
    {
        found_.vintages = static_cast<std::size_t>(database_.integer("SELECT count(*) FROM vintage"));
        auto chains = inspect_chains(database_, head_);
        for (const auto& text : chains.wrong)
            wrong("{}", text);
        found_.content_head = chains.content_head;
        found_.log_head = chains.log_head;
        once_unsealed_ = std::move(chains.once_unsealed);
        if (snapshot_ && (snapshot_->content_head != found_.content_head || snapshot_->log_head != found_.log_head))
            wrong("the heads of its chains are not those that the snapshot says it was published with");
        if (chains.kept_head)
            found_.kept_head = *chains.kept_head;
        else if (!head_.empty())
            wrong("no state of this store ever had the head {}: it is of another store, or what it was made over was "
                  "changed since, and the chains were made anew",
                  head_);
    }

    /// A trigger that is gone lets rows be changed, and a view can tell what no table holds.
    void check_schema()
    {
        for (const auto& difference : database_.schema_differences())
            wrong("{}", difference);
    }

    void check_commits()
    {
        const auto taken = database_.integer("SELECT seq FROM commit_counter");
        const auto logged = database_.integer("SELECT count(*) FROM (SELECT DISTINCT seq FROM commit_log) AS number"
                                              " WHERE seq BETWEEN 1 AND (SELECT seq FROM commit_counter)");
        if (logged != taken)
            wrong("the log of commits holds {} of {} numbers: some were taken out", logged, taken);
    }

    void check_dataset(std::int64_t id, const std::string& name)
    {
        Statement came(database_, "SELECT count(*) FROM vintage WHERE dataset_id = $1 AND observed_at >= $2");
        came.bind(id, since_ ? format_time(*since_) : "").step();
        if (since_ && came.integer(0) == 0)
            return;
        datasets_failed_.insert(id);
        const auto progress = [&](std::size_t done, std::size_t all) {
            say(fmt::format("verifying {}: {} vintages, {} of {} series", name, came.integer(0), done, all));
        };
        const auto found = inspect_dataset(database_, id, since_.value_or(Time::min()), progress);
        datasets_failed_.erase(id);
        rows_ += found.rows;
        found_.cells += found.cells;
        lost_periods_ += found.lost_periods;
        lost_vintages_ += found.lost_vintages;
        lost_statuses_ += found.lost_statuses;
        for (const auto& vintage : found.vintages)
            tell(name, vintage);
        for (const auto& [vintage, rows] : found.foreign)
            wrong("vintage {}: has {} rows of cells that it said nothing of", vintage, rows);
        for (const auto series : found.stale)
            wrong("{}: series {}: the newest states cached of it are not those of its rows", name, series);
        for (const auto series : found.unordered)
            wrong("{}: series {}: superseded does not say which of its rows comes after which", name, series);
    }

    void tell(const std::string& name, const DatasetFindings::Vintage& vintage)
    {
        if (!vintage.same && once_unsealed_.contains(vintage.id))
            ++found_.unchecked; // the first schema hashed categories without any stated cell too
        else if (!vintage.same)
            wrong("{}: vintage {}, published {}: its numbers are not those that were ingested", name, vintage.id,
                  format_time(vintage.published_at));
        if (vintage.gone > 0)
            wrong("{}: vintage {}, published {}: {} cells that it withdrew are there", name, vintage.id,
                  format_time(vintage.published_at), vintage.gone);
    }

    const StoreSession& store_;
    Database& database_;
    IsExpired is_expired_;
    std::optional<Time> since_;
    const std::string& head_;
    const StoreMaintenance::Progress& progress_;
    std::optional<Snapshot> snapshot_;       ///< what it says of itself, where it is one
    std::set<std::int64_t> once_unsealed_;   ///< vintages that were ingested before there was any chain
    std::set<std::int64_t> datasets_failed_; ///< whose inspection did not come to an end
    std::size_t rows_ = 0;                   ///< read, over all datasets
    std::size_t lost_periods_ = 0;
    std::size_t lost_vintages_ = 0;
    std::size_t lost_statuses_ = 0;
    Verification found_;
};

} // namespace

Verification StoreMaintenance::verify(const Progress& progress, std::optional<Time> since,
                                      const std::string& kept_head) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    const auto is_expired = [&](const std::string& hash) { return PayloadStore(session_).removal(hash).has_value(); };
    return Inspection(session_, session_.database(), is_expired, since, kept_head, progress).run();
}

ChainHeads StoreMaintenance::heads() const
{
    return {content_head(session_.database()), LogChain(session_.database()).head()};
}

Time StoreMaintenance::came_at(const std::string& head_or_vintage) const
{
    auto& database = session_.database();
    Statement by_head(database, "SELECT position FROM log_chain WHERE hash = $1");
    if (by_head.bind(head_or_vintage).step()) {
        const auto position = by_head.integer(0);
        // A vintage of a later commit may have come before: a confirmation that became one.
        Statement later(database, "SELECT coalesce(min(v.observed_at), (SELECT max(at) FROM commit_log))"
                                  " FROM log_chain AS c JOIN commit_log AS l ON l.seq = c.item"
                                  " JOIN vintage AS v ON v.ingest_id = l.ingest_id"
                                  " WHERE c.kind = 'commit' AND c.position > $1");
        if (later.bind(position).step() && !later.is_null(0))
            return time_from(later.view(0));
    }
    Statement older(database, "SELECT min(v.observed_at) FROM vintage AS v WHERE v.id NOT IN (SELECT vintage_id FROM"
                              " chain WHERE position < (SELECT position FROM chain WHERE hash = $1))"
                              " AND EXISTS (SELECT 1 FROM chain WHERE hash = $1)");
    if (older.bind(head_or_vintage).step() && !older.is_null(0))
        return time_from(older.view(0));
    Statement by_id(database, "SELECT observed_at FROM vintage WHERE CAST(id AS TEXT) = $1");
    if (by_id.bind(head_or_vintage).step())
        return time_from(by_id.view(0));
    throw error("{}: no vintage has the number {}, nor ever was it the head of the log chain: what you kept is of "
                "another store, or this one was made anew behind skurd's back",
                database.location(), head_or_vintage);
}

} // namespace skurd
