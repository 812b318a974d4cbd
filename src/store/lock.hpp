#pragma once

#include "base/file_descriptor.hpp"
#include "model/store_holder.hpp"

#include <filesystem>
#include <string>

namespace skurd {

/// The right to write to a state folder: flock(2) on its file skurd.lock. Let go with the object, or by the kernel
/// when the process ends; what stands in the file then holds no more. Nobody but its owner may open it, since whoever
/// can read a file can lock it. Others, members of the group say, find the same in skurd.holder, which nobody locks.
///
/// The files: the holder's process id; in a second line, where it is the daemon, `daemon`, since when, and the hash
/// of the configuration it runs with, with a space between them. skurd.holder ends with when the process started, in
/// the kernel's ticks (proc(5), field 22 of stat), by which a later one with that id is told from it.
class FolderLock {
public:
    /// Throws Error (busy) that names the holder, or (failed) when the file cannot be made, or is a link.
    explicit FolderLock(const std::filesystem::path& folder);

    /// Lets others know that the holder is the daemon, or that it runs with another configuration from now on. Throws
    /// Error.
    void tell_daemon(Time since, const std::string& configuration);

private:
    void tell(const std::string& text);

    std::filesystem::path path_;
    FileDescriptor file_;
};

/// Who holds the folder now. Nobody where there is no lock, or neither file can be read.
StoreHolder holder_of(const std::filesystem::path& folder);

} // namespace skurd
