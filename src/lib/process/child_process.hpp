#pragma once

#include "base/file_descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace skurd {

/// Who a child is to be, for a parent that is root.
struct Identity {
    uid_t user;
    gid_t group;
};

/// A program to run, and what it may use at most.
struct ChildPlan {
    std::filesystem::path program;      ///< absolute
    std::vector<std::string> arguments; ///< the first is what the program is told it is called
    std::vector<std::string> environment;
    std::string input;                ///< what it reads on standard input
    std::filesystem::path folder;     ///< that it starts in
    std::optional<Identity> identity; ///< nothing = the parent's
    std::size_t memory_max = 0;       ///< bytes of address space; 0 = no limit
    std::size_t file_max = 0;         ///< bytes of any file it writes
    std::chrono::seconds cpu_max{0};
};

/// A child in a session and process group of its own: no shell, no terminal, only the given
/// environment, on standard input what is given alone, no descriptors but the three, no way to gain rights
/// (no_new_privs, no capabilities), at most 1 024 processes and 256 open files, no core files. It dies with the
/// thread that made it, and so does all that it started, whatever sessions those made: between it and us stands a
/// keeper, a process of ours that orphans among them fall to (PR_SET_CHILD_SUBREAPER). Only a child of our own user
/// that kills its keeper could leave something behind.
class ChildProcess {
public:
    /// Throws Error with the step that failed: "cannot be started: exec: Permission denied".
    explicit ChildProcess(const ChildPlan& plan);
    ~ChildProcess(); ///< Kills the child and what it started.
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    const FileDescriptor& out() const { return out_; } ///< to be read without blocking
    const FileDescriptor& err() const { return err_; }
    /// Readable once the child has ended, and all that it started with it.
    const FileDescriptor& ended() const { return ended_; }

    void ask_to_end() const; ///< SIGTERM to its group
    void kill() const;       ///< it and all that it started
    /// Kills what is left, and waits for it; the child's status as waitpid(2) gives it.
    int wait();

private:
    pid_t pid_ = -1; ///< of the keeper, which ends as the child did
    FileDescriptor out_;
    FileDescriptor err_;
    FileDescriptor ended_;
};

} // namespace skurd
