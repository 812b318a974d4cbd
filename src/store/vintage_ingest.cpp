#include "store/anomaly.hpp"
#include "store/cell_states.hpp"
#include "store/chain.hpp"
#include "store/columns.hpp"
#include "store/coverage.hpp"
#include "store/field_hash.hpp"
#include "store/hashes.hpp"
#include "store/later_releases.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

/// A publication claimed further ahead than this is a slip in a date. A day, since clocks and time zones differ.
constexpr auto ahead_max = std::chrono::hours(24);

/// What accept() was asked to take in.
struct IncomingRelease {
    const Release& release;
    const PublicationClaim& claim;
    Origin origin;
    const std::string& payload_hash;
    std::int64_t run;
    Time now;
};

/// The cells a release would withdraw, and whether that is more than the rules allow.
struct Withdrawal {
    std::size_t known = 0; ///< covered cells that the store had
    std::size_t withdrawn = 0;
    std::string cells_hash; ///< which

    bool is_more_than(int percent) const { return withdrawn * 100 > known * static_cast<std::size_t>(percent); }
};

/// Takes one release in, inside a transaction that its owner commits.
class VintageWriter {
public:
    VintageWriter(Database& database, const IncomingRelease& arrival)
        : database_(database), incoming_(arrival), release_(arrival.release), writer_(database)
    {
        assert(release_.cells.size() == release_.series_count() * release_.periods.size());
    }

    IngestResult run()
    {
        place_in_time();
        if (const auto* known = same_release()) {
            accepted_.counts.cells = stated_cells();
            touch_vintage(database_, known->vintage, incoming_.now);
            return accepted_;
        }
        hashes_ = hashes_of(release_);
        ids_ = intern_grid(database_, release_, accepted_.late ? Metadata::keep : Metadata::update, relabelled_);
        if (same_as_in_force()) {
            accepted_.counts.cells = stated_cells();
            confirm(in_force()->coverage_id);
        } else {
            compare();
        }
        keep_metadata_changes();
        withdrawal_.cells_hash = withdrawn_cells_.hex();
        return accepted_;
    }

    const Withdrawal& withdrawal() const { return withdrawal_; }
    std::int64_t dataset() const { return ids_.dataset; }

    /// What makes the release suspicious as a whole; nothing where nothing does.
    std::optional<std::string> anomaly() const
    {
        const auto* before = in_force();
        const bool complete = before && before->coverage != Coverage::partial;
        return anomalies_.why(complete && release_.coverage != Coverage::partial ? cells_of(*before) : std::nullopt,
                              static_cast<std::size_t>(accepted_.counts.cells));
    }

private:
    /// A cell that says the same with another number of decimals.
    struct SameValue {
        std::int64_t series = 0;
        StoredCell cell;
    };

    void place_in_time()
    {
        line_ = timeline(database_, find_dataset(database_, release_.dataset));
        place_ = line_.published_by(incoming_.claim.published_at);
        accepted_.late = place_ < line_.entries.size();
        observed_at_ = std::max(incoming_.now, line_.newest_observed);
        id_ = database_.integer("SELECT max((SELECT coalesce(max(id), 0) FROM vintage),"
                                " (SELECT coalesce(max(id), 0) FROM confirmation)) + 1");
    }

    const Timeline::Entry* in_force() const { return place_ == 0 ? nullptr : &line_.entries[place_ - 1]; }

    /// The very same release again: these bytes, published then. Decoding kept bytes anew is another matter.
    const Timeline::Entry* same_release() const
    {
        const auto found = std::find_if(line_.entries.begin(), line_.entries.end(), [&](const auto& entry) {
            return entry.payload_hash == incoming_.payload_hash &&
                   (entry.published_at == incoming_.claim.published_at || is_untimed_repeat(entry)) &&
                   has_all_payloads(entry);
        });
        return incoming_.origin == Origin::replay || found == line_.entries.end() ? nullptr : &*found;
    }

    /// Whether that release was made of all that this one is made of: of several payloads, the last says little.
    bool has_all_payloads(const Timeline::Entry& entry) const
    {
        Statement missing(database_, R"(
            SELECT position, payload_hash FROM run_payload WHERE run_id = ?1
            EXCEPT
            SELECT position, payload_hash FROM run_payload WHERE run_id IN (
                SELECT run_id FROM vintage WHERE id = ?2 UNION SELECT run_id FROM confirmation WHERE id = ?2))");
        return !missing.bind(incoming_.run, entry.id).step();
    }

