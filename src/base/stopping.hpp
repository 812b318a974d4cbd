#pragma once

#include <stop_token>

namespace skurd {

/// While it lives, work on this thread that asks (throw_if_stopped()) may be told to stop. So decoders, which are
/// pure functions of bytes, need not be handed a token through every loop. Scopes nest; the inner one holds.
class StopScope {
public:
    explicit StopScope(std::stop_token stop);
    ~StopScope();
    StopScope(const StopScope&) = delete;
    StopScope& operator=(const StopScope&) = delete;

private:
    std::stop_token stop_;
    const std::stop_token* before_;
};

/// The token of the innermost scope of this thread; one that is never told to stop where there is none.
std::stop_token stop_of_this_thread();

/// Throws Stopped where the stop of the innermost scope of this thread was requested. Costs some nanoseconds: every
/// loop whose length a payload says asks once a turn, or once a row.
void throw_if_stopped();

} // namespace skurd
