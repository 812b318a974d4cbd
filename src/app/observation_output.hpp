#pragma once

#include "app/context.hpp"
#include "base/csv_writer.hpp"
#include "model/attribution.hpp"
#include "model/observation_row.hpp"
#include "query/observations.hpp"

#include <functional>
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
enum class ObservationFormat { table, csv, json, ndjson, jsonstat };

/// The options --period, --format, --dialect and --lang, which is of tables alone.
struct ObservationOutputOptions {
    std::string period;                      ///< "" = all
    std::optional<ObservationFormat> format; ///< nothing: a table, or JSON with --json
    std::optional<CsvDialect> dialect;
    Language language = Language::en;

    void add_to(CLI::App& command, const std::vector<ObservationFormat>& formats);
};

/// What is printed. Throws Error (usage) where --json and --format ask for two things.
ObservationFormat format_of(const Context& context, const ObservationOutputOptions& options);

/// Whom the numbers are credited to, where what is printed says so. A table does not, and is spared reading the job
/// files.
std::optional<Attributions> attributions_shown(const Context& context, const ObservationOutputOptions& options,
                                               const ReadContext& read);

/// What is to be printed: `read` hands on row by row what the target is read from in the store.
struct ObservationReading {
    const StoreSession& store;
    const Target& target;
    std::function<void(const ObservationVisitor&)> read;
};

/// Prints them as they are read, but for a table, whose columns are as wide as the widest row, and JSON-stat, which
/// begins with all codes: that keeps 16 bytes of each. What people said of them stands below a table, and in
/// columns of CSV. Throws Error (usage) for a dialect where no CSV is printed.
void print_observations(const Context& context, const ObservationOutputOptions& options,
                        const ObservationReading& reading);

} // namespace skurd
