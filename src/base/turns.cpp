#include "base/turns.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <utility>

namespace skurd {

bool Turns::is_next(Asker asker, std::uint64_t ticket) const
{
    const auto& people = waiting_[static_cast<std::size_t>(Asker::person)];
    const auto& own = waiting_[static_cast<std::size_t>(asker)];
    return !taken_ && own.front() == ticket && (asker == Asker::person || people.empty());
}

bool Turns::take(Asker asker, std::string what, const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    auto& waiting = waiting_[static_cast<std::size_t>(asker)];
    const auto ticket = ++last_ticket_;
    waiting.push_back(ticket);
    const bool is_ours = changed_.wait(lock, stop, [&] { return is_next(asker, ticket); });
    waiting.erase(std::find(waiting.begin(), waiting.end(), ticket));
    if (!is_ours) {
        changed_.notify_all(); // the one behind may be next now
        return false;
    }
    taken_ = true;
    holder_ = std::move(what);
    return true;
}

void Turns::give_back() noexcept
{
    const std::scoped_lock lock(mutex_);
    taken_ = false;
    holder_.clear();
    changed_.notify_all();
}

void Turns::say(std::string what)
{
    const std::scoped_lock lock(mutex_);
    holder_ = std::move(what);
}

std::size_t Turns::waiting() const
{
    const std::scoped_lock lock(mutex_);
    return waiting_[0].size() + waiting_[1].size();
}

std::string Turns::holder() const
{
    const std::scoped_lock lock(mutex_);
    return holder_;
}

Turn::Turn(Turns& turns, Turns::Asker asker, std::string what, const std::stop_token& stop)
    : turns_(turns), asker_(asker), what_(std::move(what))
{
    if (!turns_.take(asker_, what_, stop))
        throw Stopped(what_.empty() ? "stopped" : what_ + ": stopped");
}

void Turn::say(std::string what)
{
    what_ = std::move(what);
    turns_.say(what_);
}

/// Without a stop token: whoever has begun must be able to end in order.
void Turn::take_again() noexcept
{
    static_cast<void>(turns_.take(asker_, what_));
}

} // namespace skurd
