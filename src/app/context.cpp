#include "app/context.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
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

void print_json(const Json& value)
{
    std::cout << value.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

int indicator_number(const std::string& text)
{
    return text.size() <= 6 && all_digits(text) ? std::stoi(text) : 0;
}

} // namespace skurd
