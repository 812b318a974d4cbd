#include "fetch/drop_folders.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "base/file_system.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/openssl/sha256.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

namespace {

std::string reason_of(int code)
{
    return std::generic_category().message(code);
}

/// The reason, and for a full or failing disk which one it is.
std::string trouble(int code, const fs::path& file)
{
    return reason_of(code) + disk_hint(code, file);
}

/// The file's name without control characters and short enough to get a hash or time before it and ".reason" after
/// it: a name has at most 255 bytes.
std::string safe_name(const fs::path& file)
{
    constexpr std::size_t size_max = 160;
    auto name = file.filename().string();
    if (name.size() > size_max) {
        auto begin = name.size() - size_max;
        while (begin < name.size() && (static_cast<unsigned char>(name[begin]) & 0xc0) == 0x80)
            ++begin;
        name.erase(0, begin);
    }
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '_');
    return name;
}

/// The SHA-256 of a regular file; "" when it is none, or cannot be read.
std::string hash_of(const fs::path& file)
{
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!in || ::fstat(in.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return "";
    Sha256 hash;
    std::array<char, 1 << 16> buffer{};
    for (;;) {
        const auto size = ::read(in.get(), buffer.data(), buffer.size());
        if (size < 0)
            return "";
        if (size == 0)
            return hash.hex();
        hash.add({buffer.data(), static_cast<std::size_t>(size)});
    }
}

/// Whether the name is taken, by whatever. Where that cannot be told, the caller's next step says why.
bool is_taken(const fs::path& file)
{
    struct stat status {};
    return ::lstat(file.c_str(), &status) == 0;
}

bool is_being_written(const fs::path& file)
{
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    return in && has_writer(in);
}

/// rename(2) that fails with EEXIST where the new name is taken. Returns 0 or the error.
int rename_without_replacing(const fs::path& from, const fs::path& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // Some network file systems cannot do it in one step; this process is the only one that makes such names.
    if (is_taken(to))
        return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

void write_all(int fd, std::string_view bytes, const fs::path& file)
{
    while (!bytes.empty()) {
        const auto size = ::write(fd, bytes.data(), bytes.size());
        if (size < 0)
            throw error("{}: cannot be written: {}", file.string(), trouble(errno, file));
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

void sync(const FileDescriptor& fd, const fs::path& file)
{
    if (!fd || ::fsync(fd.get()) != 0)
        throw error("{}: cannot be written to disk: {}", file.string(), trouble(errno, file));
}

void sync_folder(const fs::path& folder)
{
    sync(FileDescriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), folder);
}

/// Removes a file when it goes out of scope; what is half-done does not stay.
class RemoveOnExit {
public:
    explicit RemoveOnExit(fs::path file) : file_(std::move(file)) {}
    RemoveOnExit(const RemoveOnExit&) = delete;
    RemoveOnExit& operator=(const RemoveOnExit&) = delete;
    ~RemoveOnExit() { ::unlink(file_.c_str()); }

private:
    fs::path file_;
};

/// Copies to a temporary name beside the target, on disk, and gives it its name last. Returns 0 or EEXIST.
int move_by_copy(const fs::path& from, const fs::path& to)
{
    const fs::path part = to.string() + ".part";
    const FileDescriptor in(::open(from.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!in || ::fstat(in.get(), &status) != 0)
        throw error("{}: cannot be read: {}", from.string(), reason_of(errno));
    if (!S_ISREG(status.st_mode))
        throw error("{}: is no file any more", from.string());
    const FileDescriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640));
    if (!out)
        throw error("{}: cannot be made: {}", part.string(), trouble(errno, part));
    const RemoveOnExit cleanup(part);
    std::array<char, 1 << 16> buffer{};
    for (;;) {
        const auto size = ::read(in.get(), buffer.data(), buffer.size());
        if (size < 0)
            throw error("{}: cannot be read: {}", from.string(), reason_of(errno));
        if (size == 0)
            break;
        write_all(out.get(), {buffer.data(), static_cast<std::size_t>(size)}, part);
    }
    const timespec times[] = {status.st_atim, status.st_mtim};
    ::futimens(out.get(), times); // a kept time is a courtesy, no promise
    sync(out, part);
    if (const int code = rename_without_replacing(part, to); code != 0)
        return code;
    sync_folder(to.parent_path());
    if (::unlink(from.c_str()) != 0)
        throw error("{}: copied to {}, but cannot be removed: {}", from.string(), to.string(), reason_of(errno));
    return 0;
}

/// Moves a file to a name that is free; false when it is not.
bool move_to(const fs::path& from, const fs::path& to)
{
    int code = rename_without_replacing(from, to);
    if (code == EXDEV)
        code = move_by_copy(from, to);
    if (code != 0 && code != EEXIST)
        throw error("{}: cannot be moved to {}: {}", from.string(), to.string(), trouble(code, to));
    return code == 0;
}

void remove_archived(const fs::path& file)
{
    if (::unlink(file.c_str()) != 0 && errno != ENOENT)
        throw error("{}: is archived already, but cannot be removed: {}; remove it by hand", file.string(),
                    reason_of(errno));
}

void make_folder(const fs::path& folder)
{
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw error("{}: cannot be made: {}", folder.string(), trouble(failure.value(), folder));
}

/// "2019-11-01T07:00:00Z" as it may stand in a name anywhere: "20191101T070000Z".
std::string compact(Time time)
{
    auto text = format_time(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// Makes the file with the text; false where the name is taken.
bool write_new(const fs::path& file, std::string_view text)
{
    const FileDescriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
    if (!out && errno == EEXIST)
        return false;
    if (!out)
        throw error("{}: cannot be made: {}", file.string(), trouble(errno, file));
    write_all(out.get(), text, file);
    return true;
}

/// Why a quarantined file was refused, as is written beside it; "" where that cannot be read.
std::string reason_beside(const fs::path& file)
{
    constexpr std::size_t bytes_max = 16'384;
    constexpr std::size_t width = 300;
    try {
        const fs::path note = file.string() + ".reason";
        if (fs::symlink_status(note).type() != fs::file_type::regular)
            return "";
        return std::string(excerpt(trim(read_file(note, bytes_max)), width));
    } catch (const Error&) {
        return "";
    }
}

} // namespace

DropFolders::DropFolders(fs::path archive, fs::path quarantine, const Clock& clock)
    : archive_(std::move(archive)), quarantine_(std::move(quarantine)), clock_(clock)
{
}

std::optional<fs::path> DropFolders::archive(const fs::path& file, const std::string& hash) const
{
    if (hash_of(file) != hash || is_being_written(file))
        return std::nullopt;
    make_folder(archive_);
    const auto name = safe_name(file);
    for (int attempt = 1;; ++attempt) {
        const auto target = archive_ / (attempt == 1 ? fmt::format("{}-{}", hash, name)
                                                     : fmt::format("{}-{}-{}", hash, attempt, name));
        if (move_to(file, target))
            return verify_archived_or_return(target, hash, file) ? std::optional(target) : std::nullopt;
        if (hash_of(target) == hash) {
            remove_archived(file);
            return target;
        }
    }
}

bool DropFolders::verify_archived_or_return(const fs::path& archived, const std::string& hash,
                                            const fs::path& file) const
{
    if (hash_of(archived) == hash)
        return true;
    if (!move_to(archived, file))
        throw error(
            "{}: was written to while it was archived, and another file of its name has come; moved to {}: drop "
            "it again under another name",
            file.string(), quarantine(archived, "was written to while it was archived").string());
    return false;
}

fs::path DropFolders::quarantine(const fs::path& file, std::string_view reason) const
{
    make_folder(quarantine_);
    const auto stem = compact(clock_.now());
    for (int attempt = 1;; ++attempt) {
        auto target = quarantine_ / (attempt == 1 ? fmt::format("{}-{}", stem, safe_name(file))
                                                  : fmt::format("{}-{}-{}", stem, attempt, safe_name(file)));
        const fs::path note = target.string() + ".reason";
        if (is_taken(target) || !write_new(note, fmt::format("{}\n", reason)))
            continue;
        try {
            if (move_to(file, target))
                return target;
        } catch (const Error&) {
            ::unlink(note.c_str());
            throw;
        }
        ::unlink(note.c_str());
    }
}

std::vector<RefusedFile> DropFolders::refused(const fs::path& quarantine)
{
    std::vector<RefusedFile> found;
    std::error_code failure;
    for (fs::directory_iterator at(quarantine, failure), end; !failure && at != end; at.increment(failure)) {
        if (at->symlink_status(failure).type() == fs::file_type::regular && at->path().extension() != ".reason")
            found.push_back({at->path().string(), reason_beside(at->path())});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return found;
}

} // namespace skurd
