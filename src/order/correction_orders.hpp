#pragma once

#include "base/decimal.hpp"
#include "lib/json/json_reader.hpp"
#include "model/period.hpp"
#include "order/results.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Override a number that the source has wrong.
struct CorrectOrder {
    static constexpr std::string_view name = "correct";
    using Result = RecordedResult;

    std::string target; ///< an indicator's number (what it reads now) or a selector of one series
    Period period;
    Decimal expected; ///< the wrong number, as the source has it
    Decimal corrected;
    std::string reason;
    std::string actor;

    static CorrectOrder read(JsonReader& json);
};
/// {"target", "period", "expected": number as text, "corrected": number as text, "reason", "actor"}
Json to_json(const CorrectOrder& order);

/// End a correction before the source changes the number.
struct EndCorrectionOrder {
    static constexpr std::string_view name = "end correction";
    using Result = DoneResult;

    std::int64_t correction = 0;
    std::string reason;
    std::string actor;

    static EndCorrectionOrder read(JsonReader& json);
};
Json to_json(const EndCorrectionOrder& order); ///< {"correction": id, "reason", "actor"}

/// A number as a person writes it, with a decimal point or comma; nothing for what is none.
std::optional<Decimal> number_by_hand(const std::string& text);

} // namespace skurd
