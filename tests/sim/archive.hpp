#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skurd::sim {

/// What is served packed: archives, and bombs that are a thousand times larger than they look. (zlib, kept to one
/// source file.)

enum class Packing { gzip, zlib };

std::string packed(Packing packing, const std::string& bytes);

/// A stream that unpacks to `head`, `times` times `unit`, and `tail`: made at once, whatever its size.
std::string bomb(Packing packing, const std::string& head, const std::string& unit, std::size_t times,
                 const std::string& tail);

/// DFØ's file of the state accounts: a zip with one CSV in Latin-1, all fields quoted, of the 28 documented columns.
/// Each row gives its fields in their order; `name` is that of the CSV.
std::string dfo_zip(const std::string& name, const std::vector<std::vector<std::string>>& rows);

/// Those columns' names, in UTF-8.
const std::vector<std::string>& dfo_columns();

} // namespace skurd::sim
