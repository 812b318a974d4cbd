#include "app/observation_output.hpp"

#include "app/options.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/meaning_text.hpp"
#include "model/release.hpp"
#include "query/datasets.hpp"
#include "report/jsonstat.hpp"
#include "report/observation_csv.hpp"
#include "report/report_text.hpp"
#include "store/observation_store.hpp"
#include "view/observation_json.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace skurd {

namespace {

constexpr auto format_names = std::to_array<std::string_view>({"table", "csv", "json", "ndjson", "jsonstat"});

std::string name_of(ObservationFormat format)
{
    return std::string(format_names.at(static_cast<std::size_t>(format)));
}

std::string number_of(const Value& value)
{
    return value.number ? value.number->text() : "";
}

/// As tables print it.
std::string number_of(const Value& value, Language language)
{
    return language == Language::nb ? replace_all(number_of(value), ".", ",") : number_of(value);
}

std::string status_text(const Value& value, Language language)
{
    const auto& symbol = value.symbol;
    return !symbol.text.empty() || symbol.meaning == Meaning::none ? symbol.text
           : language == Language::nb                              ? meaning_text(symbol.meaning).nb
                                                                   : std::string(to_string(symbol.meaning));
}

std::vector<ObservationRow> gathered(const ObservationReading& reading)
{
    std::vector<ObservationRow> rows;
    reading.read([&](const ObservationRow& row) { rows.push_back(row); });
    return rows;
}

constexpr std::size_t piece_rows = 500; ///< CSV of a whole table is printed in pieces

/// Of a dataset the dimensions as they are known; of indicators, which are few rows, those that they have.
void print_csv(const ObservationReading& reading, CsvDialect dialect)
{
    const auto* selector = std::get_if<Selector>(&reading.target);
    if (!selector) {
        const auto rows = gathered(reading);
        ObservationCsv csv(dialect, dimensions_of(rows));
        for (const auto& row : rows)
            csv.add(row);
        return print_exactly(csv.take());
    }
    const auto dimensions = dimension_ids(reading.store, selector->dataset);
    std::optional<ObservationCsv> csv; // begun once it is known that there is no error
    std::size_t rows = 0;
    reading.read([&](const ObservationRow& row) {
        if (!csv)
            csv.emplace(dialect, dimensions);
        csv->add(row);
        if (++rows % piece_rows == 0)
            print_exactly(csv->take());
    });
    if (!csv)
        csv.emplace(dialect, dimensions);
    print_exactly(csv->take());
}

/// As print_json_list() prints them.
void print_json(const ObservationReading& reading)
{
    bool any = false;
    reading.read([&](const ObservationRow& row) {
        const auto text = to_json(row).dump(2, ' ', false, Json::error_handler_t::replace);
        print_exactly((any ? ",\n  " : "[\n  ") + replace_all(escape_unseen(text, EscapeForm::json), "\n", "\n  "));
        any = true;
    });
    print_exactly(any ? "\n]\n" : "[]\n");
}

void print_ndjson(const ObservationReading& reading)
{
    reading.read([](const ObservationRow& row) {
        print_exactly(escape_unseen(json_line(to_json(row)), EscapeForm::json) + "\n");
    });
}

void print_jsonstat(const ObservationReading& reading)
{
    JsonstatTable table;
    reading.read([&](const ObservationRow& row) { table.add(row); });
    table.write(ObservationStore(reading.store).describe(table.dataset(), table.newest()), print_exactly);
}

/// What series were called when numbers above were published, where they are called otherwise today; each once.
void print_renamed(std::ostream& out, const std::vector<ObservationRow>& rows, Language language)
{
    std::set<std::string> told;
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        if (!seen.words || (seen.words->label() == seen.label && seen.words->unit == seen.unit))
            continue;
        const auto words = [](const std::string& label, const std::string& unit) {
            return unit.empty() ? fmt::format("“{}”", label) : fmt::format("“{}” ({})", label, unit);
        };
        auto line =
            format_printable(fmt::runtime(language == Language::en ? "{} {}: {} as published {}, today {}\n"
                                                                   : "{} {}: {} da det ble publisert {}, i dag {}\n"),
                             seen.dataset, codes_text(seen.codes), words(seen.words->label(), seen.words->unit),
                             published_day(seen.published_at, seen.confidence), words(seen.label, seen.unit));
        if (told.insert(line).second)
            out << line;
    }
}

