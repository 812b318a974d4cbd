#include "lib/zstd/zstd.hpp"
#include "store/chain.hpp"
#include "store/columns.hpp"
#include "store/coverage_table.hpp"
#include "store/maintenance.hpp"
#include "store/payload_store.hpp"
#include "store/stored_release.hpp"
#include "version/hashes.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace skurd {

namespace {

/// A store with damage everywhere is not described to its end.
constexpr std::size_t findings_max = 100;

class Inspection {
public:
    using IsExpired = std::function<bool(const std::string&)>; ///< whether a payload expired, by now

    Inspection(const StoreSession& store, Database& database, IsExpired is_expired,
               const StoreMaintenance::Progress& progress)
        : store_(store), database_(database), is_expired_(std::move(is_expired)), progress_(progress)
    {
    }

    Verification run()
    {
        attempt("SQLite's own check", [&] { check_database(); });
        attempt("the rows", [&] { check_references(); });
        attempt("the payloads", [&] { check_payloads(); });
        attempt("what releases covered", [&] { check_coverage(); });
        attempt("which cells have rows", [&] { check_rows(); });
        attempt("the words of releases", [&] { check_renamed(); });
        attempt("the chain over vintages", [&] { check_chain(); });
        attempt("the log of commits", [&] { check_commits(); });
        for (const auto& [id, name] : datasets())
            attempt(name, [&, id = id, name = name] { check_dataset(id, name); });
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
            check();
        } catch (const std::exception& failure) {
            wrong("{}: {}", what, full_message(failure));
        }
    }

    void check_database()
    {
        for (const auto& damage : database_.damage())
            wrong("{}", damage);
    }

    void check_references()
    {
        constexpr std::pair<const char*, const char*> lost_parts[] = {
            {"series", "SELECT count(*) FROM observation WHERE series_id NOT IN (SELECT id FROM series)"},
            {"period", "SELECT count(*) FROM observation WHERE period_id NOT IN (SELECT id FROM period)"},
            {"vintage", "SELECT count(*) FROM observation WHERE vintage_id NOT IN (SELECT id FROM vintage)"},
            {"status", "SELECT count(*) FROM observation WHERE status_id NOT IN (SELECT id FROM status)"}};
        for (const auto& [part, query] : lost_parts)
            if (const auto lost = database_.integer(query); lost > 0)
                wrong("{} observations point to a {} that is not there", lost, part);
    }

    /// Which categories were renamed follows from the versions of their words.
    void check_renamed()
    {
        Statement row(database_, R"(
            WITH renamed AS (
                SELECT w.what AS what, d.dataset_id AS dataset_id, c.id AS category_id
                FROM label_version AS l
                JOIN dimension AS d ON d.dataset_id = l.dataset_id AND d.code = l.dimension
                JOIN category AS c ON c.dimension_id = d.id AND c.code = l.category
                CROSS JOIN (SELECT 'label' AS what UNION ALL SELECT 'unit' AS what) AS w
                GROUP BY w.what, d.dataset_id, c.id
                HAVING count(DISTINCT CASE w.what WHEN 'label' THEN l.label ELSE l.unit END) > 1)
            SELECT (SELECT count(*) FROM (SELECT what, dataset_id, category_id FROM renamed
                        EXCEPT SELECT what, dataset_id, category_id FROM renamed_category) AS lacking),
                   (SELECT count(*) FROM (SELECT what, dataset_id, category_id FROM renamed_category
                        EXCEPT SELECT what, dataset_id, category_id FROM renamed) AS left_over))");
        if (row.step() && row.integer(0) + row.integer(1) > 0)
            wrong("renamed_category lacks {} categories and has {} too many: the views show other words of them",
                  row.integer(0), row.integer(1));
    }

