#pragma once

#include "base/clock.hpp"
#include "model/indicator.hpp"
#include "model/sign_off.hpp"
#include "store/store_session.hpp"

#include <string>

namespace skurd {

/// Signs a report off: keeps what it says as of now, and its bytes in every form and both languages. Gives the
/// sign-off. Throws Error (usage) without a name, and where the same report was signed off and nothing differs since.
SignOff sign_off(StoreSession& store, const Catalogue& catalogue, int set, const Period& period,
                 const std::string& by, const std::string& note, const Clock& clock);

} // namespace skurd
