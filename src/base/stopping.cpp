#include "base/stopping.hpp"

#include "base/error.hpp"

namespace skurd {

namespace {

thread_local const std::stop_token* innermost = nullptr;

} // namespace

StopScope::StopScope(std::stop_token stop) : stop_(std::move(stop)), before_(innermost)
{
    innermost = &stop_;
}

StopScope::~StopScope()
{
    innermost = before_;
}

std::stop_token stop_of_this_thread()
{
    return innermost ? *innermost : std::stop_token();
}

void throw_if_stopped()
{
    if (innermost && innermost->stop_requested())
        throw Stopped("stopped while a payload was read");
}

} // namespace skurd