    /// Without a stated time every fetch would count as published anew: the bytes in force need no second record.
    bool is_untimed_repeat(const Timeline::Entry& entry) const
    {
        return incoming_.claim.confidence == Confidence::arrival && in_force() &&
               entry.vintage == in_force()->vintage;
    }

    /// The release before it said the same of the same cells: no need to look at them.
    bool same_as_in_force() const
    {
        return in_force() && in_force()->value_hash == hashes_.values && in_force()->coverage == release_.coverage;
    }

    std::size_t stated_cells() const
    {
        return static_cast<std::size_t>(std::count_if(release_.cells.begin(), release_.cells.end(),
                                                      [](auto& cell) { return cell.state != Cell::State::absent; }));
    }

    void compare()
    {
        withdrawn_status_ = intern_status(database_, {"", Meaning::withdrawn});
        columns_ = columns_of(database_, release_, ids_);
        for (const auto& column : columns_)
            if (column.position)
                stated_.periods.add(column.period);
        CellStates states(database_, line_, place_, columns_, withdrawn_status_);
        LaterReleases later(database_, line_, place_, withdrawn_status_);
        states_ = &states;
        later_ = &later;
        for (const auto& series : intern_series(database_, release_, ids_))
            take(series);
        if (accepted_.counts.rows > 0)
            write_same_values();
        states.flush();
        writer_.flush();
        const auto coverage = store_coverage(database_, stated_);
        if (accepted_.counts.rows == 0 && !line_.entries.empty())
            confirm(coverage);
        else
            add_vintage(coverage);
        later.finish();
        accepted_.counts.restored = static_cast<std::int64_t>(later.restored());
    }

    void take(const GridSeries& series)
    {
        stated_.series.add(series.id);
        known_number_.reset();
        const auto& before = states_->of(series);
        const auto rows = accepted_.counts.rows;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            take(series, i, before[i]);
        if (!accepted_.late)
            states_->save();
        else if (accepted_.counts.rows > rows)
            states_->forget(series.id);
    }

    void take(const GridSeries& series, std::size_t column, const CellStates::State& before)
    {
        const auto& [period, position] = columns_[column];
        const Cell cell = position ? release_.cell(series.position, *position) : Cell();
        if (cell.state == Cell::State::absent) {
            if (position)
                stated_.absent.add(stated_index_++);
            if (release_.coverage != Coverage::partial && before.known)
                withdraw(series, column, before);
            return;
        }
        ++stated_index_;
        ++accepted_.counts.cells;
        withdrawal_.known += before.known ? 1 : 0;
        if (before.number)
            known_number_ = before.number;
        const StoredCell said{period, id_, cell.number(), ids_.statuses[cell.symbol]};
        if (before.known && before.status == said.status && before.number == said.number) {
            if (said.number && said.number->scale() != before.number->scale())
                same_values_.push_back({series.id, said});
            if (said.number)
                anomalies_.unchanged(*said.number);
            return;
        }
        accepted_.counts.revised += before.number ? 1 : 0;
        if (before.number)
            anomalies_.restated(*before.number, said.number);
        else if (known_number_)
            anomalies_.added(*known_number_, said.number);
        write(series.id, column, said, before);
    }

    void withdraw(const GridSeries& series, std::size_t column, const CellStates::State& before)
    {
        ++withdrawal_.known;
        ++withdrawal_.withdrawn;
        withdrawn_cells_.number(static_cast<std::uint64_t>(series.id));
        withdrawn_cells_.number(static_cast<std::uint64_t>(columns_[column].period));
        write(series.id, column, {columns_[column].period, id_, std::nullopt, withdrawn_status_}, before);
    }

    void write(std::int64_t series, std::size_t column, const StoredCell& cell, const CellStates::State& before)
    {
        ++accepted_.counts.rows;
        writer_.write(series, cell);
        if (accepted_.late)
            later_->keep(series, {cell.period, 0, before.number, before.known ? before.status : withdrawn_status_},
                         cell.status == withdrawn_status_, before.later_rows);
        else
            states_->change(column, cell.number, cell.status);
    }

