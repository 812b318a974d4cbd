#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>

namespace skurd {

/// Something that one thread has at a time: those who wait get it in the order in which they came, people before the
/// program's own work.
class Turns {
public:
    enum class Asker { person, work };

    Turns() = default;
    ~Turns() = default;
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;

    /// Waits until it is this thread's turn; false where a stop came first. `what` is told to others meanwhile.
    [[nodiscard]] bool take(Asker asker, std::string what = {}, const std::stop_token& stop = {});
    void give_back() noexcept;
    void say(std::string what); ///< by who has the turn

    std::size_t waiting() const; ///< how many
    std::string holder() const;  ///< what has the turn, as it was told; "" where nobody has it, or did not say

private:
    bool is_next(Asker asker, std::uint64_t ticket) const;

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::array<std::deque<std::uint64_t>, 2> waiting_; ///< tickets by asker, ascending
    std::uint64_t last_ticket_ = 0;
    bool taken_ = false;
    std::string holder_;
};

/// A turn, held as long as the object lives. For one thread.
class Turn {
public:
    explicit Turn(Turns& turns, Turns::Asker asker = Turns::Asker::work, std::string what = {},
                  const std::stop_token& stop = {}); ///< throws Stopped where the stop came first
    ~Turn() { turns_.give_back(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    void say(std::string what); ///< what the turn is for, as is told to others

    /// Does something that takes long and needs no turn, while others have theirs. What holds during a turn may have
    /// changed then.
    template <typename Work>
    auto outside(const Work& work)
    {
        const Outside outside(*this);
        return work();
    }

private:
    class Outside {
    public:
        explicit Outside(Turn& turn) : turn_(turn) { turn_.turns_.give_back(); }
        ~Outside() { turn_.take_again(); }
        Outside(const Outside&) = delete;
        Outside& operator=(const Outside&) = delete;

    private:
        Turn& turn_;
    };

    void take_again() noexcept;

    Turns& turns_;
    Turns::Asker asker_;
    std::string what_;
};

} // namespace skurd
