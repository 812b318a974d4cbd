// The command restore: a backup takes the place of the store.
#include "store/restore.hpp"
#include "app/commands.hpp"
#include "base/text_table.hpp"

#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

namespace fs = std::filesystem;

ExitCode restore(Context& context, const std::string& name)
{
    const auto place = context.installation().store;
    Restored restored;
    {
        const ProgressLine progress;
        restored = restore_backup(place, fs::absolute(name), context.clock,
                                  [&](const std::string& text) { progress("restore: " + text); });
    }
    const auto& found = restored.found;
    const auto store = place.is_server() ? place.url : (place.folder / "skurd.db").string();
    if (context.json) {
        print_json({{"store", store},
                    {"kept", restored.kept.empty() ? Json() : Json(restored.kept.string())},
                    {"vintages", found.vintages},
                    {"cells", found.cells},
                    {"payloads", found.payloads}});
        return ExitCode::good;
    }
    print_text("{}: {} vintages with {} cells, {} payloads; verified, and in place\n", store, found.vintages,
               found.cells, found.payloads);
    if (!restored.kept.empty())
        print_text("The store that was there is {}: remove it once nothing is missed.\n", restored.kept.string());
    std::cout << "Files that were ingested since the backup lie in the folder archive: drop them again.\n";
    return ExitCode::good;
}

} // namespace

void add_restore(CLI::App& command, Context& context)
{
    auto file = std::make_shared<std::string>(); // lives as long as the callback
    command.add_option("FILE", *file, "A backup, as `skurd backup` makes it")->required();
    command.footer(
        "Stop the daemon first. The backup is copied, brought up to date and verified before it takes the\n"
        "place of the store; the store that was there is kept under another name. Into a database of PostgreSQL\n"
        "it is restored only where no store is: make a new database and name it in [store] url.");
    command.callback([&context, file] { context.action = [&context, file] { return restore(context, *file); }; });
}

} // namespace skurd
