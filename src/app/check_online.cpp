#include "app/check_online.hpp"

#include "app/job_file_fixes.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "run/exchange_bundle.hpp"
#include "run/source_query.hpp"
#include "store/durable_file.hpp"
#include "view/source_table_json.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

namespace skurd {

namespace fs = std::filesystem;

namespace {

constexpr auto good_sign = "✓";
constexpr auto wrong_sign = "✗";
constexpr auto unsure_sign = "?";
constexpr std::size_t text_max = 1000; ///< code points of what a source says
constexpr std::size_t line_max = 4000; ///< of a line to write
constexpr int silences_max = 2;        ///< in a row; then a host's other jobs are not asked about

constexpr auto bundle_readme =
    "What sources answered to skurd, as they answered it\n\n"
    "Each folder is one exchange in the form of a case of a connector: the job, each request, each response with "
    "its\n"
    "status, type and time. JOB-check is what `skurd check --online` asked, with what it came to (expected.check);\n"
    "JOB-harvest is what a first harvest asks, of which nothing was stored.\n\n"
    "Taken out of it: keys, mail addresses, and the members \"contact\" of JSON, where Statistics Norway names "
    "people.\n"
    "Your own contact address went into the user agent alone, which is not recorded. Look through it before you "
    "give\n"
    "it away. `connectors/add-cases FOLDER` makes cases of it.\n";

/// How a kind of check result is shown.
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

const char* verb_of(CheckResult::Fix fix)
{
    switch (fix) {
    case CheckResult::Fix::insert:
        return "write below it";
    case CheckResult::Fix::guess:
        return "perhaps";
    default:
        return "write";
    }
}

/// "✗ schedules/x.toml:12: wrong: there is no code …; write: Tid = ["from(2015)"]"
void print_result(const CheckResult& result)
{
    const auto [sign, word] = shown(result.kind);
    print_text("{} {}: {}: {}", sign, result.where, word, excerpt(result.text, text_max));
    const auto lines = split(result.line, '\n');
    if (!result.line.empty())
        print_text("; {}:", verb_of(result.fix));
    for (const auto line : lines)
        if (!line.empty())
            std::cout << (lines.size() > 1 ? "\n    " : " ") << excerpt(line, line_max);
    std::cout << '\n';
}

/// What came of one job.
struct Outcome {
    /// In the order in which a person looks at them last to first.
    enum class Kind { right, applicable, undecided, unchecked, not_asked };

    CheckedJob checked;
    std::optional<AppliedFixes> applied;

    Kind kind() const;
};

bool is_sure_fix(const CheckResult& result)
{
    return result.kind != CheckResult::Kind::unsure && result.fix != CheckResult::Fix::none &&
           result.fix != CheckResult::Fix::guess;
}

Outcome::Kind Outcome::kind() const
{
    if (checked.asked == CheckedJob::Asked::no)
        return Kind::not_asked;
    if (!checked.failure.empty())
        return Kind::unchecked;
    const auto& results = checked.results;
    const bool is_open = std::any_of(results.begin(), results.end(), [](const CheckResult& result) {
        return result.kind == CheckResult::Kind::unsure ||
               (result.kind == CheckResult::Kind::wrong && !is_sure_fix(result));
    });
    if (is_open)
        return Kind::undecided;
    const bool has_fixes = std::any_of(results.begin(), results.end(), is_sure_fix);
    return has_fixes && !(applied && applied->lines > 0) ? Kind::applicable : Kind::right;
}

class OnlineCheck {
public:
    OnlineCheck(Context& context, const OnlineOptions& options, const JobList& list)
        : context_(context), options_(options), list_(list), installation_(context.installation()), orders_(context)
    {
    }

