// The command check: what skurd was told, and, online, what the sources say of it.
#include "app/commands.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "daemon/settings.hpp"
#include "query/catalogue.hpp"
#include "query/indicators.hpp"
#include "run/jobs.hpp"

#include <iostream>
#include <map>

namespace skurd {

namespace {

struct CheckOptions {
    bool online = false;
    std::vector<std::string> jobs; ///< online: those; empty = all
};

/// Runs a check and keeps its error, if any.
void attempt(std::vector<std::string>& errors, const std::function<void()>& check)
{
    try {
        check();
    } catch (const Error& failure) {
        errors.push_back(full_message(failure));
    }
}

constexpr auto good_sign = "✓";
constexpr auto wrong_sign = "✗";
constexpr auto unsure_sign = "?";
constexpr std::size_t text_max = 1000; ///< code points of what a source says
constexpr std::size_t line_max = 4000; ///< of a line to write instead

/// A kind of check result: how it is shown, and what a line's sign is.
struct ShownKind {
    const char* sign;
    const char* word;
};

ShownKind shown(CheckResult::Kind kind)
{
    switch (kind) {
    case CheckResult::Kind::confirmed:
        return {good_sign, "confirmed"};
    case CheckResult::Kind::wrong:
        return {wrong_sign, "wrong"};
    case CheckResult::Kind::unsure:
        break;
    }
    return {unsure_sign, "unsure"};
}

/// "✗ schedules/x.toml:12: wrong: there is no code …; write: Tid = ["from(2015)"]"
void print_result(const CheckResult& result)
{
    const auto [sign, word] = shown(result.kind);
    std::cout << fmt::format("{} {}: {}: {}", sign, result.where, word, excerpt(result.text, text_max));
    if (!result.line.empty())
        std::cout << "; write: " << excerpt(result.line, line_max);
    std::cout << '\n';
}

/// What the sources say, a line each, then the counts. `named`: a job that nobody could be asked about is said, too.
void print_online(const CheckOnlineResult& checked, bool named)
{
    std::map<CheckResult::Kind, int> counts;
    int asked = 0;
    int failed = 0;
    for (const auto& job : checked.jobs) {
        const bool was_asked = job.asked == CheckedJob::Asked::yes;
        asked += was_asked ? 1 : 0;
        if (!was_asked && named)
            std::cout << fmt::format("{} {}: not checked: its connector has nobody to ask\n", unsure_sign, job.file);
        for (const auto& result : job.results) {
            ++counts[result.kind];
            print_result(result);
        }
        if (job.failure.empty())
            continue;
        ++failed;
        std::cout << fmt::format("{} {}: not checked: {}\n", wrong_sign, job.file, job.failure);
    }
    std::cout << fmt::format("{} of {} jobs checked at their sources: {} lines confirmed, {} wrong, {} unsure{}\n",
                             asked - failed, checked.jobs.size(), counts[CheckResult::Kind::confirmed],
                             counts[CheckResult::Kind::wrong], counts[CheckResult::Kind::unsure],
                             failed == 0 ? "" : fmt::format("; {} jobs could not be checked", failed));
}

ExitCode check_online(Context& context, const CheckOptions& options, const JobList& list)
{
    const auto checked = ask_source(context, CheckOnlineOrder{options.jobs});
    if (context.json)
        print_json({{"ok", checked.exit() == ExitCode::good},
                    {"jobs", list.jobs.size()},
                    {"errors", Json::array()},
                    {"online", to_json(checked)["jobs"]}});
    else
        print_online(checked, !options.jobs.empty());
    return checked.exit();
}

/// Holds formulas against the numbers there are. Gives why it could not, as with a store that the next harvest brings
/// up to date: nothing is wrong with the configuration then.
std::string check_formulas(Context& context, const Installation& installation, std::vector<std::string>& errors)
{
    if (!std::filesystem::exists(installation.state / "skurd.db"))
        return "";
    try {
        const ReadContext read(context);
        const auto wrong = formula_errors(read.store, read.catalogue);
        errors.insert(errors.end(), wrong.begin(), wrong.end());
        return "";
    } catch (const Error& failure) {
        return full_message(failure);
    }
}

ExitCode check(Context& context, const CheckOptions& options)
{
    if (!options.jobs.empty() && !options.online)
        throw usage_error("jobs are named with --online only: without it, everything is checked");
    const auto installation = context.installation();
    const auto list = load_jobs(installation);
    auto errors = list.errors;
    const auto mistakes = catalogue_errors(installation);
    errors.insert(errors.end(), mistakes.begin(), mistakes.end());
    const auto unseen = mistakes.empty() ? check_formulas(context, installation, errors) : "";
    const auto settings = settings_mistakes(installation);
    errors.insert(errors.end(), settings.begin(), settings.end());
    for (const auto& job : options.jobs)
        attempt(errors, [&] { list.find(job); });
    if (options.online && errors.empty())
        return check_online(context, options, list);
    if (context.json)
        print_json({{"ok", errors.empty()}, {"jobs", list.jobs.size()}, {"errors", errors}});
    for (const auto& error : errors)
        if (!context.json)
            std::cout << error << '\n';
    if (!context.json && !unseen.empty())
        std::cout << "formulas were not checked against the numbers: " << unseen << '\n';
    if (!context.json && errors.empty())
        std::cout << fmt::format("{} jobs, configuration and catalogue are good\n", list.jobs.size());
    return errors.empty() ? ExitCode::good : ExitCode::usage;
}

} // namespace

void add_check(CLI::App& command, Context& context)
{
    auto options = std::make_shared<CheckOptions>(); // lives as long as the callback
    command.add_option("JOB", options->jobs, "With --online: only these jobs");
    command.add_flag("--online", options->online, "Also ask every source whether it has what the jobs name");
    command.callback(
        [&context, options] { context.action = [&context, options] { return check(context, *options); }; });
}

} // namespace skurd
