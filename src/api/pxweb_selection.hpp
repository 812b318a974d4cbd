#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What a client of PxWebApi asked for that cannot be had. The message is the server's own title for it, a colon, and
/// what is meant.
template <typename... Args>
Error pxweb_error(std::string_view title, fmt::format_string<Args...> text, Args&&... args)
{
    return usage_error("{}: {}", title, fmt::format(text, std::forward<Args>(args)...));
}

/// Whether codes come in the order of the table, or of time, of which `top` means the latest.
enum class CodeOrder { table, time };

/// The expressions of one dimension in a request: "0301,03*,[range(2018,2020)],top(3,1)". What has a comma in it
/// stands in brackets.
std::vector<std::string> split_expressions(std::string_view text);

/// The places in `codes` that the expressions select, ascending, each once. A code that stands so wins over an
/// expression that looks the same; upper and lower case do not matter. Throws Error (usage) for what is no
/// expression, and for a code that there is not.
std::vector<std::size_t> select_codes(const std::vector<std::string>& codes, CodeOrder order,
                                      const std::vector<std::string>& expressions);

} // namespace skurd
