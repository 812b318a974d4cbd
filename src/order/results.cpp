#include "order/results.hpp"

#include "view/run_json.hpp"

#include <algorithm>
#include <limits>

namespace skurd {

RunsResult RunsResult::read(JsonReader& json)
{
    RunsResult result;
    for (auto& run : json.objects("runs"))
        result.runs.push_back(read_run(run));
    return result;
}

ExitCode RunsResult::exit() const
{
    const bool failed =
        std::any_of(runs.begin(), runs.end(), [](const Run& run) { return is_unsuccessful(run.outcome); });
    return failed ? ExitCode::failed : ExitCode::good;
}

Json to_json(const RunsResult& result)
{
    Json json = {{"runs", Json::array()}};
    for (const auto& run : result.runs)
        json["runs"].push_back(to_json(run));
    return json;
}

Json to_json(const DoneResult&)
{
    return Json::object();
}

RecordedResult RecordedResult::read(JsonReader& json)
{
    return {json.integer("id", 1, std::numeric_limits<std::int64_t>::max())};
}

Json to_json(const RecordedResult& result)
{
    return {{"id", result.id}};
}

} // namespace skurd
