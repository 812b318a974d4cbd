#pragma once

#include "base/clock.hpp"

#include <string>

namespace skurd {

/// A version of the catalogue that was in force.
struct StoredCatalogue {
    std::string hash;
    Time stored_at{};
    bool current = false;
};

} // namespace skurd
