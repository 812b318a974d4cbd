#pragma once

#include "publish/descriptions.hpp"

#include <string>

namespace skurd {

/// dcat.ttl: the catalogue of a publication in Turtle, as DCAT-AP-NO has it: each dataset with its title, publisher,
/// identifier, when it was last published, and its own files with size, checksum and licence. What DCAT-AP-NO asks
/// for and skurd does not know (theme, contact point) is not there. Addresses are relative to the file.
std::string dcat_turtle(const Publication& publication);

} // namespace skurd
