#include "store/superseded.hpp"

#include <algorithm>
#include <iterator>

namespace skurd {

namespace {

struct Placed {
    std::int64_t period = 0;
    std::size_t place = 0; ///< of its release in the timeline
};

} // namespace

std::vector<Superseded> superseded_of(const std::vector<StoredCell>& rows, const Timeline& line,
                                      const DatasetBands& bands)
{
    std::vector<Placed> placed;
    placed.reserve(rows.size());
    for (const auto& row : rows)
        if (const auto place = line.find(row.vintage))
            placed.push_back({row.period, *place});
    std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
        return a.period != b.period ? a.period < b.period : a.place < b.place;
    });
    std::vector<Superseded> found;
    const Timeline::Entry* first_to_come = nullptr; // of those after the row at hand
    for (auto row = placed.rbegin(); row != placed.rend(); ++row) {
        const bool is_last = row == placed.rbegin() || std::prev(row)->period != row->period;
        const auto& own = line[row->place];
        if (is_last) {
            first_to_come = &own;
            continue;
        }
        const auto& next = line[std::prev(row)->place];
        const auto until = first_to_come->seq < own.seq ? own.id : first_to_come->id;
        found.push_back(
            {bands.of(own.id), row->period, own.id, next.id, until == next.id ? std::nullopt : std::optional(until)});
        if (own.seq < first_to_come->seq)
            first_to_come = &own;
    }
    std::sort(found.begin(), found.end());
    return found;
}

SupersededTable::SupersededTable(Database& database, std::int64_t dataset)
    : dataset_(dataset),
      insert_(database, dataset,
              "INSERT INTO superseded (band, series_id, period_id, vintage_id, next_vintage, known_vintage)"),
      select_(database,
              "SELECT period_id, vintage_id, next_vintage, known_vintage FROM superseded"
              " WHERE /*: dataset_id = $3 AND */ band = $1 AND series_id = $2 ORDER BY period_id, vintage_id"),
      delete_(
          database,
          "DELETE FROM superseded WHERE /*: dataset_id = $5 AND */ band = $1 AND series_id = $2 AND period_id = $3"
          " AND vintage_id = $4")
{
}

void SupersededTable::Row::bind(Parameters& statement, int first) const
{
    statement.bind_one(first, superseded.band);
    statement.bind_one(first + 1, series);
    statement.bind_one(first + 2, superseded.period);
    statement.bind_one(first + 3, superseded.vintage);
    statement.bind_one(first + 4, superseded.next);
    statement.bind_one(first + 5, superseded.known_until);
}

std::vector<Superseded> SupersededTable::of(std::int64_t series, const DatasetBands& bands)
{
    std::vector<Superseded> found;
    for (const auto band : bands.all()) {
        select_.bind(band, series, dataset_);
        while (select_.step())
            found.push_back({band, select_.integer(0), select_.integer(1), select_.integer(2),
                             select_.is_null(3) ? std::nullopt : std::optional(select_.integer(3))});
    }
    return found;
}

void SupersededTable::replace(std::int64_t series, const DatasetBands& bands, const std::vector<Superseded>& rows)
{
    const auto stored = of(series, bands);
    std::vector<Superseded> gone;
    std::vector<Superseded> lacking;
    std::set_difference(stored.begin(), stored.end(), rows.begin(), rows.end(), std::back_inserter(gone));
    std::set_difference(rows.begin(), rows.end(), stored.begin(), stored.end(), std::back_inserter(lacking));
    for (const auto& row : gone)
        delete_.run(row.band, series, row.period, row.vintage, dataset_);
    for (const auto& row : lacking)
        add(series, row);
    flush();
}

} // namespace skurd
