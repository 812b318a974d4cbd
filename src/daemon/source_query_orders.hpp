#pragma once

#include "config/installation.hpp"
#include "lib/json/json.hpp"
#include "run/source_query.hpp"

#include <optional>

namespace skurd {

/// Carries out an order to look around:
///   {"command": "discover", "source", "words", "base_url", "language"}
///       {"exit": 0, or 1 where there is none, "tables": [{"table", "title", "updated", "periods", "discontinued"}…]}
///   {"command": "describe", "source", "table", "base_url", "language"}
///       {"exit": 0, "table": as above, "dimensions": [{"dimension", "label", "role", "eliminable",
///        "classification", "codes": [{"code", "label", "unit", "decimals", "base"}…]}…], "notes": [text…],
///        "job": TOML}
///   {"command": "check online", "jobs": [id…]}, all for none
///       {"exit": 1 where a job is wrong or could not be checked, "jobs": [{"job", "file", "asked": bool, "remarks":
///        [{"kind": "confirmed", "wrong" or "unsure", "where": "file:line", "text", "line"}…], "failure"}…]}
/// What is unsaid is null. Nothing for any other order. The job files are read anew: a daemon that started before
/// they were changed speaks of what is there now. Throws Error.
std::optional<Json> execute_source_query(const Json& order, const Installation& installation,
                                         const SourceQuery& source_query);

/// The same where no daemon runs, with a fetcher of its own that keeps the pace in the store; neither wrong job files
/// nor a wrong catalogue stand in its way. Throws Error: busy when another process holds the store.
Json query_source_alone(const Json& order, const Installation& installation, Clock& clock, std::stop_token stop,
                        const std::function<void(const std::string&)>& progress);

} // namespace skurd
