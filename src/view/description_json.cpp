#include "view/description_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

Json description_json(const DatasetDescription& description)
{
    Json json = {{"label", description.title},
                 {"notes", description.notes},
                 {"time_dimension", description.time_dimension},
                 {"dimensions", Json::array()}};
    for (const auto& dimension : description.dimensions) {
        Json codes = Json::array();
        for (const auto& category : dimension.categories)
            codes.push_back({{"code", category.code},
                             {"label", category.label},
                             {"unit", text_json(category.unit)},
                             {"decimals", category.decimals ? Json(*category.decimals) : Json(nullptr)}});
        json["dimensions"].push_back({{"dimension", dimension.id},
                                      {"label", dimension.label},
                                      {"role", to_string(dimension.role)},
                                      {"codes", std::move(codes)}});
    }
    return json;
}

} // namespace skurd
