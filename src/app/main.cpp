#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/printable.hpp"
#include "base/text.hpp"
#include "lib/json/json.hpp"
#include "lib/spdlog/log.hpp"
#include "store/store_version.hpp"

#include <algorithm>
#include <iostream>

namespace {

using namespace skurd;

void add_shared_options(CLI::App& app, Context& context)
{
    app.add_option("--config", context.config, "Configuration file (also SKURD_CONFIG)")->type_name("FILE");
    app.add_option("--state", context.state, "State folder (also SKURD_STATE), or a backup or snapshot to read")
        ->type_name("DIR");
    app.add_option("--log", context.log_level, "Log level: trace, debug, info, warn, error")->type_name("LEVEL");
    app.add_flag("--json", context.json, "Print JSON");
    app.add_flag("--no-color", context.no_colour, "No colour (also NO_COLOR)");
    app.add_flag("--wide", context.wide, "Tables as wide as they are, with all columns, on a terminal too");
}

/// What is wrong with the command line, on one line, with the command a person may have meant.
std::string usage_message(const CLI::ParseError& failure, int argc, char** argv)
{
    std::vector<std::string> known;
    for (const auto& command : commands())
        known.emplace_back(command.name);
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool has_command =
        std::find_first_of(words.begin(), words.end(), known.begin(), known.end()) != words.end();
    for (const auto& word : words) {
        const auto meant = word.starts_with('-') || has_command ? "" : did_you_mean(word, known);
        if (!meant.empty())
            return fmt::format("there is no command '{}'{}", word, meant);
    }
    return fmt::format("{} (see `skurd --help`)", replace_all(failure.what(), "\n", " "));
}

ExitCode run(int argc, char** argv)
{
    Context context;
    CLI::App app("skurd harvests official statistics, keeps every version of every number, and flags what changed.",
                 "skurd");
    app.set_version_flag("--version", fmt::format("skurd {} (store schema {}, views {})", SKURD_VERSION,
                                                  store_schema_version(), views_version));
    app.require_subcommand(1);
    app.fallthrough();
    add_shared_options(app, context);
    for (const auto& command : commands())
        command.add(*app.add_subcommand(command.name, command.summary)->group(std::string(to_string(command.group))),
                    context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& failure) {
        if (failure.get_exit_code() != 0)
            throw usage_error("{}", usage_message(failure, argc, argv));
        app.exit(failure); // --help, --version
        return ExitCode::good;
    }
    // The daemon's log is its voice; a person at the command line is told by the answer and, once, by the error.
    set_up_log(!context.log_level.empty() ? context.log_level : app.got_subcommand("serve") ? "info" : "error");
    const PrintableStream printable_output(std::cout, context.colour() ? PrintableStream::Colours::allowed
                                                                       : PrintableStream::Colours::refused);
    const auto code = context.action();
    if (!std::cout.flush())
        throw error("standard output cannot be written: is the disk full or the reader gone?");
    return code;
}

/// Also where the command line cannot be read. What was printed of an answer may be half of one, so standard error
/// has it.
void tell(const std::exception& failure, bool as_json)
{
    const auto message = full_message(failure);
    if (as_json)
        std::cerr << escape_unseen(json_line({{"error", message}, {"exit", static_cast<int>(exit_code(failure))}}),
                                   EscapeForm::json)
                  << '\n';
    else
        std::cerr << "skurd: " << printable(message) << '\n';
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return static_cast<int>(run(argc, argv));
    } catch (const std::exception& failure) {
        std::cout.flush();
        tell(failure, std::find(argv, argv + argc, std::string_view("--json")) != argv + argc);
        return static_cast<int>(skurd::exit_code(failure));
    }
}
