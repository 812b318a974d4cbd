#pragma once

#include "lib/json/json.hpp"
#include "lib/json/json_reader.hpp"
#include "model/source_table.hpp"

namespace skurd {

// What sources say of their tables and of jobs. What is unsaid is null. The functions read_… read the same back, and
// throw Error that says what is wrong with it.

/// {"table", "title", "updated", "periods", "discontinued"}
Json to_json(const TableEntry& table);
TableEntry read_table_entry(JsonReader& json);

/// {"table": as above, "dimensions": [{"dimension", "label", "role", "eliminable", "classification",
///  "codes": [{"code", "label", "unit", "decimals", "base"}…]}…], "notes": [text…], "job": TOML}
Json to_json(const TableDescription& description);
TableDescription read_table_description(JsonReader& json);

/// {"job", "file", "asked": bool, "results": [{"kind": "confirmed", "wrong" or "unsure", "where": "file:line",
/// "text", "line", "fix": "none", "replace", "insert", "remove" or "guess"}…], "failure", "silent_host", "hash", and
/// where there are any "exchanges": [as to_json(RecordedExchange)…]}
Json to_json(const CheckedJob& checked);
CheckedJob read_checked_job(JsonReader& json);

} // namespace skurd
