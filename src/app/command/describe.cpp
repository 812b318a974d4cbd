// The command describe: one table of a source, its codes, a job for it; or a file, and a layout for it.
#include "app/commands.hpp"
#include "app/describe_file.hpp"
#include "app/source_options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

constexpr std::size_t label_max = 40;    ///< code points of a code's label, where it stands among others
constexpr std::size_t contents_max = 40; ///< rows of the numbers' table

struct DescribeOptions {
    SourceOptions at;
    std::string table;
    std::string codes; ///< the dimension whose codes are wanted; "" = none
    bool job = false;
};

/// Whether the first argument is a file rather than a source.
bool names_file(const DescribeOptions& options)
{
    constexpr auto extensions = std::to_array<std::string_view>({".csv", ".txt", ".xlsx", ".ods", ".xls", ".json"});
    const std::filesystem::path path(options.at.source);
    std::error_code failure;
    return options.at.source == "-" || options.at.source.find('/') != std::string::npos ||
           std::find(extensions.begin(), extensions.end(), to_lower(path.extension().string())) != extensions.end() ||
           (options.table.empty() && std::filesystem::is_regular_file(path, failure));
}

/// "0301 Oslo"
std::string shown(const Json& code)
{
    const auto id = line_of(code, "code");
    const auto label = excerpt(code["label"].get<std::string>(), label_max);
    return label.empty() || label == id ? id : id + " " + label;
}

std::string yes_or_no(const Json& value)
{
    return value.is_null() ? "" : value.get<bool>() ? "yes" : "no";
}

std::string dimensions_table(const Json& dimensions)
{
    TextTable table(
        {{"dimension"}, {"label"}, {"role"}, {"codes", TextTable::Align::right}, {"optional"}, {"first"}, {"last"}});
    for (const auto& dimension : dimensions) {
        const auto& codes = dimension["codes"];
        table.add({line_of(dimension, "dimension"), excerpt(dimension["label"].get<std::string>(), label_max),
                   line_of(dimension, "role"), std::to_string(codes.size()), yes_or_no(dimension["eliminable"]),
                   codes.empty() ? "" : shown(codes.front()), codes.size() < 2 ? "" : shown(codes.back())});
    }
    return table.text();
}

/// All that is said of a dimension's codes; a column that is empty for every code is left out.
std::string codes_table(const Json& codes, std::size_t most)
{
    constexpr auto names = std::to_array<const char*>({"code", "label", "unit", "decimals", "base"});
    std::vector<TextTable::Column> columns;
    std::vector<const char*> used;
    for (const auto* name : names) {
        if (std::all_of(codes.begin(), codes.end(), [&](const Json& code) { return code[name].is_null(); }))
            continue;
        used.push_back(name);
        columns.push_back(
            {name, name == std::string_view("decimals") ? TextTable::Align::right : TextTable::Align::left});
    }
    TextTable table(std::move(columns));
    for (std::size_t i = 0; i < std::min(codes.size(), most); ++i) {
        std::vector<std::string> row;
        for (const auto* name : used)
            row.push_back(codes[i][name].is_number() ? codes[i][name].dump() : line_of(codes[i], name));
        table.add(std::move(row));
    }
    return table.text();
}

/// What the numbers are: the codes of the dimensions that say so, with units.
void print_contents(const Json& dimensions)
{
    for (const auto& dimension : dimensions) {
        if (dimension["role"] != "metric" || dimension["codes"].empty())
            continue;
        const auto& codes = dimension["codes"];
        const auto name = line_of(dimension, "dimension");
        std::cout << fmt::format("\n{}:\n\n{}", name, codes_table(codes, contents_max));
        if (codes.size() > contents_max)
            std::cout << fmt::format("… {} in all: --codes {}\n", codes.size(), name);
    }
}

void print_description(const Json& answer)
{
    const auto& table = answer["table"];
    std::cout << fmt::format("{}: {}\n", line_of(table, "table"), line_of(table, "title"));
    std::vector<std::string> facts;
    if (const auto updated = line_of(table, "updated"); !updated.empty())
        facts.push_back("updated " + updated);
    if (const auto periods = line_of(table, "periods"); !periods.empty())
        facts.push_back("periods " + periods);
    if (table["discontinued"].get<bool>())
        facts.emplace_back("✗ discontinued: nothing new comes");
    if (!facts.empty())
        std::cout << join(facts, "; ") << '\n';
    std::cout << '\n' << dimensions_table(answer["dimensions"]);
    print_contents(answer["dimensions"]);
    if (!answer["notes"].empty())
        std::cout << '\n';
    for (const auto& note : answer["notes"])
        std::cout << "* " << excerpt(note.get<std::string>(), 4000) << '\n';
}

/// Throws Error (usage) that names those there are.
const Json& find_dimension(const Json& dimensions, const std::string& wanted)
{
    std::vector<std::string> known;
    for (const auto& dimension : dimensions) {
        if (dimension["dimension"] == wanted)
            return dimension;
        known.push_back(line_of(dimension, "dimension"));
    }
    throw usage_error("the table has no dimension '{}'{} (known: {})", wanted, did_you_mean(wanted, known),
                      join(known, ", "));
}

void check(const DescribeOptions& options)
{
    if (options.at.source.empty())
        throw usage_error("name a source and a table (see `skurd discover`), or a file");
    if (options.job && !options.codes.empty())
        throw usage_error("give either --job or --codes");
}

ExitCode describe(Context& context, const DescribeOptions& options)
{
    check(options);
    if (names_file(options))
        return describe_file(context, options.at.source);
    auto order = options.at.order("describe");
    if (options.table.empty())
        throw usage_error("name the table: `skurd discover {} WORDS` finds one", options.at.source);
    order["table"] = options.table;
    const auto answer = look_around(context, order);
    if (context.json) {
        auto shown = answer;
        shown.erase("exit");
        print_json(shown);
    } else if (options.job) {
        if (!answer["job"].is_string())
            throw error("{} writes no jobs: see connectors/{}/README.md", options.at.source, options.at.source);
        std::cout << answer["job"].get<std::string>();
    } else if (!options.codes.empty()) {
        const auto& codes = find_dimension(answer["dimensions"], options.codes)["codes"];
        std::cout << codes_table(codes, codes.size());
    } else {
        print_description(answer);
    }
    return ExitCode::good;
}

} // namespace

void add_describe(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DescribeOptions>(); // lives as long as the callback
    options->at.add_to(command);
    command.add_option("TABLE", options->table, "The table, as `skurd discover` names it");
    command.add_option("--codes", options->codes, "All codes of this dimension")->type_name("DIM");
    command.add_flag("--job", options->job, "Write a job file for the table, and nothing else");
    command.callback(
        [&context, options] { context.action = [&context, options] { return describe(context, *options); }; });
}

} // namespace skurd
