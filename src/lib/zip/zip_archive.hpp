#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What unpacking an archive may cost at most. Sizes are of unpacked bytes.
struct ZipLimits {
    std::size_t archive_bytes = std::size_t(256) << 20; ///< of the archive itself
    std::size_t entries = 1000;
    std::size_t entry_bytes = std::size_t(256) << 20;
    std::size_t all_bytes = std::size_t(512) << 20; ///< of all entries together, whether read or not
    std::size_t ratio = 200;                        ///< unpacked to packed, of entries above 1 MiB
};

/// What becomes of entries that are not read: with a name that is absolute, climbs out ("../"), has a drive or a
/// control character; encrypted; packed in a way that is not known; with a name that is there already. They count
/// towards the limits in either case.
enum class ForeignEntries {
    refuse,    ///< the archive
    pass_over, ///< them, since documents of Office hold what other programs put there; a name that is there twice is
               ///< refused when it is read
};

struct ZipEntry {
    std::string name;       ///< UTF-8, "/" between folders
    std::uint64_t size = 0; ///< unpacked, as the archive says; read() holds it to that
};

/// A ZIP archive in memory, read with care: .zip, .xlsx, .ods (PKWARE APPNOTE 6.3). Stored and deflated entries,
/// ZIP64 too. The limits are checked against what the archive says of itself at once, and against what comes out of
/// it while it is read. Names are only names: nothing is ever written to disk. Backslashes in them, which some
/// programs write, are taken for "/".
///
/// What the central directory says holds; that the headers before the entries say otherwise is no fault, since
/// programs that save documents leave such traces. Checksums are verified.
class ZipArchive {
public:
    /// The bytes must outlive the archive. Throws Error, without a place: not a ZIP archive, or a damaged one; a
    /// limit is passed; entries that lie over one another; an entry that is to be refused.
    explicit ZipArchive(std::string_view bytes, const ZipLimits& limits = {},
                        ForeignEntries foreign = ForeignEntries::refuse);
    ~ZipArchive();
    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;
    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;

    /// The files in it, in the archive's order; folders are left out.
    const std::vector<ZipEntry>& entries() const { return entries_; }
    /// Whether a file of that name is in it. Where none is, one whose name differs only in the case of a-z is meant,
    /// here and in read(), if there is just one.
    bool has(std::string_view name) const;

    /// The bytes of an entry, its checksum verified. An archive within it is bytes like others. Throws Error when
    /// there is none of that name, it is damaged, or it unpacks to another size than it says.
    std::string read(const std::string& name) const;

private:
    struct Handle;
    const ZipEntry* find(std::string_view name) const;
    std::unique_ptr<Handle> handle_;
    std::vector<ZipEntry> entries_;
};

} // namespace skurd
