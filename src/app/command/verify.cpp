// The command verify: integrity of store and payloads.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/verification.hpp"
#include "store/maintenance.hpp"
#include "store/restore.hpp"
#include "store/store_files.hpp"
#include "store/store_session.hpp"
#include "view/store_json.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

namespace fs = std::filesystem;

constexpr auto progress_after = std::chrono::seconds(2); ///< what is done by then needs no telling

struct VerifyOptions {
    std::string backup;  ///< "" = the store itself
    std::string since;   ///< "" = from the first
    std::string head;    ///< that somebody kept; "" = none
    std::string scratch; ///< "" = the system's folder for temporary files
};

/// A time, a vintage, or what was the head of the chain.
std::optional<Time> read_since(const StoreMaintenance& maintenance, const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto time = parse_time(text, DayEdge::start);
    return time ? *time : maintenance.came_at(text);
}

/// One of an older skurd is brought up to date as a copy, and that is verified.
Verification verify_old(Context& context, const VerifyOptions& options, const StoreMaintenance::Progress& progress)
{
    if (!options.since.empty() || !options.head.empty())
        throw usage_error("--since and --head are for a store of this version; this one is older");
    const auto scratch = options.scratch.empty() ? fs::temp_directory_path() : fs::path(options.scratch);
    if (!options.backup.empty())
        return rehearse_restore(fs::absolute(options.backup), scratch, context.clock, progress);
    return verify_older(context.installation().state, scratch, context.clock, progress);
}

Verification verify_todays(Context& context, const VerifyOptions& options, const StoreMaintenance::Progress& progress)
{
    const auto store = options.backup.empty()
                           ? open_store(context)
                           : StoreSession::open_backup(fs::absolute(options.backup), context.clock);
    const StoreMaintenance maintenance(store);
    return maintenance.verify(progress, read_since(maintenance, options.since), options.head);
}

/// For whoever keeps them outside.
void print_heads(const Verification& found)
{
    if (!found.content_head.empty())
        print_text("content head: {}\n", found.content_head);
    if (!found.log_head.empty())
        print_text("log head:     {}\n", found.log_head);
    if (!found.kept_head.empty())
        print_text("the head that was kept is that of {}: nothing before it was rewritten\n", found.kept_head);
}

ExitCode verify(Context& context, const VerifyOptions& options)
{
    const auto place = context.installation().store;
    const auto file = options.backup.empty() ? store_file(place.folder) : fs::absolute(options.backup);
    const bool is_file = !options.backup.empty() || !place.is_server();
    const bool is_old = is_file && fs::is_regular_file(file) && is_of_older_version(file);
    Verification found;
    {
        const ProgressLine progress(progress_after);
        const auto say = [&](const std::string& text) { progress(text); };
        found = is_old ? verify_old(context, options, say) : verify_todays(context, options, say);
    }
    if (context.json) {
        print_json(to_json(found));
    } else {
        for (const auto& wrong : found.wrong)
            print_text("wrong: {}\n", wrong);
        print_text("{} vintages with {} cells, {} payloads", found.vintages, found.cells, found.payloads);
        if (found.payloads_removed > 0)
            print_text(" ({} more have expired)", found.payloads_removed);
        if (found.unchecked > 0)
            print_text("; the numbers of {} vintages of an older skurd cannot be checked", found.unchecked);
        if (!options.since.empty())
            print_text("; only what came from {} on was looked at", options.since);
        std::cout << (found.wrong.empty() ? ": all is well\n" : ": put back a backup, or what is missing from one\n");
        print_heads(found);
        if (is_old)
            std::cout
                << "It is of an older skurd: a copy was brought up to date and verified, so the upgrade works.\n";
    }
    return found.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

} // namespace

void add_verify(CLI::App& command, Context& context)
{
    auto options = std::make_shared<VerifyOptions>(); // lives as long as the callback
    command.add_option("FILE", options->backup, "A backup; else the store itself");
    command.add_option("--since", options->since,
                       "Only what came from then on: a date, an instant, the number of a vintage, or a head of "
                       "the log chain");
    command.add_option("--head", options->head,
                       "A head of a chain that was kept outside: it must be one that this store once had");
    command.add_option("--scratch", options->scratch,
                       "Where a store of an older skurd is brought up to date as a copy; default: TMPDIR");
    command.footer(
        "Checks SQLite's own integrity, every payload against its hash, tables, triggers and views, the two\n"
        "chains (over what was published, and over what was done), and whether each vintage's rows give the\n"
        "numbers that were ingested. With --since, what is older and SQLite's own integrity are left out, the\n"
        "chains are not. Who could write the file could have made the chains anew: keep the heads that are\n"
        "printed here, at backup and at sign-off outside, and give one to --head later.\n"
        "Exit 0 when all is well, 1 when not.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return verify(context, *options); }; });
}

} // namespace skurd
