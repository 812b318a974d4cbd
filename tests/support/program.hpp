#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace skurd::test {

/// What a program that ended said.
struct Ended {
    int exit = -1; ///< exit code; 128 + signal where a signal ended it
    std::string out;
    std::string err;
};

/// What a program is given in its environment beside what it always is.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// Runs the built skurd with these arguments and waits for it. The environment has SKURD_STATE set to `state`, no
/// SKURD_CONFIG, NO_COLOR, LC_ALL=C, no COLUMNS, then what is given; the working folder is `state`'s parent. The
/// store is the one that belongs to the state folder (store_of()). What it prints with --json is held against the
/// schema of its command (check_answer()).
Ended skurd(const std::filesystem::path& state, const std::vector<std::string>& arguments,
            const std::string& input = "", const Environment& environment = {});

/// A skurd that runs beside the test; killed with the object.
class Running {
public:
    Running(const std::filesystem::path& state, const std::vector<std::string>& arguments);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    /// Reads its standard error until a line has the text in it; false when the program ended before.
    bool wait_for(const std::string& text);
    void signal(int number);
    int wait(); ///< until it ends; its exit code as in Ended

private:
    pid_t pid_ = -1;
    int err_ = -1;
    bool ended_ = false;
    std::string seen_;
};

} // namespace skurd::test
