// The command drop: one file, now.
#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "app/run_table.hpp"
#include "base/error.hpp"

#include <filesystem>

namespace skurd {

namespace {

Time modified(const std::filesystem::path& file)
{
    const auto time = std::filesystem::last_write_time(file);
    return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(time));
}

std::optional<PublicationClaim> read_published(const std::string& text)
{
    auto published = publication_by_hand(text);
    if (!text.empty() && !published)
        throw usage_error("--published '{}' is not a date or an instant (like 2019-11-01 or 2019-11-01T07:00:00Z)",
                          text);
    return published;
}

/// Whether a word names a job's file rather than a job: a job's id has no folder and no extension of a file.
bool names_job_file(const std::string& word)
{
    std::error_code failure;
    return (word.ends_with(".toml") || word.find('/') != std::string::npos) &&
           std::filesystem::is_regular_file(word, failure);
}

struct DropOptions {
    std::string file;
    std::string job;
    std::string published;
    Agreement agreement;
    Attachment attachment = Attachment::attached;
};

ExitCode drop(Context& context, const DropOptions& options)
{
    DropOrder order;
    order.bytes = read_given_file(options.file, order_bytes_max);
    order.job = options.job;
    if (names_job_file(options.job))
        order.job_text = read_given_file(options.job, DropOrder::job_text_max);
    order.file_name = std::filesystem::path(options.file).filename().string();
    order.modified = modified(options.file);
    order.published = read_published(options.published);
    order.agreement = options.agreement;
    if (options.attachment == Attachment::detached)
        return detach_order(context, order);
    return print_runs(context, carry_out(context, order));
}

} // namespace

void add_drop(CLI::App& command, Context& context)
{
    auto options = std::make_shared<DropOptions>(); // lives as long as the callback
    command.add_option("FILE", options->file, "The file; it stays where it is")->required();
    command
        .add_option("--job", options->job,
                    "The job whose layout it has: its id, or a job file, as `skurd describe FILE --job` writes it")
        ->required();
    command.add_option("--published", options->published, "When it was published: a date or an instant (UTC)");
    add_agreement(command, options->agreement);
    add_detach(command, options->attachment);
    command.callback(
        [&context, options] { context.action = [&context, options] { return drop(context, *options); }; });
}

} // namespace skurd
