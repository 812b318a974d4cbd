// The command runs: what happened.
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "evaluate/evaluation.hpp"
#include "fetch/dropped_files.hpp"
#include "model/run.hpp"
#include "query/catalogue.hpp"
#include "run/jobs.hpp"
#include "store/flag_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "view/run_json.hpp"

#include <algorithm>
#include <iostream>
#include <map>

namespace skurd {

namespace {

ExitCode runs(Context& context, const std::string& job, std::size_t most)
{
    const auto installation = context.installation();
    if (!job.empty())
        load_jobs(installation).find(job);
    const StoreSession store(installation.state, StoreSession::Access::read, context.clock);
    Json answer = Json::array();
    Table table({{"run", Table::Align::right}, {"started (UTC)"}, {"job"}, {"outcome"}, {"message"}});
    for (const auto& run : RunStore(store).list(job, most)) {
        answer.push_back(to_json(run));
        table.add({std::to_string(run.id), format_time(run.started_at), run.job, std::string(to_string(run.outcome)),
                   run.message});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << table.text();
    return ExitCode::good;
}

} // namespace

void add_runs(CLI::App& command, Context& context)
{
    auto job = std::make_shared<std::string>(); // live as long as the callback
    auto most = std::make_shared<std::size_t>(20);
    command.add_option("JOB", *job, "Only this job's");
    command.add_option("--most", *most, "How many, newest first")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    command.callback(
        [&context, job, most] { context.action = [&context, job, most] { return runs(context, *job, *most); }; });
}

} // namespace skurd
