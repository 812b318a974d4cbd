#include "lib/zip/zip_archive.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <zip.h>

namespace skurd {

namespace {

struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

std::string message_of(zip_error_t& failure)
{
    std::string message = zip_error_strerror(&failure);
    zip_error_fini(&failure);
    return message;
}

} // namespace

void ZipArchive::Close::operator()(zip* archive) const noexcept
{
    zip_discard(archive);
}

ZipArchive::ZipArchive(std::string_view bytes, const ZipLimits& limits) : limits_(limits)
{
    zip_error_t failure;
    zip_error_init(&failure);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &failure);
    if (!source)
        throw error("the ZIP archive cannot be read: {}", message_of(failure));
    archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &failure));
    if (!archive_) {
        zip_source_free(source);
        throw error("the ZIP archive cannot be read: {}", message_of(failure));
    }
    zip_error_fini(&failure);
    if (const auto count = zip_get_num_entries(archive_.get(), 0);
        count < 0 || static_cast<std::size_t>(count) > limits_.entries)
        throw error("the ZIP archive has {} entries; at most {} are read", count, limits_.entries);
}

std::vector<std::string> ZipArchive::names() const
{
    std::vector<std::string> names;
    const auto count = zip_get_num_entries(archive_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i)
        if (const auto* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0))
            names.emplace_back(name);
    return names;
}

bool ZipArchive::has(const std::string& name) const
{
    return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0;
}

std::string ZipArchive::read(const std::string& name)
{
    const auto index = zip_name_locate(archive_.get(), name.c_str(), 0);
    zip_stat_t stat;
    if (index < 0 || zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0)
        throw error("the ZIP archive has no entry '{}'", excerpt(name));
    if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
        throw error("the entry '{}' of the ZIP archive is encrypted: save it without a password", excerpt(name));
    const auto room = limits_.inflated - inflated_;
    if (stat.valid & ZIP_STAT_SIZE && stat.size > room)
        throw error("the entry '{}' of the ZIP archive inflates to {} bytes; {} of {} are left", excerpt(name),
                    stat.size, room, limits_.inflated);
    const std::unique_ptr<zip_file_t, CloseFile> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!file)
        throw error("the entry '{}' of the ZIP archive cannot be read: {}", excerpt(name),
                    zip_strerror(archive_.get()));
    std::string bytes;
    std::string block(64 << 10, '\0');
    for (;;) {
        const auto got = zip_fread(file.get(), block.data(), block.size());
        if (got < 0)
            throw error("the entry '{}' of the ZIP archive is damaged: {}", excerpt(name),
                        zip_file_strerror(file.get()));
        if (got == 0)
            break;
        if (bytes.size() + static_cast<std::size_t>(got) > room)
            throw error("the entry '{}' of the ZIP archive inflates to more than {} bytes", excerpt(name), room);
        bytes.append(block.data(), static_cast<std::size_t>(got));
    }
    inflated_ += bytes.size();
    return bytes;
}

} // namespace skurd
