// The command backup: the whole store as one file.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/verification.hpp"
#include "store/durable_file.hpp"
#include "store/maintenance.hpp"
#include "store/restore.hpp"
#include "store/store_files.hpp"
#include "store/store_session.hpp"
#include "view/store_json.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <regex>

namespace skurd {

namespace {

namespace fs = std::filesystem;

struct BackupOptions {
    std::string file;
    bool replace = false;
    std::string folder;   ///< instead of a file
    std::size_t keep = 0; ///< of the backups in that folder, the newest; 0 = all
    bool rehearse = false;
};

constexpr auto wrong_name = "skurd-wrong.db"; ///< of the last one that could not be restored
constexpr auto name_begin = "skurd-";         ///< of backups in a folder: skurd-2026-11-28T153000Z.db

fs::path file_in_folder(const fs::path& folder, Time now)
{
    return folder / fmt::format("{}{}.db", name_begin, replace_all(format_time(now), ":", ""));
}

fs::path target(const Context& context, const BackupOptions& options)
{
    if (options.file.empty() == options.folder.empty())
        throw usage_error("name a file, or with --to a folder");
    if (options.folder.empty() && options.keep > 0)
        throw usage_error("--keep goes with --to");
    if (!options.folder.empty()) {
        if (!fs::is_directory(options.folder))
            throw usage_error("{}: is no folder; make it", options.folder);
        return file_in_folder(fs::absolute(options.folder), context.clock.now());
    }
    const auto file = fs::absolute(options.file);
    if (fs::is_directory(file))
        throw usage_error("{}: is a folder; name a file, or --to it", file.string());
    if (fs::exists(file) && !options.replace)
        throw usage_error("{}: is there already; give another name, or --replace", file.string());
    std::error_code ignored;
    if (fs::equivalent(file, store_file(context.installation().state), ignored))
        throw usage_error("{}: is the store itself; name another file", file.string());
    return file;
}

/// On a timer nobody sees a disk fill up: rather no new backup than no room for the store. Payloads come on top.
void require_room(const fs::path& folder, const StoreSession& store, bool rehearse)
{
    const auto needed = StoreMaintenance(store).size() * (rehearse ? 2 : 1);
    const auto room = room_of(folder);
    if (room && room->free < needed)
        throw error("{}: {} are free of {}, and a backup{} needs more than {}: make room, or keep fewer (--keep)",
                    folder.string(), byte_size_text(room->free), byte_size_text(room->size),
                    rehearse ? " that is restored on trial" : "", byte_size_text(needed));
}

/// One of an older skurd too, so that an upgrade can be prepared.
StoreSession open_to_back_up(Context& context)
{
    const auto place = context.installation().store;
    const auto& state = place.folder;
    const auto store = store_file(state);
    const bool is_old = !place.is_server() && fs::is_regular_file(store) && is_of_older_version(store);
    return is_old ? StoreSession::open_to_copy(state, context.clock) : open_store(context);
}

/// Of the chains in a backup; none in that of an older store, which has them once it is brought up to date.
ChainHeads heads_of(const Context& context, const fs::path& file)
{
    return is_of_older_version(file) ? ChainHeads()
                                     : StoreMaintenance(StoreSession::open_backup(file, context.clock)).heads();
}

/// Of the backups that have names as we give them, all but the newest go. Gives how many went.
std::size_t remove_older(const fs::path& folder, std::size_t keep)
{
    static const std::regex named(fmt::format(R"({}\d{{4}}-\d\d-\d\dT\d{{6}}Z\.db)", name_begin));
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && std::regex_match(entry.path().filename().string(), named))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end(), std::greater<>()); // their names begin with their time
    for (std::size_t i = keep; i < found.size(); ++i)
        fs::remove(found[i]);
    return found.size() - std::min(keep, found.size());
}

Verification rehearse(const Context& context, const fs::path& file, const ProgressLine& progress)
{
    auto found = rehearse_restore(file, file.parent_path(), context.clock,
                                  [&](const std::string& text) { progress("restore, rehearsed: " + text); });
    if (!found.wrong.empty())
        throw error("{}: cannot be restored, {} things are wrong with it, the first: {} (older backups are all kept)",
                    file.string(), found.wrong.size(), found.wrong.front());
    return found;
}

ExitCode backup(Context& context, const BackupOptions& options)
{
    const auto file = target(context, options);
    std::optional<Verification> rehearsed;
    {
        const ProgressLine progress;
        const auto store = open_to_back_up(context);
        if (!options.folder.empty())
            require_room(file.parent_path(), store, options.rehearse);
        StoreMaintenance(store).back_up(file, [&](const std::string& text) { progress("backup: " + text); });
        try {
            if (options.rehearse)
                rehearsed = rehearse(context, file, progress);
        } catch (const Error&) {
            if (!options.folder.empty()) // it is no backup that an older one may go for, now or later
                rename_durably(file, file.parent_path() / wrong_name);
            throw;
        }
    }
    const auto removed = options.keep > 0 ? remove_older(file.parent_path(), options.keep) : 0;
    const auto bytes = fs::file_size(file);
    const auto heads = heads_of(context, file);
    if (context.json) {
        print_json({{"file", file.string()},
                    {"bytes", bytes},
                    {"content_head", heads.content},
                    {"log_head", heads.log},
                    {"rehearsed", rehearsed ? to_json(*rehearsed) : Json()},
                    {"removed", removed}});
        return ExitCode::good;
    }
    print_text("{}: {} bytes; {}{}\n", file.string(), bytes,
               rehearsed
                   ? fmt::format("restored into a folder of its own and verified: {} vintages, {} payloads",
                                 rehearsed->vintages, rehearsed->payloads)
                   : fmt::format("`skurd verify {}` checks it", options.file.empty() ? file.string() : options.file),
               removed > 0 ? fmt::format("; {} older removed", removed) : "");
    if (!heads.log.empty())
        print_text("content head: {}\nlog head:     {}\n", heads.content, heads.log);
    return ExitCode::good;
}

} // namespace

void add_backup(CLI::App& command, Context& context)
{
    auto options = std::make_shared<BackupOptions>(); // lives as long as the callback
    command.add_option("FILE", options->file, "Where to; harvests may go on meanwhile");
    command.add_flag("--replace", options->replace, "Also where the file is there already");
    command.add_option("--to", options->folder, "A folder, for a file with the time in its name");
    command.add_option("--keep", options->keep, "How many of those stay, the newest; default: all")
        ->check(CLI::Range(1, 100'000));
    command.add_flag("--rehearse", options->rehearse,
                     "Restore it into a folder of its own beside it, verify that, and remove it again");
    command.footer(
        "One file with all there is, payloads too, as of one moment. `skurd restore` puts it back. A store "
        "of an\nolder skurd is copied as it is, so that an upgrade can be prepared. Keep the heads of the chains "
        "that are\n"
        "printed: `skurd verify --head` proves later that nothing before was rewritten.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return backup(context, *options); }; });
}

} // namespace skurd
