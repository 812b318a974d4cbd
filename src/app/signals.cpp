#include "app/signals.hpp"

#include "base/error.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

namespace skurd {

namespace {

/// Ends the waiting thread; nobody else sends it to us.
constexpr int end_signal = SIGUSR1;

sigset_t handled_signals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, end_signal);
    return set;
}

} // namespace

Signals::Signals() : wake_(::eventfd(0, EFD_CLOEXEC))
{
    if (!wake_)
        throw error("no eventfd: {}", std::generic_category().message(errno));
    const auto handled = handled_signals();
    pthread_sigmask(SIG_BLOCK, &handled, &before_);
    thread_ = std::thread([this, handled] {
        int signal = 0;
        sigwait(&handled, &signal);
        if (signal == end_signal)
            return;
        source_.request_stop();
        ::eventfd_write(wake_.get(), 1);
        // A second one ends the program at once: a person who presses twice means it.
        sigwait(&handled, &signal);
        if (signal != end_signal)
            ::_exit(128 + signal);
    });
}

Signals::~Signals()
{
    pthread_kill(thread_.native_handle(), end_signal);
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace skurd
