#include "app/run_table.hpp"

#include "base/text_table.hpp"
#include "model/run.hpp"

#include <iostream>

namespace skurd {

ExitCode print_runs(const Context& context, const Json& answer)
{
    TextTable table({{"job"}, {"outcome"}, {"what"}});
    for (const auto& run : answer["runs"]) {
        const bool failed = run["outcome"] == to_string(RunOutcome::failed);
        table.add({run["job"], run["outcome"], failed ? "see the error" : run["message"].get<std::string>()});
        if (failed)
            std::cerr << fmt::format("skurd: {}: {}\n", run["job"].get<std::string>(),
                                     run["message"].get<std::string>());
    }
    if (context.json)
        print_json(answer["runs"]);
    else
        std::cout << (table.empty() ? "no job is due\n" : table.text());
    return static_cast<ExitCode>(answer.value("exit", 1));
}

} // namespace skurd
