#pragma once

#include "base/file_descriptor.hpp"
#include "model/store_holder.hpp"

#include <filesystem>
#include <string>

namespace skurd {

/// The right to write to a state folder: flock(2) on its file skurd.lock. Let go with the object, or by the kernel
/// when the process ends; what stands in the file then holds no more.
///
/// The file: the holder's process id; in a second line, where it is the daemon, `daemon`, since when, and the hash of
/// the configuration it runs with, with a space between them.
class FolderLock {
public:
    /// Throws Error (busy) that names the holder, or (failed) when the file cannot be made.
    explicit FolderLock(const std::filesystem::path& folder);

    /// Lets others know that the holder is the daemon, or that it runs with another configuration from now on. Throws
    /// Error.
    void tell_daemon(Time since, const std::string& configuration);

private:
    std::filesystem::path path_;
    FileDescriptor file_;
};

/// Who holds the folder now. Nobody where there is no lock, or it cannot be read.
StoreHolder holder_of(const std::filesystem::path& folder);

} // namespace skurd
