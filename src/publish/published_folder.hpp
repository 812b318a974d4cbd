#pragma once

#include "base/clock.hpp"
#include "base/file_descriptor.hpp"
#include "model/published.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace skurd {

/// The folder that publications lie in, for one at a time: <commit_seq>/ each, `latest`, a link to the newest, and
/// `.lock`, which is locked (flock) as long as this lives. What a publication that was cut off left is removed.
class PublishedFolder {
public:
    /// Makes the folder. Throws Error (busy) while another one publishes there.
    explicit PublishedFolder(std::filesystem::path folder);

    std::vector<std::int64_t> numbers() const; ///< of those that lie there, ascending
    std::filesystem::path of(std::int64_t commit) const { return folder_ / std::to_string(commit); }

    std::filesystem::path make_scratch() const; ///< a folder in it to make one in
    /// Takes the right to write from the files of one that was made, puts it in place, and points `latest` to it.
    void put_in_place(const std::filesystem::path& scratch, std::int64_t commit) const;
    void point_to(std::int64_t commit) const;
    void remove_scratch() const noexcept;

    /// Removes those that are beyond the bounds, by number and by when they were put here, but never `commit`: the
    /// one that `latest` points to. Gives how many went.
    std::size_t keep(const PublishBounds& bounds, Time now, std::int64_t commit) const;

private:
    std::filesystem::path folder_;
    FileDescriptor lock_;
};

} // namespace skurd
