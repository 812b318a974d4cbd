#include "report/renderings.hpp"

#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "model/correction.hpp"

namespace skurd {

namespace {

constexpr auto format_version = "skurd-report/1";

Json number(const std::optional<Decimal>& value)
{
    return value ? Json(value->text()) : Json(nullptr);
}

Json words(const LocalizedText& text)
{
    return {{"nb", text.nb}, {"en", text.en}};
}

/// The words, or null where there are none.
Json maybe(const LocalizedText& text)
{
    return text.empty() ? Json(nullptr) : words(text);
}

Json period(const std::optional<Period>& at)
{
    return at ? Json(at->text()) : Json(nullptr);
}

Json positive(int count)
{
    return count == 0 ? Json(nullptr) : Json(count);
}

Json thresholds(const Thresholds& limits)
{
    return {{"share_points", limits.share_points.text()}, {"percent", limits.percent.text()}};
}

Json change_of(const Verdict& verdict, const std::optional<Decimal>& shown)
{
    return {{"from", verdict.from.text()},
            {"to", verdict.to.text()},
            {"per_year", verdict.comparison == Comparison::per_year},
            {"years", verdict.years},
            {"old", number(verdict.old_value)},
            {"new", number(verdict.new_value)},
            {"vintages", verdict.vintages},
            {"change", number(verdict.change)},
            {"shown", number(shown)},
            {"unit", verdict.unit},
            {"verdict", to_string(verdict.outcome)},
            {"reason", verdict.reason},
            {"rule", verdict.rule},
            {"sentence", {{"nb", verdict.sentence_nb}, {"en", verdict.sentence_en}}},
            {"near_miss", maybe(verdict.near_miss)},
            {"allowance", maybe(verdict.caveat)},
            {"margin", number(verdict.margin)},
            {"within_margin", verdict.within_margin},
            {"provisional", verdict.provisional}};
}

Json value_of(const Period& at, const IndicatorValue& value)
{
    return {{"period", at.text()},
            {"value", number(value.value.number)},
            {"status", value.value.symbol.text},
            {"meaning", to_string(value.value.symbol.meaning)},
            {"definition", value.definition},
            {"vintage", value.vintage},
            {"published", value.vintage == 0 ? Json(nullptr) : Json(format_time(value.published_at))},
            {"missing", maybe(value.missing)},
            {"trouble", maybe(value.trouble)}};
}

Json corrections_of(const StatusReport::Row& row)
{
    Json corrections = Json::array();
    for (const auto& [at, value] : row.course)
        if (value.correction)
            corrections.push_back({{"correction", value.correction->id},
                                   {"period", at.text()},
                                   {"source_value", value.correction->expected.text()},
                                   {"corrected_value", value.correction->corrected.text()},
                                   {"applied", is_corrected(value.value, *value.correction)},
                                   {"reason", value.correction->reason},
                                   {"by", value.correction->person}});
    return corrections;
}

Json definition_of(const Definition& definition)
{
    return {{"definition", definition.id},
            {"from", format_time(definition.from)},
            {"formula", definition.formula.text()},
            {"unit", definition.unit},
            {"price_base", definition.price_base},
            {"change", to_string(definition.change)},
            {"comparable_with_previous", definition.comparable_with_previous},
            {"reason", maybe(definition.reason)}};
}

Json breaks_of(const StatusReport::Row& row)
{
    Json breaks = Json::array();
    for (const auto* list : {&row.definition->breaks, &row.breaks})
        for (const auto& each : *list)
            breaks.push_back({{"first_after", each.first_after.text()},
                              {"comparable", each.comparable},
                              {"reason", words(each.reason)}});
    return breaks;
}

Json row_of(const StatusReport& report, const StatusReport::Row& row)
{
    const auto& indicator = *row.indicator;
    Json values = Json::object();
    Json details = Json::array();
    for (std::size_t i = 0; i < report.periods.size(); ++i) {
        values[report.periods[i].text()] = number(row.values[i].value.number);
        details.push_back(value_of(report.periods[i], row.values[i]));
    }
    Json course = Json::array();
    for (const auto& [at, value] : row.course)
        course.push_back(value_of(at, value));
    Json changes = Json::array();
    for (std::size_t i = 0; i < row.changes.size(); ++i)
        changes.push_back(change_of(row.changes[i], row.shown_changes[i]));
    return {{"indicator", indicator.number},
            {"number", row.number},
            {"merged", row.merged != nullptr},
            {"table", row.table},
            {"part", indicator.part},
            {"label", words(row.label())},
            {"type", indicator.type},
            {"kind", to_string(row.kind())},
            {"direction", to_string(indicator.direction)},
            {"unit", row.definition->unit},
            {"source", indicator.source},
            {"target", number(indicator.target)},
            {"thresholds", indicator.thresholds ? thresholds(*indicator.thresholds) : Json(nullptr)},
            {"definition", definition_of(*row.definition)},
            {"trouble", maybe(row.trouble)},
            {"values", std::move(values)},
            {"details", std::move(details)},
            {"newest", period(row.newest())},
            {"changes", std::move(changes)},
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
    for (std::size_t i = 0; i < report.roll_ups.size() && !report.rows.empty(); ++i) {
        const auto& roll_up = report.roll_ups[i];
        const auto& column = report.rows.front().changes[i];
        Json parts = Json::array();
        for (const auto& part : roll_up.parts)
            parts.push_back(
                {{"part", part.part}, {"counts", counts_of(part.counts)}, {"course", to_string(part.course)}});
        roll_ups.push_back({{"from", column.from.text()},
                            {"to", column.to.text()},
                            {"per_year", column.comparison == Comparison::per_year},
                            {"parts", std::move(parts)},
                            {"counts", counts_of(roll_up.counts)},
                            {"plan", to_string(roll_up.plan)}});
    }
    return roll_ups;
}

Json differences_of(const StatusReport& report)
{
    Json differences = Json::array();
    for (const auto& each : report.differences)
        differences.push_back({{"kind", to_string(each.kind)},
                               {"indicator", each.indicator},
                               {"number_before", positive(each.number_before)},
                               {"number_now", positive(each.number_now)},
                               {"period_before", period(each.period_before)},
                               {"period_now", period(each.period_now)},
                               {"before", number(each.before)},
                               {"now", number(each.now)},
                               {"comparable", each.comparable},
                               {"text", words(each.text)}});
    return differences;
}

Json retired_of(const StatusReport& report, const Catalogue& catalogue)
{
    Json retired = Json::array();
    for (const auto& each : report.set->retired) {
        const auto* indicator = catalogue.find(each.indicator);
        retired.push_back({{"indicator", each.indicator},
                           {"label", indicator ? words(indicator->label) : Json(nullptr)},
                           {"reason", words(each.reason)}});
    }
    return retired;
}

Json sources_of(const StatusReport& report)
{
    Json sources = Json::array();
    for (const auto& source : report.sources)
        sources.push_back({{"dataset", source.dataset},
                           {"publishers", source.publishers},
                           {"vintage", source.vintage},
                           {"published", format_time(source.published_at)},
                           {"numbers", source.numbers}});
    return sources;
}

Json prices_of(const StatusReport& report)
{
    if (!report.prices)
        return nullptr;
    return {{"year", report.prices->year}, {"index", report.prices->index}, {"vintages", report.prices->vintages}};
}

} // namespace

std::string json_report(const StatusReport& report, const Catalogue& catalogue)
{
    Json periods = Json::array();
    for (const auto& each : report.periods)
        periods.push_back(each.text());
    Json rows = Json::array();
    for (const auto& row : report.rows)
        rows.push_back(row_of(report, row));
    const Json root = {{"format", format_version},
                       {"set", report.set->number},
                       {"title", words(report.set->title)},
                       {"note", maybe(report.set->note)},
                       {"period", report.period.text()},
                       {"as_of", report.as_of ? Json(format_time(*report.as_of)) : Json(nullptr)},
                       {"catalogue", catalogue.hash},
                       {"thresholds", thresholds(report.thresholds)},
                       {"what_if", report.what_if ? thresholds(*report.what_if) : Json(nullptr)},
                       {"prices", prices_of(report)},
                       {"shows_newest", report.set->shows_newest},
                       {"periods", std::move(periods)},
                       {"rows", std::move(rows)},
                       {"roll_ups", roll_ups_of(report)},
                       {"retired", retired_of(report, catalogue)},
                       {"compared_with", maybe(report.compared_with)},
                       {"differences", differences_of(report)},
                       {"sources", sources_of(report)}};
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace skurd
