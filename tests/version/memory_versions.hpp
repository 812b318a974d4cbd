#pragma once

#include "tests/version/tried_store.hpp"
#include "version/as_of.hpp"
#include "version/prior_states.hpp"
#include "version/state_fold.hpp"
#include "version/version_edit.hpp"
#include "version/vintage_writer.hpp"

#include <map>
#include <set>

namespace skurd::test {

/// The versions of one dataset in plain maps: what the algorithm reads and writes, without a store. It shows edits at
/// once, which an implementation may. A copy is a snapshot.
class MemoryVersions : public PriorStates, public VersionEdit {
public:
    const Timeline& timeline() const override { return line_; }

    void read(std::int64_t series, std::size_t place, std::vector<PriorCell>& cells, Detail) override
    {
        StateFold fold(line_, place, cells);
        for (const auto& [period, rows] : rows_[series])
            for (const auto& row : rows)
                fold.add(row);
        fold.finish();
    }

    StatedCells stated(std::int64_t coverage_id) override { return coverages_.at(coverage_id); }
    bool has_payloads_of(std::int64_t, std::int64_t) override { return true; }
    std::vector<Time> held_since(const std::string&) override { return {}; }
    Period period(std::int64_t id) override { return Period::parse(periods_.at(id)).value(); }
    Symbol symbol(std::int64_t status_id) override { return symbols_.at(status_id); }

    std::int64_t new_release_id() override
    {
        std::int64_t newest = 0;
        for (const auto& release : added_)
            newest = std::max(newest, release.id);
        return newest + 1;
    }

    void describe(const Release& release) override
    {
        for (const auto& period : release.periods)
            periods_[period_id(period)] = period.text();
        symbols_[withdrawn_status_id()] = {"", Meaning::withdrawn};
        for (const auto& symbol : release.symbols)
            symbols_[status_id(symbol)] = symbol;
    }
    std::size_t name(const Release&, const ReleaseStamp&) override { return 0; }
    void begin_rows(RowsAre) override {}

    std::vector<GridSeries> series_of(const Release& release) override
    {
        std::vector<GridSeries> found;
        for (std::size_t position = 0; position < release.series_count(); ++position) {
            if (!release.is_stated(position))
                continue;
            const auto& code = release.dimensions[0].categories[position].code;
            const auto [known, is_new] = series_.try_emplace(code, static_cast<std::int64_t>(series_.size()) + 1);
            found.push_back({known->second, position, is_new});
        }
        std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.id < b.id; });
        return found;
    }

    std::int64_t add_coverage(const StatedCells& stated) override
    {
        const auto id = static_cast<std::int64_t>(coverages_.size()) + 1;
        coverages_[id] = stated;
        return id;
    }

    void add_row(std::int64_t series, const StoredCell& cell) override { rows_[series][cell.period].push_back(cell); }

    void add_vintage(const ReleaseRecord& release, const VintageCounts&) override { add(release, release.stamp.id); }
    void add_confirmation(const ReleaseRecord& release, std::int64_t vintage) override { add(release, vintage); }

    void make_vintage(std::int64_t confirmation, std::size_t) override
    {
        for (auto& release : added_)
            if (release.id == confirmation)
                release.vintage = confirmation;
    }

    void confirm(std::int64_t vintage, Time seen_at) override
    {
        for (auto& release : added_)
            if (release.id == vintage)
                release.confirmed_at = std::max(release.confirmed_at, seen_at);
    }

    /// Orders what was added since; places that were handed out no longer hold.
    void finish()
    {
        std::sort(added_.begin(), added_.end(), [](const auto& a, const auto& b) {
            return std::tie(a.published_at, a.seq) < std::tie(b.published_at, b.seq);
        });
        line_ = Timeline();
        for (const auto& release : added_)
            line_.append(release);
    }

    Cells state(const AsOf& as_of, std::optional<Time> published_from) const
    {
        const AsOfView view(line_, as_of);
        Cells cells;
        for (const auto& [code, series] : series_)
            if (const auto rows = rows_.find(series); rows != rows_.end())
                for (const auto& [period, versions] : rows->second)
                    if (const auto* row = standing(view, series, versions, published_from))
                        cells[{code, periods_.at(period)}] =
                            without_zeros(StoreFixture::word({row->number, symbols_.at(row->status)}));
        return cells;
    }

private:
    const StoredCell* standing(const AsOfView& view, std::int64_t series, const std::vector<StoredCell>& versions,
                               std::optional<Time> published_from) const
    {
        const auto found = view.in_force(versions);
        if (!found)
            return nullptr;
        const auto& row = versions[*found];
        const bool hidden = published_from && line_[line_.place_of(row.vintage)].published_at < *published_from;
        const auto stated = [&](const Timeline::Entry& entry) -> auto&
        {
            return coverages_.at(entry.coverage_id);
        };
        return hidden && !view.stated_since(*published_from, series, row.period, stated) ? nullptr : &row;
    }

    void add(const ReleaseRecord& release, std::int64_t vintage)
    {
        added_.push_back({release.stamp.id, vintage, release.stamp.seq, release.stamp.published_at,
                          release.claim.confidence, release.stamp.observed_at, release.payload_hash,
                          release.hashes.values, release.coverage, release.coverage_id, release.cells, release.origin,
                          release.stamp.observed_at});
    }

    Timeline line_;
    std::vector<Timeline::Entry> added_;
    std::map<std::string, std::int64_t> series_;                                   ///< by code
    std::map<std::int64_t, std::map<std::int64_t, std::vector<StoredCell>>> rows_; ///< series, period
    std::map<std::int64_t, StatedCells> coverages_;
    std::map<std::int64_t, std::string> periods_;
    std::map<std::int64_t, Symbol> symbols_;
};

class MemoryStore : public TriedStore {
public:
    void begin() override { versions_ = MemoryVersions(); }
    void end() override {}

    bool ingest(const PlannedRelease& planned) override
    {
        const auto release = planned.release();
        const PublicationClaim claim{planned.published, "test", planned.confidence};
        const auto payload = std::to_string(planned.payload);
        auto edited = versions_;
        try {
            VintageWriter(edited, edited, {release, claim, planned.origin, payload, 0, planned.observed, {}})
                .write(rules_for(planned));
        } catch (const Error&) {
            return false;
        }
        edited.finish();
        versions_ = std::move(edited);
        return true;
    }

    Cells state(const AsOf& as_of, std::optional<Time> published_from) override
    {
        return versions_.state(as_of, published_from);
    }

private:
    MemoryVersions versions_;
};

} // namespace skurd::test
