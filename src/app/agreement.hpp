#pragma once

#include "lib/json/json.hpp"
#include "model/agreement.hpp"

namespace CLI {
class App;
}

namespace skurd {

void add_agreement(CLI::App& command, Agreement& agreement); ///< --accept-withdrawals, -drift, -suspect
void write_agreement(const Agreement& agreement, Json& order);

} // namespace skurd
