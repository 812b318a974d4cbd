#pragma once

#include "base/clock.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Where a dropped file goes once its fate is known. Nothing is ever overwritten, and a file is either at its old or
/// at its new place, whole, also when the two lie in different file systems. The folders are made when first needed.
class DropFolders {
public:
    /// The clock must outlive this; it gives the time stamp in quarantined names.
    DropFolders(std::filesystem::path archive, std::filesystem::path quarantine, const Clock& clock);

    /// Moves a file that was taken in to `<archive>/<hash>-<name>` and returns that path. A file whose bytes do not
    /// have this SHA-256 any more was replaced after it was read: it stays, and nothing is returned. Bytes that are
    /// in the archive already under that name are not kept twice. Throws Error when the file cannot be moved.
    std::optional<std::filesystem::path> archive(const std::filesystem::path& file, const std::string& hash) const;

    /// Moves a file that was refused to `<quarantine>/<time>-<name>`, writes the reason to `<time>-<name>.reason`
    /// beside it, and returns the former. Throws Error when the file cannot be moved.
    std::filesystem::path quarantine(const std::filesystem::path& file, std::string_view reason) const;

private:
    std::filesystem::path archive_;
    std::filesystem::path quarantine_;
    const Clock& clock_;
};

} // namespace skurd
