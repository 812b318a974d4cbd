#include "serve/content_coding.hpp"

#include "base/text.hpp"
#include "lib/zlib/gzip_writer.hpp"

#include <algorithm>
#include <memory>

namespace skurd {

namespace {

constexpr std::size_t worth_it = 1024; // bytes

std::string* find_header(HttpResponse& response, std::string_view name)
{
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
                                    [&](const auto& one) { return one.first == name; });
    return found == response.headers.end() ? nullptr : &found->second;
}

/// Workbooks and pictures are compressed as they are.
bool is_text(HttpResponse& response)
{
    const auto* type = find_header(response, "Content-Type");
    return type && (type->starts_with("text/") || type->find("json") != std::string::npos ||
                    type->find("xml;") != std::string::npos || type->ends_with("+xml") || type->ends_with("/xml") ||
                    type->find("+csv") != std::string::npos);
}

void mark(HttpResponse& response)
{
    response.headers.emplace_back("Content-Encoding", "gzip");
    if (auto* tag = find_header(response, "ETag"); tag && tag->ends_with('"'))
        tag->insert(tag->size() - 1, "-gzip");
}

} // namespace

bool reads_gzip(std::string_view accept_encoding)
{
    const auto codings = split(accept_encoding, ',');
    return std::any_of(codings.begin(), codings.end(), [](std::string_view coding) {
        const auto parts = split(coding, ';');
        const auto quality = parts.size() > 1 ? to_lower(trim(parts[1])) : "";
        const bool is_refused = quality.starts_with("q=0") && quality.find_first_not_of("q=0.") == std::string::npos;
        return to_lower(trim(parts.front())) == "gzip" && !is_refused;
    });
}

HttpResponse coded(HttpResponse response, const HttpRequest& request)
{
    if (!is_text(response) && response.status != 304)
        return response;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!reads_gzip(request.accept_encoding) || response.stream)
        return response;
    if (response.produce) {
        response.produce = [produce = std::move(response.produce)](const BodyWriter& write) {
            GzipWriter gzip;
            auto instead = produce([&](std::string_view bytes) { write(gzip.add(bytes)); });
            if (!instead)
                write(gzip.end());
            return instead;
        };
        mark(response);
    } else if (response.body.size() >= worth_it) {
        GzipWriter gzip;
        auto bytes = gzip.add(response.body);
        response.body = std::move(bytes += gzip.end());
        mark(response);
    }
    return response;
}

} // namespace skurd
