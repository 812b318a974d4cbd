#pragma once

#include "base/error.hpp"
#include "lib/json/json_reader.hpp"
#include "model/run.hpp"

#include <cstdint>
#include <vector>

namespace skurd {

// What several kinds of orders end in; what only one ends in stands beside it. Each result says how it ended for the
// shell (exit), and has its JSON: to_json(), and read(), which reads the same back and throws Error.

/// Of orders that ran jobs.
struct RunsResult {
    std::vector<Run> runs;

    static RunsResult read(JsonReader& json);
    ExitCode exit() const; ///< failed where one of them did
};
Json to_json(const RunsResult& result); ///< {"runs": [as to_json(Run)…]}

/// It is done, and there is no more to tell.
struct DoneResult {
    static DoneResult read(JsonReader&) { return {}; }
    static ExitCode exit() { return ExitCode::good; }
};
Json to_json(const DoneResult& result); ///< {}

/// Something new is in the store, under this number.
struct RecordedResult {
    std::int64_t id = 0;

    static RecordedResult read(JsonReader& json);
    static ExitCode exit() { return ExitCode::good; }
};
Json to_json(const RecordedResult& result); ///< {"id": number}

} // namespace skurd
