// A sink is told of a message on the thread that logs it, so the fields of that thread are those of the message.
#include "lib/spdlog/log.hpp"

#include "base/error.hpp"
#include "base/log_scope.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "lib/systemd/journal.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>

namespace skurd {

namespace {

/// What a message quotes may come from anywhere, a file's name say: it makes no line of its own.
std::string message_of(const spdlog::details::log_msg& message)
{
    return printable({message.payload.data(), message.payload.size()});
}

/// As syslog(3) counts them.
std::string_view priority_of(spdlog::level::level_enum level)
{
    constexpr std::array<std::string_view, spdlog::level::n_levels> priorities = {"7", "7", "6", "4", "3", "2", "6"};
    return priorities.at(static_cast<std::size_t>(level));
}

/// The name of a field as the journal wants it.
std::string capitals(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

class PrintableMessage final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override
    {
        const auto text = message_of(message);
        line.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<PrintableMessage>(); }
};

/// journald takes the priority from the beginning of a line (sd-daemon(3)) and has the time itself.
class LinePriority final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override
    {
        const auto text = fmt::format("<{}>", priority_of(message.level));
        line.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<LinePriority>(); }
};

class JsonLine final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& line) override
    {
        const auto level = spdlog::level::to_string_view(message.level);
        const auto at = std::chrono::floor<std::chrono::seconds>(message.time);
        const auto text = json_log_line(format_time(at), {level.data(), level.size()}, message_of(message));
        line.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<JsonLine>(); }
};

std::unique_ptr<spdlog::pattern_formatter> formatter_of(const std::string& pattern)
{
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<PrintableMessage>('*').add_flag<LinePriority>('&').add_flag<JsonLine>('!');
    formatter->set_pattern(pattern);
    return formatter;
}

bool is_under_journald()
{
    return std::getenv("JOURNAL_STREAM") != nullptr;
}

std::shared_ptr<spdlog::sinks::sink> line_sink(LogFormat format)
{
    auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    sink->set_formatter(formatter_of(format == LogFormat::json ? "%!"
                                     : is_under_journald()     ? "%&%*"
                                                               : "%Y-%m-%dT%H:%M:%SZ %^%l%$: %*"));
    return sink;
}

/// Entries with fields; what the journal does not take goes to it as a line.
class JournalSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit JournalSink(Journal journal) : journal_(std::move(journal)), lines_(line_sink(LogFormat::text)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override
    {
        Journal::Fields fields = {{"MESSAGE", message_of(message)},
                                  {"PRIORITY", std::string(priority_of(message.level))},
                                  {"SYSLOG_IDENTIFIER", "skurd"}};
        for (const auto& [name, value] : log_fields())
            fields.emplace_back(capitals(name), printable(value));
        if (!journal_.send(fields))
            lines_->log(message);
    }
    void flush_() override { lines_->flush(); }

private:
    Journal journal_;
    std::shared_ptr<spdlog::sinks::sink> lines_;
};

std::shared_ptr<spdlog::sinks::sink> sink_for(LogFormat format)
{
    auto journal = format == LogFormat::text ? Journal::of_standard_error() : std::nullopt;
    return journal ? std::make_shared<JournalSink>(std::move(*journal)) : line_sink(format);
}

/// What messages are handed to, so that it may become another one while threads log.
class ChangeableSink final : public spdlog::sinks::sink {
public:
    explicit ChangeableSink(std::shared_ptr<sink> first) : now_(std::move(first)) {}

    void replace(std::shared_ptr<sink> other)
    {
        const std::scoped_lock lock(mutex_);
        now_ = std::move(other);
    }
    void log(const spdlog::details::log_msg& message) override
    {
        const std::scoped_lock lock(mutex_);
        now_->log(message);
    }
    void flush() override
    {
        const std::scoped_lock lock(mutex_);
        now_->flush();
    }
    void set_pattern(const std::string&) override {} // each kind of line has its own
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

private:
    std::mutex mutex_;
    std::shared_ptr<sink> now_;
};

} // namespace

std::string json_log_line(std::string_view at, std::string_view level, std::string_view message)
{
    Json line = {{"at", at}, {"level", level}, {"message", message}};
    for (const auto& [name, value] : log_fields())
        line[name] = printable(value);
    return json_line(line);
}

void set_up_log(const std::string& level, LogFormat format)
{
    const auto known = spdlog::level::from_str(level == "warn" ? "warning" : level);
    if (known == spdlog::level::off)
        throw usage_error("unknown log level '{}' (known: trace, debug, info, warn, error)", level);
    auto logger = std::make_shared<spdlog::logger>("skurd", std::make_shared<ChangeableSink>(sink_for(format)));
    logger->set_level(known);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
}

void set_log_format(LogFormat format)
{
    for (const auto& sink : spdlog::default_logger()->sinks())
        if (auto* changeable = dynamic_cast<ChangeableSink*>(sink.get()))
            changeable->replace(sink_for(format));
}

} // namespace skurd
