// The command jobs: the jobs there are, and how they did.
#include "run/jobs.hpp"
#include "app/commands.hpp"
#include "app/job_status.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/settings.hpp"
#include "query/status.hpp"
#include "view/status_json.hpp"

#include <iostream>

namespace skurd {

namespace {

std::string jobs_table(const std::vector<JobStatus>& jobs)
{
    TextTable table({{"job"},
                     {"connector"},
                     {"schedule"},
                     {"time zone"},
                     {"next run (UTC)"},
                     {"why then"},
                     {"last outcome"},
                     {""}});
    for (const auto& job : jobs)
        table.add({job.job, job.connector, job.enabled ? job.schedule : "disabled", job.timezone,
                   job.next_run ? format_time(*job.next_run) : "", why_text(job), outcome_text(job.health),
                   job.unconfirmed.empty() ? "" : "? unconfirmed"});
    return table.text();
}

ExitCode show_jobs(Context& context)
{
    const auto list = load_jobs(context.installation());
    auto jobs = job_statuses(list);
    const auto store = store_if_there(context);
    if (store)
        add_health(*store, jobs);
    const Schedule schedule(list.jobs, store.get(), read_settings(context.installation()).due, context.clock.now());
    add_plans(schedule, list, context.clock.now(), jobs);
    if (context.json)
        print_json_list(jobs);
    else
        std::cout << jobs_table(jobs);
    list.require_no_errors();
    return ExitCode::good;
}

} // namespace

void add_jobs(CLI::App& command, Context& context)
{
    command.callback([&context] { context.action = [&context] { return show_jobs(context); }; });
}

} // namespace skurd
