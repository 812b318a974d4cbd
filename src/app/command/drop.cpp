// The command drop: one file, now.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/run_table.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/run.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace skurd {

namespace {

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

} // namespace

void add_drop(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DropOptions>(); // lives as long as the callback
    command.add_option("FILE", options->file, "The file; it stays where it is")->required();
    command.add_option("--job", options->job, "The job whose layout it has")->required();
    command.add_option("--published", options->published, "When it was published: a date or an instant (UTC)");
    add_agreement(command, options->agreement);
    command.callback(
        [&context, options] { context.action = [&context, options] { return drop(context, *options); }; });
}

} // namespace skurd
