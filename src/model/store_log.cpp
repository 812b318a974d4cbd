#include "model/store_log.hpp"

#include <fmt/format.h>

namespace skurd {

std::string readers_text(const std::vector<LogReader>& readers)
{
    std::string text;
    for (const auto& reader : readers) {
        text += fmt::format("{}process {}", text.empty() ? "" : ", ", reader.pid);
        if (!reader.command.empty())
            text += fmt::format(" ({})", reader.command);
    }
    return text;
}

} // namespace skurd
