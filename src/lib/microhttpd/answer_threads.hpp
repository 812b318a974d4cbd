#pragma once

#include "lib/microhttpd/http_service.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace skurd {

/// Threads that answer what may wait. What waits for the disk alone is answered by one of its own, so that health is
/// told whatever else is asked; what takes long by `computing_max` at once. One that has come to send its answer to
/// whoever reads it counts among `sending_max` instead, and another takes its place: slow readers hold up nobody.
/// They have a lower priority than what else the process does: reading makes a harvest wait as little as can be.
class AnswerThreads {
public:
    static constexpr std::size_t computing_max = 2;
    static constexpr std::size_t sending_max = 8;
    static constexpr int long_niceness = 10; ///< of what takes long

    AnswerThreads() = default;
    ~AnswerThreads() { end(); }
    AnswerThreads(const AnswerThreads&) = delete;
    AnswerThreads& operator=(const AnswerThreads&) = delete;

    /// False once they are ending: the task will not be done. Tasks do not throw. From any thread.
    bool add(RequestTerms::Answering kind, std::function<void()> task);
    /// Of a task that takes long: it computes no longer, it sends. False where too many do.
    bool begin_sending();
    void end(); ///< when all tasks are done

private:
    struct Lane {
        std::size_t computing_at_once;
        std::size_t threads_max;
        int niceness = 0;
        std::deque<std::function<void()>> tasks{};
        std::size_t computing = 0;
        std::size_t threads = 0;
        std::size_t idle = 0; ///< of them
    };
    void work(Lane& lane);
    void start(Lane& lane);

    std::mutex mutex_; ///< of what follows
    std::condition_variable changed_;
    Lane short_{1, 1};
    Lane long_{computing_max, computing_max + sending_max, long_niceness};
    std::size_t sending_ = 0;
    bool is_ending_ = false;
    std::vector<std::thread> threads_; ///< as many as were ever needed at once
};

} // namespace skurd
