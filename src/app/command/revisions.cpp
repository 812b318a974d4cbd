// The command revisions: how first figures are revised.
#include "query/revisions.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "indicator/revision_profile.hpp"
#include "view/revision_json.hpp"

#include <iostream>

namespace skurd {

namespace {

struct RevisionOptions {
    std::string target;
    GroupBy by = GroupBy::history;
    bool tidy = false;
    std::optional<CsvDialect> dialect;
    Language language = Language::nb;
};

std::string groups_table(const std::vector<RevisionGroup>& groups, GroupBy by, Language language, std::size_t width)
{
    using enum TextTable::Align;
    const bool en = language == Language::en;
    TextTable table({{by == GroupBy::source ? (en ? "source" : "kilde") : "id"},
                     {en ? "figures" : "tall", right},
                     {en ? "followed" : "fulgt", right},
                     {en ? "revised" : "revidert", right},
                     {en ? "up" : "opp", right},
                     {en ? "down" : "ned", right},
                     {en ? "mean" : "snitt", right},
                     {en ? "mean abs." : "snitt abs.", right},
                     {en ? "unit" : "enhet"},
                     {en ? "days" : "dager", right},
                     {"", left, TextTable::Fit::below}});
    const auto number = [&](const std::optional<Decimal>& value, bool is_signed) {
        return !value ? "" : is_signed ? signed_text(*value, language) : number_text(*value, language);
    };
    for (const auto& group : groups) {
        const auto& profile = group.profile;
        const bool points = group.unit == RevisionUnit::points;
        table.add({group.id, std::to_string(profile.figures), std::to_string(profile.followed),
                   std::to_string(profile.revised), std::to_string(profile.up), std::to_string(profile.down),
                   number(profile.mean, true), number(profile.mean_absolute, false),
                   points ? (en ? "points" : "prosentpoeng") : "%",
                   profile.days_median ? std::to_string(*profile.days_median) : "", group.label.in(language)});
    }
    return !table.empty() ? table.text(width) : en ? "no figures\n" : "ingen tall\n";
}

/// Every published version of the newest figures.
void print_versions(const Context& context, const std::vector<SourcedHistory>& histories, CsvDialect dialect)
{
    if (!context.json) {
        CsvWriter csv(dialect);
        write_tidy_header(csv);
        for (const auto& one : histories)
            write_tidy_rows(one.history, csv);
        print_exactly(csv.take());
        return;
    }
    Json rows = Json::array();
    for (const auto& one : histories)
        for (const auto* figure : newest_figures(one.history))
            for (const auto& version : figure->versions)
                rows.push_back(version_json(one.history, *figure, version));
    print_json(rows);
}

void print_groups(const Context& context, const RevisionOptions& options, const std::vector<RevisionGroup>& groups)
{
    if (!context.json) {
        std::cout << groups_table(groups, options.by, options.language, context.width());
        return;
    }
    Json rows = Json::array();
    for (const auto& group : groups)
        rows.push_back(to_json(group, options.by == GroupBy::source ? "source" : "id"));
    print_json(rows);
}

ExitCode revisions(Context& context, const RevisionOptions& options)
{
    const auto dialect = csv_dialect(options.dialect, options.tidy && !context.json);
    const ReadContext read(context);
    const auto histories = sourced_histories(read.store, read.catalogue, read_target(options.target, read.catalogue));
    if (options.tidy)
        print_versions(context, histories, dialect);
    else
        print_groups(context, options, revision_groups(histories, options.by));
    return ExitCode::good;
}

} // namespace

void add_revisions(CLI::App& command, Context& context)
{
    auto options = std::make_shared<RevisionOptions>(); // lives as long as the callback
    command.add_option("INDICATOR", options->target,
                       "An indicator's number or a selector; all indicators when left out");
    command
        .add_option_function<std::string>(
            "--by",
            [options = options.get()](const std::string& word) {
                options->by = word == "source" ? GroupBy::source : GroupBy::history;
            },
            "A row for each indicator (or series), or for each source")
        ->check(CLI::IsMember({"indicator", "source"}))
        ->default_str("indicator");
    command.add_flag("--tidy", options->tidy, "Every published version, as CSV: id,period,published,value");
    add_dialect(command, options->dialect);
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return revisions(context, *options); }; });
}

} // namespace skurd
