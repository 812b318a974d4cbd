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

std::size_t DatasetStore::series_count(const Selector& selector) const
{
    return select_series(session_.database(), selector).series.size();
}

} // namespace skurd
