#pragma once

#include <filesystem>
#include <string>

namespace skurd {

/// What keeps this process from reading or writing a database because of its files -wal and -shm, and what to do, as
/// the end of a sentence that begins with ": "; empty where they do not. SQLite needs both to read a database in WAL
/// mode (sqlite.org/wal.html, section 5), and whoever closes it last removes them, unless told otherwise as skurd
/// tells it. It says no more than "unable to open database file", or "attempt to write a readonly database" to one
/// who only reads.
std::string side_files_hint(const std::filesystem::path& file, bool writing);

} // namespace skurd
