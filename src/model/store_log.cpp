#include "model/store_log.hpp"

#include <fmt/format.h>

namespace skurd {

std::string readers_text(const std::vector<LogReader>& readers, std::string_view process)
{
    std::string text;
    for (const auto& reader : readers) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", process, reader.pid);
        if (!reader.command.empty())
            text += fmt::format(" ({})", reader.command);
    }
    return text;
}

} // namespace skurd
