#pragma once

#include <filesystem>

namespace skurd {

/// Root becomes the user that a folder belongs to, for good, before it does anything in there: that user may have put
/// links there that lead elsewhere, and must be able to open what is made. Nothing where we are not root, the folder
/// is root's own, or not there yet. Throws Error where the system refuses. Call it while there is one thread, or
/// where all may change.
void become_owner_of(const std::filesystem::path& folder);

/// Whether become_owner_of() would do anything.
bool is_root_in_foreign_folder(const std::filesystem::path& folder);

} // namespace skurd
