// The command follow: from a table or a file to a judged indicator. It writes a job and an indicator, checks both,
// harvests, and shows what came of it; where anything of that fails, nothing is left of the files.
#include "app/commands.hpp"
#include "app/describe_file.hpp"
#include "app/followed.hpp"
#include "app/followed_indicator.hpp"
#include "app/new_files.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "app/source_options.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/evaluate.hpp"
#include "model/indicator_name.hpp"
#include "query/indicators.hpp"
#include "query/target.hpp"
#include "view/indicator_json.hpp"
#include "view/verdict_json.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace skurd {

namespace {

struct FollowOptions {
    SourceOptions at;
    std::string table;
    std::vector<std::string> select;
    std::string for_each;
    std::vector<std::string> codes;
    std::string label;
    IndicatorKind kind = IndicatorKind::number;
    Direction direction = Direction::neutral;
    std::string unit;
    std::string baseline;
    std::string threshold;
    std::string part = "mine";
    int number = 0;
    Language language = Language::nb;
};

/// --select is written as selectors are, and may be given several times: "Region=0", "Kjonn=1|2".
FollowedSelection selection_of(const FollowOptions& options)
{
    if (options.select.empty())
        return {{}, options.for_each, options.kind};
    return {Selector::parse("table{" + join(options.select, ",") + "}"), options.for_each, options.kind};
}

/// The last period of the year before the newest one's: then there is a change to show at once.
Period usual_baseline(const std::vector<Period>& periods)
{
    if (periods.empty())
        throw usage_error("no period of the table is known for one: say --baseline PERIOD");
    auto baseline = periods.front();
    for (const auto& period : periods)
        if (period.first_year() < periods.back().first_year())
            baseline = period;
    return baseline;
}

std::optional<Decimal> threshold_of(const std::string& text)
{
    if (text.empty())
        return std::nullopt;
    const auto limit = Decimal::parse(replace_all(text, ",", "."));
    if (!limit || limit->is_negative())
        throw usage_error("--threshold '{}' is not a limit such as 0.5", text);
    return limit;
}

NewIndicator indicator_of(const FollowOptions& options, const Followed& followed)
{
    NewIndicator wanted;
    wanted.number = options.number;
    wanted.label = options.label;
    wanted.kind = options.kind;
    wanted.direction = options.direction;
    wanted.unit = !options.unit.empty()                  ? options.unit
                  : !followed.unit.empty()               ? followed.unit
                  : options.kind == IndicatorKind::share ? "percent"
                                                         : std::string(to_string(options.kind));
    wanted.baseline = options.baseline.empty() ? usual_baseline(followed.periods) : read_period(options.baseline);
    wanted.source = followed.publisher;
    wanted.formula = followed.formula;
    wanted.for_each = options.for_each;
    wanted.codes = options.codes;
    wanted.threshold = threshold_of(options.threshold);
    wanted.part = options.part;
    return wanted;
}

/// The folder for files of that kind, which lies beside the configuration unless that names another.
std::filesystem::path folder_for(const Installation& installation, const std::filesystem::path& found,
                                 const char* name)
{
    return found.empty() ? installation.config_file.parent_path() / name : found;
}

/// Files can only be written for an installation that has a configuration, and be read by a writer that starts after.
void require_installation(Context& context)
{
    const auto installation = context.installation();
    require_own_folder_or_daemon(context);
    if (installation.config_file.empty())
        throw usage_error(
            "there is no configuration that the files could lie beside: `skurd init DIR` writes one; then "
            "--config DIR/skurd.toml, or SKURD_CONFIG");
    try {
        const StoreSession free(installation.store, StoreSession::Access::write, context.clock);
    } catch (const Error& failure) {
        if (failure.code() != ExitCode::busy)
            throw;
        std::throw_with_nested(
            Error("a daemon reads its jobs and indicators when it starts: stop it, follow, and start "
                  "it again",
                  ExitCode::busy));
    }
}

/// What there is of the new indicator after the harvest.
struct Result {
    Run run;
    Indicator indicator;
    std::size_t expansions = 0; ///< how many it stands for, with --for-each
    IndicatorValues values;     ///< none where it stands for several
    std::vector<Verdict> verdicts;
};

Run harvest_now(Context& context, const Order& order)
{
    const auto result = std::get<RunsResult>(give_order(context, order));
    if (result.runs.empty())
        throw error("the job did not run");
    if (result.exit() != ExitCode::good)
        throw error("{}: {}", result.runs.back().job, result.runs.back().message);
    return result.runs.back();
}

void check_values(const Result& result)
{
    for (const auto& [period, value] : result.values)
        if (!value.formula_error.empty())
            throw error("indicator {}: {}", indicator_name(result.indicator.number), value.formula_error.en);
    if (result.values.empty() && result.expansions == 0 && result.run.vintage != 0)
        throw error("job {} has numbers, but the formula {} finds none among them", result.run.job,
                    result.indicator.definitions.front().formula.text());
}

Result judged(Context& context, int number, Run run)
{
    const ReadContext read(context);
    Result result;
    result.run = std::move(run);
    if (const auto* one = read.catalogue.find_template(number)) {
        result.indicator = one->indicator;
        for (const auto& indicator : read.catalogue.indicators)
            result.expansions += template_of(indicator.number) == number ? 1 : 0;
    } else {
        result.indicator = find_indicator(read.catalogue, std::to_string(number));
        auto series = indicator_series(read.store, read.catalogue, result.indicator, {}, Numbers::published);
        result.verdicts = Judge(result.indicator, series.values, series.breaks, &read.catalogue).all();
        result.values = std::move(series.values);
    }
    check_values(result);
    return result;
}

/// The newest change from one period to the next; nullptr before there are two.
const Verdict* newest_change(const std::vector<Verdict>& verdicts)
{
    const Verdict* newest = nullptr;
    for (const auto& verdict : verdicts)
        if (verdict.comparison == Comparison::previous && (!newest || newest->to < verdict.to))
            newest = &verdict;
    return newest;
}

void print_result(const Result& result, const PlannedIndicator& planned, Language language)
{
    const auto& indicator = result.indicator;
    print_text("{}: {}, {}\n", result.run.job, to_string(result.run.outcome), result.run.message);
    print_text("{} {} = {}\n", planned.number, indicator.label.in(language),
               indicator.definitions.front().formula.text());
    const auto newest = std::find_if(result.values.rbegin(), result.values.rend(),
                                     [](const auto& entry) { return entry.second.value.number.has_value(); });
    if (result.expansions > 0)
        print_text("{} indicators, one for each code: `skurd flags --for CODE`\n", result.expansions);
    else if (newest == result.values.rend())
        print_text("no numbers yet: the job runs by its schedule, or now with `skurd harvest {}`\n", result.run.job);
    else
        print_text("{}: {} {}\n", newest->first.text(), number_text(*newest->second.value.number, language),
                   indicator.unit);
    if (const auto* change = newest_change(result.verdicts))
        print_text("{}–{}: {}\n", change->from.text(), change->to.text(), change->sentence.in(language));
    print_text("see `skurd report --set {}`, `skurd why {}{}`, `skurd flags --indicator {}`\n", planned.set,
               planned.number, result.expansions > 0 ? "/CODE" : "", planned.number);
}

void print_result_json(const Result& result, const PlannedIndicator& planned, const std::vector<std::string>& files)
{
    Json values = Json::array();
    for (const auto& [period, value] : result.values)
        values.push_back(value_json(period, value));
    Json verdicts = Json::array();
    for (const auto& verdict : result.verdicts)
        verdicts.push_back(to_json(verdict));
    print_json({{"indicator", planned.number},
                {"set", planned.set},
                {"formula", result.indicator.definitions.front().formula.text()},
                {"unit", result.indicator.unit},
                {"expansions", result.expansions},
                {"job", result.run.job},
                {"outcome", to_string(result.run.outcome)},
                {"files", files},
                {"values", values},
                {"verdicts", verdicts}});
}

ExitCode follow(Context& context, const FollowOptions& options)
{
    require_installation(context);
    const auto selection = selection_of(options);
    const bool is_file = names_file(options.at.source, options.table);
    if (!is_file && options.table.empty())
        throw usage_error("name the table: `skurd discover {} WORDS` finds one", options.at.source);
    const auto followed = is_file ? follow_file(context, options.at.source, selection)
                                  : follow_table(context, options.at.read(), options.table, selection);
    const auto installation = context.installation();
    const auto planned = plan_indicator(installation, indicator_of(options, followed), followed.job);
    const auto schedules = folder_for(installation, installation.schedules, "schedules");
    const auto indicators = folder_for(installation, installation.indicators, "indicators");
    NewFiles files;
    std::vector<std::string> written = {(schedules / (followed.job + ".toml")).string()};
    files.add(written.back(), followed.job_text);
    for (const auto& file : planned.files) {
        written.push_back((indicators / file.name).string());
        files.add(written.back(), file.bytes);
    }
    files.write();
    const auto result = judged(context, planned.number, harvest_now(context, followed.harvest));
    files.keep();
    if (context.json) {
        print_result_json(result, planned, written);
        return ExitCode::good;
    }
    for (const auto& file : written)
        print_text("wrote {}\n", file);
    print_result(result, planned, options.language);
    return ExitCode::good;
}

/// One of the words of an enumeration; the variable's value when it is left out.
template <HasWords Enum>
void add_word(CLI::App& command, const std::string& name, Enum& choice, const std::string& what)
{
    const std::vector<std::string> words(enum_words<Enum>.begin(), enum_words<Enum>.end());
    command
        .add_option_function<std::string>(
            name, [&choice](const std::string& word) { choice = from_word<Enum>(word).value(); },
            what + ": " + join(words, ", "))
        ->check(CLI::IsMember(words))
        ->default_str(std::string(to_string(choice)));
}

} // namespace

