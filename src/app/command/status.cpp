// The command status: is all well?
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/ask_status.hpp"
#include "model/enum_text.hpp"
#include "model/run_text.hpp"
#include "store/store_files.hpp"
#include "view/status_json.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

namespace skurd {

namespace {

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

/// Those that write a store together, and what each is at; "" where the store is a file.
std::string harvesters_text(const Status& status, Language language, std::size_t width)
{
    if (status.harvesters.empty())
        return "";
    const bool en = language == Language::en;
    TextTable table({{en ? "harvester" : "høster"},
                     {en ? "since (UTC)" : "siden (UTC)"},
                     {en ? "holds until (UTC)" : "gjelder til (UTC)"},
                     {en ? "is at" : "er ved", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& one : status.harvesters) {
        std::vector<std::string> at;
        for (const auto& lease : one.leases)
            at.push_back(lease.name);
        if (!one.agrees)
            at.emplace_back(en ? "waits: other files" : "venter: andre filer");
        table.add({fmt::format("{} ({})", one.host, one.process), format_time(one.since), format_time(one.until),
                   join(at, ", ")});
    }
    return "\n" + table.text(width);
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
    const auto add = [&](const std::string& line) { text += fitted(printable(line) + "\n", width); };
    for (const auto& line : finding_lines(status, language))
        add(line);
    if (status.findings.empty())
        add(en ? "all is well" : "alt er i orden");
    for (const auto& note : status.notes)
        add((en ? "note: " : "merk: ") + note);
    const auto* counts = en ? "{} vintages, {} open flags, {} in quarantine; state in {}"
                            : "{} utgaver, {} åpne flagg, {} i karantene; lageret er i {}";
    add(fmt::format(fmt::runtime(counts), status.vintages, status.open_flags, status.quarantined, status.state));
    return text + "\n" + jobs_text(status, language, width) + harvesters_text(status, language, width);
}

ExitCode show_status(Context& context, Language language)
{
    require_state_folder(context.installation().state);
    const auto status = ask_status(context.installation(), context.clock, StoreFiles::inspected);
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