    /// Cells that say the same with another number of decimals (0 -> 0.0): no reason for a vintage, but a vintage
    /// that is made gives them back as its payload has them.
    void write_same_values()
    {
        for (const auto& [series, cell] : same_values_) {
            writer_.write(series, cell);
            states_->forget(series);
        }
        accepted_.counts.reworded = static_cast<std::int64_t>(same_values_.size());
        accepted_.counts.rows += accepted_.counts.reworded;
    }

    std::optional<std::size_t> cells_of(const Timeline::Entry& entry) const
    {
        Statement row(database_, "SELECT cells FROM vintage WHERE id = ?1 UNION ALL"
                                 " SELECT cells FROM confirmation WHERE id = ?1");
        row.bind(entry.id);
        return row.step() ? std::optional(static_cast<std::size_t>(row.integer(0))) : std::nullopt;
    }

    std::optional<std::int64_t> run_or_null() const
    {
        return incoming_.run == 0 ? std::nullopt : std::optional(incoming_.run);
    }

    Origin origin() const
    {
        return accepted_.late && incoming_.origin != Origin::replay ? Origin::import : incoming_.origin;
    }

    void add_vintage(std::int64_t coverage)
    {
        accepted_.counts.withdrawn = static_cast<std::int64_t>(withdrawal_.withdrawn);
        const auto& claim = incoming_.claim;
        Statement(database_, R"(
            INSERT INTO vintage (id, dataset_id, published_at, published_field, confidence, observed_at,
                last_confirmed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id,
                cells, rows, revised, withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .run(id_, ids_.dataset, format_time(claim.published_at), claim.field, to_string(claim.confidence),
                 format_time(observed_at_), format_time(observed_at_), to_string(origin()), incoming_.payload_hash,
                 hashes_.content, hashes_.values, to_string(release_.coverage), coverage, run_or_null(),
                 accepted_.counts.cells, accepted_.counts.rows, accepted_.counts.revised, accepted_.counts.withdrawn);
        seal(database_, id_, Sealed::accept);
        accepted_.vintage = Vintage{id_,
                                    release_.dataset,
                                    claim,
                                    observed_at_,
                                    observed_at_,
                                    origin(),
                                    incoming_.payload_hash,
                                    hashes_.content,
                                    hashes_.values,
                                    incoming_.run,
                                    incoming_.payload_hash};
    }

    void confirm(std::int64_t coverage)
    {
        const auto* entry = in_force();
        if (!entry)
            return;
        touch_vintage(database_, entry->vintage, incoming_.now);
        const bool other_bytes = std::none_of(line_.entries.begin(), line_.entries.end(), [&](const auto& known) {
            return known.vintage == entry->vintage && known.payload_hash == incoming_.payload_hash;
        });
        accepted_.counts.suppressed = other_bytes ? 1 : 0;
        const auto& claim = incoming_.claim;
        Statement(database_, R"(
            INSERT INTO confirmation (id, vintage_id, published_at, published_field, confidence, observed_at, origin,
                payload_hash, content_hash, value_hash, coverage, coverage_id, run_id, cells)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))")
            .run(id_, entry->vintage, format_time(claim.published_at), claim.field, to_string(claim.confidence),
                 format_time(observed_at_), to_string(origin()), incoming_.payload_hash, hashes_.content,
                 hashes_.values, to_string(release_.coverage), coverage, run_or_null(), accepted_.counts.cells);
    }

    void keep_metadata_changes()
    {
        accepted_.counts.relabelled = static_cast<std::int64_t>(relabelled_.size());
        Statement insert(database_, "INSERT INTO metadata_change (dataset_id, release_id, published_at, observed_at,"
                                    " what, dimension, category, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (const auto& change : relabelled_)
            insert.run(ids_.dataset, id_, format_time(incoming_.claim.published_at), format_time(observed_at_),
                       change.what, change.dimension, change.category, change.old_text, change.new_text);
    }

    Database& database_;
    const IncomingRelease& incoming_;
    const Release& release_;
    ObservationWriter writer_;

    Timeline line_;
    std::size_t place_ = 0; ///< how many entries of line_ were published by the time of the release
    Time observed_at_{};    ///< never before that of an earlier release, whatever the machine's clock does
    std::int64_t id_ = 0;   ///< of the vintage or confirmation to be
    GridIds ids_;
    ReleaseHashes hashes_;
    std::vector<MetadataChange> relabelled_;

    std::vector<Column> columns_;
    CellStates* states_ = nullptr;   ///< while compare() runs
    LaterReleases* later_ = nullptr; ///< likewise
    std::vector<SameValue> same_values_;
    std::int64_t withdrawn_status_ = 0;
    StatedCells stated_;
    std::int64_t stated_index_ = 0;
    Withdrawal withdrawal_;
    AnomalyCheck anomalies_;
    std::optional<Decimal> known_number_; ///< of the series at hand, the nearest before the cell at hand
    FieldHash withdrawn_cells_;
    IngestResult accepted_;
};

void refuse_future(const IncomingRelease& arrival)
{
    if (arrival.claim.published_at > arrival.now + ahead_max)
        throw error("{}: published {} lies in the future (now {}): check the date", arrival.release.dataset,
                    format_date(arrival.claim.published_at), format_time(arrival.now));
}

/// Whether a complete release lacked the same cells by then, and none that had them came since; `vintage` is the one
/// at hand.
bool is_held_since(Database& database, std::int64_t dataset, const std::string& cells_hash, Time by,
                   std::int64_t vintage)
{
    Statement row(database, R"(
        SELECT 1 FROM held_withdrawal WHERE dataset_id = ?1 AND cells_hash = ?2 AND seen_at <= ?3
          AND seen_at >= (SELECT max(last_confirmed_at) FROM vintage WHERE dataset_id = ?1 AND id <> ?4))");
    return row.bind(dataset, cells_hash, format_time(by), vintage).step();
}

/// Notes the first of several looks that lacked the same.
void hold(Database& database, std::int64_t dataset, const Withdrawal& withdrawal, const IncomingRelease& arrival)
{
    if (is_held_since(database, dataset, withdrawal.cells_hash, arrival.now, 0))
        return;
    Statement(database, "INSERT INTO held_withdrawal (dataset_id, cells_hash, withdrawn, known, payload_hash, run_id,"
                        " seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(dataset, withdrawal.cells_hash, withdrawal.withdrawn, withdrawal.known, arrival.payload_hash,
             arrival.run == 0 ? std::nullopt : std::optional(arrival.run), format_time(arrival.now));
}

} // namespace

IngestResult VintageStore::ingest(const Release& release, const PublicationClaim& claim, Origin origin,
                                  const PayloadRef& payload, std::int64_t run, const IngestRules& rules)
{
    auto& database = session_.database();
    const IncomingRelease arrival{release, claim, origin, payload.hash, run, session_.clock().now()};
    refuse_future(arrival);
    Withdrawal held;
    std::int64_t dataset = 0;
    {
        Database::Transaction transaction(database);
        VintageWriter acceptance(database, arrival);
        const auto accepted = acceptance.run();
        dataset = acceptance.dataset();
        held = acceptance.withdrawal();
        if (rules.agreement.withdrawals || !held.is_more_than(rules.withdrawn_percent_max) ||
            is_held_since(database, dataset, held.cells_hash, arrival.now - rules.confirming_fetch_after,
                          accepted.vintage->id)) {
            if (const auto why = rules.agreement.anomalies ? std::nullopt : acceptance.anomaly())
                throw AnomalousRelease(
                    fmt::format("{}: suspicious, so nothing was taken in: {}; if it is right, take "
                                "it in with --accept-suspect; to see what it says: payload {}",
                                release.dataset, *why, payload.hash));
            transaction.commit();
            return accepted;
        }
    }
    Database::Transaction transaction(database);
    hold(database, dataset, held, arrival);
    transaction.commit();
    throw error(
        "{}: {} of {} known cells are gone from this complete release, more than {} %: nothing was taken in; it"
        " will be when a release that comes at least {} minutes after the first such lacks the same cells, or"
        " with --accept-withdrawals; to see what it says: payload {}",
        release.dataset, held.withdrawn, held.known, rules.withdrawn_percent_max,
        std::chrono::duration_cast<std::chrono::minutes>(rules.confirming_fetch_after).count(), payload.hash);
}

} // namespace skurd
