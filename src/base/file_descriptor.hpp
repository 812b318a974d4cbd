#pragma once

#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace skurd {

/// Owns an open file of the system; -1 = none.
class FileDescriptor {
public:
    explicit FileDescriptor(int fd = -1) noexcept : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept
    {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~FileDescriptor()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }

    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    explicit operator bool() const noexcept { return fd_ >= 0; }
    int get() const noexcept { return fd_; }

private:
    int fd_;
};

/// Whether somebody has this regular file, open for reading only, open for writing. False also where that cannot be
/// told: on a network file system, or for another user's file without CAP_LEASE.
bool has_writer(const FileDescriptor& file);

} // namespace skurd
