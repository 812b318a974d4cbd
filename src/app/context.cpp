#include "app/context.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "query/catalogue.hpp"
#include "run/jobs.hpp"
#include "store/store_files.hpp"
#include "store/store_session.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace skurd {

namespace {

constexpr std::size_t usual_width = 80;
constexpr std::size_t width_min = 40; ///< with less nothing can be read

/// What COLUMNS says; 0 where it says nothing.
std::size_t width_asked_for()
{
    const char* set = std::getenv("COLUMNS");
    return static_cast<std::size_t>(positive_number(set ? set : "").value_or(0));
}

} // namespace

bool Context::colour() const
{
    const char* forbidden = std::getenv("NO_COLOR");
    return !no_colour && !(forbidden && *forbidden) && ::isatty(STDOUT_FILENO) != 0;
}

std::size_t Context::width() const
{
    if (wide)
        return 0;
    if (const auto asked = width_asked_for(); asked != 0)
        return std::max(asked, width_min);
    if (::isatty(STDOUT_FILENO) == 0)
        return 0;
    winsize size{};
    const bool told = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
    return told ? std::max<std::size_t>(size.ws_col, width_min) : usual_width;
}

StoreSession open_store(Context& context)
{
    return {context.installation().store, StoreSession::Access::read, context.clock};
}

std::unique_ptr<StoreSession> store_if_there(Context& context)
{
    const auto place = context.installation().store;
    if (!StoreSession::is_there(place))
        return nullptr;
    return std::make_unique<StoreSession>(place, StoreSession::Access::read, context.clock);
}

StorePlace place_of(const std::string& name, const Installation& installation)
{
    if (name == installation.store.url)
        return installation.store;
    StorePlace place;
    const bool is_url = name.find("://") != std::string::npos;
    place.folder = is_url ? installation.state : std::filesystem::absolute(name).lexically_normal();
    place.url = is_url ? name : "";
    return place;
}

ReadContext::ReadContext(Context& context)
    : installation(context.installation()), store(installation.store, StoreSession::Access::read, context.clock),
      catalogue(load_catalogue(installation))
{
    expand_catalogue(catalogue, store);
}

Attributions ReadContext::attributions() const
{
    return attributions_of(load_jobs(installation), installation);
}

ProgressLine::ProgressLine(std::chrono::milliseconds after)
    : watched_(::isatty(STDERR_FILENO) != 0), from_(std::chrono::steady_clock::now() + after)
{
}

ProgressLine::~ProgressLine()
{
    (*this)("");
}

void ProgressLine::operator()(const std::string& text) const
{
    if (watched_ && std::chrono::steady_clock::now() >= from_)
        std::cerr << "\r\033[K" << printable(text) << std::flush;
}

void print_exactly(std::string_view bytes)
{
    const auto size = static_cast<std::streamsize>(bytes.size());
    if (PrintableStream::exact(std::cout)->sputn(bytes.data(), size) != size)
        std::cout.setstate(std::ios::badbit);
}

void print_json(const Json& value)
{
    print_exactly(escape_unseen(value.dump(2, ' ', false, Json::error_handler_t::replace), EscapeForm::json) + '\n');
}

ExitCode print_done(const Context& context, const Json& answer, const std::string& line)
{
    if (context.json)
        print_json(answer);
    else
        print_text("{}\n", line);
    return ExitCode::good;
}

} // namespace skurd
