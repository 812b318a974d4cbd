#pragma once

#include "lib/json/json_reader.hpp"
#include "order/results.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Answer flags: each of them is acknowledged or, where one cannot be, none.
struct AcknowledgeOrder {
    static constexpr std::string_view name = "acknowledge";
    using Result = DoneResult;

    std::vector<std::int64_t> flags; ///< ids
    std::string note;                ///< kept for ever
    std::string actor;

    static AcknowledgeOrder read(JsonReader& json);
};
Json to_json(const AcknowledgeOrder& order); ///< {"flags": [id…], "note": text, "actor": name}

} // namespace skurd
