#pragma once

#include "base/error.hpp"
#include "lib/json/json_reader.hpp"

#include <string>
#include <string_view>

namespace skurd {

struct ForgetResult {
    std::string pseudonym; ///< that stands in the place of the name from now on

    static ForgetResult read(JsonReader& json);
    static ExitCode exit() { return ExitCode::good; }
};
Json to_json(const ForgetResult& result); ///< {"pseudonym": text}

/// Replace a person's name wherever it stands in the store, for ever.
struct ForgetOrder {
    static constexpr std::string_view name = "forget";
    using Result = ForgetResult;

    std::string person; ///< the name, exactly as it was given
    std::string actor;  ///< who asks for it; may be empty

    static ForgetOrder read(JsonReader& json);
};
Json to_json(const ForgetOrder& order); ///< {"person": name, "actor": name}

} // namespace skurd
