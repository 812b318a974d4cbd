#include "app/agreement.hpp"
#include "app/commands.hpp"
#include "app/signals.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/run.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace skurd {

namespace {

/// Prints the answer to an order: the runs as they are, or a table of them. What failed goes to standard error.
ExitCode print_runs(const Context& context, const Json& answer)
{
    Table table({{"job"}, {"outcome"}, {"what"}});
    for (const auto& run : answer["runs"]) {
        const bool failed = run["outcome"] == to_string(RunOutcome::failed);
        table.add({run["job"], run["outcome"], failed ? "see the error" : run["message"].get<std::string>()});
        if (failed)
            std::cerr << fmt::format("skurd: {}: {}\n", run["job"].get<std::string>(),
                                     run["message"].get<std::string>());
    }
    if (context.json)
        print_json(answer["runs"]);
    else
        std::cout << (table.empty() ? "no job is due\n" : table.text());
    return static_cast<ExitCode>(answer.value("exit", 1));
}

struct HarvestOptions {
    std::vector<std::string> jobs;
    bool all = false;
    bool due = false;
    bool dry_run = false;
    bool force = false;
    Agreement agreement;
};

ExitCode harvest(Context& context, const HarvestOptions& options)
{
    if (options.jobs.empty() && !options.all && !options.due)
        throw usage_error("name the jobs to run, or give --all or --due (see `skurd jobs`)");
    if (!options.jobs.empty() && (options.all || options.due))
        throw usage_error("give either jobs or one of --all and --due");
    Json order = {{"command", "harvest"}, {"jobs", options.jobs},       {"all", options.all},
                  {"due", options.due},   {"dry_run", options.dry_run}, {"force", options.force}};
    write_agreement(options.agreement, order);
    return print_runs(context, carry_out(context, {std::move(order), ""}));
}

std::string read_file(const std::filesystem::path& file)
{
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure))
        throw usage_error("{}: there is no such file", file.string());
    if (std::filesystem::file_size(file) > ControlServer::bytes_max)
        throw usage_error("{}: larger than {} bytes", file.string(), ControlServer::bytes_max);
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in)
        throw usage_error("{}: cannot be read", file.string());
    return bytes;
}

Time modified(const std::filesystem::path& file)
{
    const auto time = std::filesystem::last_write_time(file);
    return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
}

struct DropOptions {
    std::string file;
    std::string job;
    std::string published;
    Agreement agreement;
};

ExitCode drop(Context& context, const DropOptions& options)
{
    auto bytes = read_file(options.file);
    Json order = {{"command", "drop"},
                  {"job", options.job},
                  {"name", std::filesystem::path(options.file).filename().string()},
                  {"modified", format_time(modified(options.file))}};
    write_agreement(options.agreement, order);
    if (!options.published.empty())
        order["published"] = options.published;
    return print_runs(context, carry_out(context, {std::move(order), std::move(bytes)}));
}

ExitCode serve(Context& context)
{
    Signals signals;
    Harvester harvester(context.installation(), context.clock);
    harvester.serve(signals.stop(), signals.wake_descriptor());
    return ExitCode::good;
}

} // namespace

void set_up_harvest(CLI::App& command, Context& context)
{
    auto options = std::make_shared<HarvestOptions>(); // lives as long as the callback
    command.add_option("JOB", options->jobs, "Jobs to run, by id");
    command.add_flag("--all", options->all, "Every enabled job");
    command.add_flag("--due", options->due, "Those whose schedule says so");
    command.add_flag("--dry-run", options->dry_run, "Fetch and decode, store nothing");
    command.add_flag("--force", options->force, "Fetch even where the source says nothing is new");
    add_agreement(command, options->agreement);
    command.callback(
        [&context, options] { context.action = [&context, options] { return harvest(context, *options); }; });
}

void set_up_drop(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DropOptions>(); // lives as long as the callback
    command.add_option("FILE", options->file, "The file; it stays where it is")->required();
    command.add_option("--job", options->job, "The job whose layout it has")->required();
    command.add_option("--published", options->published, "When it was published: a date or an instant (UTC)");
    add_agreement(command, options->agreement);
    command.callback(
        [&context, options] { context.action = [&context, options] { return drop(context, *options); }; });
}

void set_up_serve(CLI::App& command, Context& context)
{
    command.footer(
        "Runs in the foreground until SIGTERM or SIGINT; the running job ends first. Takes `skurd harvest` "
        "and `skurd drop`\nof other processes through skurd.sock in the state folder.");
    command.callback([&context] { context.action = [&context] { return serve(context); }; });
}

} // namespace skurd