    ExitCode run()
    {
        if (options_.apply == OnlineOptions::Apply::yes || !options_.record.empty())
            require_own_folder_or_daemon(context_);
        begin_bundle();
        for (const auto* job : list_.named_or_all(options_.jobs)) {
            outcomes_.push_back(check(*job));
            if (!context_.json)
                print(outcomes_.back());
        }
        if (context_.json)
            print_as_json();
        else
            print_summary();
        return is_good() ? ExitCode::good : ExitCode::failed;
    }

private:
    void begin_bundle() const
    {
        if (options_.record.empty())
            return;
        std::error_code failure;
        const fs::path folder(options_.record);
        if (fs::exists(folder, failure) && !fs::is_empty(folder, failure))
            throw usage_error("{}: is there, and not empty: name a new folder for the record", options_.record);
        write_file("README.md", bundle_readme);
    }

    void write_file(const fs::path& name, std::string_view bytes) const
    {
        const auto file = fs::path(options_.record) / name;
        auto part = file;
        part += ".part";
        write_durably(file, bytes, part);
    }

    Outcome check(const ReadyJob& job)
    {
        if (!can_check_online(job))
            return {{job.job.id, job.job.whole.file(), CheckedJob::Asked::no, {}, ""}, std::nullopt};
        if (options_.apply == OnlineOptions::Apply::no)
            return {ask(job), std::nullopt};
        JobFile file(installation_, job);
        Outcome outcome{ask(job), std::nullopt};
        outcome.applied = file.apply(outcome.checked, context_.clock.now());
        if (outcome.applied->lines == 0 || outcome.checked.is_good())
            return outcome;
        // What was wrong is asked about once more: right now, it may lack its last remark.
        outcome.checked = ask(file.job());
        auto again = file.apply(outcome.checked, context_.clock.now());
        outcome.applied->lines += again.lines;
        outcome.applied->left = std::move(again.left);
        return outcome;
    }

    CheckedJob ask(const ReadyJob& job)
    {
        const auto hosts = job.connector->guarantee().hosts;
        for (const auto& host : hosts)
            if (silences_[host] >= silences_max)
                return {
                    job.job.id,
                    job.job.whole.file(),
                    CheckedJob::Asked::yes,
                    {},
                    fmt::format("{} gave no response to {} jobs before it, so it was not asked", host, silences_max)};
        using Record = CheckOnlineOrder::Record;
        const CheckOnlineOrder order{{job.job.id}, options_.record.empty() ? Record::no : Record::yes};
        auto checked = orders_.ask(order).jobs.at(0);
        for (const auto& host : hosts)
            silences_[host] = checked.silent_host == host ? silences_[host] + 1 : 0;
        record(job, checked);
        checked.exchanges.clear();
        return checked;
    }

    /// Adds to the bundle what the job's source was asked and answered.
    void record(const ReadyJob& job, CheckedJob& checked) const
    {
        if (options_.record.empty() || checked.exchanges.empty())
            return;
        for (const auto part : {RecordedExchange::Part::check, RecordedExchange::Part::harvest}) {
            try {
                const auto folder = fmt::format("{}-{}", job.job.id, to_string(part));
                for (const auto& file : case_files(job, job_text(installation_, job), checked, part))
                    write_file(fs::path(folder) / file.name, file.bytes);
            } catch (const StoreError&) {
                throw; // no room: the next job would meet it too
            } catch (const Error& failure) {
                checked.results.push_back({CheckResult::Kind::unsure, job.job.whole.file() + ":1",
                                           "not recorded: " + full_message(failure)});
            }
        }
    }

    bool is_good() const
    {
        return std::all_of(outcomes_.begin(), outcomes_.end(),
                           [](const Outcome& outcome) { return outcome.checked.is_good(); });
    }

    void print(const Outcome& outcome)
    {
        const auto& job = outcome.checked;
        if (job.asked == CheckedJob::Asked::no && !options_.jobs.empty())
            print_text("{} {}: not checked: its connector has nobody to ask\n", unsure_sign, job.file);
        for (const auto& result : job.results)
            print_result(result);
        if (!job.failure.empty())
            print_text("{} {}: not checked: {}\n", wrong_sign, job.file, job.failure);
        if (outcome.applied)
            print_applied(*outcome.applied);
        std::cout << std::flush;
    }

