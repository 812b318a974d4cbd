#include "app/run_table.hpp"

#include "base/text_table.hpp"
#include "model/run.hpp"
#include "view/run_json.hpp"

#include <fmt/format.h>

#include <iostream>

namespace skurd {

ExitCode print_runs(const Context& context, const RunsResult& result)
{
    TextTable table({{"job"}, {"outcome"}, {"what"}});
    Json answer = Json::array();
    for (const auto& run : result.runs) {
        const bool failed = run.outcome == RunOutcome::failed || run.outcome == RunOutcome::stopped;
        answer.push_back(to_json(run));
        table.add({run.job, std::string(to_string(run.outcome)), failed ? "see the error" : run.message});
        if (failed)
            std::cerr << fmt::format("skurd: {}: {}\n", run.job, run.message);
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no job is due\n" : table.text());
    return result.exit();
}

} // namespace skurd
