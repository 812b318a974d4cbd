#pragma once

#include "base/clock.hpp"
#include "model/quarantine.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Where a dropped file goes once its fate is known. Nothing is ever overwritten, and a file is either at its old or
/// at its new place, whole, also when the two lie in different file systems. The folders are made when first needed.
class DropFolders {
public:
    /// The clock must outlive this; it gives the time stamp in quarantined names.
    DropFolders(std::filesystem::path archive, std::filesystem::path quarantine, const Clock& clock);

    /// Moves a file that was ingested to `<archive>/<hash>-<name>` and returns that path. A file whose bytes do not
    /// have this SHA-256 any more was replaced or written to after it was read, and one that somebody has open for
    /// writing may yet be: it stays in the drop folder, to be taken again, and nothing is returned. Bytes that are in
    /// the archive already under that name are not stored twice. Throws Error when the file cannot be moved.
    std::optional<std::filesystem::path> archive(const std::filesystem::path& file, const std::string& hash) const;

    /// The last step of archive(). A file keeps its writers when it moves, so it is checked again: true when the
    /// archived file has this SHA-256; else it goes back to where it was, `file`. Where a new file has that name by
    /// now, it goes to quarantine, and Error is thrown that says so.
    bool verify_archived_or_return(const std::filesystem::path& archived, const std::string& hash,
                                   const std::filesystem::path& file) const;

    /// Moves a file that was refused to `<quarantine>/<time>-<name>`, writes the reason to `<time>-<name>.reason`
    /// beside it, and returns the former. Throws Error when the file cannot be moved.
    std::filesystem::path quarantine(const std::filesystem::path& file, std::string_view reason) const;

    /// What lies in a quarantine folder, by name; nothing where there is none, or it cannot be read.
    static std::vector<RefusedFile> refused(const std::filesystem::path& quarantine);

private:
    std::filesystem::path archive_;
    std::filesystem::path quarantine_;
    const Clock& clock_;
};

} // namespace skurd
