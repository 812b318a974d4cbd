#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// Files that a command makes together: all are there in the end, or none. What was written goes with the object
/// unless keep() was called, and so do the folders that were made for it. For one thread.
class NewFiles {
public:
    NewFiles() = default;
    ~NewFiles();
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;

    /// Throws Error (usage) where something has that name already.
    void add(const std::filesystem::path& file, std::string bytes);
    /// Writes those that were added, each whole. Throws Error that says which could not be.
    void write();
    void keep() noexcept { written_.clear(); }

private:
    struct File {
        std::filesystem::path path;
        std::string bytes;
    };
    void make_folder_of(const std::filesystem::path& file);

    std::vector<File> files_;
    std::vector<std::filesystem::path> written_; ///< files and folders, in the order they were made
};

} // namespace skurd
