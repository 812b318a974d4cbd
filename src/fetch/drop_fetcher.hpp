#pragma once

#include "base/clock.hpp"
#include "fetch/drop_folders.hpp"
#include "fetch/fetcher.hpp"

#include <chrono>

namespace skurd {

/// Takes files from a folder: Request::Kind::file.
///
/// Of the finished files in the folder (dropped_files() says what is looked at) whose name fits the pattern it gives
/// the oldest. A file is finished when it was last changed at least `settle` ago, nobody has it open for writing as
/// far as the file system tells, and it did not change while it was read; others wait for the next time. Where only
/// younger files fit, it waits once until they are old enough and tries again. (A file renamed into place brings its
/// old time, so it counts as finished at once.)
///
/// The file stays where it is: DropFolders moves it once its fate is known. Response::url is its path.
class DropFetcher final : public Fetcher {
public:
    static constexpr std::chrono::seconds settle_default{3};
    static constexpr std::size_t size_max_default = std::size_t(64) << 20;

    /// Clock and folders must outlive this.
    DropFetcher(Clock& clock, const DropFolders& folders, std::chrono::seconds settle = settle_default,
                std::size_t size_max = size_max_default);

    /// Nothing when no finished file waits, or the folder is not there. A file that is too large or that skurd may
    /// not read is quarantined, so that it does not stand in the way of others; then throws Error. Throws Error and
    /// leaves the file when reading it failed for another reason, and when the folder cannot be read.
    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

private:
    std::optional<Response> find_file(const Request& request, std::stop_token stop, bool& is_young) const;
    std::optional<Response> take(const std::filesystem::path& file) const;
    [[noreturn]] void refuse(const std::filesystem::path& file, const std::string& reason) const;
    [[noreturn]] void fail(const std::filesystem::path& file) const;

    Clock& clock_;
    const DropFolders& folders_;
    std::chrono::seconds settle_;
    std::size_t size_max_;
};

} // namespace skurd
