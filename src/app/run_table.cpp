#include "app/run_table.hpp"

#include "base/text_table.hpp"
#include "model/run.hpp"
#include "view/run_json.hpp"

#include <iostream>

namespace skurd {

namespace {

/// What dry runs found would change.
std::string changes_text(const std::vector<Run>& runs, std::size_t width)
{
    TextTable table(
        {{"job"}, {"series"}, {"period"}, {"before", TextTable::Align::right}, {"now", TextTable::Align::right}});
    for (const auto& run : runs)
        for (const auto& change : run.changes)
            table.add({run.job, change.series, change.period, change.before.value_or(""), change.now.value_or("")});
    return table.empty() ? "" : "\nThe first of what would change:\n" + table.text(width);
}

} // namespace

ExitCode print_runs(const Context& context, const RunsResult& result)
{
    TextTable table({{"job"}, {"outcome"}, {"what", TextTable::Align::left, TextTable::Fit::below}});
    Json answer = Json::array();
    for (const auto& run : result.runs) {
        const bool failed = is_unsuccessful(run.outcome);
        answer.push_back(to_json(run));
        table.add({run.job, std::string(to_string(run.outcome)), failed ? "see the error" : run.message});
        if (failed)
            std::cerr << format_printable("skurd: {}: {}\n", run.job, run.message);
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no job is due\n" : table.text(context.width()))
                  << changes_text(result.runs, context.width());
    return result.exit();
}

} // namespace skurd