    /// A confirmation's payload may expire, and the confirmation become a vintage afterwards.
    void check_payloads()
    {
        Statement row(database_, R"(
            SELECT hash, EXISTS (SELECT 1 FROM expired_payload AS r WHERE r.payload_hash = hash),
                   EXISTS (SELECT 1 FROM vintage AS v WHERE v.payload_hash = hash
                           AND v.id NOT IN (SELECT id FROM confirmation))
                   OR EXISTS (SELECT 1 FROM signed_rendering AS s WHERE s.payload_hash = hash) FROM payload)");
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

    /// A vintage has no rows of cells that it said nothing of.
    void check_rows()
    {
        std::map<std::int64_t, StatedCells> stated;
        std::map<std::int64_t, std::pair<const StatedCells*, Coverage>> vintages;
        Statement vintage(database_, "SELECT id, coverage_id, coverage FROM vintage");
        while (vintage.step()) {
            const auto [cells, is_new] = stated.try_emplace(vintage.integer(1));
            if (is_new)
                cells->second = load_coverage(database_, vintage.integer(1));
            vintages[vintage.integer(0)] = {&cells->second, enum_from<Coverage>(vintage.view(2))};
        }
        std::map<std::int64_t, std::size_t> foreign;
        Statement row(database_, "SELECT o.series_id, o.period_id, o.vintage_id, status.meaning = 'withdrawn'"
                                 " FROM observation AS o JOIN status ON status.id = o.status_id");
        while (row.step()) {
            const auto found = vintages.find(row.integer(2));
            if (found == vintages.end())
                continue; // check_references() says so
            const auto& [cells, coverage] = found->second;
            const bool is_stated = cells->contains(row.integer(0), row.integer(1));
            const bool is_left_out =
                row.integer(3) != 0 && cells->leaves_out(row.integer(0), row.integer(1), coverage);
            if (!is_stated && !is_left_out)
                ++foreign[row.integer(2)];
        }
        for (const auto& [id, rows] : foreign)
            wrong("vintage {}: has {} rows of cells that it said nothing of", id, rows);
    }

    void check_chain()
    {
        Statement row(database_, "SELECT position, vintage_id, sealed, hash, form FROM chain ORDER BY position");
        std::string before;
        std::int64_t position = 0;
        while (row.step()) {
            if (row.integer(0) != ++position) {
                wrong("the chain over vintages has no link {}: one was taken out", position);
                position = row.integer(0);
            }
            const auto vintage = row.integer(1);
            if (row.view(2) == "accept")
                sealed_at_once_.insert(vintage);
            const auto form = row.integer(4) == 1 ? ChainForm::numbered_ids : ChainForm::computed_ids;
            if (chain_hash(database_, before, vintage, form) != row.view(3))
                wrong("vintage {}: it, or what came before it, is not what was sealed when it was ingested", vintage);
            before = row.text(3);
            found_.vintages += form == ChainForm::computed_ids ? 1 : 0;
        }
        Statement open(database_, "SELECT id FROM vintage"
                                  " WHERE id NOT IN (SELECT vintage_id FROM chain WHERE form = 2)");
        while (open.step())
            wrong("vintage {}: is not in the chain over vintages: not ingested by skurd", open.integer(0));
    }

    void check_commits()
    {
        const auto taken = database_.integer("SELECT seq FROM commit_counter");
        const auto logged = database_.integer("SELECT count(*) FROM (SELECT DISTINCT seq FROM commit_log) AS number"
                                              " WHERE seq BETWEEN 1 AND (SELECT seq FROM commit_counter)");
        if (logged != taken)
            wrong("the log of commits holds {} of {} numbers: some were taken out", logged, taken);
        Statement lost(database_, "SELECT id FROM vintage WHERE ingest_id NOT IN"
                                  " (SELECT ingest_id FROM commit_log WHERE kind = 'vintage')"
                                  " AND ingest_id <= (SELECT seq FROM commit_counter)"); // else of this transaction
        while (lost.step())
            wrong("vintage {}: is not in the log of commits", lost.integer(0));
    }

    std::map<std::int64_t, std::string> datasets()
    {
        std::map<std::int64_t, std::string> found;
        Statement row(database_, "SELECT id, name FROM dataset");
        while (row.step())
            found.emplace(row.integer(0), row.text(1));
        return found;
    }

    void check_dataset(std::int64_t id, const std::string& name)
    {
        const auto line = load_timeline(database_, id);
        std::size_t count = 0;
        for (std::size_t place = 0; place < line.size(); ++place) {
            const auto& entry = line[place];
            if (!entry.is_vintage() || entry.value_hash.empty())
                continue;
            say(fmt::format("verifying {}: vintage {} of {}", name, ++count, line.size()));
            check_vintage(name, line, place);
        }
        check_states(id, name, line);
    }

    void check_vintage(const std::string& name, const Timeline& line, std::size_t place)
    {
        const auto& entry = line[place];
        const auto stored = stored_release(database_, line, place);
        found_.cells += stored.release.cells.size();
        const bool same = hashes_of(stored.release).values == entry.value_hash;
        if (!same && !sealed_at_once_.contains(entry.id))
            ++found_.unchecked; // the first schema hashed categories without any stated cell too
        else if (!same)
            wrong("{}: vintage {}, published {}: its numbers are not those that were ingested", name, entry.id,
                  format_time(entry.published_at));
        if (stored.gone_but_there > 0)
            wrong("{}: vintage {}, published {}: {} cells that it withdrew are there", name, entry.id,
                  format_time(entry.published_at), stored.gone_but_there);
    }

    /// The cache against the rows.
    void check_states(std::int64_t dataset, const std::string& name, const Timeline& line)
    {
        say(fmt::format("verifying {}: newest states", name));
        SeriesRows rows(database_);
        SeriesStates states(database_);
        std::vector<CellState> kept;
        Statement series(database_, "SELECT id FROM series WHERE dataset_id = $1");
        series.bind(dataset);
        while (series.step()) {
            const auto id = series.integer(0);
            if (states.read(id, kept) && !(kept == newest_states(rows, line, line.size(), id)))
                wrong("{}: series {}: the newest states cached of it are not those of its rows", name, id);
        }
    }

    const StoreSession& store_;
    Database& database_;
    IsExpired is_expired_;
    const StoreMaintenance::Progress& progress_;
    std::set<std::int64_t> sealed_at_once_; ///< vintages that were in the chain from when they were ingested
    Verification found_;
};

} // namespace

Verification StoreMaintenance::verify(const Progress& progress) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    const auto is_expired = [&](const std::string& hash) { return PayloadStore(session_).removal(hash).has_value(); };
    return Inspection(session_, session_.database(), is_expired, progress).run();
}

} // namespace skurd
