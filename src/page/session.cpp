// "2026-11-28T20:00:00Z.<HMAC-SHA256 of that under the token>": until when, and the proof that it was given here.
#include "page/session.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/openssl/hmac.hpp"
#include "lib/openssl/same_secret.hpp"

namespace skurd {

namespace {

std::string signed_until(const std::string& until, const TcpAccess& access)
{
    return until + "." + hmac_sha256(access.token, "session until " + until);
}

bool lasts(const std::string& value, const TcpAccess& access, Time now)
{
    const auto until = value.substr(0, value.find('.'));
    const auto end = parse_time(until);
    return end && now < *end && *end <= now + session_length && is_same_secret(value, signed_until(until, access));
}

} // namespace

std::string new_session(const TcpAccess& access, Time now)
{
    return signed_until(format_time(now + session_length), access);
}

std::string session_in(std::string_view cookies, const TcpAccess& access, Time now)
{
    if (access.token.empty())
        return "";
    for (const auto one : split(cookies, ';')) {
        const auto cookie = trim(one);
        if (!cookie.starts_with(session_cookie) || cookie.substr(session_cookie.size(), 1) != "=")
            continue;
        std::string value(cookie.substr(session_cookie.size() + 1));
        if (lasts(value, access, now))
            return value;
    }
    return "";
}

std::string form_secret(const std::string& session, const TcpAccess& access)
{
    return hmac_sha256(access.token, "form of " + session);
}

} // namespace skurd
