#pragma once

#include "store/store_session.hpp"

#include <string>

namespace skurd::test {

/// All that a store answers, as text: what its classes read, at several instants, and what its views show.
std::string answers(const StoreSession& store);

} // namespace skurd::test
