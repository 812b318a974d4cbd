#pragma once

#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"
#include "order/results.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// Decode what is in quarantine again by today's job, and ingest it.
struct RetryOrder {
    static constexpr std::string_view name = "retry";
    using Result = RunsResult; ///< one

    std::int64_t quarantine = 0; ///< its number there
    Agreement agreement;
    std::string actor;

    static RetryOrder read(JsonReader& json);
};
Json to_json(const RetryOrder& order); ///< {"quarantine": id, "accept": agreement, "actor": name}

/// Be done with what is in quarantine; its payload stays in the store.
struct DiscardOrder {
    static constexpr std::string_view name = "discard";
    using Result = DoneResult;

    std::int64_t quarantine = 0;
    std::string note;
    std::string actor;

    static DiscardOrder read(JsonReader& json);
};
Json to_json(const DiscardOrder& order); ///< {"quarantine": id, "note": text, "actor": name}

} // namespace skurd
