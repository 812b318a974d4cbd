#pragma once

#include "lib/json/json.hpp"

namespace CLI {
class App;
}

namespace skurd {

/// What an operator agrees to that skurd would not do by itself.
struct Agreement {
    bool withdrawals = false;
    bool drift = false;
    bool suspect = false;

    void add_to(CLI::App& command); ///< --accept-withdrawals, --accept-drift, --accept-suspect
    void write_to(Json& order) const;
};

} // namespace skurd
