#pragma once

#include <string_view>

namespace skurd {

/// Whether bytes are a web page, where data was asked for: a page about maintenance, or of a gateway. By the media
/// type, where one is given, or by the first element: whole pages, and the fragments that servers send in their place
/// ("<h1>503 Service Unavailable</h1>"). A byte order mark, white space and an XML declaration may stand before it.
bool is_web_page(std::string_view bytes, std::string_view media_type = "");

} // namespace skurd
