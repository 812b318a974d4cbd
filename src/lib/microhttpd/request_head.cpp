#include "lib/microhttpd/request_head.hpp"

#include "base/text.hpp"

#include <microhttpd.h>

#include <charconv>
#include <cstring>
#include <exception>
#include <sys/socket.h>
#include <sys/un.h>

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
    head.peer_uid = peer_uid(descriptor_of(connection));
    return head;
}

} // namespace skurd
