#pragma once

#include "base/file_descriptor.hpp"

#include <csignal>
#include <functional>
#include <map>
#include <stop_token>
#include <thread>

namespace skurd {

/// Turns SIGINT and SIGTERM into a stop request, and others into what is to be done then, from construction to
/// destruction. Make it before any other thread, so that all inherit the blocked signals. One at a time.
class Signals {
public:
    using Reactions = std::map<int, std::function<void()>>; ///< on a thread of this object's; they do not throw

    explicit Signals(Reactions reactions = {});
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    std::stop_token stop() const { return source_.get_token(); }

private:
    void watch();
    void take(int signal);

    Reactions reactions_;
    sigset_t before_{};
    FileDescriptor signals_;
    FileDescriptor end_;
    std::stop_source source_;
    std::thread thread_;
};

} // namespace skurd
