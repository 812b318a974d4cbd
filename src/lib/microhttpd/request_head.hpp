#pragma once

#include "lib/microhttpd/http_service.hpp"

struct MHD_Connection;

namespace skurd {

/// What the head of a request says; its path and method as the library hands them over.
HttpRequest request_head(MHD_Connection* connection, const char* path, const char* method);

/// The connection's socket, which stays the library's.
int descriptor_of(MHD_Connection* connection);

} // namespace skurd
