#pragma once

#include <string>
#include <vector>

namespace skurd {

/// A file compiled into the program: a migration, a part of the catalogue, a default job. See embed.cmake.
struct EmbeddedFile {
    std::string name; ///< without folder: "0001_first.sql"
    std::string bytes;
};

} // namespace skurd
