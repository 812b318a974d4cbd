#include "store/durable_file.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "base/file_system.hpp"
#include "base/read_file.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, std::string_view what)
{
    const int code = errno;
    throw StoreError(fmt::format("{}: {}: {}{}", path.string(), what, std::strerror(code), disk_hint(code, path)));
}

/// An open file or folder, and how errors call it.
class OpenFile {
public:
    OpenFile(const fs::path& path, int flags) : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0644))
    {
        if (!file_)
            fail(path_, "cannot open");
    }

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto written = ::write(file_.get(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                fail(path_, "cannot write");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void sync()
    {
        if (::fsync(file_.get()) != 0)
            fail(path_, "cannot sync");
    }

private:
    fs::path path_;
    FileDescriptor file_;
};

void sync_folder(const fs::path& folder)
{
    OpenFile(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY).sync();
}

} // namespace

void make_durable(const fs::path& file)
{
    OpenFile(file, O_RDONLY).sync();
}

void make_folder(const fs::path& folder)
{
    std::error_code failure;
    if (folder.empty() || fs::is_directory(folder, failure))
        return;
    const auto parent = folder.parent_path();
    make_folder(parent);
    fs::create_directory(folder, failure);
    if (failure)
        throw StoreError(fmt::format("{}: cannot be made: {}{}", folder.string(), failure.message(),
                                     disk_hint(failure.value(), folder)));
    sync_folder(parent);
}

void rename_durably(const fs::path& from, const fs::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        fail(to, "cannot rename to");
    sync_folder(to.parent_path());
}

void write_durably(const fs::path& file, std::string_view bytes, const fs::path& temporary)
{
    make_folder(file.parent_path());
    try {
        ::unlink(temporary.c_str()); // of a write that was cut off; never written through where it is a link
        OpenFile out(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
        out.write(bytes);
        out.sync();
        rename_durably(temporary, file);
    } catch (const Error&) {
        ::unlink(temporary.c_str());
        throw;
    }
}

std::optional<std::string> read_whole(const fs::path& file)
{
    if (!fs::exists(file))
        return std::nullopt;
    return read_file(file, SIZE_MAX);
}

} // namespace skurd
