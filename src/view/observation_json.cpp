#include "view/observation_json.hpp"

#include "base/time_text.hpp"
#include "view/annotation_json.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

Json indicator_members(const ObservationRow& row)
{
    Json json = Json::object();
    if (row.indicator == 0)
        return json;
    json["indicator"] = row.indicator;
    json["definition"] = row.definition->id;
    json["indicator_label"] = localized_json(row.definition->label);
    json["indicator_unit"] = row.definition->unit;
    const bool is_first = row.definition->id <= 1;
    json["comparable_with_previous_definition"] = is_first ? Json() : Json(row.definition->comparable_with_previous);
    json["reason"] = is_first ? Json() : optional_localized_json(row.definition->reason);
    return json;
}

Json left_out_json(const ObservationRow& row)
{
    if (!row.left_out)
        return nullptr;
    auto json = Json::array();
    for (const auto& one : *row.left_out)
        json.push_back({{"indicator", one.indicator}, {"definition", one.definition}});
    return json;
}

} // namespace

Json to_json(const ObservationRow& row)
{
    const auto& seen = row.observation;
    auto json = indicator_members(row);
    json["dataset"] = seen.dataset;
    json["codes"] = codes_json(seen.codes);
    json["label"] = seen.words ? seen.words->label() : seen.label;
    json["unit"] = seen.words ? seen.words->unit : seen.unit;
    json["label_today"] = json["label"] == seen.label ? Json(nullptr) : Json(seen.label);
    json["unit_today"] = json["unit"] == seen.unit ? Json(nullptr) : Json(seen.unit);
    json["period"] = seen.period.text();
    json["value"] = number_json(seen.value.number);
    json["status"] = seen.value.symbol.text;
    json["meaning"] = to_string(seen.value.symbol.meaning);
    json["vintage"] = seen.vintage;
    json["published"] = format_time(seen.published_at);
    json["published_confidence"] = to_string(seen.confidence);
    json["observed"] = format_time(seen.observed_at);
    json["correction"] = correction_json(seen.correction.get(), seen.value);
    json["source"] = row.attribution ? optional_localized_json(row.attribution->source) : Json(nullptr);
    json["licence"] = row.attribution ? optional_localized_json(row.attribution->licence) : Json(nullptr);
    json["annotations"] = Json::array();
    for (const auto& annotation : row.annotations)
        json["annotations"].push_back(to_json(annotation));
    json["left_out"] = left_out_json(row);
    return json;
}

Json to_json(const CellChange& change)
{
    const auto value = [](const std::optional<Value>& one) { return one ? Json(value_text(one)) : Json(nullptr); };
    return {{"dataset", change.observation.dataset},
            {"codes", codes_json(change.observation.codes)},
            {"period", change.observation.period.text()},
            {"before", value(change.before)},
            {"now", value(change.now)},
            {"vintage", change.observation.vintage},
            {"published", format_time(change.observation.published_at)}};
}

Json to_json(const Cube& cube)
{
    Json json = {
        {"label", cube.label}, {"updated", cube.updated}, {"dimensions", Json::array()}, {"cells", Json::array()}};
    for (const auto& dimension : cube.dimensions) {
        Json categories = Json::array();
        for (const auto& category : dimension.categories)
            categories.push_back({{"code", category.code}, {"label", category.label}, {"unit", category.unit}});
        json["dimensions"].push_back({{"id", dimension.id}, {"label", dimension.label}, {"categories", categories}});
    }
    for (const auto& cell : cube.cells)
        json["cells"].push_back({{"value", number_json(cell.number())}, {"status", cube.symbols[cell.symbol]}});
    return json;
}

} // namespace skurd
