#include "store/stored_versions.hpp"

#include "store/columns.hpp"
#include "store/coverage_table.hpp"
#include "store/dataset_view.hpp"
#include "store/vintages.hpp"
#include "store/word_tables.hpp"
#include "version/state_fold.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// What the source said of the time; nothing where it said nothing and the time is that of arrival.
std::optional<std::string> claimed_at(const PublicationClaim& claim)
{
    return claim.confidence == Confidence::arrival ? std::nullopt : std::optional(format_time(claim.published_at));
}

std::string claimed_field(const PublicationClaim& claim)
{
    return claim.confidence == Confidence::arrival ? "" : claim.field;
}

} // namespace

StoredVersions::StoredVersions(Database& database, const std::string& dataset, std::int64_t ingest_id,
                               CommonWords common)
    : database_(database), ingest_id_(ingest_id), common_(common), ids_{find_dataset(database, dataset), {}, {}},
      line_(load_timeline(database, ids_.dataset)), rows_(database, ids_.dataset)
{
}

void StoredVersions::read(std::int64_t series, std::size_t place, std::vector<PriorCell>& cells, Detail detail)
{
    begin_series(series);
    const bool at_end = place == line_.size();
    if (at_end && detail == Detail::states && tables_ && tables_->states.read(series, newest_)) {
        cells.clear();
        for (const auto& state : newest_)
            cells.push_back({state, {}});
        return;
    }
    StateFold fold(line_, place, cells);
    rows_.for_each(series, [&](const StoredCell& row) { fold.add(row); });
    fold.finish();
    changed_ = at_end && rows_are_ == RowsAre::newest;
    if (at_end)
        for (const auto& cell : cells)
            newest_.push_back(cell.state);
}

Period StoredVersions::period(std::int64_t id)
{
    Statement row(database_, "SELECT text FROM period WHERE id = $1");
    return row.bind(id).step() ? Period::from_text(row.view(0)) : Period();
}

Symbol StoredVersions::symbol(std::int64_t status_id)
{
    Statement row(database_, "SELECT text, meaning FROM status WHERE id = $1");
    return row.bind(status_id).step() ? Symbol{row.text(0), meaning_from(row.view(1))} : Symbol();
}

StatedCells StoredVersions::stated(std::int64_t coverage_id)
{
    return load_coverage(database_, ids_.dataset, coverage_id);
}

bool StoredVersions::has_payloads_of(std::int64_t release, std::int64_t run)
{
    Statement missing(database_, R"(
        SELECT position, payload_hash FROM run_payload WHERE run_id = $1
        EXCEPT
        SELECT position, payload_hash FROM run_payload WHERE run_id IN (
            SELECT run_id FROM vintage WHERE /*: dataset_id = $3 AND */ id = $2
            UNION SELECT run_id FROM confirmation WHERE /*: dataset_id = $3 AND */ id = $2))");
    return !missing.bind(run, release, ids_.dataset).step();
}

std::vector<Time> StoredVersions::held_since(const std::string& hash)
{
    Statement row(database_, R"(
        SELECT seen_at FROM held_withdrawal WHERE dataset_id = $1 AND cells_hash = $2
          AND seen_at >= (SELECT max(last_confirmed_at) FROM vintage WHERE dataset_id = $1))");
    row.bind(ids_.dataset, hash);
    std::vector<Time> held;
    while (row.step())
        held.push_back(time_from(row.view(0)));
    return held;
}

std::int64_t StoredVersions::new_release_id()
{
    release_ = database_.draw_ids(Database::Ids::release, 1).front();
    return release_;
}

void StoredVersions::describe(const Release& release)
{
    description_.emplace(database_, release, ids_, common_);
    tables_.emplace(database_, ids_.dataset);
    cells_ = release.cells.size();
}

std::size_t StoredVersions::name(const Release& release, const ReleaseStamp& stamp)
{
    described_ = description_.value().write_words(release, stamp, line_, ingest_id_);
    return described_.changes;
}

std::vector<GridSeries> StoredVersions::series_of(const Release& release)
{
    auto found = intern_series(database_, release, ids_);
    const auto first_new = std::find_if(found.begin(), found.end(), [](const auto& series) { return series.is_new; });
    first_new_series_ = first_new == found.end() ? INT64_MAX : first_new->id;
    expect_states(found);
    if (first_new != found.end()) {
        NewSeriesWords words(database_, release, ids_);
        for (auto series = first_new; series != found.end(); ++series)
            if (series->is_new)
                words.add(*series);
        words.flush();
    }
    return found;
}

/// Unless others' series make up most of what lies between them.
void StoredVersions::expect_states(const std::vector<GridSeries>& series)
{
    constexpr std::int64_t others_max = 4;
    if (series.empty() || !database_.is_remote())
        return;
    const auto first = series.front().id;
    const auto last = series.back().id;
    if (last - first < others_max * static_cast<std::int64_t>(series.size()))
        tables_->states.expect(first, last);
}

std::int64_t StoredVersions::add_coverage(const StatedCells& stated)
{
    return store_coverage(database_, ids_.dataset, stated);
}

void StoredVersions::add_row(std::int64_t series, const StoredCell& cell)
{
    tables_->observations.write(band_of(cell.vintage), series, cell);
    if (cell.vintage < release_)
        given_rows_.insert(cell.vintage);
    const bool is_new = series >= first_new_series_;
    if (series != series_ && is_new) {
        begin_series(series);
        changed_ = rows_are_ == RowsAre::newest;
    }
    if (rows_are_ == RowsAre::in_between || series != series_)
        forget_states(series);
    else
        change_state(cell);
}

