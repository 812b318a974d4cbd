#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>

namespace skurd {

/// What the program answers its caller with; the whole list of exit codes.
enum class ExitCode : int {
    good = 0,
    failed = 1, ///< the work failed, or something is wrong
    usage = 2,  ///< bad usage or configuration
    busy = 3,   ///< another instance holds the store
};

/// Ends the job or the start it is thrown in. The message says what, where, and what to do next, on one line.
/// What is expected (nothing new, a missing value) is returned, never thrown.
class Error : public std::runtime_error {
public:
    /// What a message quotes may come from anywhere: line ends and other control characters become spaces, bytes that
    /// are not UTF-8 "?", and what goes on beyond 4000 characters is cut.
    explicit Error(const std::string& message, ExitCode code = ExitCode::failed);

    ExitCode code() const noexcept { return code_; }

private:
    ExitCode code_;
};

/// The store or its disk failed, not what was being worked on: the same work may go well once they do again.
class StoreError : public Error {
public:
    using Error::Error;
};

/// A stop was requested before the work was done: it has not failed, and nothing is known of what it was about.
class Stopped : public Error {
public:
    using Error::Error;
};

/// An Error with a formatted message: `throw error("{}:{}: unknown key '{}'", file, line, key);`
template <typename... Args>
Error error(fmt::format_string<Args...> format, Args&&... args)
{
    return Error(fmt::format(format, std::forward<Args>(args)...));
}

/// The same for bad usage or configuration (exit code 2).
template <typename... Args>
Error usage_error(fmt::format_string<Args...> format, Args&&... args)
{
    return Error(fmt::format(format, std::forward<Args>(args)...), ExitCode::usage);
}

/// The message of an exception with those nested in it, outermost first: "job x: GET https://…: timed out".
std::string full_message(const std::exception& exception);

/// The exit code of an exception: that of the innermost Error in it, else ExitCode::failed.
ExitCode exit_code(const std::exception& exception);

} // namespace skurd
