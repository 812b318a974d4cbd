#include "store/chain.hpp"

#include "base/error.hpp"
#include "lib/sqlite/statement.hpp"
#include "store/field_hash.hpp"

namespace skurd {

std::string chain_hash(Database& database, std::string_view before, std::int64_t vintage)
{
    Statement row(database, R"(
        SELECT v.id, dataset.name, v.published_at, v.published_field, v.confidence, v.observed_at, v.origin,
               v.payload_hash, v.content_hash, v.value_hash, v.coverage, coverage.hash, v.run_id, v.cells, v.rows,
               v.revised, v.withdrawn
        FROM vintage AS v JOIN dataset ON dataset.id = v.dataset_id JOIN coverage ON coverage.id = v.coverage_id
        WHERE v.id = ?)");
    constexpr int columns = 17;
    if (!row.bind(vintage).step())
        throw error("{}: vintage {} is gone, or its dataset or coverage", database.file().string(), vintage);
    FieldHash hash;
    hash.text(before);
    for (int i = 0; i < columns; ++i)
        hash.text(row.view(i));
    return hash.hex();
}

void seal(Database& database, std::int64_t vintage, Sealed how)
{
    Statement last(database, "SELECT position, hash FROM chain ORDER BY position DESC LIMIT 1");
    const bool is_first = !last.step();
    const auto position = is_first ? 1 : last.integer(0) + 1;
    const auto before = is_first ? std::string() : last.text(1);
    Statement(database, "INSERT INTO chain (position, vintage_id, sealed, hash) VALUES (?, ?, ?, ?)")
        .run(position, vintage, how == Sealed::accept ? "accept" : "upgrade", chain_hash(database, before, vintage));
}

void seal_unsealed(Database& database)
{
    std::vector<std::int64_t> unsealed;
    Statement row(database, "SELECT id FROM vintage WHERE id NOT IN (SELECT vintage_id FROM chain) ORDER BY id");
    while (row.step())
        unsealed.push_back(row.integer(0));
    for (const auto vintage : unsealed)
        seal(database, vintage, Sealed::upgrade);
}

} // namespace skurd
