#include "base/log.hpp"

#include "base/error.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace skurd {

void set_up_log(const std::string& level)
{
    const auto known = spdlog::level::from_str(level == "warn" ? "warning" : level);
    if (known == spdlog::level::off)
        throw usage_error("unknown log level '{}' (known: trace, debug, info, warn, error)", level);
    auto logger = std::make_shared<spdlog::logger>("skurd", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    const bool under_journald = std::getenv("JOURNAL_STREAM") != nullptr;
    logger->set_pattern(under_journald ? "%l: %v" : "%Y-%m-%dT%H:%M:%SZ %^%l%$: %v", spdlog::pattern_time_type::utc);
    logger->set_level(known);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
}

} // namespace skurd
