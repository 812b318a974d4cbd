#include "order/harvest_order.hpp"

#include "order/agreement_json.hpp"

#include <array>

namespace skurd {

namespace {

constexpr auto which_words = std::to_array<std::string_view>({"named", "enabled", "due"});
constexpr auto fetch_words = std::to_array<std::string_view>({"if new", "always"});
constexpr auto harvest_effect_words = std::to_array<std::string_view>({"store", "dry run"});

} // namespace

HarvestOrder HarvestOrder::read(JsonReader& json)
{
    HarvestOrder order;
    order.which = static_cast<Which>(json.choice("which", which_words));
    order.jobs = json.texts("jobs");
    if ((order.which == Which::named) == order.jobs.empty())
        json.fail("jobs", "names the jobs to run, or \"which\" says which without naming them");
    order.fetch = static_cast<Fetch>(json.choice("fetch", fetch_words));
    order.effect = static_cast<Effect>(json.choice("effect", harvest_effect_words));
    order.agreement = read_agreement(json, "accept");
    return order;
}

Json to_json(const HarvestOrder& order)
{
    return {{"which", which_words.at(static_cast<std::size_t>(order.which))},
            {"jobs", order.jobs},
            {"fetch", fetch_words.at(static_cast<std::size_t>(order.fetch))},
            {"effect", harvest_effect_words.at(static_cast<std::size_t>(order.effect))},
            {"accept", to_json(order.agreement)}};
}

} // namespace skurd
