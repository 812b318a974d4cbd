// The command jobs: the jobs there are, and how they did.
#include "run/jobs.hpp"
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/job_status.hpp"
#include "daemon/settings.hpp"
#include "model/enum_text.hpp"
#include "query/status.hpp"
#include "view/status_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct JobsOptions {
    Language language = Language::en;
};

std::string jobs_table(const std::vector<JobStatus>& jobs, Language language, std::size_t width)
{
    using enum TextTable::Align;
    using enum TextTable::Fit;
    const bool en = language == Language::en;
    TextTable table({{en ? "job" : "jobb"},
                     {en ? "connector" : "kobling", left, wide_only},
                     {en ? "schedule" : "plan"},
                     {en ? "time zone" : "tidssone", left, wide_only},
                     {en ? "next run (UTC)" : "neste kjøring (UTC)"},
                     {en ? "why then" : "hvorfor da"},
                     {en ? "last outcome" : "siste utfall"},
                     {"", left, wide_only}});
    for (const auto& job : jobs)
        table.add({job.job, job.connector,
                   job.enabled ? job.schedule
                   : en        ? "disabled"
                               : "av",
                   job.timezone, job.next_run ? format_time(*job.next_run) : "", why_text(job, language),
                   word_text(outcome_text(job.health), language),
                   job.unconfirmed.empty() ? ""
                   : en                    ? "? unconfirmed"
                                           : "? ikke bekreftet"});
    return table.text(width);
}

ExitCode show_jobs(Context& context, Language language)
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
        std::cout << jobs_table(jobs, language, context.width());
    list.require_no_errors();
    return ExitCode::good;
}

} // namespace

void add_jobs(CLI::App& command, Context& context)
{
    auto options = std::make_shared<JobsOptions>(); // lives as long as the callback
    add_language(command, options->language, Speaks::of_operation);
    command.callback([&context, options] {
        context.action = [&context, options] { return show_jobs(context, options->language); };
    });
}

} // namespace skurd
