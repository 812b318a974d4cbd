#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Writes a file so that after a crash it is there whole or not at all: to a temporary name beside it, synced,
/// renamed, and the folder synced. Makes the folder. Throws Error that says which file and why.
void write_durably(const std::filesystem::path& file, std::string_view bytes);

/// Gives a finished file its name, so that after a crash it is there whole or not at all. Throws Error likewise.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// The bytes of a file; nothing when there is none. Throws Error when it cannot be read.
std::optional<std::string> read_whole(const std::filesystem::path& file);

} // namespace skurd
