#pragma once

#include "base/embedded_file.hpp"
#include "model/indicator.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Reads the whole catalogue from its files: `sets.toml`, and one file for each part. schema/indicators/README.md
/// tells every key. `hash` is kept in the catalogue as it is: the caller's SHA-256 over the names and bytes.
///
/// Throws Error (usage), "file:line: …", for the first of its mistakes.
Catalogue read_catalogue(const std::vector<EmbeddedFile>& files, std::string hash);

/// All there is to say against those files, one sentence each with file, line and remedy: an unknown key or word, a
/// number twice, a formula that does not parse, units that clash, indicators that are made from one another in a
/// circle, definitions that do not ascend, a set whose members do not exist or are not as many as it states, one that
/// lacks indicators of the set before without a reason; a catalogue without an indicator or without a set.
std::vector<std::string> catalogue_mistakes(const std::vector<EmbeddedFile>& files);

/// The files of schema/indicators, compiled in: the catalogue that comes with the program.
const std::vector<EmbeddedFile>& shipped_catalogue();

} // namespace skurd
