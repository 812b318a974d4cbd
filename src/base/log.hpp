#pragma once

#include <string>

namespace skurd {

/// Sets up the one global there is, spdlog's default logger: lines on standard error, with a time stamp and the
/// level, or, for journald (JOURNAL_STREAM is set), with the priority in its form; each message is one line of
/// printable text. Call once, from main. Levels: trace, debug, info, warn, error. Throws Error (usage) for any other
/// word.
void set_up_log(const std::string& level);

} // namespace skurd
