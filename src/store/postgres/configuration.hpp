#pragma once

#include "model/configuration_version.hpp"
#include "store/engine/database.hpp"

#include <vector>

namespace skurd {

// What all that write a store on PostgreSQL are to work by: every version that was put in force, with its texts. All
// throw as Database does.

/// Puts it in force from that instant on. The oldest versions go when there are a thousand.
void put_in_force(Database& database, const WorkedBy& what, const std::string& host, Time now);
/// The newest first.
std::vector<ConfigurationVersion> configuration_versions(Database& database);
/// Of the version whose hash begins so; none where none or more than one does.
std::vector<ConfigurationText> configuration_texts(Database& database, const std::string& hash);

} // namespace skurd
