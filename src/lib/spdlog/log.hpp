#pragma once

#include "base/enum_words.hpp"

#include <string>
#include <string_view>

namespace skurd {

enum class LogFormat {
    text, ///< for people; where standard error leads to the journal, entries with fields there
    json, ///< an object a line, always on standard error
};
template <>
inline constexpr auto enum_words<LogFormat> = word_table<LogFormat>({
    {LogFormat::text, "text"},
    {LogFormat::json, "json"},
});

/// Sets up the one global there is, spdlog's default logger, on standard error. Each message is one line of printable
/// text. In `text` a line has a time stamp and the level; one that goes to the journal has its priority, and the
/// fields that hold (base/log_scope.hpp) beside it, in capitals. In `json` it is {"at", "level", "message", fields…}.
/// From main, before threads are there. Levels: trace, debug, info, warn, error. Throws Error (usage) for any other
/// word.
void set_up_log(const std::string& level, LogFormat format = LogFormat::text);

void set_log_format(LogFormat format); ///< of the lines from now on; from any thread

/// A message as an object on one line, without a line end.
std::string json_log_line(std::string_view at, std::string_view level, std::string_view message);

} // namespace skurd
