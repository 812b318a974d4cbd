#include "view/recorded_exchange_json.hpp"

#include "base/time_text.hpp"
#include "lib/openssl/base64.hpp"

namespace skurd {

namespace {

std::string read_bytes(JsonReader& json, const char* name)
{
    auto bytes = from_base64(json.text(name, ""));
    if (!bytes)
        json.fail(name, "is not base64");
    return std::move(*bytes);
}

} // namespace

Json to_json(const RecordedExchange& exchange)
{
    const auto& [part, request, response] = exchange;
    return {{"part", to_string(part)},
            {"method", request.method},
            {"url", request.url},
            {"content_type", request.content_type},
            {"request", to_base64(request.body)},
            {"status", response.status},
            {"media_type", response.media_type},
            {"received_at", format_time(response.received_at)},
            {"response", to_base64(response.body)}};
}

RecordedExchange read_recorded_exchange(JsonReader& json)
{
    RecordedExchange exchange;
    exchange.part = json.choice<RecordedExchange::Part>("part");
    exchange.request.method = json.text("method");
    exchange.request.url = json.text("url");
    exchange.request.content_type = json.text("content_type", "");
    exchange.request.body = read_bytes(json, "request");
    exchange.response.url = exchange.request.url;
    exchange.response.status = static_cast<int>(json.integer("status", 0, 999));
    exchange.response.media_type = json.text("media_type", "");
    exchange.response.received_at = json.time("received_at");
    exchange.response.body = read_bytes(json, "response");
    return exchange;
}

} // namespace skurd
