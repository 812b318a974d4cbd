#pragma once

#include "base/csv_writer.hpp"
#include "base/number_text.hpp"
#include "model/agreement.hpp"
#include "model/correction.hpp"
#include "model/period.hpp"
#include "model/vintage.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace skurd {

/// Options that several commands have, each defined once. What they are written into must live as long as the
/// command.

/// What a command prints, which decides in what language it does where --lang does not say so. The rule is told in
/// the man page, under LANGUAGE: what speaks of indicators is Norwegian, the rest as the locale says.
enum class Speaks {
    of_indicators, ///< Norwegian: report, diff, why, indicators, flags, revisions
    of_operation,  ///< English, unless the locale is Norwegian: status, jobs, runs, get, history, drift
};

/// Adds --lang: no (also nb, nn) or en. Error messages and JSON are English whatever it says.
void add_language(CLI::App& command, Language& language, Speaks speaks = Speaks::of_indicators);
/// The language of the locale: Norwegian for no, nb and nn in the first of LC_ALL, LC_MESSAGES and LANG that is set.
Language locale_language();

/// --dialect, and --raw for the dialect of that name: how CSV is written; nothing where both were left out.
void add_dialect(CLI::App& command, std::optional<CsvDialect>& dialect);
/// The dialect asked for. Throws Error (usage) where one is, and what is written is no CSV.
CsvDialect csv_dialect(const std::optional<CsvDialect>& given, bool writes_csv);

void add_corrected(CLI::App& command, Numbers& numbers);     ///< --corrected: reads give corrected numbers
void add_agreement(CLI::App& command, Agreement& agreement); ///< --accept-withdrawals, -drift, -suspect

/// --by: who says so. The user's name when left out.
void add_actor(CLI::App& command, std::string& actor, const std::string& does);
/// The name given, else the user's.
std::string actor_or_user(const std::string& actor);

/// Throws Error (usage) that names the first of these options, name and value, that was left out.
void require_options(const std::string& command,
                     const std::vector<std::pair<const char*, const std::string*>>& options);

/// The two clocks: --as-of and --known-at.
struct AsOfOptions {
    std::string published;
    std::string known;

    void add_to(CLI::App& command);
    AsOf read() const; ///< throws Error (usage) for what is not a date or an instant
};

/// A period as people give it. Throws Error (usage) for what is none.
Period read_period(const std::string& text);
/// The same; nothing for "", which is an option left out.
std::optional<Period> read_optional_period(const std::string& text);

} // namespace skurd
