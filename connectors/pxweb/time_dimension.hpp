#pragma once

#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/expression.hpp"
#include "connectors/pxweb/settings.hpp"
#include "model/cube.hpp"

#include <string>

namespace skurd {

/// Marks the time dimension of a table's metadata, and no other, with Role::time: the one the job's `time` names,
/// else the one the source marks, else `Tid`. Throws Error, at the job's line, where there is none or more than one.
/// `time_unit` is PxWebApi v2's of the table; "" where unsaid.
TimeSelection mark_time(const PxwebSettings& settings, const std::string& table, const std::string& time_unit,
                        Cube& metadata);

/// The id of the dimension that is marked; "" where none is.
std::string time_of(const Cube& metadata);

/// Whether the job asks for every period there is, by whatever name it calls the time dimension.
bool selects_every_period(const PxwebSettings& settings, const Cube& metadata);

} // namespace skurd
