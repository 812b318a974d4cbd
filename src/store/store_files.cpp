// The files of a store, by their heads. SQLite's file format: https://www.sqlite.org/fileformat2.html
//
//   skurd.db       0  "SQLite format 3\0"     16  size of a page (2 bytes; 1 means 65536)
//                 24  change counter          28  size of the file in pages       92  counter for which that holds
//   skurd.db-wal   0  0x377f0682 or 0x377f0683
//
// SQLite itself is silent about some of it: it takes an empty file for an empty database, and ignores a log that is
// none of its database's.
#include "store/store_files.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "base/file_system.hpp"

#include <array>
#include <cstdint>
#include <fcntl.h>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

using Head = std::array<unsigned char, 100>;

/// The size of a file; 0 where it is not there or none.
std::uintmax_t size_of(const fs::path& file)
{
    std::error_code failure;
    const auto size = fs::is_regular_file(file, failure) ? fs::file_size(file, failure) : 0;
    return failure ? 0 : size;
}

bool has_files(const fs::path& folder)
{
    std::error_code failure;
    for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
        if (at->is_regular_file(failure))
            return true;
    return false;
}

/// The first bytes of a file, zeros behind its end.
Head head_of(const fs::path& file)
{
    Head head{};
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (in && ::pread(in.get(), head.data(), head.size(), 0) < 0)
        head = {};
    return head;
}

std::uint32_t number_at(const Head& head, std::size_t place)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8U | head.at(place + i);
    return number;
}

/// How large the database says it is; 0 where it does not.
std::uintmax_t stated_size(const Head& head)
{
    const std::uintmax_t page = head[16] == 0 && head[17] == 1 ? 65'536 : head[16] * 256U + head[17];
    return number_at(head, 24) == number_at(head, 92) ? page * number_at(head, 28) : 0;
}

std::string empty_store_text(const fs::path& file)
{
    return fmt::format("{}: is empty, which skurd never leaves it: put back a backup, or remove the file where you "
                       "mean to begin anew",
                       file.string());
}

} // namespace

fs::path store_file(const fs::path& state)
{
    std::error_code ignored;
    return fs::is_regular_file(state, ignored) ? state : state / "skurd.db";
}

void require_state_folder(const fs::path& state)
{
    std::error_code ignored;
    if (fs::is_regular_file(state, ignored))
        throw usage_error("{}: is a file, a backup or a snapshot, and is only read: name a state folder for what "
                          "writes (skurd restore FILE makes one of a backup)",
                          state.string());
}

std::string why_no_new_store(const fs::path& folder)
{
    if (const auto disk = unmounted_disk(folder); !disk.empty())
        return fmt::format(
            "no store at {}, and {} is to be mounted by /etc/fstab but is not: mount {}, so that no new "
            "store takes the place of the one that lies there",
            folder.string(), disk.string(), disk.string());
    for (const char* part : {"payloads", "archive"})
        if (has_files(folder / part))
            return fmt::format("no store at {}, but files of one in {}: the database is gone. Put back a backup as "
                               "{} (skurd verify BACKUP first), or move {} away where you mean to begin anew",
                               folder.string(), (folder / part).string(), (folder / "skurd.db").string(),
                               (folder / part).string());
    return "";
}

void require_store_or_room_for_one(const fs::path& folder)
{
    const auto file = folder / "skurd.db";
    require_not_empty(file);
    if (fs::exists(file))
        return;
    if (const auto why = why_no_new_store(folder); !why.empty())
        throw error("{}", why);
}

void require_not_empty(const fs::path& database)
{
    if (fs::is_regular_file(database) && fs::file_size(database) == 0)
        throw error("{}", empty_store_text(database));
}

std::vector<std::string> store_file_faults(const fs::path& folder)
{
    const auto file = folder / "skurd.db";
    const fs::path log = file.string() + "-wal";
    const fs::path journal = file.string() + "-journal";
    const auto size = size_of(file);
    if (size == 0)
        return {fs::exists(file) ? empty_store_text(file) : fmt::format("{}: is not there", file.string())};
    std::vector<std::string> faults;
    const auto head = head_of(file);
    constexpr std::string_view magic("SQLite format 3\0", 16);
    if (!std::equal(magic.begin(), magic.end(), head.begin(), [](char a, unsigned char b) { return a == char(b); }))
        faults.push_back(fmt::format("{}: is no database: put back a backup", file.string()));
    else if (size_of(log) == 0 && size < stated_size(head)) // else the log may have the rest
        faults.push_back(fmt::format("{}: is cut off, {} of {} bytes are there: put back a backup", file.string(),
                                     size, stated_size(head)));
    constexpr std::uint32_t log_magic = 0x377f0682;
    if (size_of(log) != 0 && (number_at(head_of(log), 0) & ~1U) != log_magic)
        faults.push_back(fmt::format("{}: is no log of a database, and is ignored: what was committed last may be "
                                     "missing; see `skurd verify`",
                                     log.string()));
    if (size_of(journal) != 0)
        faults.push_back(fmt::format("{}: was left by another program that wrote to the store, or belongs to another "
                                     "one: see `skurd verify`, or put back a backup without it",
                                     journal.string()));
    return faults;
}

std::uintmax_t store_size(const fs::path& state)
{
    auto log = store_file(state);
    log += "-wal";
    return size_of(store_file(state)) + size_of(log);
}

} // namespace skurd
