// The command status: is all well?
#include "query/status.hpp"
#include "app/commands.hpp"
#include "app/job_status.hpp"
#include "app/options.hpp"
#include "app/run_table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/schedule.hpp"
#include "daemon/settings.hpp"
#include "fetch/drop_folders.hpp"
#include "fetch/dropped_files.hpp"
#include "model/enum_text.hpp"
#include "query/catalogue.hpp"
#include "run/configuration_hash.hpp"
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

/// The catalogue; nothing where it is not good, and then why.
std::optional<Catalogue> catalogue_of(const Installation& installation, std::vector<std::string>& errors)
{
    try {
        return load_catalogue(installation);
    } catch (const Error&) {
        const auto mistakes = catalogue_errors(installation);
        errors.insert(errors.end(), mistakes.begin(), mistakes.end());
        return std::nullopt;
    }
}

/// The same of the settings, with their defaults where they are not good.
Settings settings_of(const Installation& installation, std::vector<std::string>& errors)
{
    const auto mistakes = settings_mistakes(installation);
    errors.insert(errors.end(), mistakes.begin(), mistakes.end());
    return mistakes.empty() ? read_settings(installation) : Settings();
}

ConfiguredJobs configured_jobs(const Installation& installation, const JobList& list, Time now)
{
    return {job_statuses(list),
            list.errors,
            files_without_job(list, now),
            offers_of(list, installation),
            list.notes,
            DropFolders::refused(installation.state / "quarantine")};
}

Status ask_status(Context& context)
{
    const auto installation = context.installation();
    const auto list = load_jobs(installation);
    const auto now = context.clock.now();
    auto configured = configured_jobs(installation, list, now);
    const auto settings = settings_of(installation, configured.errors);
    configured.wal_limit = settings.store.wal_limit;
    auto catalogue = catalogue_of(installation, configured.errors);
    if (configured.errors.empty())
        configured.configuration = configuration_hash(installation, list, *catalogue);
    try {
        const auto store = store_if_there(context);
        if (!store)
            return status_without_store(installation.state, std::move(configured), "");
        add_plans(Schedule(list.jobs, store.get(), settings.due, now), list, now, configured.jobs);
        if (catalogue)
            expand_catalogue(*catalogue, *store);
        return status(*store, installation.state, configured, catalogue ? &*catalogue : nullptr, now);
    } catch (const Error& failure) { // a store that cannot be read is the worst there is to tell, not the end of it
        return status_without_store(installation.state, std::move(configured), full_message(failure));
    }
}

struct StatusOptions {
    Language language = Language::en;
};

std::string jobs_text(const Status& status, Language language, std::size_t width)
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
    return jobs.text(width);
}

/// The flags that wait, in the reader's language: they are no error.
std::string flags_text(const Status& status, Language language)
{
    const bool en = language == Language::en;
    std::size_t waiting = 0;
    std::vector<std::string> kinds;
    for (const auto& [kind, count] : status.unanswered) {
        waiting += count;
        kinds.push_back(fmt::format("{} {}", count, enum_text(kind, language)));
    }
    return fmt::format(
        fmt::runtime(en ? "flags: {} open flags wait for an answer ({}): `skurd flags`, then `skurd flags ack`"
                        : "flagg: {} åpne flagg venter på svar ({}): `skurd flags`, så `skurd flags ack`"),
        waiting, join(kinds, ", "));
}

/// A line for each finding, the most urgent first; of those of one kind the first few, and how many more there are.
std::vector<std::string> finding_lines(const Status& status, Language language)
{
    constexpr std::size_t of_one_kind_max = 3;
    const bool en = language == Language::en;
    const std::string wrong = en ? "wrong: " : "galt: ";
    std::map<Concern, std::size_t> all;
    for (const auto& finding : status.findings)
        ++all[finding.concern];
    std::map<Concern, std::size_t> told;
    std::vector<std::string> lines;
    for (const auto& finding : status.findings) {
        const auto place = ++told[finding.concern];
        if (!finding.is_fault())
            lines.push_back(flags_text(status, language));
        else if (place <= of_one_kind_max)
            lines.push_back(wrong + finding.sentence());
        else if (place == of_one_kind_max + 1)
            lines.push_back(wrong + fmt::format(fmt::runtime(en ? "{} more of the kind `{}`: --json has all"
                                                                : "{} til av slaget `{}`: --json har alle"),
                                                all[finding.concern] - of_one_kind_max, to_string(finding.concern)));
    }
    return lines;
}

/// What is wrong is told as an error is, in English. It comes first: the first line says what to do.
std::string status_text(const Status& status, Language language, std::size_t width)
{
    const bool en = language == Language::en;
    std::string text;
    const auto add = [&](const std::string& line) { text += fitted(line + "\n", width); };
    for (const auto& line : finding_lines(status, language))
        add(line);
    if (status.findings.empty())
        add(en ? "all is well" : "alt er i orden");
    for (const auto& note : status.notes)
        add((en ? "note: " : "merk: ") + note);
    const auto* counts = en ? "{} vintages, {} open flags, {} in quarantine; state in {}"
                            : "{} utgaver, {} åpne flagg, {} i karantene; lageret er i {}";
    add(fmt::format(fmt::runtime(counts), status.vintages, status.open_flags, status.quarantined, status.state));
    return text + "\n" + jobs_text(status, language, width);
}

ExitCode show_status(Context& context, Language language)
{
    const auto status = ask_status(context);
    if (context.json)
        print_json(to_json(status));
    else
        std::cout << status_text(status, language, context.width());
    return status.findings.empty() ? ExitCode::good : ExitCode::failed;
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
