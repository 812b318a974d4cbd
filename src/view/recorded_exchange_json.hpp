#pragma once

#include "lib/json/json.hpp"
#include "lib/json/json_reader.hpp"
#include "model/recorded_exchange.hpp"

namespace skurd {

/// {"part": "check" or "harvest", "method", "url", "content_type", "request", "status", "media_type", "received_at",
/// "response"}: the two bodies as base64, for they may be any bytes.
Json to_json(const RecordedExchange& exchange);
/// The same read back. Throws Error that says what is wrong with it.
RecordedExchange read_recorded_exchange(JsonReader& json);

} // namespace skurd
