#pragma once

#include "base/clock.hpp"
#include "fetch/drop_folders.hpp"
#include "fetch/fetcher.hpp"

#include <chrono>

namespace skurd {

/// Takes files from a folder: Request::Kind::file.
///
/// Of the finished regular files in the folder whose name fits the pattern (ASCII case ignored) it gives the oldest
/// by change time, then by name. A file is finished when it was last changed at least `settle` ago and did not change
/// while it was read; others wait for the next time. (A file renamed into place brings its old time, and a time more
/// than a day ahead of the clock says nothing, so both count as finished.) Symbolic links, devices and folders are
/// not looked at, nor are hidden files and those called *.part, *.tmp, *.filepart, *.crdownload, *.reason, *~ or ~$*.
///
/// The file stays where it is: DropFolders moves it once its fate is known. Response::url is its path.
class DropFetcher final : public Fetcher {
public:
    static constexpr std::chrono::seconds settle_default{2};
    static constexpr std::size_t size_max_default = std::size_t(64) << 20;

    /// Clock and folders must outlive this.
    DropFetcher(const Clock& clock, const DropFolders& folders, std::chrono::seconds settle = settle_default,
                std::size_t size_max = size_max_default);

    /// Nothing when no finished file waits, or the folder is not there. A file that is too large or cannot be read is
    /// quarantined, so that it does not stand in the way of others; then throws Error.
    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

private:
    std::optional<Response> take(const std::filesystem::path& file) const;
    [[noreturn]] void refuse(const std::filesystem::path& file, const std::string& reason) const;

    const Clock& clock_;
    const DropFolders& folders_;
    std::chrono::seconds settle_;
    std::size_t size_max_;
};

} // namespace skurd
