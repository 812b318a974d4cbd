#include "lib/zip/zip_archive.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <zip.h>

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr std::size_t name_size_max = 1000;
constexpr std::uint64_t ratio_counts_from = 1 << 20;

struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

std::string text_of(zip_error_t& failure)
{
    std::string text = zip_error_strerror(&failure);
    zip_error_fini(&failure);
    return text;
}

bool is_safe(std::string_view name)
{
    const auto is_bad = [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\' || c == ':'; };
    if (name.empty() || name.size() > name_size_max || name.front() == '/' || !is_valid_utf8(name) ||
        std::any_of(name.begin(), name.end(), is_bad))
        return false;
    const auto parts = split(name, '/');
    return std::none_of(parts.begin(), parts.end(), [](auto part) { return part == ".." || part == "."; });
}

/// What the archive says of an entry, all of it there.
zip_stat_t facts_of(zip_t* archive, zip_uint64_t index)
{
    constexpr zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(archive, index, ZIP_FL_ENC_GUESS, &facts) != 0)
        throw error("the ZIP archive is damaged: {}", zip_strerror(archive));
    if ((facts.valid & needed) != needed)
        throw error("the ZIP archive is damaged: entry {} says too little of itself", index + 1);
    return facts;
}

void check(const zip_stat_t& facts, const ZipLimits& limits)
{
    if (!is_safe(facts.name))
        throw error("the ZIP archive has an entry with a name that is not taken: '{}'", excerpt(facts.name));
    if (facts.encryption_method != ZIP_EM_NONE)
        throw error("'{}' in the ZIP archive is encrypted", excerpt(facts.name));
    if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE)
        throw error("'{}' in the ZIP archive is packed in a way (method {}) that is not read", excerpt(facts.name),
                    facts.comp_method);
    if (facts.size > limits.entry_bytes)
        throw error("'{}' in the ZIP archive would unpack to {} bytes; {} are allowed", excerpt(facts.name),
                    facts.size, limits.entry_bytes);
    if (facts.size > ratio_counts_from && facts.size / limits.ratio > facts.comp_size)
        throw error("'{}' in the ZIP archive would unpack {} bytes to {}: more than {} to 1", excerpt(facts.name),
                    facts.comp_size, facts.size, limits.ratio);
}

} // namespace

struct ZipArchive::Handle {
    zip_t* archive = nullptr;
    std::map<std::string, zip_uint64_t, std::less<>> index; ///< of the files, by name

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        if (archive)
            zip_discard(archive);
    }
    void open(std::string_view bytes);
};

void ZipArchive::Handle::open(std::string_view bytes)
{
    zip_error_t failure;
    zip_error_init(&failure);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &failure);
    if (source)
        archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &failure);
    if (archive) {
        zip_error_fini(&failure);
        return;
    }
    zip_source_free(source); // it is the archive's only once that is open
    throw error("not a sound ZIP archive: {}", text_of(failure));
}

ZipArchive::ZipArchive(std::string_view bytes, const ZipLimits& limits) : handle_(std::make_unique<Handle>())
{
    if (bytes.size() > limits.archive_bytes)
        throw error("a ZIP archive of {} bytes; {} are allowed", bytes.size(), limits.archive_bytes);
    if (bytes.empty()) // which libzip calls an archive without entries
        throw error("not a sound ZIP archive: no bytes");
    handle_->open(bytes);
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(handle_->archive, 0));
    if (count > limits.entries)
        throw error("a ZIP archive of {} entries; {} are allowed", count, limits.entries);
    std::uint64_t all = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto facts = facts_of(handle_->archive, i);
        check(facts, limits);
        all += facts.size;
        if (all > limits.all_bytes)
            throw error("the ZIP archive would unpack to more than {} bytes", limits.all_bytes);
        std::string name = facts.name;
        if (name.ends_with('/'))
            continue;
        if (!handle_->index.emplace(name, i).second)
            throw error("the ZIP archive has '{}' twice", excerpt(name));
        entries_.push_back({std::move(name), facts.size});
    }
}

ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

std::string ZipArchive::read(const std::string& name) const
{
    const auto found = handle_->index.find(name);
    if (found == handle_->index.end())
        throw error("the ZIP archive has no '{}'", excerpt(name));
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(handle_->archive, found->second, 0));
    if (!file)
        throw error("'{}' in the ZIP archive cannot be read: {}", excerpt(name), zip_strerror(handle_->archive));
    const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return e.name == name; });
    std::string bytes(entry->size + 1, '\0'); // one more than it may be, so that more is noticed
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto size = zip_fread(file.get(), bytes.data() + done, bytes.size() - done);
        if (size < 0)
            throw error("'{}' in the ZIP archive is damaged: {}", excerpt(name),
                        zip_error_strerror(zip_file_get_error(file.get())));
        if (size == 0)
            break;
        done += static_cast<std::size_t>(size);
    }
    if (done != entry->size)
        throw error("'{}' in the ZIP archive is damaged: it says it has {} bytes and has {}", excerpt(name),
                    entry->size, done > entry->size ? "more" : std::to_string(done));
    bytes.resize(done);
    return bytes;
}

} // namespace skurd
