#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace skurd::crash {

using Environment = std::map<std::string, std::string>;

/// A process whose end is watched: killed with the object. What it prints goes to files in `folder`.
class Child {
public:
    /// Starts `words` (words[0] is the path of the program) with `more` added to the environment, without
    /// SKURD_CONFIG and with NO_COLOR. `folder` is there, and only this process writes to it. Throws Error.
    Child(const std::vector<std::string>& words, const std::filesystem::path& folder, const Environment& more = {});
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }
    /// Waits that long at most; true when the process has ended by then.
    bool ends_within(std::chrono::microseconds time);
    /// SIGKILL, and its end. A process that ended on its own first keeps its exit code.
    int kill();
    int wait();                            ///< until it ends; the exit code, 128 + signal where one ended it
    std::chrono::milliseconds cpu() const; ///< user and system time used so far; of a process that runs
    std::string out() const;               ///< what it printed so far
    std::string err() const;

private:
    std::filesystem::path folder_;
    pid_t pid_ = -1;
    int descriptor_ = -1; ///< of the process
    bool ended_ = false;
    int exit_ = -1;
};

} // namespace skurd::crash