/// Which indicators leave numbers above out, a line each.
void print_left_out(std::ostream& out, const std::vector<ObservationRow>& rows, Language language)
{
    std::map<std::pair<int, int>, std::vector<std::string>> cells; // by indicator and definition
    for (const auto& row : rows)
        for (const auto& one : row.left_out.value_or(std::vector<LeftOut>()))
            cells[{one.indicator, one.definition}].push_back(
                fmt::format("{} {}", codes_text(row.observation.codes), row.observation.period.text()));
    for (const auto& [by, left_out] : cells)
        out << format_printable(fmt::runtime(language == Language::en
                                                 ? "* indicator {}, by its definition {}, leaves out {}\n"
                                                 : "* indikator {} regner etter definisjon {} ikke med {}\n"),
                                by.first, by.second, join(left_out, ", "));
}

/// What people say of the numbers above, each once.
void print_notes(std::ostream& out, const std::vector<ObservationRow>& rows, Language language)
{
    std::set<std::int64_t> corrections;
    std::set<std::int64_t> annotations;
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        if (!seen.correction || !corrections.insert(seen.correction->id).second)
            continue;
        const bool applied = is_corrected(seen.value, *seen.correction);
        out << format_printable("{} {}: {}\n", correction_mark, target_text(*seen.correction),
                                correction_text(*seen.correction, applied, language));
    }
    print_renamed(out, rows, language);
    print_left_out(out, rows, language);
    for (const auto& row : rows)
        for (const auto& annotation : row.annotations)
            if (annotations.insert(annotation.id).second)
                out << format_printable("* {}: {}\n", target_text(annotation), annotation_text(annotation, language));
}

void print_table(const std::vector<ObservationRow>& rows, Language language, std::size_t width)
{
    using enum TextTable::Align;
    const bool en = language == Language::en;
    TextTable table({{en ? "indicator" : "indikator", right},
                     {en ? "series" : "serie"},
                     {en ? "period" : "periode"},
                     {en ? "value" : "verdi", right},
                     {en ? "unit" : "enhet"},
                     {"status"},
                     {en ? "published" : "publisert"},
                     {en ? "vintage" : "utgave", right}});
    const ReportText words(language);
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        table.add({row.indicator ? std::to_string(row.indicator) : "", seen.dataset + " " + codes_text(seen.codes),
                   seen.period.text(), number_of(seen.value, language),
                   words.unit(seen.words ? seen.words->unit : seen.unit),
                   marked(status_text(seen.value, language), seen.correction != nullptr),
                   published_day(seen.published_at, seen.confidence), std::to_string(seen.vintage)});
    }
    std::cout << (!rows.empty() ? table.text(width) : en ? "no observations\n" : "ingen observasjoner\n");
    std::ostringstream notes;
    print_notes(notes, rows, language);
    std::cout << fitted(notes.str(), width);
}

} // namespace

std::string marked(const std::string& status, bool is_marked)
{
    return !is_marked       ? status
           : status.empty() ? std::string(correction_mark)
                            : fmt::format("{} {}", correction_mark, status);
}

ObservationFormat format_of(const Context& context, const ObservationOutputOptions& options)
{
    if (context.json && options.format.value_or(ObservationFormat::json) != ObservationFormat::json)
        throw usage_error("--json and --format {} ask for two things: leave one out", name_of(*options.format));
    return options.format.value_or(context.json ? ObservationFormat::json : ObservationFormat::table);
}

std::optional<Attributions> attributions_shown(const Context& context, const ObservationOutputOptions& options,
                                               const ReadContext& read)
{
    return format_of(context, options) == ObservationFormat::table ? std::nullopt
                                                                   : std::optional(read.attributions());
}

void print_observations(const Context& context, const ObservationOutputOptions& options,
                        const ObservationReading& reading)
{
    const auto format = format_of(context, options);
    const auto dialect = csv_dialect(options.dialect, format == ObservationFormat::csv);
    switch (format) {
    case ObservationFormat::json:
        return print_json(reading);
    case ObservationFormat::ndjson:
        return print_ndjson(reading);
    case ObservationFormat::csv:
        return print_csv(reading, dialect);
    case ObservationFormat::jsonstat:
        return print_jsonstat(reading);
    case ObservationFormat::table:
        return print_table(gathered(reading), options.language, context.width());
    }
}

void ObservationOutputOptions::add_to(CLI::App& command, const std::vector<ObservationFormat>& formats)
{
    std::set<std::string> names;
    for (const auto one : formats)
        names.insert(name_of(one));
    command.add_option("--period", period, "Only this period");
    command
        .add_option_function<std::string>(
            "--format",
            [this](const std::string& name) {
                const auto* found = std::find(format_names.begin(), format_names.end(), name);
                format = static_cast<ObservationFormat>(found - format_names.begin());
            },
            "Output format")
        ->check(CLI::IsMember(names))
        ->default_str(name_of(ObservationFormat::table));
    add_dialect(command, dialect);
    add_language(command, language, Speaks::of_operation);
}

} // namespace skurd
