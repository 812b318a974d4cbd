#pragma once

#include "app/context.hpp"
#include "base/csv_writer.hpp"
#include "model/attribution.hpp"
#include "model/observation_row.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Stands in the status column beside a number that a correction is about, and before the note below the table.
constexpr std::string_view correction_mark = "†";

/// A status with the mark before it, if so.
std::string marked(const std::string& status, bool is_marked);

/// The forms that observations can be printed in, as --format names them.
enum class ObservationFormat { table, csv, json, jsonstat };

/// The options --period, --format, --dialect and --lang, which is of tables alone.
struct ObservationOutputOptions {
    std::string period; ///< "" = all
    ObservationFormat format = ObservationFormat::table;
    std::optional<CsvDialect> dialect;
    Language language = Language::en;

    void add_to(CLI::App& command, const std::vector<ObservationFormat>& formats);
};

/// Whom the numbers are credited to, where what is printed says so. A table does not, and is spared reading the job
/// files.
std::optional<Attributions> attributions_shown(const Context& context, const ObservationOutputOptions& options,
                                               const ReadContext& read);

/// Prints them, as JSON where --json says so. What people said of them stands below a table, and in columns of CSV.
/// Throws Error (usage) for a dialect where no CSV is printed.
void print_observations(const Context& context, const ObservationOutputOptions& options,
                        const std::vector<ObservationRow>& rows);

} // namespace skurd
