#pragma once

#include "base/clock.hpp"
#include "base/decimal.hpp"
#include "lib/json/json.hpp"
#include "model/localized_text.hpp"
#include "model/observation.hpp"
#include "model/period.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What all records are made of, as JSON. Numbers are texts of decimals, times are UTC as base/time_text.hpp writes
/// them, and what there is none of is null.

Json number_json(const std::optional<Decimal>& number);
Json period_json(const std::optional<Period>& period);
Json time_json(const std::optional<Time>& time);
Json id_json(std::int64_t id);           ///< of a vintage, run, indicator …; null for 0
Json text_json(const std::string& text); ///< null for ""
Json uid_json(const std::optional<std::uint32_t>& uid);

/// {"nb", "en"}
Json localized_json(const LocalizedText& text);
/// The same; null where there is no text.
Json optional_localized_json(const LocalizedText& text);

/// {dimension: code}
Json codes_json(const Codes& codes);

/// The records as an array, each by its to_json().
template <typename Record>
Json json_list(const std::vector<Record>& records)
{
    Json list = Json::array();
    for (const auto& record : records)
        list.push_back(to_json(record));
    return list;
}

/// A value in one word: its number and its symbol as written, else what that means. "" for no value.
std::string value_text(const std::optional<Value>& value);

} // namespace skurd
