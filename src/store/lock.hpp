#pragma once

#include "base/file_descriptor.hpp"

#include <filesystem>

namespace skurd {

/// The right to write to a state folder: flock(2) on its file skurd.lock, which holds the holder's process id. Let
/// go with the object, or by the kernel when the process ends.
class FolderLock {
public:
    /// Throws Error (busy) that names the holder, or (failed) when the file cannot be made.
    explicit FolderLock(const std::filesystem::path& folder);

private:
    FileDescriptor file_;
};

} // namespace skurd
