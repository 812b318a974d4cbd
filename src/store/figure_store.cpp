#include "store/figure_store.hpp"

#include "store/columns.hpp"

namespace skurd {

std::vector<SourceFigures> FigureStore::sources() const
{
    Statement row(session_.database(), R"(
        SELECT s.name, count(DISTINCT d.id), count(v.id), max(v.published_at), max(v.last_confirmed_at)
        FROM source AS s
        JOIN dataset AS d ON d.source_id = s.id
        LEFT JOIN vintage AS v ON v.dataset_id = d.id
        GROUP BY s.name ORDER BY s.name)");
    std::vector<SourceFigures> found;
    while (row.step())
        found.push_back({row.text(0), static_cast<std::size_t>(row.integer(1)),
                         static_cast<std::size_t>(row.integer(2)), optional_time(row, 3), optional_time(row, 4)});
    return found;
}

std::pair<std::size_t, std::uint64_t> FigureStore::payloads() const
{
    Statement row(session_.database(), R"(
        SELECT count(*), coalesce(sum(size), 0) FROM payload AS p
        WHERE NOT EXISTS (SELECT 1 FROM expired_payload AS r WHERE r.payload_hash = p.hash))");
    row.step();
    return {static_cast<std::size_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1))};
}

} // namespace skurd
