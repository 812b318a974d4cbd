#include "lib/mstch/template.hpp"

#include <mstch/mstch.hpp>

namespace skurd {

namespace {

mstch::node node_of(const Json& json)
{
    switch (json.type()) {
    case Json::value_t::object: {
        mstch::map members;
        for (const auto& [name, value] : json.items())
            members.emplace(name, node_of(value));
        return members;
    }
    case Json::value_t::array: {
        mstch::array all;
        all.reserve(json.size());
        for (const auto& one : json)
            all.push_back(node_of(one));
        return all;
    }
    case Json::value_t::string:
        return json.get_ref<const std::string&>().empty() ? mstch::node(nullptr)
                                                          : mstch::node(json.get<std::string>());
    case Json::value_t::boolean:
        return json.get<bool>();
    case Json::value_t::null:
        return nullptr;
    default:
        return json.dump(); // the library's own numbers are 32 bits wide, or no decimals
    }
}

} // namespace

std::string fill_template(const std::string& text, const Json& with, const std::map<std::string, std::string>& parts)
{
    return mstch::render(text, node_of(with), parts);
}

} // namespace skurd
