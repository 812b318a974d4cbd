#pragma once

#include "api/store_reader.hpp"
#include "serve/router.hpp"

#include <vector>

namespace skurd {

/// The read API, as README.md of this folder describes it; reader and host outlive the routes.
std::vector<Route> api_routes(StoreReader& reader, const ReadHost& host);

/// Whether If-None-Match names the tag: the client has the answer.
bool is_known_tag(const HttpRequest& request, const std::string& tag);

} // namespace skurd
