#pragma once

#include "base/enum_words.hpp"
#include "lib/microhttpd/http_service.hpp"

#include <string_view>

namespace skurd {

/// How the bytes of an answer may come.
enum class ContentCoding { none, zstd, gzip };
template <>
inline constexpr auto enum_words<ContentCoding> = word_table<ContentCoding>({
    {ContentCoding::none, "identity"},
    {ContentCoding::zstd, "zstd"},
    {ContentCoding::gzip, "gzip"},
});

/// Which of them a client would have rather, by the header Accept-Encoding of its request; of equals zstd.
ContentCoding coding_wanted(std::string_view accept_encoding);

/// The response in the coding that the client wants, where it is worth it: text, of a kilobyte or more. Its ETag then
/// ends in "-gzip" or "-zstd", since it is another sequence of bytes; `Vary` is said either way.
HttpResponse coded(HttpResponse response, const HttpRequest& request);

} // namespace skurd
