#pragma once

#include "base/error.hpp"
#include "lib/json/json_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What reading anew came to.
struct ReloadResult {
    std::vector<std::string> mistakes; ///< with file and line; where there is one, all is as it was before
    std::int64_t jobs = 0;             ///< that are in force now

    static ReloadResult read(JsonReader& json);
    ExitCode exit() const { return mistakes.empty() ? ExitCode::good : ExitCode::usage; }
};
Json to_json(const ReloadResult& result); ///< {"mistakes": [text…], "jobs": number}

/// Read configuration, jobs and catalogue anew, all or nothing, as SIGHUP has the daemon do.
struct ReloadOrder {
    static constexpr std::string_view name = "reload";
    using Result = ReloadResult;

    static ReloadOrder read(JsonReader&) { return {}; }
};
Json to_json(const ReloadOrder& order); ///< {}

} // namespace skurd
