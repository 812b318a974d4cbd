#include "lib/microhttpd/answer_threads.hpp"

#include <unistd.h>

namespace skurd {

namespace {

thread_local bool is_sending = false; ///< the task at hand

} // namespace

bool AnswerThreads::add(RequestTerms::Answering kind, std::function<void()> task)
{
    auto& lane = kind == RequestTerms::Answering::takes_long ? long_ : short_;
    const std::lock_guard lock(mutex_);
    if (is_ending_)
        return false;
    lane.tasks.push_back(std::move(task));
    if (lane.idle < lane.tasks.size() && lane.threads < lane.threads_max)
        start(lane);
    changed_.notify_all();
    return true;
}

/// Under the lock.
void AnswerThreads::start(Lane& lane)
{
    ++lane.threads;
    ++lane.idle;
    threads_.emplace_back([this, &lane] { work(lane); });
}

void AnswerThreads::work(Lane& lane)
{
    // Of this thread alone, as Linux has it. Where it is not allowed, reading competes as before.
    [[maybe_unused]] const int reached = lane.niceness > 0 ? ::nice(lane.niceness) : 0;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock,
                      [&] { return lane.tasks.empty() ? is_ending_ : lane.computing < lane.computing_at_once; });
        if (lane.tasks.empty())
            return;
        auto task = std::move(lane.tasks.front());
        lane.tasks.pop_front();
        --lane.idle;
        ++lane.computing;
        lock.unlock();
        is_sending = false;
        task();
        task = nullptr; // what it holds goes before the lock is had
        lock.lock();
        --(is_sending ? sending_ : lane.computing);
        ++lane.idle;
        changed_.notify_all();
    }
}

bool AnswerThreads::begin_sending()
{
    const std::lock_guard lock(mutex_);
    if (sending_ >= sending_max)
        return false;
    ++sending_;
    --long_.computing;
    is_sending = true;
    changed_.notify_all();
    return true;
}

void AnswerThreads::end()
{
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        changed_.notify_all();
    }
    for (auto& thread : threads_)
        if (thread.joinable())
            thread.join();
}

} // namespace skurd
