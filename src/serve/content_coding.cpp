#include "serve/content_coding.hpp"

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "lib/zlib/gzip_writer.hpp"
#include "lib/zstd/zstd_writer.hpp"

#include <algorithm>

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

void mark(HttpResponse& response, ContentCoding coding)
{
    const auto name = std::string(to_string(coding));
    response.headers.emplace_back("Content-Encoding", name);
    if (auto* tag = find_header(response, "ETag"); tag && tag->ends_with('"'))
        tag->insert(tag->size() - 1, "-" + name);
}

/// " q=0.8" -> 0.8; what cannot be read is 0: then the bytes come as they are, which every client reads.
Decimal quality_of(std::string_view parameter)
{
    const auto text = to_lower(trim(parameter));
    return text.starts_with("q=") ? Decimal::parse(std::string_view(text).substr(2)).value_or(Decimal()) : Decimal();
}

/// Makes a whole body, or what is produced of one, into coded bytes.
template <typename Writer>
void code(HttpResponse& response)
{
    if (response.produce) {
        response.produce = [produce = std::move(response.produce)](const BodyWriter& write) {
            Writer coder;
            auto instead = produce([&](std::string_view bytes) { write(coder.add(bytes)); });
            if (!instead)
                write(coder.end());
            return instead;
        };
        return;
    }
    Writer coder;
    auto bytes = coder.add(response.body);
    response.body = std::move(bytes += coder.end());
}

} // namespace

ContentCoding coding_wanted(std::string_view accept_encoding)
{
    auto wanted = ContentCoding::none;
    Decimal most;
    for (const auto coding : split(accept_encoding, ',')) {
        const auto parts = split(coding, ';');
        const auto named = from_word<ContentCoding>(to_lower(trim(parts.front())));
        const auto quality = parts.size() > 1 ? quality_of(parts[1]) : Decimal::parse("1").value();
        if (!named || named == ContentCoding::none || quality < most || quality == Decimal())
            continue;
        if (quality > most || named == ContentCoding::zstd)
            wanted = *named;
        most = quality;
    }
    return wanted;
}

HttpResponse coded(HttpResponse response, const HttpRequest& request)
{
    if (!is_text(response) && response.status != 304)
        return response;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const auto coding = coding_wanted(request.accept_encoding);
    if (coding == ContentCoding::none || response.stream || (!response.produce && response.body.size() < worth_it))
        return response;
    if (coding == ContentCoding::zstd)
        code<ZstdWriter>(response);
    else
        code<GzipWriter>(response);
    mark(response, coding);
    return response;
}

} // namespace skurd
