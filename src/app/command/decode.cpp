#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "decode/csv/cube_csv.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "decode/layout/read_layout.hpp"
#include "decode/px/px.hpp"
#include "decode/table/decode_table.hpp"
#include "decode/workbook/file_format.hpp"
#include "run/jobs.hpp"
#include "view/observation_json.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace fs = std::filesystem;

namespace {

struct DecodeOptions {
    std::string file;
    std::string layout;
    std::optional<CsvDialect> dialect;
};

/// The [layout] of a job: of a job file or layout profile where the word is one, else of the job with that id.
FileLayout layout_of(Context& context, const std::string& word)
{
    const bool is_file = fs::is_regular_file(word);
    auto file = is_file ? Section::load(word) : load_jobs(context.installation()).find(word).job.whole;
    auto section = file.require_table("layout");
    if (is_file)
        add_profile(section, files_in(fs::path(word).parent_path()));
    return read_layout(section);
}

std::vector<Cube> decode_bytes(Context& context, const DecodeOptions& options, const std::string& bytes)
{
    if (!options.layout.empty())
        return {decode_table(bytes, layout_of(context, options.layout).table).cube};
    using Format = TableLayout::Format;
    const auto format = file_format(bytes);
    if (format == Format::px)
        return {decode_px(bytes)};
    if (format != Format::csv) // what JSON is taken for
        throw usage_error(
            "a spreadsheet is decoded by a layout: give --layout, or have `skurd describe {}` propose one",
            options.file);
    return decode_jsonstat(bytes);
}

ExitCode decode(Context& context, const DecodeOptions& options)
{
    const auto bytes = read_input(options.file);
    std::vector<Cube> cubes;
    try {
        cubes = decode_bytes(context, options, bytes);
    } catch (const Error&) {
        std::throw_with_nested(error("{}", options.file));
    }
    CsvWriter csv(csv_dialect(options.dialect, !context.json));
    for (const auto& cube : cubes)
        if (context.json)
            print_json(to_json(cube));
        else
            write_cube_csv(cube, csv);
    if (!context.json)
        print_exactly(csv.take());
    return ExitCode::good;
}

} // namespace

void add_decode(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DecodeOptions>(); // lives as long as the callback
    command.add_option("FILE", options->file, "A payload or file; - is standard input")->required();
    command.add_option("--layout", options->layout,
                       "For CSV and spreadsheets: the job (id or file) or file whose [layout] it has");
    add_dialect(command, options->dialect);
    command.callback(
        [&context, options] { context.action = [&context, options] { return decode(context, *options); }; });
}

} // namespace skurd
