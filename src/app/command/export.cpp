// The command export: observations as a file for others' programs.
#include "app/commands.hpp"
#include "app/observation_output.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "indicator/revision_profile.hpp"
#include "publish/hashed_file.hpp"
#include "query/datasets.hpp"
#include "query/observations.hpp"
#include "query/revisions.hpp"
#include "report/jsonstat.hpp"
#include "report/observation_csv.hpp"
#include "report/observation_parquet.hpp"
#include "report/observation_xlsx.hpp"
#include "report/sdmx_csv.hpp"
#include "store/durable_file.hpp"
#include "store/observation_store.hpp"

#include <filesystem>
#include <unistd.h>

namespace skurd {

namespace {

namespace fs = std::filesystem;

enum class ExportWhat { get, history, revisions };
enum class ExportForm { csv, jsonstat, parquet, sdmx_csv, xlsx };

} // namespace

template <>
inline constexpr auto enum_words<ExportWhat> = word_table<ExportWhat>({{ExportWhat::get, "get"},
                                                                       {ExportWhat::history, "history"},
                                                                       {ExportWhat::revisions, "revisions"}});
template <>
inline constexpr auto enum_words<ExportForm> = word_table<ExportForm>({{ExportForm::csv, "csv"},
                                                                       {ExportForm::jsonstat, "jsonstat"},
                                                                       {ExportForm::parquet, "parquet"},
                                                                       {ExportForm::sdmx_csv, "sdmx-csv"},
                                                                       {ExportForm::xlsx, "xlsx"}});

namespace {

struct ExportOptions {
    std::string what;
    std::string selector;
    std::string output;
    std::string format; ///< "" = by the end of the file's name
    std::string period;
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
    std::optional<CsvDialect> dialect;
};

ExportForm export_form_of(const ExportOptions& options)
{
    if (!options.format.empty())
        return *from_word<ExportForm>(options.format); // which the command line has checked
    const auto end = fs::path(options.output).extension().string();
    if (end == ".json")
        return ExportForm::jsonstat;
    if (const auto form = end.empty() ? std::nullopt : from_word<ExportForm>(std::string_view(end).substr(1)))
        return *form;
    throw usage_error("{}: its name does not say which format it is to have (.csv, .json, .parquet, .xlsx): give "
                      "--format",
                      options.output);
}

/// A file that is there whole, in the place of one that was, or as it was.
class ExportedFile {
public:
    explicit ExportedFile(const std::string& name) : file_(fs::weakly_canonical(fs::absolute(name)))
    {
        const auto folder = file_.parent_path();
        if (!fs::is_directory(folder))
            throw usage_error("{}: there is no folder {}", name, folder.string());
        if (fs::exists(file_) && !fs::is_regular_file(file_))
            throw usage_error("{}: is not a file that can be replaced", name);
        part_ = folder / fmt::format(".{}.{}.part", file_.filename().string(), ::getpid());
        out_.emplace(folder, part_.filename().string());
    }
    ~ExportedFile()
    {
        std::error_code ignored;
        if (!done_)
            fs::remove(part_, ignored);
    }
    ExportedFile(const ExportedFile&) = delete;
    ExportedFile& operator=(const ExportedFile&) = delete;

