#include "app/exit_deadline.hpp"

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <utility>

namespace skurd {

ExitDeadline::ExitDeadline(std::stop_token stop, std::chrono::milliseconds after)
    : thread_([this, stop = std::move(stop), after] { watch(stop, after); })
{
}

ExitDeadline::~ExitDeadline()
{
    {
        const std::scoped_lock lock(mutex_);
        is_over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void ExitDeadline::watch(const std::stop_token& stop, std::chrono::milliseconds after)
{
    std::unique_lock lock(mutex_);
    if (changed_.wait(lock, stop, [&] { return is_over_; }))
        return;
    if (changed_.wait_for(lock, after, [&] { return is_over_; }))
        return;
    spdlog::warn("what is at work does not end: left as after a kill, and begun again at the next start");
    spdlog::shutdown();
    std::_Exit(EXIT_SUCCESS);
}

} // namespace skurd
