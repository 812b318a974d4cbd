#include "store/derived.hpp"

#include "store/dataset_view.hpp"
#include "store/observations.hpp"
#include "store/series.hpp"
#include "store/superseded.hpp"
#include "store/vintages.hpp"
#include "store/word_tables.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

void make_superseded(Database& database, std::int64_t dataset, const std::vector<std::int64_t>& series)
{
    const auto line = load_timeline(database, dataset);
    const DatasetBands bands(database, dataset);
    if (bands.all().empty())
        return;
    SeriesRows rows(database, dataset);
    SupersededTable table(database, dataset);
    std::vector<StoredCell> cells;
    for (const auto id : series) {
        cells.clear();
        rows.for_each(id, [&](const StoredCell& cell) { cells.push_back(cell); });
        for (const auto& row : superseded_of(cells, line, bands))
            table.add(id, row);
    }
    table.flush();
}

void check_words(Database& database, std::int64_t dataset, const std::string& name, std::vector<std::string>& wrong)
{
    WordTables words(database, dataset);
    if (words.categories() != words.stored_categories())
        wrong.push_back(fmt::format("{}: category_words are not what its releases called its categories", name));
    std::size_t series = 0;
    for (const auto id : words.all_series())
        series += words.series(id) == words.stored_series(id) ? 0 : 1;
    if (series > 0)
        wrong.push_back(
            fmt::format("{}: series_words of {} series are not what its releases called them", name, series));
}

} // namespace

void make_derived(Database& database)
{
    Statement(database, "DELETE FROM superseded").run();
    Statement(database, "DELETE FROM series_words").run();
    for (const auto& [id, name] : dataset_names(database)) {
        WordTables words(database, id);
        words.renew_categories();
        words.renew_series(0);
        make_superseded(database, id, words.all_series());
        make_dataset_view(database, id);
    }
}

void make_dataset_views(Database& database)
{
    for (const auto& [id, name] : dataset_names(database))
        make_dataset_view(database, id);
}

std::vector<std::string> check_derived(Database& database)
{
    std::vector<std::string> wrong;
    for (const auto& [id, name] : dataset_names(database)) {
        check_words(database, id, name, wrong);
        if (!has_dataset_view(database, id))
            wrong.push_back(fmt::format("{}: its view is not there, or not what its dimensions make it", name));
    }
    Statement row(database, "SELECT count(*) FROM vintage AS v WHERE v.rows > 0 AND v.band <> (SELECT max(b.band)"
                            " FROM dataset_band AS b WHERE b.dataset_id = v.dataset_id AND b.first_release <= v.id)");
    if (row.step() && row.integer(0) > 0)
        wrong.push_back(
            fmt::format("{} vintages are noted to stand in another band than their rows", row.integer(0)));
    return wrong;
}

} // namespace skurd
