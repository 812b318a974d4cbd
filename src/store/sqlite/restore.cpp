// A crash at any step leaves the store as it was, or none and the one before it under its other name, or the restored
// one; never a database beside a log that belongs to another one, which SQLite would take for its own.
#include "store/restore.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "store/copy_store.hpp"
#include "store/durable_file.hpp"
#include "store/engine/statement.hpp"
#include "store/sqlite/open_store.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "store/store_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace skurd {

namespace fs = std::filesystem;

namespace {

void check_is_backup(const fs::path& backup, const fs::path& store)
{
    std::error_code ignored;
    if (!fs::is_regular_file(backup))
        throw usage_error("{}: there is no such file", backup.string());
    if (fs::equivalent(backup, store, ignored))
        throw usage_error("{}: is the store itself", backup.string());
    for (const auto* side : {"-wal", "-journal"})
        if (fs::exists(backup.string() + side))
            throw usage_error(
                "{}: has a log beside it ({}{}), so it is no finished backup; make one with `skurd backup`",
                backup.string(), backup.filename().string(), side);
}

/// Made anew, so that no link which somebody put there leads it elsewhere.
void copy_backup(const fs::path& from, const fs::path& to)
{
    std::error_code failure;
    fs::remove(to, failure);
    if (!failure)
        fs::copy_file(from, to, fs::copy_options::none, failure);
    if (failure)
        throw error("{}: cannot be copied to {}: {}{}", from.string(), to.string(), failure.message(),
                    disk_hint(failure.value(), to.parent_path()));
}

/// A folder of one's own that is removed with all in it.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& in)
    {
        auto name = (in / "skurd-rehearsal-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw error("{}: no folder can be made in it: {}{}", in.string(), std::generic_category().message(errno),
                        disk_hint(errno, in));
        path_ = name;
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Up to date, in one file, and on disk. An empty database would become an empty store.
void prepare(const fs::path& copy, const fs::path& backup, const Clock& clock)
{
    if (SqliteDatabase(copy, SqliteDatabase::Access::read, backup)
            .integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'vintage'") == 0)
        throw usage_error("{}: is no backup of a store", backup.string());
    const auto database = open_for_writing(copy, clock, backup); // what migrates it
    Statement(*database, "PRAGMA wal_checkpoint(TRUNCATE)").bind().step();
    Statement(*database, "PRAGMA journal_mode = DELETE").bind().step();
}

Verification verify(const fs::path& copy, const fs::path& backup, const Clock& clock,
                    const StoreMaintenance::Progress& progress)
{
    const auto store = StoreSession::open_backup(copy, clock, backup);
    return StoreMaintenance(store).verify(progress);
}

void require_sound(const Verification& found)
{
    if (!found.wrong.empty())
        throw error("the backup is not put in place: {} things are wrong with it, the first: {} (see `skurd verify`)",
                    found.wrong.size(), found.wrong.front());
}

/// Under root: the service must be able to open what we made.
void give_to_owner_of(const fs::path& folder, const fs::path& file)
{
    struct stat owner {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0)
        return;
    if (::lchown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
        throw error("{}: cannot be given to the owner of {}: {}", file.string(), folder.string(),
                    std::generic_category().message(errno));
}

/// Its log goes with it: there may be releases in it.
fs::path put_aside(const fs::path& store, const Clock& clock)
{
    if (!fs::exists(store)) {
        remove_side_files(store);
        return {};
    }
    auto kept = fs::path(fmt::format("{}.before-{}", store.string(), replace_all(format_time(clock.now()), ":", "")));
    if (fs::exists(kept))
        throw error("{}: is there already; wait a second", kept.string());
    rename_durably(store, kept);
    for (const auto* side : {"-wal", "-journal"})
        if (fs::exists(store.string() + side))
            rename_durably(store.string() + side, kept.string() + side);
    remove_side_files(store);
    return kept;
}

/// The session holds the folder's lock, so the copy is this process's alone.
Restored restore_into_server(const StorePlace& place, const fs::path& backup, const Clock& clock,
                             const StoreMaintenance::Progress& progress)
{
    check_is_backup(backup, {});
    const StoreSession target(place, StoreSession::Access::write, clock);
    require_empty(target);
    const fs::path copy = place.folder / "skurd.db.restoring";
    try {
        remove_side_files(copy);
        if (progress)
            progress("copied");
        copy_backup(backup, copy);
        prepare(copy, backup, clock);
        Restored restored{copy_store(StoreSession::open_backup(copy, clock, backup), target, progress), {}};
        remove_database(copy);
        return restored;
    } catch (const std::exception&) {
        remove_database(copy);
        throw;
    }
}

Restored restore_into_folder(const fs::path& state_folder, const fs::path& backup, const Clock& clock,
                             const StoreMaintenance::Progress& progress)
{
    require_state_folder(state_folder);
    const auto store = state_folder / "skurd.db";
    check_is_backup(backup, store);
    make_folder(state_folder);
    const FolderLock lock(state_folder);
    const fs::path copy = store.string() + ".restoring";
    try {
        remove_side_files(copy);
        if (progress)
            progress("copied");
        copy_backup(backup, copy);
        prepare(copy, backup, clock);
        auto found = verify(copy, backup, clock, progress);
        require_sound(found);
        remove_side_files(copy);
        give_to_owner_of(state_folder, copy);
        Restored restored{std::move(found), put_aside(store, clock)};
        rename_durably(copy, store);
        return restored;
    } catch (const std::exception&) {
        remove_database(copy);
        throw;
    }
}

} // namespace

Restored restore_backup(const StorePlace& place, const fs::path& backup, const Clock& clock,
                        const StoreMaintenance::Progress& progress)
{
    return place.is_server() ? restore_into_server(place, backup, clock, progress)
                             : restore_into_folder(place.folder, backup, clock, progress);
}

Verification rehearse_restore(const fs::path& backup, const fs::path& scratch, const Clock& clock,
                              const StoreMaintenance::Progress& progress)
{
    check_is_backup(backup, {});
    const ScratchFolder folder(scratch);
    const auto copy = folder.path() / "skurd.db";
    if (progress)
        progress("copied");
    copy_backup(backup, copy);
    prepare(copy, backup, clock);
    return verify(copy, backup, clock, progress);
}

bool is_of_older_version(const fs::path& file)
{
    return is_older(file);
}

Verification verify_older(const fs::path& state_folder, const fs::path& scratch, const Clock& clock,
                          const StoreMaintenance::Progress& progress)
{
    const ScratchFolder folder(scratch);
    const auto copy = folder.path() / "skurd.db";
    {
        const auto store = StoreSession::open_to_copy(state_folder, clock);
        StoreMaintenance(store).back_up(copy, progress);
    }
    const auto store = store_file(state_folder);
    prepare(copy, store, clock);
    return verify(copy, store, clock, progress);
}

} // namespace skurd
