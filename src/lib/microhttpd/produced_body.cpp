#include "lib/microhttpd/produced_body.hpp"

#include "base/error.hpp"

namespace skurd {

void ProducedBody::put(std::string piece)
{
    if (piece.empty())
        return;
    bool is_awaited = false;
    {
        std::unique_lock lock(mutex_);
        changed_.wait_until(lock, until_, [&] { return state_ != State::open || pieces_.size() < pieces_max; });
        if (state_ == State::open && std::chrono::steady_clock::now() >= until_)
            state_ = State::cut_off;
        if (state_ != State::open)
            throw ReaderGone();
        pieces_.push_back(std::move(piece));
        is_awaited = std::exchange(is_awaited_, false);
    }
    if (is_awaited)
        wake_();
}

void ProducedBody::change(State state)
{
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::open)
            return;
        state_ = state;
        is_awaited_ = false;
        changed_.notify_all();
    }
    wake_();
}

void ProducedBody::end()
{
    change(State::ended);
}

void ProducedBody::cut_off()
{
    change(State::cut_off);
}

std::optional<std::string> ProducedBody::next()
{
    const std::lock_guard lock(mutex_);
    if (state_ == State::cut_off || state_ == State::abandoned) // the latter before anybody asked: the end has come
        throw error("an answer was cut off before its end");
    if (!pieces_.empty()) {
        auto piece = std::move(pieces_.front());
        pieces_.pop_front();
        changed_.notify_all();
        return piece;
    }
    if (state_ != State::open)
        return std::nullopt;
    is_awaited_ = true;
    return "";
}

/// Without a wake-up: it is the sender who calls.
void ProducedBody::abandon()
{
    const std::lock_guard lock(mutex_);
    if (state_ == State::open)
        state_ = State::abandoned;
    pieces_.clear();
    changed_.notify_all();
}

} // namespace skurd
