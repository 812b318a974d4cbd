// The JSON of an indicator's working: what the command why tells.
#include "base/time_text.hpp"
#include "view/annotation_json.hpp"
#include "view/indicator_json.hpp"
#include "view/value_json.hpp"
#include "view/verdict_json.hpp"

namespace skurd {

namespace {

/// Which bytes a number comes from.
void add_origin(Json& json, const IndicatorWorking& working, std::int64_t vintage)
{
    if (const auto known = working.vintages.find(vintage); known != working.vintages.end()) {
        json["payload"] = known->second.payload_hash;
        json["origin"] = to_string(known->second.origin);
    }
}

Json input_json(const IndicatorWorking& working, const IndicatorInput& input)
{
    Json json = {{"name", input.name},
                 {"dataset", input.dataset},
                 {"period", input.period.text()},
                 {"value", number_json(input.value.number)},
                 {"status", input.value.symbol.text},
                 {"published", format_time(input.published_at)},
                 {"published_confidence", to_string(input.confidence)},
                 {"indicator", id_json(input.indicator)},
                 {"correction", correction_json(input.correction.get(), input.value)},
                 {"vintage", input.vintage}};
    add_origin(json, working, input.vintage);
    return json;
}

Json values_json(const IndicatorWorking& working)
{
    Json all = Json::array();
    for (const auto& [period, value] : working.series.values) {
        auto json = value_json(period, value);
        json["correction"] = correction_json(value.correction.get(), value.value);
        json["inputs"] = Json::array();
        for (const auto& input : value.inputs)
            json["inputs"].push_back(input_json(working, input));
        add_origin(json, working, value.vintage);
        all.push_back(std::move(json));
    }
    return all;
}

Json definitions_json(const Indicator& indicator)
{
    Json all = Json::array();
    for (const auto& definition : indicator.definitions) {
        all.push_back(to_json(definition));
        all.back()["kind"] = to_string(definition.kind.value_or(indicator.kind));
        all.back()["label"] = localized_json(indicator.label_in(definition));
    }
    return all;
}

Json earlier_json(const IndicatorWorking& working)
{
    Json all = Json::array();
    for (const auto& [published, verdict] : working.earlier) {
        all.push_back(to_json(verdict));
        all.back()["published"] = format_time(published);
    }
    return all;
}

Json earlier_figures_json(const IndicatorWorking& working)
{
    Json all = Json::array();
    for (const auto& figure : working.earlier_figures)
        all.push_back({{"period", figure.period.text()},
                       {"value", figure.number.text()},
                       {"definition", figure.definition},
                       {"published", format_time(figure.published)},
                       {"until", format_time(figure.until)},
                       {"then", number_json(figure.then)},
                       {"reason", optional_localized_json(figure.reason)},
                       {"verdicts", json_list(figure.verdicts)}});
    return all;
}

} // namespace

Json to_json(const IndicatorWorking& working)
{
    const auto& indicator = *working.indicator;
    const auto& definition = *working.definition;
    return {{"indicator", indicator.number},
            {"label", localized_json(indicator.label_in(definition))},
            {"kind", to_string(definition.kind.value_or(indicator.kind))},
            {"direction", to_string(indicator.direction)},
            {"unit", definition.unit},
            {"judge", to_string(definition.judged_on)},
            {"definition", definition.id},
            {"formula", definition.formula.text()},
            {"catalogue", working.catalogue_hash},
            {"definitions", definitions_json(indicator)},
            {"values", values_json(working)},
            {"verdicts", json_list(working.verdicts)},
            {"earlier", earlier_json(working)},
            {"earlier_figures", earlier_figures_json(working)},
            {"notes", json_list(working.annotations)}};
}

} // namespace skurd
