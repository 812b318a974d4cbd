#pragma once

#include "base/clock.hpp"
#include "lib/postgres/connection.hpp"
#include "store/engine/fleet.hpp"

#include <filesystem>
#include <memory>

namespace skurd {

/// Enters this process among those that write the store, and takes out whoever wrote from that state folder before,
/// whose lock this process has. The clock outlives it.
std::unique_ptr<Fleet> enter_postgres_fleet(const PostgresTarget& target, const std::filesystem::path& folder,
                                            const Clock& clock);

} // namespace skurd
