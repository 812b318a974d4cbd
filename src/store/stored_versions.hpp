#pragma once

#include "store/dataset_bands.hpp"
#include "store/description.hpp"
#include "store/observations.hpp"
#include "store/superseded.hpp"
#include "version/prior_states.hpp"
#include "version/version_edit.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// The versions of one dataset in SQL: what VintageWriter reads, and where it writes. For one release, inside a
/// transaction that its owner commits after flush().
///
/// Keeps the cache of newest states (table series_state) as it goes: a release at the end of the timeline changes
/// the states of each series right after they were read, so one series is at hand at a time. What else is derived for
/// readers (tables superseded, category_words, series_words, the dataset's view) is brought up with it.
class StoredVersions : public PriorStates, public VersionEdit {
public:
    /// The dataset need not be known yet. `ingest_id` is what the rows carry.
    StoredVersions(Database& database, const std::string& dataset, std::int64_t ingest_id, CommonWords common);

    std::int64_t dataset() const { return ids_.dataset; }
    /// Whether words were written, of the release or of one after it.
    bool wrote_words() const { return described_.changes > 0 || described_.versions > 0; }

    const Timeline& timeline() const override { return line_; }
    void read(std::int64_t series, std::size_t place, std::vector<PriorCell>& cells, Detail detail) override;
    Period period(std::int64_t id) override;
    Symbol symbol(std::int64_t status_id) override;
    StatedCells stated(std::int64_t coverage_id) override;
    bool has_payloads_of(std::int64_t release, std::int64_t run) override;
    std::vector<Time> held_since(const std::string& hash) override;

    std::int64_t new_release_id() override;
    void describe(const Release& release) override;
    std::vector<GridSeries> series_of(const Release& release) override;
    std::size_t name(const Release& release, const ReleaseStamp& stamp) override;
    void begin_rows(RowsAre rows) override { rows_are_ = rows; }
    std::int64_t add_coverage(const StatedCells& stated) override;
    void add_row(std::int64_t series, const StoredCell& cell) override;
    void add_vintage(const ReleaseRecord& release, const VintageCounts& counts) override;
    void add_confirmation(const ReleaseRecord& release, std::int64_t vintage) override;
    void make_vintage(std::int64_t confirmation, std::size_t rows) override;
    void confirm(std::int64_t vintage, Time seen_at) override;

    void flush(); ///< after the last edit

private:
    void expect_states(const std::vector<GridSeries>& series);
    void begin_series(std::int64_t series);
    void forget_states(std::int64_t series);
    void change_state(const StoredCell& cell);
    void renew_superseded();
    void renew_words();

    std::int64_t band_of(std::int64_t release);

    /// Where the rows of the release go.
    struct Tables {
        Tables(Database& database, std::int64_t dataset)
            : observations(database, dataset), states(database, dataset), superseded(database, dataset)
        {
        }
        ObservationWriter observations;
        SeriesStates states;
        SupersededTable superseded;
    };

    Database& database_;
    std::int64_t ingest_id_;
    CommonWords common_;
    GridIds ids_;
    std::int64_t release_ = 0; ///< the new one's id
    std::size_t cells_ = 0;    ///< it has at most
    std::optional<DatasetBands> bands_;
    std::optional<Description> description_;
    DescribedRelease described_;
    Timeline line_;
    SeriesRows rows_;
    std::optional<Tables> tables_; ///< once the release was described, and its dataset is there

    RowsAre rows_are_ = RowsAre::newest;  ///< states are not kept of what others may change
    std::int64_t first_new_series_ = 0;   ///< series from this id on were added for the release
    std::int64_t series_ = 0;             ///< at hand; 0 = none
    std::vector<CellState> newest_;       ///< its states; ascending by period
    bool changed_ = false;                ///< and the cache lacks them
    std::int64_t forgotten_ = 0;          ///< the series whose states were forgotten last
    std::vector<std::int64_t> unsettled_; ///< series of which it is yet to be found out which row supersedes which
    std::set<std::int64_t> given_rows_;   ///< vintages from before this release that were given rows
};

} // namespace skurd
