#include "report/report.hpp"

#include "base/time_text.hpp"
#include "view/annotation_json.hpp"
#include "view/indicator_json.hpp"
#include "view/value_json.hpp"
#include "view/verdict_json.hpp"

namespace skurd {

namespace {

constexpr auto format_version = "skurd-report/1";

Json change_json(const Verdict& verdict, const std::optional<Decimal>& shown)
{
    auto json = to_json(verdict);
    json["shown"] = number_json(shown);
    return json;
}

Json corrections_of(const StatusReport::Row& row)
{
    Json corrections = Json::array();
    for (const auto& [period, value] : row.course)
        if (value.correction)
            corrections.push_back(correction_json(value.correction.get(), value.value));
    return corrections;
}

Json breaks_of(const StatusReport::Row& row)
{
    Json breaks = Json::array();
    for (const auto* list : {&row.definition->breaks, &row.breaks})
        for (const auto& each : *list)
            breaks.push_back(to_json(each));
    return breaks;
}

Json row_of(const StatusReport& report, const StatusReport::Row& row)
{
    const auto& indicator = *row.indicator;
    Json values = Json::object();
    Json details = Json::array();
    for (std::size_t i = 0; i < report.periods.size(); ++i) {
        values[report.periods[i].text()] = number_json(row.values[i].value.number);
        details.push_back(value_json(report.periods[i], row.values[i]));
    }
    Json course = Json::array();
    for (const auto& [at, value] : row.course)
        course.push_back(value_json(at, value));
    Json changes = Json::array();
    for (std::size_t i = 0; i < row.changes.size(); ++i)
        changes.push_back(change_json(row.changes[i], row.shown_changes[i]));
    return {{"indicator", indicator.number},
            {"number", row.number},
            {"suffix", row.revised ? row.revised->suffix : ""},
            {"merged", row.merged != nullptr},
            {"table", row.table},
            {"part", indicator.part},
            {"label", localized_json(row.label())},
            {"type", indicator.type},
            {"kind", to_string(row.kind())},
            {"direction", to_string(indicator.direction)},
            {"unit", row.definition->unit},
            {"source", indicator.source},
            {"datasets", row.datasets},
            {"target", number_json(indicator.target)},
            {"thresholds", indicator.thresholds ? to_json(*indicator.thresholds) : Json(nullptr)},
            {"definition", to_json(*row.definition)},
            {"formula_error", optional_localized_json(row.formula_error)},
            {"values", std::move(values)},
            {"details", std::move(details)},
            {"newest", period_json(row.newest())},
            {"changes", std::move(changes)},
            {"judge", to_string(row.definition->judged_on)},
            {"levels", json_list(row.levels)},
            {"corrections", corrections_of(row)},
            {"course", std::move(course)},
            {"breaks", breaks_of(row)}};
}

Json counts_of(const OutcomeCounts& counts)
{
    Json object = Json::object();
    for (std::size_t i = 0; i < counts.size(); ++i)
        object[std::string(to_string(static_cast<Outcome>(i)))] = counts.at(i);
    return object;
}

Json roll_ups_of(const StatusReport& report)
{
    Json roll_ups = Json::array();
    for (std::size_t i = 0; i < report.roll_ups.size(); ++i) {
        const auto& roll_up = report.roll_ups[i];
        const auto& column = report.columns[i];
        Json parts = Json::array();
        for (const auto& part : roll_up.parts)
            parts.push_back(
                {{"part", part.part}, {"counts", counts_of(part.counts)}, {"course", to_string(part.course)}});
        roll_ups.push_back({{"from", period_json(column.from)},
                            {"to", column.to.text()},
                            {"per_year", column.comparison == Comparison::per_year},
                            {"parts", std::move(parts)},
                            {"counts", counts_of(roll_up.counts)},
                            {"plan", to_string(roll_up.plan)}});
    }
    return roll_ups;
}

Json own_words_of(const StatusReport& report)
{
    Json all = Json::array();
    for (const auto& one : report.set->own_words)
        all.push_back(
            {{"part", one.part.empty() ? Json(nullptr) : Json(one.part)}, {"text", localized_json(one.text)}});
    return all;
}

Json differences_of(const StatusReport& report)
{
    Json differences = Json::array();
    for (const auto& each : report.differences)
        differences.push_back(to_json(each));
    return differences;
}

Json retired_of(const StatusReport& report, const Catalogue& catalogue)
{
    Json retired = Json::array();
    for (const auto& each : report.set->retired) {
        const auto* indicator = catalogue.find(each.indicator);
        retired.push_back(
            {{"indicator", each.indicator},
             {"label", indicator ? localized_json(indicator->label_in(indicator->definition_at(report.as_of)))
                                 : Json(nullptr)},
             {"reason", localized_json(each.reason)}});
    }
    return retired;
}

Json sources_of(const StatusReport& report)
{
    Json sources = Json::array();
    for (const auto& source : report.sources) {
        const auto attribution = report.attributions.of(source.dataset);
        sources.push_back({{"dataset", source.dataset},
                           {"publishers", source.publishers},
                           {"vintage", source.vintage},
                           {"published", format_time(source.published_at)},
                           {"published_confidence", to_string(source.confidence)},
                           {"numbers", source.numbers},
                           {"name", optional_localized_json(attribution.source)},
                           {"licence", optional_localized_json(attribution.licence)}});
    }
    return sources;
}

Json prices_of(const StatusReport& report)
{
    if (!report.prices)
        return nullptr;
    return {{"year", report.prices->year}, {"index", report.prices->index}, {"vintages", report.prices->vintages}};
}

} // namespace

std::string render_json(const Rendering& from)
{
    const auto& report = from.report;
    const auto& catalogue = from.catalogue;
    Json periods = Json::array();
    for (const auto& each : report.periods)
        periods.push_back(each.text());
    Json rows = Json::array();
    for (const auto& row : report.rows)
        rows.push_back(row_of(report, row));
    const Json root = {{"format", format_version},
                       {"set", report.set->number},
                       {"title", localized_json(report.set->title)},
                       {"note", optional_localized_json(report.set->note)},
                       {"period", report.period.text()},
                       {"as_of", time_json(report.as_of)},
                       {"catalogue", catalogue.hash},
                       {"thresholds", to_json(report.thresholds)},
                       {"what_if", report.what_if ? to_json(*report.what_if) : Json(nullptr)},
                       {"prices", prices_of(report)},
                       {"shows_newest", report.set->shows_newest()},
                       {"periods", std::move(periods)},
                       {"rows", std::move(rows)},
                       {"roll_ups", roll_ups_of(report)},
                       {"own_words", own_words_of(report)},
                       {"retired", retired_of(report, catalogue)},
                       {"compared_with", optional_localized_json(report.compared_with)},
                       {"differences", differences_of(report)},
                       {"sources", sources_of(report)}};
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace skurd
