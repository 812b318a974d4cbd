// The command check: what skurd was told, and, online, what the sources say of it.
#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "query/catalogue.hpp"
#include "query/indicators.hpp"

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

/// "✗ schedules/x.toml:12: wrong: there is no code …; write: Tid = ["from(2015)"]"
void print_remark(const Json& remark)
{
    const auto kind = remark["kind"].get<std::string>();
    const auto* sign = kind == "confirmed" ? good_sign : kind == "wrong" ? wrong_sign : unsure_sign;
    std::cout << fmt::format("{} {}: {}: {}", sign, remark["where"].get<std::string>(), kind,
                             excerpt(remark["text"].get<std::string>(), 1000));
    if (remark["line"].is_string())
        std::cout << "; write: " << excerpt(remark["line"].get<std::string>(), 4000);
    std::cout << '\n';
}

/// What the sources say, a line each, then the counts. `named`: a job that nobody could be asked about is said, too.
void print_online(const Json& answer, bool named)
{
    std::map<std::string, int> remarks;
    int asked = 0;
    int failed = 0;
    for (const auto& job : answer["jobs"]) {
        const auto file = job["file"].get<std::string>();
        asked += job["asked"].get<bool>() ? 1 : 0;
        if (!job["asked"].get<bool>() && named)
            std::cout << fmt::format("{} {}: not checked: its connector has nobody to ask\n", unsure_sign, file);
        for (const auto& remark : job["remarks"]) {
            ++remarks[remark["kind"]];
            print_remark(remark);
        }
        if (!job["failure"].is_string())
            continue;
        ++failed;
        std::cout << fmt::format("{} {}: not checked: {}\n", wrong_sign, file, job["failure"].get<std::string>());
    }
    std::cout << fmt::format("{} of {} jobs checked at their sources: {} lines confirmed, {} wrong, {} unsure{}\n",
                             asked - failed, answer["jobs"].size(), remarks["confirmed"], remarks["wrong"],
                             remarks["unsure"],
                             failed == 0 ? "" : fmt::format("; {} jobs could not be checked", failed));
}

ExitCode check_online(Context& context, const CheckOptions& options, const JobList& list)
{
    const auto answer = look_around(context, {{"command", "check online"}, {"jobs", options.jobs}});
    const bool good = answer.value("exit", 1) == 0;
    if (context.json)
        print_json({{"ok", good}, {"jobs", list.jobs.size()}, {"errors", Json::array()}, {"online", answer["jobs"]}});
    else
        print_online(answer, !options.jobs.empty());
    return good ? ExitCode::good : ExitCode::failed;
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
    attempt(errors, [&] { read_settings(installation); });
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
        std::cout << "formulas were not held against the numbers: " << unseen << '\n';
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
