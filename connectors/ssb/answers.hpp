#pragma once

#include "connectors/ssb/plan.hpp"
#include "connectors/ssb/settings.hpp"
#include "decode/pxweb.hpp"
#include "model/cube.hpp"
#include "model/exchange.hpp"

namespace skurd {

/// Reads the three kinds of answers of a run. Each throws Error, naming the table, for an answer that is an error, a
/// web page, broken, of another table, or not of one piece with the answers before it.

/// Also checks the title against `expect`.
PxwebTable read_description(const SsbSettings& settings, const Response& response);

Cube read_metadata(const SsbSettings& settings, const Response& response, const PxwebTable& description);

/// Also checks that every code the plan asks for is there.
Cube read_data(const SsbSettings& settings, const Response& response, const PxwebTable& description,
               const Plan& plan);

} // namespace skurd
