#include "publish/hashed_file.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "store/durable_file.hpp"

#include <array>
#include <cerrno>
#include <system_error>

namespace skurd {

namespace fs = std::filesystem;

HashedFile::HashedFile(const fs::path& folder, const std::string& path) : full_(folder / path), file_{path, 0, {}}
{
    make_folder(full_.parent_path());
    errno = 0;
    out_.open(full_, std::ios::binary);
    if (!out_)
        fail();
}

void HashedFile::fail() const
{
    const int code = errno != 0 ? errno : EIO;
    throw StoreError(fmt::format("{}: cannot be written: {}{}", full_.string(), std::generic_category().message(code),
                                 disk_hint(code, full_)));
}

void HashedFile::write(std::string_view bytes)
{
    hash_.add(bytes);
    file_.bytes += bytes.size();
    errno = 0;
    if (!out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        fail();
}

PublishedFile HashedFile::finish()
{
    errno = 0;
    out_.close();
    if (!out_)
        fail();
    make_durable(full_);
    file_.sha256 = hash_.hex();
    return file_;
}

PublishedFile hashed(const fs::path& folder, const std::string& path)
{
    PublishedFile file{path, 0, {}};
    Sha256 hash;
    std::ifstream in(folder / path, std::ios::binary);
    std::array<char, 1 << 16> buffer{};
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(in.gcount()));
        hash.add(bytes);
        file.bytes += bytes.size();
    }
    if (!in.eof())
        throw StoreError(fmt::format("{}: cannot be read", (folder / path).string()));
    file.sha256 = hash.hex();
    return file;
}

} // namespace skurd
