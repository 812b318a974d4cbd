#include "base/log.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cstdlib>

namespace skurd {

namespace {

/// What a message quotes may come from anywhere, a file's name say: it makes no line of its own.
class PrintableMessage final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override
    {
        const auto text = printable({message.payload.data(), message.payload.size()});
        line.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<PrintableMessage>(); }
};

/// journald takes the priority from the beginning of a line (sd-daemon(3)) and has the time itself.
class JournalPriority final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override
    {
        constexpr std::array<std::string_view, spdlog::level::n_levels> priorities = {"<7>", "<7>", "<6>", "<4>",
                                                                                      "<3>", "<2>", "<6>"};
        const auto priority = priorities.at(static_cast<std::size_t>(message.level));
        line.append(priority.data(), priority.data() + priority.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<JournalPriority>(); }
};

std::unique_ptr<spdlog::pattern_formatter> line_formatter()
{
    const bool under_journald = std::getenv("JOURNAL_STREAM") != nullptr;
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<PrintableMessage>('*').add_flag<JournalPriority>('&');
    formatter->set_pattern(under_journald ? "%&%*" : "%Y-%m-%dT%H:%M:%SZ %^%l%$: %*");
    return formatter;
}

} // namespace

void set_up_log(const std::string& level)
{
    const auto known = spdlog::level::from_str(level == "warn" ? "warning" : level);
    if (known == spdlog::level::off)
        throw usage_error("unknown log level '{}' (known: trace, debug, info, warn, error)", level);
    auto logger = std::make_shared<spdlog::logger>("skurd", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    logger->set_formatter(line_formatter());
    logger->set_level(known);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
}

} // namespace skurd
