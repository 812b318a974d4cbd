#pragma once

#include "lib/json/json.hpp"
#include "model/configuration.hpp"
#include "model/configuration_version.hpp"

namespace skurd {

/// {"table": text or null, "key", "value", "from", "where": text or null}
Json to_json(const ConfigurationKey& key);

/// {"name", "role", "file"}
Json to_json(const ConfiguredFile& file);

/// {"file": text or null, "keys", "jobs", "jobs_left_out": [id…], "catalogue"}
Json to_json(const Configuration& configuration);

/// {"version", "in_force_since", "host", "program", "texts"}
Json to_json(const ConfigurationVersion& version);

/// {"kind", "name", "text"}
Json to_json(const ConfigurationText& text);

} // namespace skurd
