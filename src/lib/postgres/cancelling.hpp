#pragma once

#include "base/stopping.hpp"
#include "lib/postgres/connection.hpp"

#include <array>
#include <libpq-fe.h>
#include <optional>
#include <stop_token>

namespace skurd {

/// While it lives, a stop of the thread's innermost scope cancels what the server does for the connection. One that
/// was requested before does not: what is written after a stop is how it ended.
class CancelOnStop {
public:
    explicit CancelOnStop(const PostgresConnection& connection)
    {
        if (const auto stop = stop_of_this_thread(); stop.stop_possible() && !stop.stop_requested())
            callback_.emplace(stop, Cancel{connection.cancel_handle()});
    }

private:
    struct Cancel {
        pg_cancel* handle;
        /// Any thread may; libpq connects to the server for it, and waits for its answer.
        void operator()() const noexcept
        {
            std::array<char, 256> message{};
            PQcancel(handle, message.data(), static_cast<int>(message.size()));
        }
    };
    std::optional<std::stop_callback<Cancel>> callback_;
};

} // namespace skurd
