#include "app/signals.hpp"

#include "base/error.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace skurd {

namespace {

sigset_t handled_signals(const Signals::Reactions& reactions)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    for (const auto& [signal, reaction] : reactions)
        sigaddset(&set, signal);
    return set;
}

} // namespace

Signals::Signals(Reactions reactions) : reactions_(std::move(reactions)), end_(::eventfd(0, EFD_CLOEXEC))
{
    const auto handled = handled_signals(reactions_);
    signals_ = FileDescriptor(::signalfd(-1, &handled, SFD_CLOEXEC));
    if (!end_ || !signals_)
        throw error("signals cannot be watched: {}", std::generic_category().message(errno));
    pthread_sigmask(SIG_BLOCK, &handled, &before_);
    thread_ = std::thread([this] { watch(); });
}

Signals::~Signals()
{
    ::eventfd_write(end_.get(), 1);
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Signals::watch()
{
    for (;;) {
        pollfd wanted[] = {{signals_.get(), POLLIN, 0}, {end_.get(), POLLIN, 0}};
        if (::poll(wanted, 2, -1) < 0)
            continue; // a signal that is none of ours came between
        if (wanted[1].revents != 0)
            return;
        signalfd_siginfo came{};
        if (::read(signals_.get(), &came, sizeof came) == static_cast<ssize_t>(sizeof came))
            take(static_cast<int>(came.ssi_signo));
    }
}

void Signals::take(int signal)
{
    if (const auto found = reactions_.find(signal); found != reactions_.end())
        return found->second();
    // A second one ends the program at once: a person who presses twice means it.
    if (!source_.request_stop())
        ::_exit(128 + signal);
}

} // namespace skurd
