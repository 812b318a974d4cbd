#include "order/reload_order.hpp"

#include <limits>

namespace skurd {

ReloadResult ReloadResult::read(JsonReader& json)
{
    return {json.texts("mistakes"), json.integer("jobs", 0, std::numeric_limits<std::int64_t>::max())};
}

Json to_json(const ReloadResult& result)
{
    return {{"mistakes", result.mistakes}, {"jobs", result.jobs}};
}

Json to_json(const ReloadOrder&)
{
    return Json::object();
}

} // namespace skurd
