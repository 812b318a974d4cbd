#pragma once

#include "base/clock.hpp"
#include "serve/tcp_access.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace skurd {

// A browser that gave the token has a session: a cookie that says until when, signed with the token. Nothing is kept
// here, so that it outlives a restart, and ends where the token becomes another one.

constexpr auto session_length = std::chrono::hours(12);
constexpr std::string_view session_cookie = "skurd_session"; ///< its name

/// The value of the cookie of a session that begins now. There is none where there is no token.
std::string new_session(const TcpAccess& access, Time now);

/// The value of the cookie in the header Cookie; "" where that is none of a session that lasts.
std::string session_in(std::string_view cookies, const TcpAccess& access, Time now);

/// What a form of that session has in a hidden field, and a page of somebody else's cannot know.
std::string form_secret(const std::string& session, const TcpAccess& access);

} // namespace skurd
