#include "store/dataset_store.hpp"

#include "store/columns.hpp"
#include "store/engine/statement.hpp"
#include "store/selection.hpp"

namespace skurd {

std::vector<DatasetSummary> DatasetStore::list() const
{
    Statement row(session_.database(), "SELECT d.name, d.label, count(*), max(v.published_at), max(v.observed_at),"
                                       " max(v.last_confirmed_at)"
                                       " FROM dataset AS d JOIN vintage AS v ON v.dataset_id = d.id"
                                       " GROUP BY d.id, d.name, d.label ORDER BY d.name");
    std::vector<DatasetSummary> found;
    while (row.step())
        found.push_back({row.text(0), row.text(1), row.integer(2), time_from(row.view(3)), time_from(row.view(4)),
                         time_from(row.view(5))});
    return found;
}

std::size_t DatasetStore::store_attributions(const Attributions& attributions)
{
    std::vector<std::pair<std::int64_t, Attribution>> changed;
    Statement row(session_.database(), "SELECT id, name, source_nb, source_en, licence_nb, licence_en FROM dataset");
    while (row.step()) {
        auto now = attributions.of(row.text(1));
        if (now != Attribution{{row.text(2), row.text(3)}, {row.text(4), row.text(5)}})
            changed.emplace_back(row.integer(0), std::move(now));
    }
    if (changed.empty())
        return 0;
    StoreSession::Transaction transaction(session_);
    Statement update(session_.database(), "UPDATE dataset SET source_nb = $2, source_en = $3, licence_nb = $4,"
                                          " licence_en = $5 WHERE id = $1");
    for (const auto& [id, now] : changed)
        update.run(id, now.source.nb, now.source.en, now.licence.nb, now.licence.en);
    transaction.commit();
    return changed.size();
}

std::int64_t DatasetStore::token(const std::string& dataset) const
{
    Statement row(session_.database(), "SELECT token FROM dataset WHERE name = $1");
    return row.bind(dataset).step() ? row.integer(0) : 0;
}

std::size_t DatasetStore::series_count(const Selector& selector) const
{
    return select_series(session_.database(), selector).series.size();
}

} // namespace skurd