    static void print_applied(const AppliedFixes& applied)
    {
        if (applied.lines > 0)
            print_text("{} {}: {} changes written; {}\n", good_sign, applied.file, applied.lines,
                       applied.backup.empty() ? "it takes the place of the one that comes with skurd"
                                              : "as it was: " + applied.backup);
        for (const auto& left : applied.left)
            print_text("{} {}\n", unsure_sign, left);
    }

    std::string jobs_of(Outcome::Kind kind) const
    {
        std::vector<std::string> ids;
        for (const auto& outcome : outcomes_)
            if (outcome.kind() == kind)
                ids.push_back(outcome.checked.job);
        return join(ids, ", ");
    }

    void print_summary() const
    {
        std::map<CheckResult::Kind, int> counts;
        int asked = 0;
        int failed = 0;
        int written = 0;
        for (const auto& outcome : outcomes_) {
            asked += outcome.checked.asked == CheckedJob::Asked::yes ? 1 : 0;
            failed += outcome.checked.failure.empty() ? 0 : 1;
            written += outcome.applied ? outcome.applied->lines : 0;
            for (const auto& result : outcome.checked.results)
                ++counts[result.kind];
        }
        print_text("{} of {} jobs checked at their sources: {} lines confirmed, {} wrong, {} unsure{}\n",
                   asked - failed, outcomes_.size(), counts[CheckResult::Kind::confirmed],
                   counts[CheckResult::Kind::wrong], counts[CheckResult::Kind::unsure],
                   failed == 0 ? "" : fmt::format("; {} jobs could not be checked", failed));
        if (options_.all)
            print_by_outcome();
        if (!options_.record.empty())
            print_text("recorded in {}: look through it before you give it away\n", options_.record);
        if (written > 0 && fs::exists(installation_.state / "skurd.sock"))
            std::cout << "the daemon that runs has the jobs as they were: reload it (SIGHUP)\n";
    }

    void print_by_outcome() const
    {
        const std::pair<Outcome::Kind, const char*> rows[] = {
            {Outcome::Kind::right, "right as they are"},
            {Outcome::Kind::applicable, "right with the lines above, which --apply writes"},
            {Outcome::Kind::undecided, "for a person to decide"},
            {Outcome::Kind::unchecked, "could not be checked"},
        };
        for (const auto& [kind, title] : rows)
            if (const auto jobs = jobs_of(kind); !jobs.empty())
                print_text("{}: {}\n", title, jobs);
    }

    void print_as_json() const
    {
        Json online = Json::array();
        for (const auto& outcome : outcomes_) {
            auto json = to_json(outcome.checked);
            json["applied"] = nullptr;
            if (const auto& applied = outcome.applied)
                json["applied"] = {{"changes", applied->lines},
                                   {"file", applied->file.empty() ? Json(nullptr) : Json(applied->file)},
                                   {"backup", applied->backup.empty() ? Json(nullptr) : Json(applied->backup)},
                                   {"left", applied->left}};
            online.push_back(std::move(json));
        }
        print_json({{"ok", is_good()},
                    {"jobs", list_.jobs.size()},
                    {"errors", Json::array()},
                    {"online", online},
                    {"recorded", options_.record.empty() ? Json(nullptr) : Json(options_.record)}});
    }

    Context& context_;
    const OnlineOptions& options_;
    const JobList& list_;
    Installation installation_;
    SourceOrders orders_;
    std::map<std::string, int> silences_; ///< by host: jobs in a row that it gave no response to
    std::vector<Outcome> outcomes_;
};

} // namespace

ExitCode check_online(Context& context, const OnlineOptions& options, const JobList& list)
{
    return OnlineCheck(context, options, list).run();
}

} // namespace skurd
