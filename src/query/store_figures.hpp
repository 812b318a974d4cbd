#pragma once

#include "model/store_figures.hpp"
#include "store/store_session.hpp"

#include <filesystem>

namespace skurd {

/// Counts what an open store holds, and measures its files. Reads no observations, so it takes no longer the more
/// there are.
StoreFigures store_figures(const StoreSession& store, const std::filesystem::path& state);

} // namespace skurd
