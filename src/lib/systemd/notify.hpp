#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace skurd {

/// Tells the service manager how the process is, by the datagram that sd_notify(3) describes ("READY=1"). Does
/// nothing where none wants to know ($NOTIFY_SOCKET); a manager that does not listen is no reason to fail.
void notify_manager(std::string_view state);

/// "RELOADING=1" with the time that a service of Type=notify-reload sends with it.
void notify_reloading();

/// How often at least the manager wants to hear "WATCHDOG=1" from this process ($WATCHDOG_USEC); nothing = not at
/// all.
std::optional<std::chrono::milliseconds> watchdog_interval();

} // namespace skurd
