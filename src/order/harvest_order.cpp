#include "order/harvest_order.hpp"

#include "order/agreement_json.hpp"

namespace skurd {

HarvestOrder HarvestOrder::read(JsonReader& json)
{
    HarvestOrder order;
    order.which = json.choice<Which>("which");
    order.jobs = json.texts("jobs");
    if ((order.which == Which::named) == order.jobs.empty())
        json.fail("jobs", "names the jobs to run, or \"which\" says which without naming them");
    order.fetch = json.choice<Fetch>("fetch");
    order.effect = json.choice<Effect>("effect");
    order.agreement = read_agreement(json, "accept");
    return order;
}

Json to_json(const HarvestOrder& order)
{
    return {{"which", to_string(order.which)},
            {"jobs", order.jobs},
            {"fetch", to_string(order.fetch)},
            {"effect", to_string(order.effect)},
            {"accept", to_json(order.agreement)}};
}

} // namespace skurd
