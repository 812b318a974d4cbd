#include "store/chain/older_chain.hpp"

#include "base/error.hpp"
#include "store/engine/statement.hpp"
#include "version/field_hash.hpp"

#include <vector>

namespace skurd {

namespace {

/// What a link hashes, in order. The first form has words and hashes as they were when it was made.
constexpr auto numbered_fields = R"(
    SELECT v.id, dataset.name, v.published_at, v.published_field, v.confidence, v.observed_at, v.origin,
           v.payload_hash, v.content_hash, v.value_hash,
           CASE v.coverage WHEN 'complete_selection' THEN 'complete' WHEN 'full_history' THEN 'whole'
                           ELSE v.coverage END,
           coverage.numbered_hash, v.run_id, v.cells, v.rows, v.revised, v.withdrawn
    FROM vintage AS v JOIN dataset ON dataset.id = v.dataset_id
    JOIN coverage ON /*: coverage.dataset_id = v.dataset_id AND */ coverage.id = v.coverage_id
    WHERE v.id = $1)";
constexpr auto computed_fields = R"(
    SELECT v.id, dataset.name, v.seq, v.claimed_at, v.claimed_field, v.published_at, v.published_field, v.confidence,
           v.observed_at, v.origin, v.payload_hash, v.content_hash, v.value_hash, v.coverage, coverage.hash, v.run_id,
           v.cells, v.rows, v.revised, v.withdrawn
    FROM vintage AS v JOIN dataset ON dataset.id = v.dataset_id
    JOIN coverage ON /*: coverage.dataset_id = v.dataset_id AND */ coverage.id = v.coverage_id
    WHERE v.id = $1)";

std::string link_hash(Database& database, std::string_view before, std::int64_t vintage, const char* fields)
{
    Statement row(database, fields);
    if (!row.bind(vintage).step())
        throw error("{}: vintage {} is gone, or its dataset or coverage", database.location(), vintage);
    FieldHash hash;
    hash.text(before);
    for (int i = 0; i < row.columns(); ++i)
        hash.text(row.view(i));
    return hash.hex();
}

struct Link {
    std::int64_t position = 0;
    std::string hash;
};

/// The last link of the chain; position 0 where there is none.
Link last_link(Database& database)
{
    Statement last(database, "SELECT position, hash FROM chain ORDER BY position DESC LIMIT 1");
    return last.step() ? Link{last.integer(0), last.text(1)} : Link();
}

} // namespace

std::vector<std::int64_t> integers(Database& database, const char* query)
{
    std::vector<std::int64_t> found;
    Statement row(database, query);
    while (row.step())
        found.push_back(row.integer(0));
    return found;
}

std::string chain_hash(Database& database, std::string_view before, std::int64_t vintage, ChainForm form)
{
    return link_hash(database, before, vintage, form == ChainForm::numbered_ids ? numbered_fields : computed_fields);
}

void seal_vintages(Database& database)
{
    Statement insert(database, "INSERT INTO chain (position, vintage_id, form, sealed, hash)"
                               " VALUES ($1, $2, $3, 'upgrade', $4)");
    auto [position, hash] = last_link(database);
    for (const auto vintage : integers(database, "SELECT id FROM vintage WHERE id NOT IN"
                                                 " (SELECT vintage_id FROM chain WHERE form = 2) ORDER BY id")) {
        hash = chain_hash(database, hash, vintage, ChainForm::computed_ids);
        insert.run(++position, vintage, static_cast<int>(ChainForm::computed_ids), hash);
    }
}

} // namespace skurd