    void write(std::string_view bytes) { out_->write(bytes); }
    std::uintmax_t finish()
    {
        const auto bytes = out_->finish().bytes;
        rename_durably(part_, file_);
        done_ = true;
        return bytes;
    }

private:
    fs::path file_;
    fs::path part_;
    std::optional<HashedFile> out_;
    bool done_ = false;
};

constexpr std::size_t exported_at_once = 500;

/// Of a dataset the dimensions as they are known; of indicators, which are few rows, those that they have.
std::vector<std::string> exported_dimensions(const ObservationReading& reading)
{
    if (const auto* selector = std::get_if<Selector>(&reading.target))
        return dimension_ids(reading.store, selector->dataset);
    std::vector<ObservationRow> rows;
    reading.read([&](const ObservationRow& row) { rows.push_back(row); });
    return dimensions_of(rows);
}

template <typename Writer>
std::size_t export_lines(Writer writer, const ObservationReading& reading, ExportedFile& file)
{
    std::size_t rows = 0;
    reading.read([&](const ObservationRow& row) {
        writer.add(row);
        if (++rows % exported_at_once == 0)
            file.write(writer.take());
    });
    file.write(writer.take());
    return rows;
}

std::size_t export_sdmx_csv(const ObservationReading& reading, ExportedFile& file)
{
    const auto* selector = std::get_if<Selector>(&reading.target);
    if (selector == nullptr)
        throw usage_error("SDMX-CSV is of one dataset: name it, like drop/table{{dimension=code}}");
    return export_lines(SdmxCsv(selector->dataset, dimension_ids(reading.store, selector->dataset)), reading, file);
}

std::size_t export_parquet(const ObservationReading& reading, ExportedFile& file)
{
    ObservationParquet parquet(exported_dimensions(reading), [&](std::string_view bytes) { file.write(bytes); });
    std::size_t rows = 0;
    reading.read([&](const ObservationRow& row) {
        parquet.add(row);
        ++rows;
    });
    parquet.finish();
    return rows;
}

/// The file's own time is when the newest of what it holds was ingested.
std::size_t export_xlsx(const ObservationReading& reading, const std::string& title, ExportedFile& file)
{
    Time newest{};
    reading.read([&](const ObservationRow& row) { newest = std::max(newest, row.observation.observed_at); });
    ObservationXlsx workbook(title, exported_dimensions(reading), newest);
    std::size_t rows = 0;
    reading.read([&](const ObservationRow& row) {
        workbook.add(row);
        ++rows;
    });
    file.write(workbook.bytes());
    return rows;
}

std::size_t export_jsonstat(const ObservationReading& reading, ExportedFile& file)
{
    JsonstatTable table;
    std::size_t rows = 0;
    reading.read([&](const ObservationRow& row) {
        table.add(row);
        ++rows;
    });
    table.write(ObservationStore(reading.store).describe(table.dataset(), table.newest()),
                [&](std::string_view bytes) { file.write(bytes); });
    return rows;
}

std::size_t export_observations(const ReadContext& read, const ExportOptions& options, ExportForm form,
                                ExportedFile& file)
{
    const bool is_history = options.what == to_string(ExportWhat::history);
    const ObservationQuestion question = {read_target(options.selector, read.catalogue), options.as_of.read(),
                                          options.numbers, read_optional_period(options.period), read.attributions()};
    const ObservationReading reading = {read.store, question.target, [&](const ObservationVisitor& visit) {
                                            if (is_history)
                                                visit_observation_history(read.store, read.catalogue, question,
                                                                          visit);
                                            else
                                                visit_observations(read.store, read.catalogue, question, visit);
                                        }};
    switch (form) {
    case ExportForm::csv:
        return export_lines(ObservationCsv(csv_dialect(options.dialect, true), exported_dimensions(reading)), reading,
                            file);
    case ExportForm::parquet:
        return export_parquet(reading, file);
    case ExportForm::sdmx_csv:
        return export_sdmx_csv(reading, file);
    case ExportForm::xlsx:
        return export_xlsx(reading, options.selector.empty() ? "skurd" : options.selector, file);
    case ExportForm::jsonstat:
        break;
    }
    if (is_history)
        throw usage_error("JSON-stat has one number for each cell, and a history has several: take csv, parquet, "
                          "sdmx-csv or xlsx");
    return export_jsonstat(reading, file);
}

/// The columns of `revisions --tidy`.
std::vector<TableColumn> revision_columns()
{
    using enum TableColumn::Kind;
    return {{"id", text}, {"period", text}, {"published", instant}, {"value", number}};
}

/// The versions of the newest figures, row by row.
template <typename Put>
void each_version(const std::vector<SourcedHistory>& histories, const Put& put)
{
    for (const auto& one : histories)
        for (const auto* figure : newest_figures(one.history))
            for (const auto& version : figure->versions)
                put(one.history.id, *figure, version);
}

void put_version(const std::string& id, const Figure& figure, const PublishedNumber& version, ColumnSink& sink)
{
    sink.text(id);
    sink.text(figure.period.text());
    sink.instant(version.published);
    sink.number(version.number);
}

void export_revision_sheet(const std::vector<SourcedHistory>& histories, ExportedFile& file)
{
    Time newest{};
    each_version(histories, [&](const auto&, const auto&, const PublishedNumber& version) {
        newest = std::max(newest, version.published);
    });
    TableXlsx sheet("revisions", revision_columns(), newest);
    each_version(histories, [&](const auto& id, const auto& figure, const auto& version) {
        sheet.begin_row();
        put_version(id, figure, version, sheet);
    });
    file.write(sheet.bytes());
}

void export_revision_parquet(const std::vector<SourcedHistory>& histories, ExportedFile& file)
{
    TableParquet parquet(revision_columns(), [&](std::string_view bytes) { file.write(bytes); });
    each_version(histories, [&](const auto& id, const auto& figure, const auto& version) {
        put_version(id, figure, version, parquet);
    });
    parquet.finish();
}

void export_revision_csv(const std::vector<SourcedHistory>& histories, CsvDialect dialect, ExportedFile& file)
{
    CsvWriter csv(dialect);
    write_tidy_header(csv);
    for (const auto& one : histories)
        write_tidy_rows(one.history, csv);
    file.write(csv.take());
}

/// Every published version of the newest figures, as `revisions --tidy` prints them.
std::size_t export_revisions(const ReadContext& read, const ExportOptions& options, ExportForm form,
                             ExportedFile& file)
{
    if (form == ExportForm::jsonstat || form == ExportForm::sdmx_csv)
        throw usage_error("revisions are exported as csv, parquet or xlsx, and not as {}: with sdmx-csv take history",
                          to_string(form));
    if (!options.period.empty() || !options.as_of.published.empty() || !options.as_of.known.empty() ||
        options.numbers != Numbers::published)
        throw usage_error("revisions are of all periods and all time, as published: leave --period, --as-of, "
                          "--known-at and --corrected out");
    const auto histories =
        sourced_histories(read.store, read.catalogue, read_target(options.selector, read.catalogue));
    if (form == ExportForm::csv)
        export_revision_csv(histories, csv_dialect(options.dialect, true), file);
    else if (form == ExportForm::xlsx)
        export_revision_sheet(histories, file);
    else
        export_revision_parquet(histories, file);
    std::size_t rows = 0;
    each_version(histories, [&](const auto&, const auto&, const auto&) { ++rows; });
    return rows;
}

ExitCode export_file(Context& context, const ExportOptions& options)
{
    const auto form = export_form_of(options);
    csv_dialect(options.dialect, form == ExportForm::csv); // refused where there is no CSV
    if (options.what == to_string(ExportWhat::history) && options.selector.empty())
        throw usage_error("a history is of a selector or an indicator: name one");
    const ReadContext read(context);
    const StoreSession::View one_moment(read.store); // what is read twice is the same
    ExportedFile file(options.output);
    const auto rows = options.what == to_string(ExportWhat::revisions)
                          ? export_revisions(read, options, form, file)
                          : export_observations(read, options, form, file);
    const auto bytes = file.finish();
    return print_done(context,
                      {{"file", options.output}, {"format", to_string(form)}, {"rows", rows}, {"bytes", bytes}},
                      fmt::format("{}: {} rows, {} bytes", options.output, rows, bytes));
}

} // namespace

void add_export(CLI::App& command, Context& context)
{
    auto options = std::make_shared<ExportOptions>(); // lives as long as the callback
    command.add_option("WHAT", options->what, "get, history or revisions: what the command of that name reads")
        ->required()
        ->check(CLI::IsMember({"get", "history", "revisions"}));
    command.add_option("SELECTOR", options->selector,
                       "An indicator's number, or dataset{dimension=code|code,…}; all indicators when left out");
    command.add_option("--output", options->output, "The file; one that is there is replaced")->required();
    command.add_option("--format", options->format, "Default: by the end of the file's name")
        ->check(CLI::IsMember({"csv", "jsonstat", "parquet", "sdmx-csv", "xlsx"}));
    command.add_option("--period", options->period, "Only this period");
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    add_dialect(command, options->dialect);
    command.callback(
        [&context, options] { context.action = [&context, options] { return export_file(context, *options); }; });
}

} // namespace skurd
