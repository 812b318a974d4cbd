#include "store/dataset_view.hpp"

#include "base/text.hpp"
#include "store/engine/dataset_views.hpp"
#include "store/engine/statement.hpp"

#include <fmt/format.h>

#include <cctype>
#include <set>

namespace skurd {

namespace {

/// `name`, or with a number behind it where `taken` says so of its lower case.
template <typename Taken>
std::string free_name(const std::string& name, Taken taken)
{
    auto free = name;
    for (int i = 2; taken(to_lower(free)); ++i)
        free = fmt::format("{}_{}", name, i);
    return free;
}

std::vector<DatasetView::Dimension> dimensions(Database& database, std::int64_t dataset)
{
    std::vector<DatasetView::Dimension> found;
    std::set<std::string> taken;
    Statement row(database, "SELECT id, code FROM dimension WHERE dataset_id = $1 ORDER BY position");
    row.bind(dataset);
    while (row.step()) {
        const auto name = "d_" + identifier_of(row.view(1), database.views().identifier_max());
        const auto column = free_name(name, [&](const std::string& lower) {
            return taken.contains(lower) || taken.contains(lower + "_label");
        });
        taken.insert({to_lower(column), to_lower(column) + "_label"});
        found.push_back({row.integer(0), column});
    }
    return found;
}

/// The name that the dataset's view has, or would be given.
std::string view_name(Database& database, std::int64_t dataset)
{
    Statement row(database, "SELECT name, view_name FROM dataset WHERE id = $1");
    row.bind(dataset).step();
    if (!row.is_null(1))
        return row.text(1);
    auto& views = database.views();
    return free_name("data_" + identifier_of(row.view(0), views.identifier_max()),
                     [&](const std::string& name) { return views.is_taken(name); });
}

DatasetView view_of(Database& database, std::int64_t dataset)
{
    return {dataset, view_name(database, dataset), dimensions(database, dataset)};
}

} // namespace

std::string identifier_of(std::string_view text, std::size_t size)
{
    std::string name;
    for (const char c : text.substr(0, size)) {
        const auto byte = static_cast<unsigned char>(c);
        name += byte >= 0x80 || std::isalnum(byte) ? c : '_';
    }
    while (text.size() > size && !name.empty() && static_cast<unsigned char>(name.back()) >= 0x80)
        name.pop_back(); // perhaps the beginning of a character
    return name;
}

void make_dataset_view(Database& database, std::int64_t dataset)
{
    const auto view = view_of(database, dataset);
    const bool has_one = view.dimensions.size() <= view_dimensions_max;
    database.views().drop(view.name);
    if (has_one)
        database.views().make(view);
    Statement(database, "UPDATE dataset SET view_name = $2 WHERE id = $1")
        .run(dataset, has_one ? std::optional(view.name) : std::nullopt);
}

bool has_dataset_view(Database& database, std::int64_t dataset)
{
    Statement row(database, "SELECT view_name FROM dataset WHERE id = $1");
    row.bind(dataset).step();
    const auto view = view_of(database, dataset);
    if (view.dimensions.size() > view_dimensions_max)
        return row.is_null(0);
    return !row.is_null(0) && database.views().is_there(view);
}

} // namespace skurd
