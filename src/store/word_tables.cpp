#include "store/word_tables.hpp"

#include "lib/json/json.hpp"
#include "store/columns.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace skurd {

namespace {

constexpr auto after_all = "9999";

std::string code_part(const std::string& dimension, const std::string& code)
{
    return json_line(Json(dimension)) + ":" + json_line(Json(code));
}

std::string codes_object(const Codes& codes)
{
    std::string text = "{";
    for (const auto& [dimension, code] : codes)
        text += (text.size() == 1 ? "" : ",") + code_part(dimension, code);
    return text + "}";
}

/// What a release called a category.
struct CategoryVersion {
    std::string published_at;
    std::int64_t seq = 0;
    std::string label;
    std::string unit;
    std::optional<std::int64_t> decimals;

    bool same_words(const CategoryVersion& other) const
    {
        return std::tie(label, unit, decimals) == std::tie(other.label, other.unit, other.decimals);
    }
};

using CategoryVersions = std::map<std::pair<std::string, std::string>, std::vector<CategoryVersion>>; ///< by codes

std::optional<std::int64_t> number_or_null(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::optional<std::string> text_or_null(const Statement& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

CategoryVersions category_versions(Database& database, std::int64_t dataset)
{
    CategoryVersions found;
    Statement row(database, "SELECT dimension, category, published_at, seq, label, unit, decimals FROM label_version"
                            " WHERE dataset_id = $1 AND category <> '' ORDER BY published_at, seq");
    row.bind(dataset);
    while (row.step())
        found[{row.text(0), row.text(1)}].push_back(
            {row.text(2), row.integer(3), row.text(4), row.text(5), number_or_null(row, 6)});
    return found;
}

/// The rows of a category that was called so, one after another; `row` has what they share.
void append_spans(std::vector<CategoryWordsRow>& rows, const CategoryWordsRow& row,
                  const std::vector<CategoryVersion>& versions)
{
    const auto first = rows.size();
    const CategoryVersion* last = nullptr;
    for (const auto& version : versions) {
        if (last && last->same_words(version))
            continue;
        last = &version;
        auto& span = rows.emplace_back(row);
        span.label = version.label;
        span.unit = version.unit;
        span.decimals = version.decimals;
        span.valid_from = version.published_at;
        if (rows.size() == first + 1)
            continue;
        auto& before = rows[rows.size() - 2];
        before.to_at = span.from_at = version.published_at;
        before.to_seq = span.from_seq = version.seq;
        before.valid_to = version.published_at;
    }
}

} // namespace

NewSeriesWords::NewSeriesWords(Database& database, const Release& release, const GridIds& ids)
    : release_(release), ids_(ids), order_(release.dimensions.size()),
      insert_(database, "INSERT INTO series_words (series_id, from_at, from_seq, to_at, to_seq, dataset_id, codes,"
                        " label, unit)")
{
    std::map<std::int64_t, std::int64_t> positions;
    Statement row(database, "SELECT id, position FROM dimension WHERE dataset_id = $1");
    row.bind(ids.dataset);
    while (row.step())
        positions[row.integer(0)] = row.integer(1);
    std::iota(order_.begin(), order_.end(), std::size_t(0));
    std::sort(order_.begin(), order_.end(),
              [&](auto a, auto b) { return positions[ids.dimensions[a]] < positions[ids.dimensions[b]]; });
    for (const auto& dimension : release.dimensions) {
        auto& parts = code_parts_.emplace_back();
        for (const auto& category : dimension.categories)
            parts.push_back(code_part(dimension.id, category.code));
    }
}

void NewSeriesWords::add(const GridSeries& series)
{
    const auto at = release_.positions(series.position);
    SeriesWordsRow words{"", 0, after_all, 0, "{", "", ""};
    for (const auto i : order_) {
        const auto& category = release_.dimensions[i].categories[at[i]];
        const bool is_first = words.codes.size() == 1;
        words.codes += (is_first ? "" : ",") + code_parts_[i][at[i]];
        words.label += (is_first ? "" : ", ") + category.label;
        if (words.unit.empty())
            words.unit = category.unit;
    }
    words.codes += "}";
    insert_.add({series.id, ids_.dataset, std::move(words)});
}

void NewSeriesWords::Row::bind(Parameters& statement, int first) const
{
    statement.bind_one(first, series);
    statement.bind_one(first + 1, words.from_at);
    statement.bind_one(first + 2, words.from_seq);
    statement.bind_one(first + 3, words.to_at);
    statement.bind_one(first + 4, words.to_seq);
    statement.bind_one(first + 5, dataset);
    statement.bind_one(first + 6, words.codes);
    statement.bind_one(first + 7, words.label);
    statement.bind_one(first + 8, words.unit);
}

WordTables::WordTables(Database& database, std::int64_t dataset)
    : database_(database), dataset_(dataset), names_(database),
      stored_series_(database, "SELECT from_at, from_seq, to_at, to_seq, codes, label, unit FROM series_words"
                               " WHERE series_id = $1 AND dataset_id = $2 ORDER BY from_at, from_seq"),
      delete_series_(database, "DELETE FROM series_words WHERE /*: dataset_id = $2 AND */ series_id = $1"),
      insert_series_(database, "INSERT INTO series_words (series_id, from_at, from_seq, to_at, to_seq, dataset_id,"
                               " codes, label, unit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
{
}

std::vector<CategoryWordsRow> WordTables::categories()
{
    const auto versions = category_versions(database_, dataset_);
    std::vector<CategoryWordsRow> found;
    Statement row(database_, "SELECT c.id, d.id AS dimension, d.code AS dimension_code, c.code, c.label, c.unit,"
                             " c.decimals FROM dimension AS d JOIN category AS c ON c.dimension_id = d.id"
                             " WHERE /*: c.dataset_id = $1 AND */ d.dataset_id = $1 ORDER BY c.id");
    row.bind(dataset_);
    while (row.step()) {
        CategoryWordsRow words;
        words.category = row.integer(0);
        words.to_at = after_all;
        words.dimension = row.integer(1);
        words.code = row.text(3);
        const auto known = versions.find({row.text(2), words.code});
        if (known != versions.end() && known->second.size() > 1) {
            append_spans(found, words, known->second);
            continue;
        }
        words.label = row.text(4);
        words.unit = row.text(5);
        words.decimals = number_or_null(row, 6);
        if (known != versions.end())
            words.valid_from = known->second.front().published_at;
        found.push_back(std::move(words));
    }
    return found;
}

std::vector<CategoryWordsRow> WordTables::stored_categories()
{
    std::vector<CategoryWordsRow> found;
    Statement row(database_, "SELECT category_id, from_at, from_seq, to_at, to_seq, dimension_id, code, label, unit,"
                             " decimals, valid_from, valid_to FROM category_words WHERE dataset_id = $1"
                             " ORDER BY category_id, from_at, from_seq");
    row.bind(dataset_);
    while (row.step())
        found.push_back({row.integer(0), row.text(1), row.integer(2), row.text(3), row.integer(4), row.integer(5),
                         row.text(6), row.text(7), row.text(8), number_or_null(row, 9), text_or_null(row, 10),
                         text_or_null(row, 11)});
    return found;
}

std::vector<SeriesWordsRow> WordTables::series(std::int64_t id)
{
    const auto name = names_(dataset_, id);
    const auto codes = codes_object(name.codes);
    std::vector<SeriesWordsRow> rows;
    for (const auto& span : names_.spans()) {
        if (!rows.empty()) {
            rows.back().to_at = span.from_at;
            rows.back().to_seq = span.from_seq;
        }
        rows.push_back({span.from_at, span.from_seq, after_all, 0, codes, span.words.label(), span.words.unit});
    }
    return rows;
}

std::vector<SeriesWordsRow> WordTables::stored_series(std::int64_t id)
{
    std::vector<SeriesWordsRow> found;
    stored_series_.bind(id, dataset_);
    while (stored_series_.step())
        found.push_back({stored_series_.text(0), stored_series_.integer(1), stored_series_.text(2),
                         stored_series_.integer(3), stored_series_.text(4), stored_series_.text(5),
                         stored_series_.text(6)});
    return found;
}

std::vector<std::int64_t> WordTables::all_series()
{
    std::vector<std::int64_t> found;
    Statement row(database_, "SELECT id FROM series WHERE dataset_id = $1 ORDER BY id");
    row.bind(dataset_);
    while (row.step())
        found.push_back(row.integer(0));
    return found;
}

bool WordTables::has_renamed()
{
    Statement row(database_, "SELECT 1 FROM category_words WHERE dataset_id = $1 AND from_at <> '' LIMIT 1");
    return row.bind(dataset_).step();
}

void WordTables::renew_categories()
{
    Statement(database_, "DELETE FROM category_words WHERE dataset_id = $1").run(dataset_);
    Statement insert(database_, "INSERT INTO category_words (category_id, from_at, from_seq, to_at, to_seq,"
                                " dataset_id, dimension_id, code, label, unit, decimals, valid_from, valid_to)"
                                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    for (const auto& row : categories())
        insert.run(row.category, row.from_at, row.from_seq, row.to_at, row.to_seq, dataset_, row.dimension, row.code,
                   row.label, row.unit, row.decimals, row.valid_from, row.valid_to);
}

void WordTables::renew_series(std::int64_t first)
{
    for (const auto id : all_series()) {
        if (id < first)
            continue;
        const auto rows = series(id);
        if (rows == stored_series(id))
            continue;
        delete_series_.run(id, dataset_);
        for (const auto& row : rows)
            insert_series_.run(id, row.from_at, row.from_seq, row.to_at, row.to_seq, dataset_, row.codes, row.label,
                               row.unit);
    }
}

} // namespace skurd
