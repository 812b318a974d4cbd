#pragma once

#include "store/engine/bulk_insert.hpp"
#include "store/engine/database.hpp"
#include "store/selection.hpp"
#include "store/series.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

// Tables category_words and series_words: what categories and series are called, from one place in the order of
// releases until the next, so that views need not put a series' words together for every row. Derived from the tables
// of dimensions, categories and series, and from label_version.

/// A row of series_words, but for the dataset.
struct SeriesWordsRow {
    std::string from_at; ///< "" = before all releases
    std::int64_t from_seq = 0;
    std::string to_at; ///< "9999" = after all
    std::int64_t to_seq = 0;
    std::string codes; ///< a JSON object
    std::string label;
    std::string unit;

    friend auto operator<=>(const SeriesWordsRow&, const SeriesWordsRow&) = default;
};

/// A row of category_words, but for the dataset.
struct CategoryWordsRow {
    std::int64_t category = 0;
    std::string from_at;
    std::int64_t from_seq = 0;
    std::string to_at;
    std::int64_t to_seq = 0;
    std::int64_t dimension = 0;
    std::string code;
    std::string label;
    std::string unit;
    std::optional<std::int64_t> decimals;
    std::optional<std::string> valid_from; ///< when a release said so first
    std::optional<std::string> valid_to;   ///< when one said otherwise

    friend auto operator<=>(const CategoryWordsRow&, const CategoryWordsRow&) = default;
};

/// Writes the words of series that a release brings, as it has them: right where none of their categories was ever
/// called otherwise. Who knows better renews them.
class NewSeriesWords {
public:
    /// All must outlive this; the release was described.
    NewSeriesWords(Database& database, const Release& release, const GridIds& ids);

    void add(const GridSeries& series);
    void flush() { insert_.flush(); }

private:
    struct Row {
        static constexpr int columns = 9;
        std::int64_t series = 0;
        std::int64_t dataset = 0;
        SeriesWordsRow words;

        void bind(Parameters& statement, int first) const;
    };

    const Release& release_;
    const GridIds& ids_;
    std::vector<std::size_t> order_;                   ///< the release's dimensions, as the source has them
    std::vector<std::vector<std::string>> code_parts_; ///< of each dimension's categories: `"Region":"0301"`
    BulkInsert<Row> insert_;
};

/// The two tables for one dataset.
class WordTables {
public:
    WordTables(Database& database, std::int64_t dataset);

    std::vector<CategoryWordsRow> categories();        ///< as they should be; ascending
    std::vector<CategoryWordsRow> stored_categories(); ///< as they are
    std::vector<SeriesWordsRow> series(std::int64_t id);
    std::vector<SeriesWordsRow> stored_series(std::int64_t id);
    std::vector<std::int64_t> all_series(); ///< ascending
    bool has_renamed();                     ///< whether a category had several words, by the table

    void renew_categories();
    void renew_series(std::int64_t first); ///< those with that id and later ones

private:
    Database& database_;
    std::int64_t dataset_;
    SeriesNames names_;
    Statement stored_series_;
    Statement delete_series_;
    Statement insert_series_;
};

} // namespace skurd
