#include "store/chain/content_chain.hpp"

#include "store/chain/row_hash.hpp"

namespace skurd {

namespace {

constexpr auto vintages = R"(
    SELECT d.name, v.seq, v.claimed_at, v.claimed_field, v.published_at, v.published_field, v.confidence,
           v.payload_hash, v.content_hash, v.value_hash, v.coverage, v.cells, v.rows, v.revised, v.withdrawn
    FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id
    WHERE v.dataset_id = $1 AND v.ingest_id = $2 ORDER BY v.seq)";
constexpr auto words = R"(
    SELECT dimension, category, published_at, seq, label, unit, decimals, notes
    FROM label_version WHERE dataset_id = $1 AND ingest_id = $2 ORDER BY dimension, category, published_at, seq)";
constexpr auto changes = R"(
    SELECT published_at, what, dimension, category, old, new
    FROM metadata_change WHERE dataset_id = $1 AND ingest_id = $2 AND what IN ('role', 'time dimension') ORDER BY id)";

} // namespace

std::string content_link_hash(Database& database, std::string_view before, std::int64_t dataset,
                              std::int64_t ingest_id)
{
    FieldHash hash;
    hash.text("content link 1");
    hash.text(before);
    for (const auto* query : {vintages, words, changes}) {
        Statement row(database, query);
        row.bind(dataset, ingest_id);
        hash_rows(hash, row);
    }
    return hash.hex();
}

void link_content(Database& database, std::int64_t dataset, std::int64_t commit_seq, std::int64_t ingest_id)
{
    Statement last(database, "SELECT hash FROM content_chain WHERE dataset_id = $1 ORDER BY commit_seq DESC LIMIT 1");
    const auto before = last.bind(dataset).step() ? last.text(0) : std::string();
    last.reset();
    Statement(database, "INSERT INTO content_chain (dataset_id, commit_seq, hash) VALUES ($1, $2, $3)")
        .run(dataset, commit_seq, content_link_hash(database, before, dataset, ingest_id));
}

std::string content_head(const std::map<std::string, std::string>& heads)
{
    if (heads.empty())
        return {};
    FieldHash hash;
    hash.text("content head 1");
    for (const auto& [dataset, head] : heads) {
        hash.text(dataset);
        hash.text(head);
    }
    return hash.hex();
}

std::string content_head(Database& database)
{
    Statement row(database, R"(
        SELECT d.name, c.hash FROM content_chain AS c JOIN dataset AS d ON d.id = c.dataset_id
        WHERE c.commit_seq = (SELECT max(n.commit_seq) FROM content_chain AS n WHERE n.dataset_id = c.dataset_id))");
    std::map<std::string, std::string> heads;
    while (row.step())
        heads.emplace(row.text(0), row.text(1));
    return content_head(heads);
}

} // namespace skurd
