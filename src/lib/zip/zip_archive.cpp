#include "lib/zip/zip_archive.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <zip.h>

#include <algorithm>
#include <map>
#include <set>

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

/// An entry's name with the separator of the format.
std::string name_of(const char* stated)
{
    return replace_all(stated, "\\", "/");
}

bool is_safe(std::string_view name)
{
    const auto is_bad = [](unsigned char c) { return c < 0x20 || c == 0x7f || c == ':'; };
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

/// Why an entry is not one that can be read; "" where it is.
std::string foreignness(const zip_stat_t& facts)
{
    if (!is_safe(name_of(facts.name)))
        return fmt::format("the ZIP archive has an entry with a name that is not taken: '{}'", excerpt(facts.name));
    if (facts.encryption_method != ZIP_EM_NONE)
        return fmt::format("'{}' in the ZIP archive is encrypted", excerpt(facts.name));
    if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE)
        return fmt::format("'{}' in the ZIP archive is packed in a way (method {}) that is not read",
                           excerpt(facts.name), facts.comp_method);
    return "";
}

void check_size(const zip_stat_t& facts, const ZipLimits& limits)
{
    if (facts.size > limits.entry_bytes)
        throw error("'{}' in the ZIP archive would unpack to {} bytes; {} are allowed", excerpt(facts.name),
                    facts.size, limits.entry_bytes);
    if (facts.size > ratio_counts_from && facts.size / limits.ratio > facts.comp_size)
        throw error("'{}' in the ZIP archive would unpack {} bytes to {}: more than {} to 1", excerpt(facts.name),
                    facts.comp_size, facts.size, limits.ratio);
}

/// The archive's directory ends with a record that says how long the comment behind it is ([APPNOTE] 4.3.16).
bool ends_with_directory(std::string_view bytes)
{
    constexpr std::string_view beginning("PK\x05\x06", 4);
    constexpr std::size_t record_size = 22;
    constexpr std::size_t comment_max = 0xffff;
    const auto first = bytes.size() - std::min(bytes.size(), record_size + comment_max);
    for (auto at = bytes.rfind(beginning); at != std::string_view::npos && at >= first;
         at = at == 0 ? std::string_view::npos : bytes.rfind(beginning, at - 1)) {
        if (bytes.size() - at < record_size)
            continue;
        const auto low = static_cast<unsigned char>(bytes[at + 20]);
        const auto high = static_cast<unsigned char>(bytes[at + 21]);
        if (at + record_size + low + (std::size_t(high) << 8) == bytes.size())
            return true;
    }
    return false;
}

} // namespace

struct ZipArchive::Handle {
    zip_t* archive = nullptr;
    std::map<std::string, zip_uint64_t, std::less<>> index; ///< of the files, by name
    std::set<std::string> twice;                            ///< names that more than one has

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle()
    {
        if (archive)
            zip_discard(archive);
    }
    void open(std::string_view bytes);
    void add(const zip_stat_t& facts, zip_uint64_t place, ForeignEntries foreign, std::vector<ZipEntry>& entries);
};

void ZipArchive::Handle::open(std::string_view bytes)
{
    zip_error_t failure;
    zip_error_init(&failure);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &failure);
    if (source)
        archive = zip_open_from_source(source, ZIP_RDONLY, &failure);
    if (archive) {
        zip_error_fini(&failure);
        return;
    }
    zip_source_free(source); // it is the archive's only once that is open
    throw error("not a sound ZIP archive: {}", text_of(failure));
}

void ZipArchive::Handle::add(const zip_stat_t& facts, zip_uint64_t place, ForeignEntries foreign,
                             std::vector<ZipEntry>& entries)
{
    auto name = name_of(facts.name);
    auto reason = foreignness(facts);
    if (reason.empty() && name.ends_with('/'))
        return;
    if (reason.empty() && index.contains(name))
        reason = fmt::format("the ZIP archive has '{}' twice", excerpt(name));
    if (!reason.empty() && foreign == ForeignEntries::refuse)
        throw error("{}", reason);
    if (index.contains(name))
        twice.insert(name);
    if (!reason.empty())
        return;
    index.emplace(name, place);
    entries.push_back({std::move(name), facts.size});
}

ZipArchive::ZipArchive(std::string_view bytes, const ZipLimits& limits, ForeignEntries foreign)
    : handle_(std::make_unique<Handle>())
{
    if (bytes.size() > limits.archive_bytes)
        throw error("a ZIP archive of {} bytes; {} are allowed", bytes.size(), limits.archive_bytes);
    if (bytes.empty()) // which libzip calls an archive without entries
        throw error("not a sound ZIP archive: no bytes");
    handle_->open(bytes);
    if (!ends_with_directory(bytes))
        throw error("not a sound ZIP archive: something follows its end");
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(handle_->archive, 0));
    if (count > limits.entries)
        throw error("a ZIP archive of {} entries; {} are allowed", count, limits.entries);
    std::uint64_t all = 0;
    std::uint64_t packed = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto facts = facts_of(handle_->archive, i);
        check_size(facts, limits);
        all += facts.size;
        packed += std::min<std::uint64_t>(facts.comp_size, bytes.size() + 1);
        if (all > limits.all_bytes)
            throw error("the ZIP archive would unpack to more than {} bytes", limits.all_bytes);
        if (packed > bytes.size())
            throw error("not a sound ZIP archive: its entries lie over one another");
        handle_->add(facts, i, foreign, entries_);
    }
}

ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

const ZipEntry* ZipArchive::find(std::string_view name) const
{
    const auto exact = std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return e.name == name; });
    if (exact != entries_.end())
        return &*exact;
    const auto is_alike = [lower = to_lower(name)](const ZipEntry& entry) { return to_lower(entry.name) == lower; };
    const auto alike = std::find_if(entries_.begin(), entries_.end(), is_alike);
    if (alike == entries_.end() || std::find_if(alike + 1, entries_.end(), is_alike) != entries_.end())
        return nullptr;
    return &*alike;
}

bool ZipArchive::has(std::string_view name) const
{
    return find(name) != nullptr;
}

std::string ZipArchive::read(const std::string& name) const
{
    const auto* const entry = find(name);
    if (!entry)
        throw error("the ZIP archive has no '{}'", excerpt(name));
    if (handle_->twice.contains(entry->name))
        throw error("the ZIP archive has '{}' twice", excerpt(entry->name));
    const auto place = handle_->index.find(entry->name)->second;
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(handle_->archive, place, 0));
    if (!file)
        throw error("'{}' in the ZIP archive cannot be read: {}", excerpt(name), zip_strerror(handle_->archive));
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
