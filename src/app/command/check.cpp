// The command check: what skurd was told, and, online, what the sources say of it.
#include "app/check_online.hpp"
#include "app/commands.hpp"
#include "base/error.hpp"
#include "daemon/settings.hpp"
#include "query/catalogue.hpp"
#include "query/indicators.hpp"
#include "run/jobs.hpp"
#include "store/store_files.hpp"

#include <iostream>

namespace skurd {

namespace {

/// Runs a check and keeps its error, if any.
void attempt(std::vector<std::string>& errors, const std::function<void()>& check)
{
    try {
        check();
    } catch (const Error& failure) {
        errors.push_back(full_message(failure));
    }
}

/// Holds formulas against the numbers there are. Gives why it could not, as with a store that the next harvest brings
/// up to date: nothing is wrong with the configuration then.
std::string check_formulas(Context& context, const Installation& installation, const JobList& list,
                           std::vector<std::string>& errors)
{
    const auto add = [&](const std::vector<std::string>& wrong) {
        errors.insert(errors.end(), wrong.begin(), wrong.end());
    };
    const bool jobs_are_known = errors.empty();
    bool has_store = false;
    try {
        has_store = StoreSession::is_there(installation.store);
    } catch (const Error& failure) { // its server does not answer
        return full_message(failure);
    }
    if (!has_store) {
        if (jobs_are_known)
            add(selector_errors(nullptr, load_catalogue(installation), offers_of(list, installation)));
        return "";
    }
    try {
        const ReadContext read(context);
        if (jobs_are_known)
            add(selector_errors(&read.store, read.catalogue, offers_of(list, installation)));
        add(formula_errors(read.store, read.catalogue));
        return "";
    } catch (const Error& failure) {
        return full_message(failure);
    }
}

struct CheckOptions {
    bool online = false;
    bool apply = false;
    OnlineOptions at_sources;
};

void require_sense(const CheckOptions& options)
{
    const auto& [jobs, all, apply, record] = options.at_sources;
    if (!jobs.empty() && !options.online)
        throw usage_error("jobs are named with --online only: without it, everything is checked");
    if (!options.online && (all || options.apply || !record.empty()))
        throw usage_error("--all, --apply and --record are for --online: sources are asked then");
    if (!jobs.empty() && all)
        throw usage_error("give either jobs or --all");
    if (options.apply && jobs.empty() && !all)
        throw usage_error("--apply changes job files: name the jobs, or give --all");
}

ExitCode check(Context& context, const CheckOptions& options)
{
    require_sense(options);
    const auto installation = context.installation();
    const auto list = load_jobs(installation);
    auto errors = list.errors;
    const auto mistakes = catalogue_errors(installation);
    errors.insert(errors.end(), mistakes.begin(), mistakes.end());
    const auto unseen = mistakes.empty() ? check_formulas(context, installation, list, errors) : "";
    const auto settings = settings_mistakes(installation);
    errors.insert(errors.end(), settings.begin(), settings.end());
    for (const auto& job : options.at_sources.jobs)
        attempt(errors, [&] { list.find(job); });
    if (options.online && errors.empty())
        return check_online(context, options.at_sources, list);
    if (context.json)
        print_json({{"ok", errors.empty()}, {"jobs", list.jobs.size()}, {"errors", errors}, {"notes", list.notes}});
    for (const auto& error : errors)
        if (!context.json)
            print_text("{}\n", error);
    for (const auto& note : list.notes)
        if (!context.json)
            print_text("note: {}\n", note);
    if (!context.json && !unseen.empty())
        print_text("formulas were not checked against the numbers: {}\n", unseen);
    if (!context.json && errors.empty())
        print_text("{} jobs, configuration and catalogue are good\n", list.jobs.size());
    return errors.empty() ? ExitCode::good : ExitCode::usage;
}

} // namespace

void add_check(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CheckOptions>(); // lives as long as the callback
    auto& at_sources = options->at_sources;
    command.add_option("JOB", at_sources.jobs, "With --online: only these jobs");
    command.add_flag("--online", options->online, "Also ask every source whether it has what the jobs name");
    command.add_flag("--all", at_sources.all, "With --online: every job, off or on, and a summary");
    command.add_flag("--apply", options->apply, "With --online: write into the job files what their sources say");
    command.add_option("--record", at_sources.record,
                       "With --online: a new folder for what sources answered, to give away");
    command.callback([&context, options] {
        options->at_sources.apply = options->apply ? OnlineOptions::Apply::yes : OnlineOptions::Apply::no;
        context.action = [&context, options] { return check(context, *options); };
    });
}

} // namespace skurd
