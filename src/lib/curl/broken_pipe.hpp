#pragma once

#include <csignal>
#include <ctime>

namespace skurd {

/// As long as it lives, a connection whose other end is gone is an error to this thread and no signal: TLS writes
/// without MSG_NOSIGNAL, and libcurl leaves signals alone (CURLOPT_NOSIGNAL), as it must among threads.
class BrokenPipeGuard {
public:
    BrokenPipeGuard() noexcept
    {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~BrokenPipeGuard()
    {
        const timespec at_once{};
        if (::sigismember(&before_, SIGPIPE) == 0)
            while (::sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
            }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    BrokenPipeGuard(const BrokenPipeGuard&) = delete;
    BrokenPipeGuard& operator=(const BrokenPipeGuard&) = delete;

private:
    sigset_t pipe_{};
    sigset_t before_{};
};

} // namespace skurd
