// Who keeps the log from being emptied is told by locks. A reader of SQLite in WAL mode holds a shared lock on one of
// the five bytes 123 to 127 of the file -shm for as long as its transaction lives (sqlite.org/walformat.html, section
// 2.3.1); by the system's own list of locks these belong to a process.
#include "store/log_state.hpp"

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/sqlite/sqlite_database.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <sys/stat.h>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t first_read_lock = 123;
constexpr std::uint64_t last_read_lock = 127;
constexpr std::size_t command_max = 80;

/// Files of /proc have no size.
std::string text_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

template <typename Number>
std::optional<Number> number_in(std::string_view text)
{
    Number value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// "1: POSIX  ADVISORY  READ 4242 fe:00:131 124 124": which lock, of what sort, by which process, on which file (by
/// device and number), from which byte to which.
std::optional<int> reader_in(std::string_view line, std::uint64_t inode)
{
    std::vector<std::string_view> words;
    for (const auto word : split(line, ' '))
        if (!word.empty())
            words.push_back(word);
    if (words.size() != 8 || words[1] != "POSIX" || words[3] != "READ")
        return std::nullopt;
    const auto file = words[5];
    if (number_in<std::uint64_t>(file.substr(file.rfind(':') + 1)) != inode)
        return std::nullopt;
    const auto first = number_in<std::uint64_t>(words[6]);
    const auto last = number_in<std::uint64_t>(words[7]);
    if (!first || !last || *first > last_read_lock || *last < first_read_lock)
        return std::nullopt;
    return number_in<int>(words[4]);
}

std::string command_of(int pid)
{
    auto text = text_of(fs::path("/proc") / std::to_string(pid) / "cmdline");
    std::replace(text.begin(), text.end(), '\0', ' ');
    return excerpt(printable(trim(text)), command_max);
}

} // namespace

std::vector<int> reading_processes(std::string_view proc_locks, std::uint64_t inode)
{
    std::vector<int> found;
    for (const auto line : split(proc_locks, '\n'))
        if (const auto pid = reader_in(line, inode))
            found.push_back(*pid);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

StoreLog store_log(const fs::path& folder, std::uintmax_t limit, int except)
{
    StoreLog log;
    log.limit = limit;
    std::error_code failure;
    const auto bytes = fs::file_size(folder / "skurd.db-wal", failure);
    log.bytes = failure ? 0 : bytes;
    struct stat index {};
    if (::stat((folder / "skurd.db-shm").c_str(), &index) != 0)
        return log;
    for (const auto pid : reading_processes(text_of("/proc/locks"), index.st_ino))
        if (pid != except)
            log.readers.push_back({pid, command_of(pid)});
    return log;
}

/// A connection that can write empties the log as it closes, once it has read that there is one.
void empty_log(const fs::path& folder)
{
    SqliteDatabase closed_at_once(folder / "skurd.db", SqliteDatabase::Access::write);
    closed_at_once.integer("SELECT count(*) FROM sqlite_schema");
}

} // namespace skurd
