#include "store/coverage_table.hpp"

#include "base/error.hpp"
#include "lib/zstd/zstd.hpp"
#include "store/engine/statement.hpp"

namespace skurd {

std::int64_t store_coverage(Database& database, std::int64_t dataset, const StatedCells& stated)
{
    const auto series = stated.series.text();
    const auto periods = stated.periods.text();
    const auto absent = stated.absent.text();
    const auto hash = coverage_hash(series, periods, absent);
    Statement known(database, "SELECT id FROM coverage WHERE dataset_id = $1 AND hash = $2");
    if (known.bind(dataset, hash).step())
        return known.integer(0);
    Statement insert(database, "INSERT INTO coverage (dataset_id, hash, series, periods, absent)"
                               " VALUES ($1, $2, $3, $4, $5) RETURNING id");
    insert.bind(dataset, hash, series, periods, nullptr);
    if (!absent.empty())
        insert.bind_blob(5, zstd_compress(absent));
    insert.step();
    return insert.integer(0);
}

StatedCells load_coverage(Database& database, std::int64_t dataset, std::int64_t id)
{
    Statement row(database, "SELECT series, periods, absent FROM coverage WHERE /*: dataset_id = $2 AND */ id = $1");
    if (!row.bind(id, dataset).step())
        throw error("{}: coverage {} is gone: put back a backup", database.location(), id);
    const auto absent = row.is_null(2) ? std::string() : zstd_decompress(row.view(2), StatedCells::text_max);
    return {IdRanges::parse(row.view(0)), IdRanges::parse(row.view(1)), IdRanges::parse(absent)};
}

} // namespace skurd
