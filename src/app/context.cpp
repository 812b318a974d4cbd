#include "app/context.hpp"

#include "app/signals.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "daemon/source_query_orders.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "query/catalogue.hpp"
#include "store/store_session.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace skurd {

namespace {

std::optional<Time> read_time(const char* option, const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto time = parse_time(text, DayEdge::end);
    if (!time)
        throw usage_error("{} '{}' is not a date or an instant (like 2018-06-01 or 2018-06-01T08:00:00Z)", option,
                          text);
    return time;
}

using Alone = std::function<Json(const Installation&, const ControlServer::Progress&, std::stop_token)>;

/// The daemon's answer to the order; where none runs, what `alone` gives.
Json have_done(Context& context, const ControlRequest& order, const Alone& alone)
{
    const auto installation = context.installation();
    std::optional<Json> answer;
    {
        const ProgressLine line;
        const auto progress = [&](const std::string& text) { line(text); };
        answer = ask_daemon(installation.state / "skurd.sock", order, progress);
        if (!answer) {
            Signals signals;
            answer = alone(installation, progress, signals.stop());
        }
    }
    if (answer->contains("error"))
        throw Error(answer->at("error").get<std::string>(), static_cast<ExitCode>(answer->value("exit", 1)));
    return *answer;
}

} // namespace

bool Context::colour() const
{
    const char* forbidden = std::getenv("NO_COLOR");
    return !no_colour && !(forbidden && *forbidden) && ::isatty(STDOUT_FILENO) != 0;
}

StoreView::StoreView(Context& context)
    : installation(context.installation()), store(installation.state, StoreSession::Access::read, context.clock),
      catalogue(load_catalogue(installation))
{
}

const Indicator& StoreView::indicator(int number) const
{
    const auto* found = catalogue.find(number);
    if (!found)
        throw usage_error("there is no indicator {} (the catalogue has {} to {})", number,
                          catalogue.indicators.front().number, catalogue.indicators.back().number);
    return *found;
}

void AsOfOptions::add_to(CLI::App& command)
{
    command.add_option("--as-of", published, "What had been published by then: a date (its end, UTC) or an instant");
    command.add_option("--known-at", known, "What this store had seen by then");
}

AsOf AsOfOptions::read() const
{
    return {read_time("--as-of", published), read_time("--known-at", known)};
}

ProgressLine::ProgressLine() : watched_(::isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine()
{
    (*this)("");
}

void ProgressLine::operator()(const std::string& text) const
{
    if (watched_)
        std::cerr << "\r\033[K" << text << std::flush;
}

Json carry_out(Context& context, const ControlRequest& order)
{
    return have_done(context, order, [&](const Installation& installation, const auto& progress, auto stop) {
        return Harvester(installation, context.clock).execute(order, progress, stop);
    });
}

Json look_around(Context& context, const Json& order)
{
    return have_done(context, {order, ""}, [&](const Installation& installation, const auto& progress, auto stop) {
        return query_source_alone(order, installation, context.clock, stop, progress);
    });
}

std::string user_name()
{
    const char* name = ::getlogin();
    const char* fallback = std::getenv("USER");
    return name ? name : fallback ? fallback : fmt::format("uid {}", ::getuid());
}

void add_corrected(CLI::App& command, Numbers& numbers)
{
    command.add_flag_callback(
        "--corrected", [&numbers] { numbers = Numbers::corrected; },
        "Corrected numbers in the place of those the source has wrong (see `skurd corrections`)");
}

void print_json(const Json& value)
{
    std::cout << value.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

Period read_period(const std::string& text)
{
    const auto period = Period::parse(text).value_or(Period());
    if (period.kind() == PeriodKind::other)
        throw usage_error("'{}' is not a period (like 2018, 2018Q1, 2018M06)", text);
    return period;
}

int indicator_number(const std::string& text)
{
    return text.size() <= 6 && all_digits(text) ? std::stoi(text) : 0;
}

} // namespace skurd
