#pragma once

#include "store/engine/database.hpp"

#include <filesystem>
#include <memory>

namespace skurd {

/// Opens a store in a file of SQLite for its one writer: makes it where it is missing, and brings an older one up to
/// date. Throws Error for one from a newer program. For the holder of the lock.
std::unique_ptr<Database> open_for_writing(const std::filesystem::path& file);

/// Opens one for reading. Throws Error for one that is missing, and of another version than this program's.
std::unique_ptr<Database> open_for_reading(const std::filesystem::path& file);

} // namespace skurd
