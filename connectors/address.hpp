#pragma once

#include "config/section.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// The host of an http or https address, lower case, without port; "" for anything else, and for an address that says
/// a user's name. The host of skurd checks addresses again, with its HTTP library's own parser.
std::string host_of(std::string_view address);

/// Reads a key that holds the beginning of addresses, without '?' and '#' and with no slash at its end in the answer.
/// Throws Error (usage) with file:line.
std::string read_base_url(Section& section, std::string_view key, std::string_view fallback);

} // namespace skurd
