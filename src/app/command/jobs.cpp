// The command jobs: the jobs there are, and how they did.
#include "run/jobs.hpp"
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "evaluate/evaluation.hpp"
#include "fetch/dropped_files.hpp"
#include "model/run.hpp"
#include "query/catalogue.hpp"
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

/// How the jobs did, by job; empty where nothing was ever harvested.
std::map<std::string, SourceHealth> health_of(Context& context, const Installation& installation)
{
    std::map<std::string, SourceHealth> health;
    if (!std::filesystem::exists(installation.state / "skurd.db"))
        return health;
    const StoreSession store(installation.state, StoreSession::Access::read, context.clock);
    for (auto& source : RunStore(store).health())
        health[source.job] = source;
    return health;
}

std::string outcome_of(const SourceHealth& health)
{
    return health.last ? std::string(to_string(health.last->outcome)) : "never ran";
}

Json to_json(const ReadyJob& job, const SourceHealth& health, Time now)
{
    const auto next = job.job.enabled ? job.next_due(now) : std::nullopt;
    return {{"job", job.job.id},
            {"connector", job.job.connector},
            {"enabled", job.job.enabled},
            {"unconfirmed", job.job.unconfirmed.empty() ? Json(nullptr) : Json(job.job.unconfirmed)},
            {"schedule", job.job.schedule},
            {"timezone", job.job.timezone},
            {"next_due", next ? Json(format_time(*next)) : Json(nullptr)},
            {"last_outcome", outcome_of(health)},
            {"last_success", health.last_success ? Json(format_time(*health.last_success)) : Json(nullptr)},
            {"failures_in_row", health.failures_in_row}};
}

ExitCode jobs(Context& context)
{
    const auto installation = context.installation();
    const auto list = load_jobs(installation);
    auto health = health_of(context, installation);
    Json answer = Json::array();
    Table table({{"job"}, {"connector"}, {"schedule"}, {"time zone"}, {"next due (UTC)"}, {"last outcome"}, {""}});
    for (const auto& job : list.jobs) {
        const auto row = to_json(job, health[job.job.id], context.clock.now());
        table.add({job.job.id, job.job.connector, job.job.enabled ? job.job.schedule : "disabled", job.job.timezone,
                   row["next_due"].is_null() ? "" : row["next_due"], row["last_outcome"],
                   job.job.unconfirmed.empty() ? "" : "? unconfirmed"});
        answer.push_back(row);
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << table.text();
    list.require_no_errors();
    return ExitCode::good;
}

} // namespace

void add_jobs(CLI::App& command, Context& context)
{
    command.callback([&context] { context.action = [&context] { return jobs(context); }; });
}

} // namespace skurd
