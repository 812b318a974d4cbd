#pragma once

#include <string_view>

struct sockaddr;

namespace skurd {

/// Whether a peer's address lies on the public internet: not loopback, private, link-local, shared (RFC 6598),
/// multicast, documentation or reserved, nor such an IPv4 address wrapped in IPv6 (mapped, NAT64, 6to4).
/// Source of the list: the IANA special-purpose address registries (RFC 6890). Other families are not public.
bool is_public_address(const sockaddr& address) noexcept;

/// Whether the text is an address ("10.0.0.1", "::1") and no name.
bool is_address(std::string_view text);

/// is_public_address() for an address written out ("10.0.0.1", "::1"); false for what is not an address.
bool is_public_address(std::string_view text);

} // namespace skurd
