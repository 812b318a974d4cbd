#include "store/vintages.hpp"

#include "lib/json/json.hpp"
#include "store/columns.hpp"
#include "store/stored_release.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

Confidence read_confidence(std::string_view word)
{
    return enum_from<Confidence>(word);
}

constexpr auto select_vintages = R"(
    SELECT v.id, dataset.name, v.published_at, v.published_field, v.confidence, v.observed_at, v.last_confirmed_at,
           v.origin, coalesce((SELECT c.payload_hash FROM confirmation AS c WHERE c.vintage_id = v.id
                               ORDER BY c.id DESC LIMIT 1), v.payload_hash), v.content_hash, v.value_hash,
           coalesce(v.run_id, 0), v.payload_hash
    FROM vintage AS v JOIN dataset ON dataset.id = v.dataset_id
    WHERE ?1 = '' OR dataset.name = ?1 ORDER BY v.published_at, v.id)";

Vintage read_vintage(const Statement& row)
{
    Vintage vintage;
    vintage.id = row.integer(0);
    vintage.dataset = row.text(1);
    vintage.published = {time_from(row.view(2)), row.text(3), read_confidence(row.view(4))};
    vintage.observed_at = time_from(row.view(5));
    vintage.last_confirmed_at = time_from(row.view(6));
    vintage.origin = enum_from<Origin>(row.view(7));
    vintage.payload_hash = row.text(8);
    vintage.content_hash = row.text(9);
    vintage.value_hash = row.text(10);
    vintage.run = row.integer(11);
    vintage.made_from = row.text(12);
    return vintage;
}

} // namespace

std::size_t Timeline::published_by(std::optional<Time> limit) const
{
    if (!limit)
        return entries.size();
    const auto after = std::upper_bound(entries.begin(), entries.end(), *limit,
                                        [](Time time, const Entry& entry) { return time < entry.published_at; });
    return static_cast<std::size_t>(after - entries.begin());
}

Timeline timeline(Database& database, std::int64_t dataset)
{
    Timeline line;
    Statement row(database, R"(
        SELECT v.id, v.id AS vintage, v.published_at, v.confidence, v.observed_at, v.payload_hash, v.value_hash,
               v.coverage, v.coverage_id
        FROM vintage AS v WHERE v.dataset_id = ?1
        UNION ALL
        SELECT c.id, c.vintage_id, c.published_at, c.confidence, c.observed_at, c.payload_hash, c.value_hash,
               c.coverage, c.coverage_id
        FROM confirmation AS c JOIN vintage AS v ON v.id = c.vintage_id
        WHERE v.dataset_id = ?1 AND c.id NOT IN (SELECT id FROM vintage)
        ORDER BY 3, 1)");
    row.bind(dataset);
    while (row.step()) {
        line.places.emplace(row.integer(0), line.entries.size());
        line.entries.push_back({row.integer(0), row.integer(1), time_from(row.view(2)), read_confidence(row.view(3)),
                                time_from(row.view(4)), row.text(5), row.text(6), enum_from<Coverage>(row.view(7)),
                                row.integer(8)});
        line.newest_observed = std::max(line.newest_observed, line.entries.back().observed_at);
    }
    return line;
}

std::vector<SeriesStates::State> newest_states(SeriesRows& rows, const Timeline& line, std::size_t place,
                                               std::int64_t series,
                                               const std::function<void(const StoredCell&, std::size_t)>& later)
{
    std::vector<SeriesStates::State> newest;
    std::size_t newest_place = 0;
    rows.for_each(series, [&](const StoredCell& cell) {
        const auto at = line.places.at(cell.vintage);
        if (at >= place) {
            if (later)
                later(cell, at);
            return;
        }
        const bool is_first = newest.empty() || newest.back().period != cell.period;
        if (!is_first && at < newest_place)
            return;
        if (is_first)
            newest.emplace_back();
        newest.back() = {cell.period, cell.number, cell.status};
        newest_place = at;
    });
    return newest;
}

void touch_vintage(Database& database, std::int64_t vintage, Time seen_at)
{
    Statement(database, "UPDATE vintage SET last_confirmed_at = max(last_confirmed_at, ?2) WHERE id = ?1")
        .run(vintage, format_time(seen_at));
}

std::vector<Vintage> VintageStore::list(const std::string& dataset) const
{
    std::vector<Vintage> found;
    Statement row(session_.database(), select_vintages);
    row.bind(dataset);
    while (row.step())
        found.push_back(read_vintage(row));
    return found;
}

Release VintageStore::release(std::int64_t vintage) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    Statement row(session_.database(), "SELECT dataset_id FROM vintage WHERE id = ?");
    if (!row.bind(vintage).step())
        throw error("{}: no vintage {} is kept here", session_.database().file().string(), vintage);
    const auto line = timeline(session_.database(), row.integer(0));
    return stored_release(session_.database(), line, line.places.at(vintage)).release;
}

std::vector<std::string> VintageStore::datasets() const
{
    std::vector<std::string> names;
    Statement row(session_.database(), "SELECT name FROM dataset WHERE EXISTS"
                                       " (SELECT 1 FROM vintage WHERE dataset_id = dataset.id) ORDER BY name");
    while (row.step())
        names.push_back(row.text(0));
    return names;
}

std::vector<std::string> VintageStore::notes(const std::string& dataset, const AsOf& as_of) const
{
    // What stood before the first change that was not there yet; else what stands now.
    Statement row(session_.database(), R"(
        SELECT coalesce((SELECT old FROM metadata_change AS c WHERE c.dataset_id = d.id AND c.what = 'notes'
                         AND (c.published_at > ?2 OR c.observed_at > ?3)
                         ORDER BY c.published_at, c.id LIMIT 1), d.notes)
        FROM dataset AS d WHERE d.name = ?1)");
    if (!row.bind(dataset, optional_text(as_of.published), optional_text(as_of.known)).step())
        return {};
    const auto notes = Json::parse(row.view(0));
    return notes.is_array() ? notes.get<std::vector<std::string>>() : std::vector<std::string>();
}

void VintageStore::confirm(std::int64_t vintage)
{
    touch_vintage(session_.database(), vintage, session_.clock().now());
}

} // namespace skurd
