#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Writes a file so that after a crash it is there whole or not at all: under another name, synced, renamed, and the
/// folder synced. `temporary` is that name, on the same file system and for this process alone: what a crash leaves
/// there, the next call overwrites. Makes the folder. Throws Error that says which file and why.
void write_durably(const std::filesystem::path& file, std::string_view bytes, const std::filesystem::path& temporary);

/// Renames a file that is on disk; after a crash it has one name or the other. Throws Error.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// Waits until the bytes of a file, or the names in a folder, are on disk. Throws Error.
void make_durable(const std::filesystem::path& file);

/// Makes the folder and those above it that are missing; after a crash each is still there. Throws Error.
void make_folder(const std::filesystem::path& folder);

/// The bytes of a file; nothing when there is none. Throws Error when it cannot be read.
std::optional<std::string> read_whole(const std::filesystem::path& file);

} // namespace skurd
