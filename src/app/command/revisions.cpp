// The command revisions: how first figures are revised.
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/time_text.hpp"
#include "indicator/revision_profile.hpp"
#include "model/indicator.hpp"
#include "query/indicators.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

struct RevisionOptions {
    std::string target;
    std::string by = "indicator";
    bool tidy = false;
    std::string language = "nb";
};

/// What a row of the table is about, and its figures.
struct Group {
    std::string id;
    LocalizedText label;
    RevisionUnit unit = RevisionUnit::percent;
    std::vector<Figure> figures;
};

/// A history with what it can be grouped by.
struct SourcedHistory {
    RevisionHistory history;
    LocalizedText label;
    std::string source;
};

SourcedHistory sourced_histories(const StoreView& view, const Indicator& indicator)
{
    Time last_release{};
    for (const auto& dataset : datasets_of(view.catalogue, indicator))
        for (const auto& vintage : VintageStore(view.store).list(dataset))
            last_release = std::max(last_release, vintage.published.published_at);
    const auto values = indicator_over_time(view.store, view.catalogue, indicator);
    return {revision_history(view.catalogue, indicator, values, last_release), indicator.label, indicator.source};
}

std::vector<SourcedHistory> sourced_histories(const StoreSession& store, const Selector& selector)
{
    std::map<std::string, Time> last_release;
    for (const auto& vintage : VintageStore(store).list(selector.dataset))
        last_release[vintage.dataset] = vintage.published.published_at;
    const auto source = selector.dataset.substr(0, selector.dataset.find('/'));
    std::vector<SourcedHistory> all;
    for (auto& history : revision_histories(ObservationStore(store).history(selector), last_release))
        all.push_back({std::move(history), {}, source});
    return all;
}

/// An indicator by its number, the series of a selector, or all indicators for "".
std::vector<SourcedHistory> sourced_histories(const StoreView& view, const std::string& target)
{
    std::vector<SourcedHistory> all;
    if (const int number = indicator_number(target); number != 0) {
        all.push_back(sourced_histories(view, view.indicator(number)));
    } else if (!target.empty()) {
        return sourced_histories(view.store, Selector::parse(target));
    } else {
        for (const auto& indicator : view.catalogue.indicators)
            all.push_back(sourced_histories(view, indicator));
    }
    return all;
}

/// By what is asked for, and by unit: points and percent have no mean in common.
std::vector<Group> groups_of(const std::vector<SourcedHistory>& all, bool by_source)
{
    std::vector<Group> groups;
    for (const auto& one : all)
        for (const auto& figure : one.history.figures) {
            const auto& id = by_source ? one.source : one.history.id;
            auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& known) {
                return known.id == id && known.unit == figure.unit;
            });
            if (group == groups.end())
                group = groups.insert(group, {id, by_source ? LocalizedText{} : one.label, figure.unit, {}});
            group->figures.push_back(figure);
        }
    if (by_source)
        std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.id < b.id; });
    return groups;
}

Json number_or_null(const std::optional<Decimal>& number)
{
    return number ? Json(number->text()) : Json(nullptr);
}

Json to_json(const Group& group, bool by_source)
{
    const auto profile = revision_profile(group.figures);
    return {{by_source ? "source" : "id", group.id},
            {"label", {{"nb", group.label.nb}, {"en", group.label.en}}},
            {"figures", profile.figures},
            {"followed", profile.followed},
            {"revised", profile.revised},
            {"up", profile.up},
            {"down", profile.down},
            {"uncounted", profile.uncounted},
            {"unit", to_string(group.unit)},
            {"mean", number_or_null(profile.mean)},
            {"mean_absolute", number_or_null(profile.mean_absolute)},
            {"days_median", profile.days_median ? Json(*profile.days_median) : Json(nullptr)},
            {"days_most", profile.days_most ? Json(*profile.days_most) : Json(nullptr)}};
}

std::string table_of(const std::vector<Group>& groups, bool by_source, Language language)
{
    using enum Table::Align;
    const bool en = language == Language::en;
    Table table({{by_source ? (en ? "source" : "kilde") : "id"},
                 {en ? "figures" : "tall", right},
                 {en ? "followed" : "fulgt", right},
                 {en ? "revised" : "revidert", right},
                 {en ? "up" : "opp", right},
                 {en ? "down" : "ned", right},
                 {en ? "mean" : "snitt", right},
                 {en ? "mean abs." : "snitt abs.", right},
                 {en ? "unit" : "enhet"},
                 {en ? "days" : "dager", right},
                 {""}});
    const auto number = [&](const std::optional<Decimal>& value, bool is_signed) {
        return !value ? "" : is_signed ? signed_text(*value, language) : number_text(*value, language);
    };
    for (const auto& group : groups) {
        const auto profile = revision_profile(group.figures);
        const bool points = group.unit == RevisionUnit::points;
        table.add({group.id, std::to_string(profile.figures), std::to_string(profile.followed),
                   std::to_string(profile.revised), std::to_string(profile.up), std::to_string(profile.down),
                   number(profile.mean, true), number(profile.mean_absolute, false),
                   points ? (en ? "points" : "prosentpoeng") : "%",
                   profile.days_median ? std::to_string(*profile.days_median) : "",
                   en ? group.label.en : group.label.nb});
    }
    return table.empty() ? "no figures\n" : table.text();
}

Json tidy_json(const std::vector<SourcedHistory>& all)
{
    Json rows = Json::array();
    for (const auto& one : all)
        for (const auto* figure : newest_figures(one.history))
            for (const auto& version : figure->versions)
                rows.push_back({{"id", one.history.id},
                                {"period", figure->period.text()},
                                {"published", format_time(version.published)},
                                {"value", version.number.text()}});
    return rows;
}

ExitCode revisions(Context& context, const RevisionOptions& options)
{
    const StoreView view(context);
    const auto all = sourced_histories(view, options.target);
    if (options.tidy && !context.json) {
        std::cout << tidy_header();
        for (const auto& one : all)
            std::cout << tidy_rows(one.history);
        return ExitCode::good;
    }
    const bool by_source = options.by == "source";
    const auto groups = groups_of(all, by_source);
    Json answer = Json::array();
    for (const auto& group : groups)
        answer.push_back(to_json(group, by_source));
    if (context.json)
        print_json(options.tidy ? tidy_json(all) : answer);
    else
        std::cout << table_of(groups, by_source, from_word<Language>(options.language).value());
    return ExitCode::good;
}

} // namespace

void add_revisions(CLI::App& command, Context& context)
{
    auto options = std::make_shared<RevisionOptions>(); // lives as long as the callback
    command.add_option("INDICATOR", options->target,
                       "An indicator's number or a selector; all indicators when left out");
    command.add_option("--by", options->by, "A row for each indicator (or series), or for each source")
        ->check(CLI::IsMember({"indicator", "source"}))
        ->capture_default_str();
    command.add_flag("--tidy", options->tidy, "Every published version, as CSV: id,period,published,value");
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    command.callback(
        [&context, options] { context.action = [&context, options] { return revisions(context, *options); }; });
}

} // namespace skurd
