#include "base/read_file.hpp"

#include "base/file_descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>

namespace skurd {

std::string read_file(const std::filesystem::path& file, std::size_t bytes_max, ExitCode code)
{
    const auto refused = [&](std::string_view why) {
        return Error(fmt::format("{}: cannot be read: {}", file.string(), why), code);
    };
    const auto reason = [] { return std::generic_category().message(errno); };
    const FileDescriptor in(
        ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)); // a pipe would wait for a writer
    struct stat status {};
    if (!in || ::fstat(in.get(), &status) != 0)
        throw refused(reason());
    if (!S_ISREG(status.st_mode))
        throw refused(S_ISDIR(status.st_mode) ? "it is a folder" : "it is no file");
    std::string bytes;
    std::string block(64 << 10, '\0');
    for (;;) {
        const auto size = ::read(in.get(), block.data(), block.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            throw refused(reason());
        if (size == 0)
            return bytes;
        bytes.append(block, 0, static_cast<std::size_t>(size));
        if (bytes.size() > bytes_max)
            throw refused(fmt::format("it has more than {} bytes", bytes_max));
    }
}

} // namespace skurd
