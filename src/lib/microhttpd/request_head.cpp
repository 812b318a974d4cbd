#include "lib/microhttpd/request_head.hpp"

#include "base/text.hpp"

#include <microhttpd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <exception>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <vector>

namespace skurd {

namespace {

std::optional<std::uint64_t> number_in(const char* text)
{
    if (!text)
        return std::nullopt;
    std::uint64_t number = 0;
    const auto* last = text + std::strlen(text);
    const auto [end, failure] = std::from_chars(text, last, number);
    return failure == std::errc() && end == last ? std::optional(number) : std::nullopt;
}

std::optional<std::uint32_t> peer_uid(int descriptor)
{
    sockaddr_un address{};
    socklen_t size = sizeof address;
    ucred peer{};
    socklen_t peer_size = sizeof peer;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how addresses are passed
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
        address.sun_family != AF_UNIX || ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &peer_size) != 0)
        return std::nullopt;
    return peer.uid;
}

MHD_Result on_argument(void* query, MHD_ValueKind, const char* name, const char* value) noexcept
try {
    (*static_cast<std::map<std::string, std::string>*>(query))[name] = value ? value : "";
    return MHD_YES;
} catch (const std::exception&) {
    return MHD_NO;
}

const char* header(MHD_Connection* connection, const char* name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

std::string header_text(MHD_Connection* connection, const char* name)
{
    const auto* text = header(connection, name);
    return text ? text : "";
}

MHD_Result on_header(void* hosts, MHD_ValueKind, const char* name, const char* value) noexcept
try {
    if (to_lower(name) == "host")
        static_cast<std::vector<std::string>*>(hosts)->emplace_back(value ? value : "");
    return MHD_YES;
} catch (const std::exception&) {
    return MHD_NO;
}

/// Of several, nobody could say which is meant.
std::optional<std::string> host_of(MHD_Connection* connection)
{
    std::vector<std::string> hosts;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &on_header, &hosts);
    return hosts.size() == 1 ? std::optional(hosts.front()) : std::nullopt;
}

using NameOf = int (*)(int, sockaddr*, socklen_t*);

/// The address of one end of a TCP connection, in numbers; "" for any other.
std::string address_of(int descriptor, NameOf name_of)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    std::array<char, NI_MAXHOST> text{};
    if (name_of(descriptor, generic, &size) != 0 || (address.ss_family != AF_INET && address.ss_family != AF_INET6) ||
        ::getnameinfo(generic, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return "";
    return text.data();
}

} // namespace

int descriptor_of(MHD_Connection* connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

HttpRequest request_head(MHD_Connection* connection, const char* path, const char* method)
{
    HttpRequest head;
    head.method = method;
    head.path = path;
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, &on_argument, &head.query);
    if (const auto* type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE))
        head.content_type = to_lower(trim(std::string_view(type).substr(0, std::strcspn(type, ";"))));
    head.content_length = number_in(header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH));
    head.is_chunked = header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) != nullptr;
    head.host = host_of(connection);
    head.accept = header_text(connection, MHD_HTTP_HEADER_ACCEPT);
    head.accept_encoding = header_text(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    head.accept_language = header_text(connection, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    head.cookie = header_text(connection, MHD_HTTP_HEADER_COOKIE);
    head.if_none_match = header_text(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    head.authorization = header_text(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    const auto descriptor = descriptor_of(connection);
    head.peer_uid = peer_uid(descriptor);
    head.peer_address = address_of(descriptor, &::getpeername);
    head.local_address = address_of(descriptor, &::getsockname);
    return head;
}

} // namespace skurd
