#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// The parts of an absolute URL that decide whether it may be fetched. Made by curl's own parser, so that what is
/// checked is what is connected to.
struct Url {
    std::string scheme;    ///< lower case
    std::string host;      ///< lower case; an IPv6 address without its brackets
    std::string port;      ///< the scheme's own where none is written
    bool has_user = false; ///< "https://name:word@host/"
    std::string text;      ///< the whole, without a fragment

    std::string authority() const { return scheme + "://" + host + ":" + port; }
};

/// Nothing when the text is not an absolute URL with a host, or is longer than 8 000 bytes.
std::optional<Url> parse_url(std::string_view text);

/// Where a Location header leads, seen from a URL; it may be relative.
std::optional<Url> resolve_url(const Url& base, std::string_view location);

/// Whether a redirect may lead from one URL to another: to the same scheme, host and port; to the host's usual port
/// for https; and, where the other host is `named` as one that may be called, to that port or to the same one as
/// before. Never from https to http. Says nothing of the URL itself.
bool may_lead(const Url& from, const Url& to, bool named);

/// A proxy's address, and who it is told that we are.
struct ProxyUrl {
    std::string address; ///< without name and password; http:// where no scheme is written
    std::string name;    ///< decoded; "" = none
    std::string password;
};

/// Nothing when the text is no address with a host.
std::optional<ProxyUrl> parse_proxy(std::string_view text);

/// An HTTP-date in any of its three forms (RFC 9110, 5.6.7).
std::optional<Time> parse_http_date(std::string_view text);

} // namespace skurd
