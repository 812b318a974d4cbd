// The command status: is all well?
#include "app/commands.hpp"
#include "app/job_status.hpp"
#include "app/options.hpp"
#include "app/run_table.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "fetch/dropped_files.hpp"
#include "model/enum_text.hpp"
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
    ConfiguredJobs configured = {job_statuses(list, now), list.errors, files_without_job(list, now),
                                 offers_of(list, installation), list.notes};
    const auto store = store_if_there(context);
    if (!store)
        return status_without_store(installation.state, std::move(configured));
    auto catalogue = load_catalogue(installation);
    expand_catalogue(catalogue, *store);
    return status(*store, installation.state, std::move(configured), catalogue);
}

struct StatusOptions {
    Language language = Language::en;
};

/// What is wrong is told as an error is, in English.
std::string status_text(const Status& status, Language language, std::size_t width)
{
    const bool en = language == Language::en;
    TextTable jobs({{en ? "job" : "jobb"},
                    {en ? "last outcome" : "siste utfall"},
                    {en ? "last success (UTC)" : "sist vellykket (UTC)"},
                    {en ? "message" : "melding", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& job : status.jobs)
        if (job.enabled)
            jobs.add({job.job, word_text(outcome_text(job.health), language),
                      job.health.last_success ? format_time(*job.health.last_success) : "",
                      job.health.last ? run_text(*job.health.last, language) : ""});
    const auto* counts = en ? "{} vintages, {} open flags, {} in quarantine; state in {}"
                            : "{} utgaver, {} åpne flagg, {} i karantene; lageret er i {}";
    auto text = jobs.text(width) + "\n";
    const auto add = [&](const std::string& line) { text += fitted(line + "\n", width); };
    add(fmt::format(fmt::runtime(counts), status.vintages, status.open_flags, status.quarantined, status.state));
    for (const auto& wrong : status.wrong)
        add((en ? "wrong: " : "galt: ") + wrong);
    for (const auto& note : status.notes)
        add((en ? "note: " : "merk: ") + note);
    if (status.wrong.empty())
        add(en ? "all is well" : "alt er i orden");
    return text;
}

ExitCode show_status(Context& context, Language language)
{
    const auto status = ask_status(context);
    if (context.json)
        print_json(to_json(status));
    else
        std::cout << status_text(status, language, context.width());
    return status.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

} // namespace

void add_status(CLI::App& command, Context& context)
{
    auto options = std::make_shared<StatusOptions>(); // lives as long as the callback
    add_language(command, options->language, Speaks::of_operation);
    command.callback([&context, options] {
        context.action = [&context, options] { return show_status(context, options->language); };
    });
}

} // namespace skurd