/// The first row of the new release decides whether it begins a band.
std::int64_t StoredVersions::band_of(std::int64_t release)
{
    if (!bands_) {
        bands_.emplace(database_, ids_.dataset);
        bands_->make_room(release_, cells_);
    }
    return bands_->of(release);
}

void StoredVersions::begin_series(std::int64_t series)
{
    if (changed_)
        tables_->states.keep(series_, newest_);
    series_ = series;
    newest_.clear();
    changed_ = false;
}

void StoredVersions::forget_states(std::int64_t series)
{
    if (series != forgotten_) {
        tables_->states.forget(series);
        unsettled_.push_back(series);
    }
    forgotten_ = series;
}

void StoredVersions::change_state(const StoredCell& cell)
{
    changed_ = true;
    auto at = std::lower_bound(newest_.begin(), newest_.end(), cell.period,
                               [](const auto& state, std::int64_t wanted) { return state.period < wanted; });
    if (at == newest_.end() || at->period != cell.period)
        at = newest_.insert(at, CellState());
    else
        tables_->superseded.add(series_,
                                {bands_->of(at->vintage), cell.period, at->vintage, cell.vintage, std::nullopt});
    *at = {cell.period, cell.number, cell.status, cell.vintage};
}

void StoredVersions::flush()
{
    begin_series(0);
    if (tables_) {
        tables_->states.flush();
        tables_->observations.flush();
        tables_->superseded.flush();
    }
    renew_superseded();
    for (const auto vintage : given_rows_) // one that was a confirmation has this release's number already
        Statement(database_, "UPDATE vintage SET last_ingest_id = $2 WHERE /*: dataset_id = $3 AND */ id = $1"
                             " AND last_ingest_id < $2")
            .run(vintage, ingest_id_, ids_.dataset);
    if (description_)
        renew_words();
}

/// Rows that came in between others, or of series after which others came.
void StoredVersions::renew_superseded()
{
    if (unsettled_.empty())
        return;
    std::sort(unsettled_.begin(), unsettled_.end());
    unsettled_.erase(std::unique(unsettled_.begin(), unsettled_.end()), unsettled_.end());
    const auto line = load_timeline(database_, ids_.dataset); // with this release
    const DatasetBands bands(database_, ids_.dataset);
    SeriesRows rows(database_, ids_.dataset);
    std::vector<StoredCell> cells;
    for (const auto series : unsettled_) {
        cells.clear();
        rows.for_each(series, [&](const StoredCell& cell) { cells.push_back(cell); });
        tables_->superseded.replace(series, bands, superseded_of(cells, line, bands));
    }
}

void StoredVersions::renew_words()
{
    WordTables words(database_, ids_.dataset);
    if (described_.renamed > 0 || description_->has_new_categories())
        words.renew_categories();
    if (described_.renamed > 0)
        words.renew_series(0);
    else if (first_new_series_ != INT64_MAX && words.has_renamed())
        words.renew_series(first_new_series_);
    if (description_->has_new_dimensions())
        make_dataset_view(database_, ids_.dataset);
}

void StoredVersions::add_vintage(const ReleaseRecord& release, const VintageCounts& counts)
{
    const auto& [stamp, claim, published, origin, payload_hash, hashes, coverage, coverage_id, run, cells] = release;
    Statement(database_, R"(
        INSERT INTO vintage (id, dataset_id, seq, claimed_at, claimed_field, published_at, published_field, confidence,
            observed_at, last_confirmed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id,
            run_id, cells, rows, revised, withdrawn, ingest_id, last_ingest_id, band)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $22, $23))")
        .run(stamp.id, ids_.dataset, stamp.seq, claimed_at(claim), claimed_field(claim),
             format_time(stamp.published_at), published.field, to_string(published.confidence),
             format_time(stamp.observed_at), format_time(stamp.observed_at), to_string(origin), payload_hash,
             hashes.content, hashes.values, to_string(coverage), coverage_id, id_or_null(run), cells, counts.rows,
             counts.revised, counts.withdrawn, ingest_id_, bands_ ? bands_->of(stamp.id) : 0);
}

void StoredVersions::add_confirmation(const ReleaseRecord& release, std::int64_t vintage)
{
    const auto& [stamp, claim, published, origin, payload_hash, hashes, coverage, coverage_id, run, cells] = release;
    Statement(database_, R"(
        INSERT INTO confirmation (id, dataset_id, vintage_id, seq, claimed_at, claimed_field, published_at,
            published_field, confidence, observed_at, origin, payload_hash, content_hash, value_hash, coverage,
            coverage_id, run_id, cells)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))")
        .run(stamp.id, ids_.dataset, vintage, stamp.seq, claimed_at(claim), claimed_field(claim),
             format_time(stamp.published_at), published.field, to_string(published.confidence),
             format_time(stamp.observed_at), to_string(origin), payload_hash, hashes.content, hashes.values,
             to_string(coverage), coverage_id, id_or_null(run), cells);
}

void StoredVersions::make_vintage(std::int64_t confirmation, std::size_t rows)
{
    Statement(database_, R"(
        INSERT INTO vintage (id, dataset_id, seq, claimed_at, claimed_field, published_at, published_field, confidence,
            observed_at, last_confirmed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id,
            run_id, cells, rows, revised, withdrawn, ingest_id, last_ingest_id, band)
        SELECT id, dataset_id, seq, claimed_at, claimed_field, published_at, published_field, confidence, observed_at,
            observed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id, cells, $2, 0, 0,
            $3, $3, $4
        FROM confirmation WHERE /*: dataset_id = $5 AND */ id = $1)")
        .run(confirmation, rows, ingest_id_, band_of(confirmation), ids_.dataset);
}

void StoredVersions::confirm(std::int64_t vintage, Time seen_at)
{
    touch_vintage(database_, ids_.dataset, vintage, seen_at);
}

} // namespace skurd
