// The command verify: integrity of store and payloads.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text_table.hpp"
#include "model/verification.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"
#include "view/store_json.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

namespace fs = std::filesystem;

StoreSession open_for_reading(Context& context, const std::string& backup)
{
    if (backup.empty())
        return open_store(context);
    return StoreSession::open_backup(fs::absolute(backup), context.clock);
}

ExitCode verify(Context& context, const std::string& backup)
{
    const auto store = open_for_reading(context, backup);
    Verification found;
    {
        const ProgressLine progress;
        found = StoreMaintenance(store).verify([&](const std::string& text) { progress(text); });
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
        std::cout << (found.wrong.empty() ? ": all is well\n" : ": put back a backup, or what is missing from one\n");
    }
    return found.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

} // namespace

void add_verify(CLI::App& command, Context& context)
{
    auto backup = std::make_shared<std::string>(); // lives as long as the callback
    command.add_option("FILE", *backup, "A backup; else the store itself");
    command.footer(
        "Checks SQLite's own integrity, every payload against its hash, the chain over vintages, and\n"
        "whether each vintage's rows give the numbers that were ingested. Exit 0 when all is well, 1 when not.");
    command.callback(
        [&context, backup] { context.action = [&context, backup] { return verify(context, *backup); }; });
}

} // namespace skurd
