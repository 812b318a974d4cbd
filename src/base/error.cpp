#include "base/error.hpp"

#include "base/text.hpp"

namespace skurd {

namespace {

constexpr std::size_t message_max = 4000; ///< characters

} // namespace

Error::Error(const std::string& message, ExitCode code)
    : std::runtime_error(excerpt(message, message_max)), code_(code)
{
}

std::string full_message(const std::exception& exception)
{
    std::string message = exception.what();
    try {
        std::rethrow_if_nested(exception);
    } catch (const std::exception& nested) {
        message += ": " + full_message(nested);
    }
    return message;
}

ExitCode exit_code(const std::exception& exception)
{
    try {
        std::rethrow_if_nested(exception);
    } catch (const std::exception& nested) {
        return exit_code(nested);
    }
    const auto* known = dynamic_cast<const Error*>(&exception);
    return known ? known->code() : ExitCode::failed;
}

} // namespace skurd
