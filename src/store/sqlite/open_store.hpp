#pragma once

#include "base/clock.hpp"
#include "store/engine/database.hpp"

#include <filesystem>
#include <memory>

namespace skurd {

// `shown` is what messages call the file: what it is a copy of; "" = its own name.

/// Opens a store in a file of SQLite for its one writer: makes it where it is missing, and brings an older one up to
/// date. Throws Error for one from a newer program, and for a published snapshot. For the holder of the lock.
std::unique_ptr<Database> open_for_writing(const std::filesystem::path& file, const Clock& clock,
                                           const std::filesystem::path& shown = {});

/// Makes one to be filled with the copy of another engine's. Until it is closed a crash may damage it, and somebody
/// has to make it durable then.
std::unique_ptr<Database> open_to_fill(const std::filesystem::path& file, const Clock& clock);

/// Opens one for reading. Throws Error for one that is missing, and of another version than this program's.
std::unique_ptr<Database> open_for_reading(const std::filesystem::path& file,
                                           const std::filesystem::path& shown = {});

/// The same of one that may be older. Of what can be read of it, only that is sure which a backup needs. Throws Error
/// for one so old that it has not even that.
std::unique_ptr<Database> open_for_copying(const std::filesystem::path& file);

/// Whether that store is of an older version than this program's. Throws Error as they do.
bool is_older(const std::filesystem::path& file);

} // namespace skurd
