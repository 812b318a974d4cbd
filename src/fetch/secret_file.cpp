#include "fetch/secret_file.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>

namespace skurd {

namespace {

constexpr std::size_t size_max = 4096;

bool is_one_printable_line(std::string_view key)
{
    return std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

std::string read_secret(const std::filesystem::path& file, SecretReaders readers)
{
    const FileDescriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!in || ::fstat(in.get(), &status) != 0)
        throw error("key file {}: cannot be read: {}", file.string(), std::generic_category().message(errno));
    if (!S_ISREG(status.st_mode))
        throw error("key file {}: is no file", file.string());
    if ((status.st_mode & S_IRWXO) != 0)
        throw error("key file {}: is open to everybody; chmod o= it", file.string());
    if (readers == SecretReaders::owner && (status.st_mode & S_IRWXG) != 0)
        throw error("key file {}: is open to its group; chmod go= it", file.string());
    std::string bytes(size_max + 1, '\0');
    const auto size = ::read(in.get(), bytes.data(), bytes.size());
    if (size < 0)
        throw error("key file {}: cannot be read: {}", file.string(), std::generic_category().message(errno));
    bytes.resize(static_cast<std::size_t>(size));
    const auto key = trim(bytes);
    if (bytes.size() > size_max)
        throw error("key file {}: has more than {} bytes", file.string(), size_max);
    if (key.empty() || !is_one_printable_line(key))
        throw error("key file {}: holds {}", file.string(),
                    key.empty() ? "nothing" : "something else than one line of printable ASCII");
    return std::string(key);
}

std::string secret_of(const HostKey& key)
{
    if (key.value.empty())
        return read_secret(key.file);
    if (!is_one_printable_line(key.value))
        throw error(
            "the key for the header {} in the environment: is something else than one line of printable ASCII",
            key.header);
    return key.value;
}

} // namespace skurd