void add_follow(CLI::App& command, Context& context)
{
    auto options = std::make_shared<FollowOptions>(); // lives as long as the callback
    options->at.add_to(command);
    command.add_option("TABLE", options->table,
                       "The table, as `skurd discover` names it; none where SOURCE is a file");
    command.add_option("--select", options->select,
                       "Which series: DIMENSION=CODE, a code or its label; several codes "
                       "(CODE|CODE) are summed");
    command.add_option("--for-each", options->for_each, "An indicator for each code of this dimension")
        ->type_name("DIM");
    command.add_option("--codes", options->codes, "With --for-each: only codes that fit, with * and ?, as \"03??\"");
    command.add_option("--indicator", options->label, "What the indicator is called")->required();
    add_word(command, "--kind", options->kind, "What its numbers are");
    add_word(command, "--direction", options->direction, "The desired direction");
    command.add_option("--unit", options->unit, "Of its values, where the source says none, or another");
    command.add_option("--baseline", options->baseline,
                       "The period later ones are compared with; one of the year before "
                       "the newest when left out");
    command.add_option("--threshold", options->threshold,
                       "What a change must pass to count: percentage points of a share, "
                       "else percent; the rule's own when left out");
    command.add_option("--part", options->part, "The part of the catalogue, a table of the report")
        ->capture_default_str();
    command.add_option("--number", options->number, "The indicator's number; the next free one when left out")
        ->check(CLI::Range(1, 9999));
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return follow(context, *options); }; });
}

} // namespace skurd
