// The command status: is all well?
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

/// What `status` looks at, gathered once for both ways of showing it.
struct Condition {
    Json answer;
    Table sources{{{"job"}, {"last outcome"}, {"last success (UTC)"}, {"message"}}};
    std::vector<std::string> wrong;
};

void look_at_jobs(Condition& condition, const JobList& list, std::map<std::string, SourceHealth> health)
{
    for (const auto& error : list.errors)
        condition.wrong.push_back(error);
    for (const auto& job : list.jobs) {
        if (!job.job.enabled)
            continue;
        const auto& source = health[job.job.id];
        const auto success = source.last_success ? format_time(*source.last_success) : "";
        condition.sources.add({job.job.id, outcome_of(source), success, source.last ? source.last->message : ""});
        if (source.last && source.last->outcome == RunOutcome::failed)
            condition.wrong.push_back(
                fmt::format("{}: failed {} in a row: {}", job.job.id, source.failures_in_row, source.last->message));
    }
}

/// Files that lie in a drop folder and that no enabled job will ever take.
void look_at_drop_folders(Condition& condition, const JobList& list, Time now)
{
    std::map<std::string, std::vector<std::string>> patterns;
    for (const auto& job : list.jobs) {
        const auto first = job.connector->next({}, {});
        const auto* request = std::get_if<Request>(&first);
        if (request && request->kind == Request::Kind::file && job.job.enabled)
            patterns[request->url].push_back(request->pattern);
    }
    for (const auto& [folder, wanted] : patterns)
        for (const auto& file : untaken_files(folder, wanted, now))
            condition.wrong.push_back(
                fmt::format("{}: no job takes this file (see the patterns in the job files)", file.string()));
}

Condition condition_of(Context& context)
{
    Condition condition;
    const auto installation = context.installation();
    std::map<std::string, std::size_t> counts;
    if (std::filesystem::exists(installation.state / "skurd.db")) {
        const StoreSession store(installation.state, StoreSession::Access::read, context.clock);
        counts["vintages"] = VintageStore(store).list("").size();
        counts["open flags"] = FlagStore(store).list(false).size();
        counts["quarantined"] = QuarantineStore(store).list().size();
        if (!is_evaluated(store, load_catalogue(installation)))
            condition.wrong.push_back(
                "the newest numbers are not judged by today's catalogue: run `skurd harvest --due`");
    } else {
        condition.wrong.push_back(
            fmt::format("no store yet at {}: run `skurd harvest --all`", installation.state.string()));
    }
    const auto list = load_jobs(installation);
    look_at_jobs(condition, list, health_of(context, installation));
    look_at_drop_folders(condition, list, context.clock.now());
    condition.answer = {{"state", installation.state.string()},
                        {"ok", condition.wrong.empty()},
                        {"wrong", condition.wrong},
                        {"vintages", counts["vintages"]},
                        {"open_flags", counts["open flags"]},
                        {"quarantined", counts["quarantined"]}};
    return condition;
}

ExitCode status(Context& context)
{
    const auto condition = condition_of(context);
    const auto& answer = condition.answer;
    if (context.json) {
        print_json(answer);
    } else {
        std::cout << condition.sources.text()
                  << fmt::format("\n{} vintages, {} open flags, {} in quarantine; state in {}\n",
                                 answer["vintages"].get<int>(), answer["open_flags"].get<int>(),
                                 answer["quarantined"].get<int>(), answer["state"].get<std::string>());
        for (const auto& wrong : condition.wrong)
            std::cout << "wrong: " << wrong << '\n';
        std::cout << (condition.wrong.empty() ? "all is well\n" : "");
    }
    return condition.wrong.empty() ? ExitCode::good : ExitCode::failed;
}

} // namespace

void add_status(CLI::App& command, Context& context)
{
    command.callback([&context] { context.action = [&context] { return status(context); }; });
}

} // namespace skurd
