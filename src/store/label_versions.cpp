#include "store/label_versions.hpp"

#include "base/time_text.hpp"
#include "store/coverage_table.hpp"

#include <algorithm>

namespace skurd {

LabelVersions::LabelVersions(Database& database, std::int64_t dataset, const ReleaseStamp& stamp,
                             const Timeline& line, std::int64_t ingest_id)
    : database_(database), dataset_(dataset), stamp_(stamp), line_(line), ingest_id_(ingest_id),
      insert_(database, "INSERT INTO label_version (dataset_id, dimension, category, published_at, seq, release_id,"
                        " label, unit, decimals, notes, ingest_id)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
{
}

void LabelVersions::add(const NamedThing& thing, const Words& words, bool differs)
{
    if (stamp_.is_late)
        add_late(thing, words);
    else if (differs)
        insert(thing, stamp_.published_at, stamp_.seq, stamp_.id, words);
}

void LabelVersions::add_late(const NamedThing& thing, const Words& words)
{
    const auto before = words_before(thing);
    if (before == words)
        return;
    insert(thing, stamp_.published_at, stamp_.seq, stamp_.id, words);
    const auto place = before ? first_later_that_names(thing.category_id) : std::nullopt;
    if (!place || has_later_words(thing, line_[*place]))
        return;
    insert(thing, line_[*place].published_at, line_[*place].seq, line_[*place].id, *before);
}

std::optional<Words> LabelVersions::words_before(const NamedThing& thing)
{
    Statement row(database_, "SELECT label, unit, decimals, notes FROM label_version WHERE dataset_id = $1"
                             " AND dimension = $2 AND category = $3 AND published_at <= $4"
                             " ORDER BY published_at DESC, seq DESC LIMIT 1");
    if (!row.bind(dataset_, thing.dimension, thing.category, format_time(stamp_.published_at)).step())
        return std::nullopt;
    const auto decimals = row.is_null(2) ? std::nullopt : std::optional(static_cast<int>(row.integer(2)));
    return Words{row.text(0), row.text(1), decimals, row.text(3)};
}

/// Whether a release after this one, up to the entry, has a row for the thing.
bool LabelVersions::has_later_words(const NamedThing& thing, const Timeline::Entry& until)
{
    Statement row(database_, "SELECT 1 FROM label_version WHERE dataset_id = $1 AND dimension = $2 AND category = $3"
                             " AND published_at > $4 AND (published_at, seq) <= ($5, $6)");
    return row
        .bind(dataset_, thing.dimension, thing.category, format_time(stamp_.published_at),
              format_time(until.published_at), until.seq)
        .step();
}

/// Every release names its dataset and dimensions; a category, when it states a series that has it.
std::optional<std::size_t> LabelVersions::first_later_that_names(std::int64_t category_id)
{
    if (category_id == 0)
        return stamp_.place;
    std::vector<std::int64_t> series;
    Statement row(database_, "SELECT series_id FROM series_code WHERE /*: dataset_id = $2 AND */ category_id = $1");
    row.bind(category_id, dataset_);
    while (row.step())
        series.push_back(row.integer(0));
    for (auto place = stamp_.place; place < line_.size(); ++place) {
        const auto coverage_id = line_[place].coverage_id;
        const auto [at, is_new] = coverages_.try_emplace(coverage_id);
        if (is_new)
            at->second = load_coverage(database_, dataset_, coverage_id);
        const auto& covered = at->second.series;
        if (std::any_of(series.begin(), series.end(), [&](auto id) { return covered.index_of(id).has_value(); }))
            return place;
    }
    return std::nullopt;
}

void LabelVersions::insert(const NamedThing& thing, Time published_at, std::int64_t seq, std::int64_t release,
                           const Words& words)
{
    insert_.run(dataset_, thing.dimension, thing.category, format_time(published_at), seq, release, words.label,
                words.unit, words.decimals, words.notes, ingest_id_);
    ++added_;
}

} // namespace skurd
