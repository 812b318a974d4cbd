#pragma once

#include <filesystem>
#include <sys/types.h>

namespace skurd::test {

/// A process that holds on to what the database was when this was made, until it is ended. It is this program's.
class ReadingProcess {
public:
    explicit ReadingProcess(const std::filesystem::path& database);
    ~ReadingProcess() { end(); }
    ReadingProcess(const ReadingProcess&) = delete;
    ReadingProcess& operator=(const ReadingProcess&) = delete;

    pid_t pid() const { return pid_; }
    void end(); ///< and waits for it

private:
    pid_t pid_ = 0;
};

} // namespace skurd::test
