#pragma once

#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"
#include "order/results.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Run jobs now.
struct HarvestOrder {
    static constexpr std::string_view name = "harvest";
    using Result = RunsResult;

    enum class Which { named, enabled, due };
    enum class Fetch { if_new, always }; ///< whether the source's word that nothing is new is taken for it
    enum class Effect { store, dry_run };

    Which which = Which::named;
    std::vector<std::string> jobs; ///< ids, of Which::named
    Fetch fetch = Fetch::if_new;
    Effect effect = Effect::store;
    Agreement agreement;

    static HarvestOrder read(JsonReader& json);
};

/// {"which": "named", "enabled" or "due", "jobs": [id…], "fetch": "if new" or "always", "effect": "store" or
/// "dry run", "accept": agreement}
Json to_json(const HarvestOrder& order);

} // namespace skurd
