#pragma once

#include <cstddef>

namespace skurd {

/// The version of the views that schema/README.md promises, as the view store_version says it.
constexpr int views_version = 3;

/// How many migrations a store of this program has been through.
std::size_t store_schema_version();

} // namespace skurd
