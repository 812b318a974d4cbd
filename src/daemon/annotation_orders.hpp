#pragma once

#include "lib/json/json.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <optional>

namespace skurd {

/// Carries out an order about what people say of numbers:
///   {"command": "annotate", "target", "kind", "text", "by", "period": text or "", "vintage": id or 0}
///   {"command": "withdraw", "annotation": id, "reason", "by"}
///   {"command": "correct", "target", "period", "expected", "to", "reason", "by"}
///   {"command": "end", "correction": id, "reason", "by"}
/// The answer is {"exit": 0, "annotation" or "correction": id}; nothing for any other order. A target is as
/// read_series() wants it, numbers have a decimal point or comma. Throws Error (usage).
std::optional<Json> execute_annotation(StoreSession& store, const Catalogue& catalogue, const Json& order);

} // namespace skurd
