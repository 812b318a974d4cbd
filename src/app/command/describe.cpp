// The command describe: one table of a source, its codes, a job for it; or a file, and a layout for it.
#include "app/commands.hpp"
#include "app/describe_file.hpp"
#include "app/orders.hpp"
#include "app/source_options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_table.hpp"
#include "view/source_table_json.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

constexpr std::size_t label_max = 40;    ///< code points of a code's label, where it stands among others
constexpr std::size_t contents_max = 40; ///< rows of the numbers' table
constexpr std::size_t note_max = 4000;

struct DescribeOptions {
    SourceOptions at;
    std::string table;
    std::string codes; ///< the dimension whose codes are wanted; "" = none
    bool job = false;
    std::size_t table_number = 0; ///< of a file's tables, from 1; 0 = unsaid
};

/// "0301 Oslo"
std::string shown(const Category& category)
{
    const auto code = line_of(category.code);
    const auto label = excerpt(category.label, label_max);
    return label.empty() || label == code ? code : code + " " + label;
}

std::string yes_or_no(const std::optional<bool>& value)
{
    return !value ? "" : *value ? "yes" : "no";
}

std::string dimensions_table(const std::vector<Dimension>& dimensions, std::size_t width)
{
    TextTable table(
        {{"dimension"}, {"label"}, {"role"}, {"codes", TextTable::Align::right}, {"optional"}, {"first"}, {"last"}});
    for (const auto& dimension : dimensions) {
        const auto& codes = dimension.categories;
        table.add({line_of(dimension.id), excerpt(dimension.label, label_max), std::string(to_string(dimension.role)),
                   std::to_string(codes.size()), yes_or_no(dimension.eliminable),
                   codes.empty() ? "" : shown(codes.front()), codes.size() < 2 ? "" : shown(codes.back())});
    }
    return table.text(width);
}

/// What can be said of a code; "" = unsaid.
struct CodeColumn {
    TextTable::Column column;
    std::string (*text)(const Category& category) = nullptr;
};
const std::array<CodeColumn, 5> code_columns = {{
    {{"code"}, [](const Category& category) { return line_of(category.code); }},
    {{"label"}, [](const Category& category) { return line_of(category.label); }},
    {{"unit"}, [](const Category& category) { return line_of(category.unit); }},
    {{"decimals", TextTable::Align::right},
     [](const Category& category) { return category.decimals ? std::to_string(*category.decimals) : ""; }},
    {{"base"}, [](const Category& category) { return line_of(category.base); }},
}};

/// All that is said of a dimension's codes; a column that is empty for every code is left out.
std::string codes_table(const std::vector<Category>& codes, std::size_t most, std::size_t width)
{
    std::vector<TextTable::Column> columns;
    std::vector<const CodeColumn*> used;
    for (const auto& one : code_columns) {
        if (std::all_of(codes.begin(), codes.end(), [&](const Category& code) { return one.text(code).empty(); }))
            continue;
        used.push_back(&one);
        columns.push_back(one.column);
    }
    TextTable table(std::move(columns));
    for (std::size_t i = 0; i < std::min(codes.size(), most); ++i) {
        std::vector<std::string> row;
        row.reserve(used.size());
        for (const auto* one : used)
            row.push_back(one->text(codes[i]));
        table.add(std::move(row));
    }
    return table.text(width);
}

/// What the numbers are: the codes of the dimensions that say so, with units.
void print_contents(const std::vector<Dimension>& dimensions, std::size_t width)
{
    for (const auto& dimension : dimensions) {
        const auto& codes = dimension.categories;
        if (dimension.role != Role::metric || codes.empty())
            continue;
        const auto name = line_of(dimension.id);
        print_text("\n{}:\n\n", name);
        std::cout << codes_table(codes, contents_max, width);
        if (codes.size() > contents_max)
            print_text("… {} in all: --codes {}\n", codes.size(), name);
    }
}

void print_description(const TableDescription& description, std::size_t width)
{
    const auto& table = description.table;
    print_text("{}: {}\n", line_of(table.id), line_of(table.title));
    std::vector<std::string> facts;
    if (!table.updated.empty())
        facts.push_back("updated " + line_of(table.updated));
    if (!table.periods.empty())
        facts.push_back("periods " + line_of(table.periods));
    if (table.discontinued)
        facts.emplace_back("✗ discontinued: nothing new comes");
    if (!facts.empty())
        std::cout << join(facts, "; ") << '\n';
    std::cout << '\n' << dimensions_table(description.dimensions, width);
    print_contents(description.dimensions, width);
    if (!description.notes.empty())
        std::cout << '\n';
    for (const auto& note : description.notes)
        std::cout << "* " << excerpt(note, note_max) << '\n';
}

/// Throws Error (usage) that names those there are.
const Dimension& find_dimension(const std::vector<Dimension>& dimensions, const std::string& wanted)
{
    std::vector<std::string> known;
    for (const auto& dimension : dimensions) {
        if (dimension.id == wanted)
            return dimension;
        known.push_back(line_of(dimension.id));
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
    if (options.table_number > 0 && !names_file(options.at.source, options.table))
        throw usage_error("--table is the number of a table in a file, and '{}' is none", options.at.source);
}

ExitCode describe(Context& context, const DescribeOptions& options)
{
    check(options);
    if (names_file(options.at.source, options.table))
        return describe_file(context, {options.at.source,
                                       options.job ? FileDescription::Output::job : FileDescription::Output::layout,
                                       options.table_number});
    const auto at = options.at.read();
    if (options.table.empty())
        throw usage_error("name the table: `skurd discover {} WORDS` finds one", options.at.source);
    const auto description = ask_source(context, DescribeOrder{at, options.table}).description;
    if (context.json) {
        print_json(to_json(description));
    } else if (options.job) {
        if (description.job.empty())
            throw error("{} writes no jobs: see connectors/{}/README.md", options.at.source, options.at.source);
        std::cout << description.job;
    } else if (!options.codes.empty()) {
        const auto& codes = find_dimension(description.dimensions, options.codes).categories;
        std::cout << codes_table(codes, codes.size(), context.width());
    } else {
        print_description(description, context.width());
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
    command.add_flag("--job", options->job, "Write a job file for the table or file, and nothing else");
    command.add_option("--table", options->table_number, "Of a file with several tables the one of that number")
        ->type_name("N")
        ->check(CLI::Range(1, 100000));
    command.callback(
        [&context, options] { context.action = [&context, options] { return describe(context, *options); }; });
}

} // namespace skurd
