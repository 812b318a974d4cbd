#include "store/vintages.hpp"

#include "lib/json/json.hpp"
#include "store/columns.hpp"
#include "store/engine/dataset_parts.hpp"
#include "store/series.hpp"
#include "store/stored_release.hpp"
#include "store/vintage_store.hpp"
#include "version/state_fold.hpp"

#include <algorithm>

namespace skurd {

namespace {

Confidence read_confidence(std::string_view word)
{
    return enum_from<Confidence>(word);
}

constexpr auto select_vintages = R"(
    SELECT v.id, dataset.name, v.published_at, v.published_field, v.confidence, v.observed_at, v.last_confirmed_at,
           v.origin, coalesce((SELECT c.payload_hash FROM confirmation AS c
                               WHERE c.dataset_id = v.dataset_id /*: AND c.dataset_id = $2 */
                                 AND c.vintage_id = v.id
                               ORDER BY c.id DESC LIMIT 1), v.payload_hash), v.content_hash, v.value_hash,
           coalesce(v.run_id, 0), v.payload_hash
    FROM vintage AS v JOIN dataset ON dataset.id = v.dataset_id
    WHERE /*: v.dataset_id = $2 AND */ ($1 = '' OR dataset.name = $1)
    ORDER BY v.published_at, v.dataset_id, v.seq)";

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

/// Who knows a vintage by its number alone asks for the dataset first; 0 where there is none.
std::int64_t dataset_of(Database& database, std::int64_t vintage)
{
    Statement row(database, "SELECT dataset_id FROM vintage WHERE id = $1");
    return row.bind(vintage).step() ? row.integer(0) : 0;
}

} // namespace

Timeline load_timeline(Database& database, std::int64_t dataset)
{
    Timeline line;
    Statement row(database, R"(
        SELECT id, id AS vintage_id, seq, published_at, confidence, observed_at, payload_hash, value_hash, coverage,
               coverage_id, cells, origin, last_confirmed_at
        FROM vintage WHERE dataset_id = $1
        UNION ALL
        SELECT id, vintage_id, seq, published_at, confidence, observed_at, payload_hash, value_hash, coverage,
               coverage_id, cells, origin, observed_at
        FROM confirmation WHERE dataset_id = $1 AND id NOT IN (SELECT id FROM vintage WHERE dataset_id = $1)
        ORDER BY published_at, seq)");
    row.bind(dataset);
    while (row.step())
        line.append({row.integer(0), row.integer(1), row.integer(2), time_from(row.view(3)),
                     read_confidence(row.view(4)), time_from(row.view(5)), row.text(6), row.text(7),
                     enum_from<Coverage>(row.view(8)), row.integer(9), static_cast<std::size_t>(row.integer(10)),
                     enum_from<Origin>(row.view(11)), time_from(row.view(12))});
    return line;
}

std::vector<CellState> newest_states(SeriesRows& rows, const Timeline& line, std::size_t place, std::int64_t series)
{
    std::vector<PriorCell> cells;
    StateFold fold(line, place, cells);
    rows.for_each(series, [&](const StoredCell& row) { fold.add(row); });
    fold.finish();
    std::vector<CellState> states;
    for (const auto& cell : cells)
        if (cell.later_rows.empty() || cell.state.status != withdrawn_status_id())
            states.push_back(cell.state);
    return states;
}

void touch_vintage(Database& database, std::int64_t dataset, std::int64_t vintage, Time seen_at)
{
    Statement(database, "UPDATE vintage SET last_confirmed_at = $2 WHERE /*: dataset_id = $3 AND */ id = $1"
                        " AND last_confirmed_at < $2")
        .run(vintage, format_time(seen_at), dataset);
}

std::vector<Vintage> VintageStore::list(const std::optional<std::string>& dataset) const
{
    std::vector<Vintage> found;
    auto& database = session_.database();
    const auto name = dataset.value_or("");
    Statement row(database, dataset_parts_if(!name.empty(), select_vintages));
    if (name.empty())
        row.bind(name);
    else
        row.bind(name, find_dataset(database, name));
    while (row.step())
        found.push_back(read_vintage(row));
    return found;
}

std::optional<Time> VintageStore::first_published(const std::string& dataset) const
{
    auto& database = session_.database();
    Statement row(database, "SELECT min(published_at) FROM vintage WHERE dataset_id = $1");
    row.bind(find_dataset(database, dataset)).step();
    return row.is_null(0) ? std::nullopt : std::optional(time_from(row.view(0)));
}

Release VintageStore::release(std::int64_t vintage) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    const auto dataset = dataset_of(session_.database(), vintage);
    if (dataset == 0)
        throw error("{}: no vintage {} is stored here", session_.database().location(), vintage);
    const auto line = load_timeline(session_.database(), dataset);
    return stored_release(session_.database(), dataset, line, line.place_of(vintage));
}

std::size_t VintageStore::count() const
{
    return static_cast<std::size_t>(session_.database().integer("SELECT count(*) FROM vintage"));
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

std::vector<FutureReleases> VintageStore::placed_after(Time time) const
{
    std::vector<FutureReleases> found;
    Statement row(session_.database(), R"(
        SELECT dataset.name, count(*), max(v.published_at) FROM dataset JOIN vintage AS v
            ON v.dataset_id = dataset.id AND v.published_at > $1
        GROUP BY dataset.name ORDER BY dataset.name)");
    row.bind(format_time(time));
    while (row.step())
        found.push_back({row.text(0), row.integer(1), time_from(row.view(2))});
    return found;
}

std::vector<std::string> VintageStore::notes(const std::string& dataset, const AsOf& as_of) const
{
    // What stood before the first change that was not there yet; else what stands now.
    Statement row(session_.database(), R"(
        SELECT coalesce((SELECT old FROM metadata_change AS c WHERE c.dataset_id = $1 AND c.what = 'notes'
                         AND (c.published_at > $2 OR c.observed_at > $3)
                         ORDER BY c.published_at, c.id LIMIT 1), d.notes)
        FROM dataset AS d WHERE d.id = $1)");
    if (!row.bind(find_dataset(session_.database(), dataset), optional_text(as_of.published),
                  optional_text(as_of.known))
             .step())
        return {};
    const auto notes = Json::parse(row.view(0));
    return notes.is_array() ? notes.get<std::vector<std::string>>() : std::vector<std::string>();
}

bool VintageStore::is_last_ingested(std::int64_t vintage) const
{
    Statement later(session_.database(), R"(
        SELECT v.seq, (SELECT max(o.seq) FROM vintage AS o WHERE o.dataset_id = $2)
        FROM vintage AS v WHERE v.dataset_id = $2 AND v.id = $1)");
    return later.bind(vintage, dataset_of(session_.database(), vintage)).step() &&
           later.integer(0) == later.integer(1);
}

bool VintageStore::file_came_since(std::int64_t vintage) const
{
    Statement later(session_.database(), R"(
        SELECT EXISTS (SELECT 1 FROM vintage AS v JOIN vintage AS file ON file.dataset_id = v.dataset_id
                       WHERE v.dataset_id = $2 AND v.id = $1 AND file.origin IN ('drop', 'import') AND file.seq > v.seq
                         AND file.observed_at >= v.last_confirmed_at))");
    return later.bind(vintage, dataset_of(session_.database(), vintage)).step() && later.integer(0) != 0;
}

void VintageStore::confirm(std::int64_t vintage)
{
    touch_vintage(session_.database(), dataset_of(session_.database(), vintage), vintage, session_.clock().now());
}

} // namespace skurd
