#include "store/later_releases.hpp"

#include "store/chain.hpp"

#include <cassert>

namespace skurd {

LaterReleases::LaterReleases(Database& database, const Timeline& line, std::size_t first,
                             std::int64_t withdrawn_status)
    : database_(database), line_(line), first_(first), withdrawn_status_(withdrawn_status), writer_(database)
{
}

const StatedCells& LaterReleases::stated_by(const Timeline::Entry& entry)
{
    const auto [known, is_new] = coverages_.try_emplace(entry.coverage_id);
    if (is_new)
        known->second = load_coverage(database_, entry.coverage_id);
    return known->second;
}

void LaterReleases::keep(std::int64_t series, const StoredCell& before, bool withdrawn_now,
                         std::span<const std::size_t> with_rows)
{
    for (auto place = first_; place < line_.entries.size(); ++place) {
        if (!with_rows.empty() && with_rows.front() == place)
            return;
        const auto& entry = line_.entries[place];
        const auto& cells = stated_by(entry);
        const bool states = cells.contains(series, before.period);
        const bool found_gone = !states && entry.coverage != Coverage::partial && cells.series.index_of(series) &&
                                (entry.coverage == Coverage::full_history || cells.periods.index_of(before.period));
        if (!states && !found_gone)
            continue;
        if (found_gone && withdrawn_now)
            return;
        assert(found_gone || before.status != withdrawn_status_);
        StoredCell said = before;
        said.vintage = entry.id;
        if (found_gone) {
            said.number.reset();
            said.status = withdrawn_status_;
        }
        writer_.write(series, said);
        ++restored_;
        if (!entry.is_vintage())
            ++rows_of_confirmations_[entry.id];
        return;
    }
}

void LaterReleases::finish(std::int64_t ingest_id)
{
    writer_.flush();
    for (const auto& [id, rows] : rows_of_confirmations_) {
        Statement(database_, R"(
            INSERT INTO vintage (id, dataset_id, published_at, published_field, confidence, observed_at,
                last_confirmed_at, origin, payload_hash, content_hash, value_hash, coverage, coverage_id, run_id,
                cells, rows, revised, withdrawn, ingest_id)
            SELECT c.id, v.dataset_id, c.published_at, c.published_field, c.confidence, c.observed_at, c.observed_at,
                c.origin, c.payload_hash, c.content_hash, c.value_hash, c.coverage, c.coverage_id, c.run_id, c.cells,
                ?2, 0, 0, ?3
            FROM confirmation AS c JOIN vintage AS v ON v.id = c.vintage_id WHERE c.id = ?1)")
            .run(id, rows, ingest_id);
        seal(database_, id, Sealed::accept);
    }
}

} // namespace skurd
