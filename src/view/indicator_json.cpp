#include "view/indicator_json.hpp"

#include "base/time_text.hpp"
#include "model/release.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

Json catalogue_members(const Indicator& indicator, const Definition& definition)
{
    return {{"indicator", indicator.number},
            {"label", localized_json(indicator.label_in(definition))},
            {"part", indicator.part},
            {"type", indicator.type},
            {"kind", to_string(definition.kind.value_or(indicator.kind))},
            {"unit", definition.unit},
            {"direction", to_string(indicator.direction)},
            {"baseline", indicator.baseline_in(definition).text()},
            {"judge", to_string(definition.judged_on)},
            {"source", indicator.source},
            {"formula", definition.formula.text()}};
}

Json people_json(const PeopleCount& people)
{
    Json json = Json::object();
    if (people.each != 0)
        json["each"] = people.each;
    for (const auto& [period, count] : people.in_period)
        json[period.text()] = count;
    return json;
}

/// With all that only who looks at the catalogue itself wants to know.
Json full_definition_json(const Indicator& indicator, const Definition& definition)
{
    auto json = to_json(definition);
    json["published_from"] = published_day(definition.from, definition.from_known);
    json["label"] = localized_json(indicator.label_in(definition));
    json["kind"] = to_string(definition.kind.value_or(indicator.kind));
    json["baseline"] = indicator.baseline_in(definition).text();
    json["judge"] = to_string(definition.judged_on);
    if (definition.id == 1)
        json["comparable_with_previous"] = nullptr;
    json["breaks"] = Json::array();
    for (const auto& one : definition.breaks) {
        json["breaks"].push_back(to_json(one));
        json["breaks"].back()["from"] = one.first_after.text();
    }
    json["respondents"] = people_json(definition.respondents);
    json["population"] = people_json(definition.population);
    return json;
}

Json set_json(const IndicatorSet& set, int number)
{
    const auto own = set.number_of(number);
    Json json = {{"set", set.number},
                 {"title", localized_json(set.title)},
                 {"published",
                  set.published == Time() ? Json(nullptr) : Json(published_day(set.published, set.published_known))},
                 {"number", own ? Json(*own) : Json(nullptr)},
                 {"merged", Json::array()},
                 {"revised", Json::array()},
                 {"figures", set.figures == SetFigures::known ? "known" : "unknown"},
                 {"retired", nullptr}};
    for (const auto& merged : set.merged)
        if (merged.into == number)
            json["merged"].push_back({{"number", merged.number}, {"label", localized_json(merged.label)}});
    for (const auto& revised : set.revised)
        if (revised.of == number)
            json["revised"].push_back({{"number", fmt::format("{}{}", revised.number, revised.suffix)},
                                       {"label", localized_json(revised.label)},
                                       {"reason", localized_json(revised.reason)}});
    for (const auto& retired : set.retired)
        if (retired.indicator == number)
            json["retired"] = localized_json(retired.reason);
    return json;
}

} // namespace

Json to_json(const Definition& definition)
{
    return {{"definition", definition.id},
            {"from", format_time(definition.from)},
            {"formula", definition.formula.text()},
            {"unit", definition.unit},
            {"price_base", definition.price_base},
            {"change", to_string(definition.change)},
            {"comparable_with_previous", definition.comparable_with_previous},
            {"reason", optional_localized_json(definition.reason)}};
}

Json value_json(const Period& period, const IndicatorValue& value)
{
    Json json = {{"period", period.text()},
                 {"value", number_json(value.value.number)},
                 {"status", value.value.symbol.text},
                 {"meaning", to_string(value.value.symbol.meaning)},
                 {"definition", id_json(value.definition)},
                 {"vintage", id_json(value.vintage)},
                 {"published", value.vintage == 0 ? Json(nullptr) : Json(format_time(value.published_at))},
                 {"published_confidence", value.vintage == 0 ? Json(nullptr) : Json(to_string(value.confidence))},
                 {"missing", optional_localized_json(value.missing)},
                 {"formula_error", optional_localized_json(value.formula_error)},
                 {"source", value.argument == 0 ? Json() : Json(value.source)},
                 {"others", Json::array()}};
    for (const auto& other : value.others)
        json["others"].push_back(value_json(period, other));
    return json;
}

Json to_json(const Thresholds& thresholds)
{
    return {{"share_points", thresholds.share_points.text()}, {"percent", thresholds.percent.text()}};
}

Json to_json(const SeriesBreak& series_break)
{
    return {{"first_after", series_break.first_after.text()},
            {"comparable", series_break.comparable},
            {"reason", localized_json(series_break.reason)}};
}

Json to_json(const CatalogueEntry& entry)
{
    auto json = catalogue_members(*entry.indicator, *entry.definition);
    json["number"] = entry.number;
    json["label"] = localized_json(entry.label);
    json["merged_into"] = id_json(entry.merged_into);
    json["for_each"] = entry.for_each ? Json(entry.for_each->dimension) : Json(nullptr);
    json["expansions"] = entry.expansions;
    return json;
}

Json indicator_json(const Catalogue& catalogue, const Indicator& indicator)
{
    auto json = catalogue_members(indicator, indicator.definitions.back());
    json["definitions"] = Json::array();
    for (const auto& definition : indicator.definitions)
        json["definitions"].push_back(full_definition_json(indicator, definition));
    json["sets"] = Json::array();
    for (const auto& set : catalogue.sets)
        json["sets"].push_back(set_json(set, indicator.number));
    return json;
}

Json to_json(const StoredCatalogue& stored)
{
    return {{"catalogue", stored.hash}, {"stored", format_time(stored.stored_at)}, {"current", stored.current}};
}

} // namespace skurd
