// The words of a row are those of its vintage. series_words tells from when to when a series was called so; a category
// is called one thing all that time, so it is enough to look for that where the time begins.
#include "store/sqlite/dataset_view.hpp"

#include "base/text.hpp"
#include "store/engine/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

namespace skurd {

namespace {

constexpr std::size_t identifier_max = 100; // bytes

struct ViewDimension {
    std::int64_t id = 0;
    std::string column;
};

/// Columns that every such view has; dimensions' columns begin with `d_`, so they never meet these.
constexpr auto head = R"(CREATE VIEW "{0}" AS
SELECT
    n.series_id AS series_id,
{1}    n.unit AS unit,
    p.text AS period,
    p.first_day AS first_day,
    p.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    st.text AS status,
    st.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.published_at AS published_at,
    v.confidence AS confidence,
    v.observed_at AS observed_at,
    v.last_confirmed_at AS last_confirmed_at,
    v.last_ingest_id AS commit_seq
FROM series_words AS n
{2}CROSS JOIN dataset_band AS b ON b.dataset_id = {3}
CROSS JOIN observation AS o ON o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND +v.dataset_id = {3}
    AND (+v.published_at, +v.seq) >= (n.from_at, n.from_seq) AND (+v.published_at, +v.seq) < (n.to_at, n.to_seq)
JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS st ON st.id = o.status_id
WHERE n.dataset_id = {3} AND NOT EXISTS (SELECT 1 FROM superseded AS x WHERE x.band = o.band
    AND x.series_id = o.series_id AND x.period_id = p.id AND x.vintage_id = o.vintage_id))";

constexpr auto dimension_columns = "    c{0}.code AS \"{1}\",\n    c{0}.label AS \"{1}_label\",\n";

constexpr auto dimension_join =
    "LEFT JOIN series_code AS s{0} ON s{0}.series_id = n.series_id AND s{0}.dimension_id = {1}\n"
    "LEFT JOIN category_words AS c{0} ON c{0}.category_id = s{0}.category_id\n"
    "    AND (c{0}.from_at, c{0}.from_seq) <= (n.from_at, n.from_seq)\n"
    "    AND (c{0}.to_at, c{0}.to_seq) > (n.from_at, n.from_seq)\n";

/// `name`, or with a number behind it where `taken` says so of its lower case.
template <typename Taken>
std::string free_name(const std::string& name, Taken taken)
{
    auto free = name;
    for (int i = 2; taken(to_lower(free)); ++i)
        free = fmt::format("{}_{}", name, i);
    return free;
}

std::vector<ViewDimension> dimensions(Database& database, std::int64_t dataset)
{
    std::vector<ViewDimension> found;
    std::set<std::string> taken;
    Statement row(database, "SELECT id, code FROM dimension WHERE dataset_id = $1 ORDER BY position");
    row.bind(dataset);
    while (row.step()) {
        const auto column = free_name("d_" + identifier_of(row.view(1)), [&](const std::string& name) {
            return taken.contains(name) || taken.contains(name + "_label");
        });
        taken.insert({to_lower(column), to_lower(column) + "_label"});
        found.push_back({row.integer(0), column});
    }
    return found;
}

/// The statement that makes the view; "" where the dataset has none.
std::string view_text(Database& database, std::int64_t dataset, const std::string& name)
{
    const auto all = dimensions(database, dataset);
    if (all.size() > view_dimensions_max)
        return "";
    std::string columns;
    std::string joins;
    for (std::size_t i = 0; i < all.size(); ++i) {
        columns += fmt::format(dimension_columns, i + 1, all[i].column);
        joins += fmt::format(dimension_join, i + 1, all[i].id);
    }
    return fmt::format(head, name, columns, joins, dataset);
}

/// The name that the dataset's view has, or would be given.
std::string view_name(Database& database, std::int64_t dataset)
{
    Statement row(database, "SELECT name, view_name FROM dataset WHERE id = $1");
    row.bind(dataset).step();
    if (!row.is_null(1))
        return row.text(1);
    Statement taken(database, "SELECT 1 FROM sqlite_schema WHERE lower(name) = $1");
    return free_name("data_" + identifier_of(row.view(0)), [&](const std::string& name) {
        const bool is_taken = taken.bind(name).step();
        taken.reset();
        return is_taken;
    });
}

} // namespace

std::string identifier_of(std::string_view text)
{
    std::string name;
    for (const char c : text.substr(0, identifier_max)) {
        const auto byte = static_cast<unsigned char>(c);
        name += byte >= 0x80 || std::isalnum(byte) ? c : '_';
    }
    while (text.size() > identifier_max && !name.empty() && static_cast<unsigned char>(name.back()) >= 0x80)
        name.pop_back(); // perhaps the beginning of a character
    return name;
}

void make_dataset_view(Database& database, std::int64_t dataset)
{
    const auto name = view_name(database, dataset);
    const auto text = view_text(database, dataset, name);
    Statement(database, fmt::format("DROP VIEW IF EXISTS \"{}\"", name)).run();
    if (!text.empty())
        Statement(database, text).run();
    Statement(database, "UPDATE dataset SET view_name = $2 WHERE id = $1")
        .run(dataset, text.empty() ? std::nullopt : std::optional(name));
}

bool has_dataset_view(Database& database, std::int64_t dataset)
{
    const auto name = view_name(database, dataset);
    Statement row(database, "SELECT d.view_name, s.sql FROM dataset AS d LEFT JOIN sqlite_schema AS s"
                            " ON s.type = 'view' AND s.name = d.view_name WHERE d.id = $1");
    row.bind(dataset).step();
    const auto text = view_text(database, dataset, name);
    return text.empty() ? row.is_null(0) : row.view(1) == text;
}

} // namespace skurd
