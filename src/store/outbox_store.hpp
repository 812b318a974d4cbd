#pragma once

#include "model/outage.hpp"
#include "model/outbox.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Messages, and how far each channel has been told. Rows of state: none of this is a commit for readers.
class OutboxStore {
public:
    explicit OutboxStore(const StoreSession& session) : session_(session) {}

    std::vector<ToldChannel> channels() const; ///< by name
    void store(const ToldChannel& channel);    ///< new, or told of more
    void forget(const std::string& channel);

    std::int64_t add(const OutboxMessage& message);
    void change(const OutboxMessage& message); ///< what became of it: state, tries, times, answer
    std::optional<OutboxMessage> find(std::int64_t id) const;
    std::vector<OutboxMessage> list(std::size_t most) const; ///< newest first; without their bodies
    /// Those of a channel that wait, oldest first; of all channels for "". Without their bodies.
    std::vector<OutboxMessage> waiting(const std::string& channel) const;
    /// How many of its messages were made after that instant and not after `now`.
    std::size_t made_since(const std::string& channel, Time since, Time now) const;
    std::map<std::pair<std::string, OutboxState>, std::size_t> counts() const; ///< by channel and state
    std::optional<Time> last_sent(const std::string& channel) const;

    /// Removes what ended before that instant, and of the rest all but so many of the newest; never what waits.
    std::size_t expire(Time before, std::size_t most);

private:
    const StoreSession& session_;
};

} // namespace skurd
