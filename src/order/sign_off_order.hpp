#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "lib/json/json_reader.hpp"
#include "model/period.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

struct SignOffResult {
    std::int64_t sign_off = 0;
    Time signed_at{};

    static SignOffResult read(JsonReader& json);
    static ExitCode exit() { return ExitCode::good; }
};
Json to_json(const SignOffResult& result); ///< {"sign_off": id, "signed": time}

/// Freeze what a report says, and who says so.
struct SignOffOrder {
    static constexpr std::string_view name = "sign off";
    using Result = SignOffResult;

    int set = 0; ///< of indicators
    Period period;
    std::string note; ///< may be empty
    std::string actor;

    static SignOffOrder read(JsonReader& json);
};
Json to_json(const SignOffOrder& order); ///< {"set": number, "period": text, "note": text, "actor": name}

} // namespace skurd
