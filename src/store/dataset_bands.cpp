// Rows of one series stand together, so that it can be read at once; but then a release that revises every number has
// a row to put beside each older one, and rewrites every page of the table: the twentieth writes six times what the
// first did. So the table is a row of bands, each ordered by series. New rows go into the last band only, and when
// that has
//   - an eighth of the cells that the dataset's largest release states,
//   - a sixty-fourth of all its rows, so that bands do not become too many to read a series from, and
//   - 20 000 rows, some 500 KB, below which there is nothing to gain,
// the next release begins another one. A revision of everything mostly finds the band before it full, and costs what
// the first load cost; what it touches beside its own rows is never more than an eighth of those.
#include "store/dataset_bands.hpp"

#include "store/engine/statement.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

constexpr std::size_t rows_min = 20'000;
constexpr std::size_t part_of_release = 8;
constexpr std::size_t part_of_all = 64;

} // namespace

DatasetBands::DatasetBands(Database& database, std::int64_t dataset) : database_(database), dataset_(dataset)
{
    Statement row(database, "SELECT band, first_release FROM dataset_band WHERE dataset_id = $1 ORDER BY band");
    row.bind(dataset);
    while (row.step()) {
        bands_.push_back(row.integer(0));
        first_releases_.push_back(row.integer(1));
    }
}

std::int64_t DatasetBands::of(std::int64_t release) const
{
    assert(!bands_.empty());
    const auto after = std::upper_bound(first_releases_.begin() + 1, first_releases_.end(), release);
    return bands_[static_cast<std::size_t>(after - first_releases_.begin()) - 1];
}

void DatasetBands::make_room(std::int64_t release, std::size_t cells)
{
    if (bands_.empty())
        return begin(0, 0);
    Statement row(database_, "SELECT coalesce(max(cells), 0), coalesce(sum(rows), 0),"
                             " coalesce(sum(CASE WHEN id >= $2 THEN rows ELSE 0 END), 0)"
                             " FROM vintage WHERE dataset_id = $1");
    row.bind(dataset_, first_releases_.back()).step();
    const auto largest = std::max(cells, static_cast<std::size_t>(row.integer(0)));
    const auto all = static_cast<std::size_t>(row.integer(1));
    const auto in_last = static_cast<std::size_t>(row.integer(2));
    if (in_last >= std::max({rows_min, largest / part_of_release, all / part_of_all}))
        begin(bands_.back() + 1, release);
}

void DatasetBands::begin(std::int64_t band, std::int64_t first_release)
{
    Statement(database_, "INSERT INTO dataset_band (dataset_id, band, first_release) VALUES ($1, $2, $3)")
        .run(dataset_, band, first_release);
    bands_.push_back(band);
    first_releases_.push_back(first_release);
}

} // namespace skurd
