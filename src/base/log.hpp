#pragma once

#include <string>

namespace skurd {

/// Sets up the one global there is, spdlog's default logger: lines on standard error, "level message" without a
/// time stamp when journald adds its own (JOURNAL_STREAM is set), with one otherwise. Call once, from main.
/// Levels: trace, debug, info, warn, error. Throws Error (usage) for any other word.
void set_up_log(const std::string& level);

} // namespace skurd
