// The command status: is all well?
#include "query/status.hpp"
#include "app/commands.hpp"
#include "app/job_status.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "fetch/dropped_files.hpp"
#include "query/catalogue.hpp"
#include "view/status_json.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

namespace skurd {

namespace {

/// Files that lie in a drop folder and that no enabled job will ever take.
std::vector<std::filesystem::path> files_without_job(const JobList& list, Time now)
{
    std::map<std::string, std::vector<std::string>> patterns;
    for (const auto& job : list.jobs) {
        const auto first = job.connector->next({}, {});
        const auto* request = std::get_if<Request>(&first);
        if (request && request->kind == Request::Kind::file && job.job.enabled)
            patterns[request->url].push_back(request->pattern);
    }
    std::vector<std::filesystem::path> found;
    for (const auto& [folder, wanted] : patterns)
        for (const auto& file : unmatched_files(folder, wanted, now))
            found.push_back(file);
    return found;
}

Status ask_status(Context& context)
{
    const auto installation = context.installation();
    const auto list = load_jobs(installation);
    const auto now = context.clock.now();
    ConfiguredJobs configured = {job_statuses(list), list.errors, files_without_job(list, now),
                                 offers_of(list, installation), list.notes};
    const auto store = store_if_there(context);
    if (!store)
        return status_without_store(installation.state, std::move(configured));
    auto catalogue = load_catalogue(installation);
    expand_catalogue(catalogue, *store);
    return status(*store, installation.state, std::move(configured), catalogue);
}

std::string status_text(const Status& status)
{
    TextTable jobs({{"job"}, {"last outcome"}, {"last success (UTC)"}, {"message"}});
    for (const auto& job : status.jobs)
        if (job.enabled)
            jobs.add({job.job, outcome_text(job.health),
                      job.health.last_success ? format_time(*job.health.last_success) : "",
                      job.health.last ? job.health.last->message : ""});
    auto text = jobs.text() + fmt::format("\n{} vintages, {} open flags, {} in quarantine; state in {}\n",
                                          status.vintages, status.open_flags, status.quarantined, status.state);
    for (const auto& wrong : status.wrong)
        text += "wrong: " + wrong + "\n";
    for (const auto& note : status.notes)
        text += "note: " + note + "\n";
    return text + (status.wrong.empty() ? "all is well\n" : "");
}

ExitCode show_status(Context& context)
{
    const auto status = ask_status(context);
    if (context.json)
        print_json(to_json(status));
    else
        std::cout << status_text(status);
    return status.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

} // namespace

void add_status(CLI::App& command, Context& context)
{
    command.callback([&context] { context.action = [&context] { return show_status(context); }; });
}

} // namespace skurd
