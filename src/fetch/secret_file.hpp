#pragma once

#include "fetch/fetch_settings.hpp"

#include <filesystem>
#include <string>

namespace skurd {

/// Who may read a file with a secret.
enum class SecretReaders { owner_and_group, owner };

/// A key that stands in a file of its own, without white space around it. Throws Error that names the file and never
/// its contents: it cannot be read, is no regular file, can be read by others than those that may, has more than
/// 4096 bytes, or holds anything but one line of printable ASCII.
std::string read_secret(const std::filesystem::path& file, SecretReaders readers = SecretReaders::owner_and_group);

/// What a host is sent: as the environment gave it, else from its file, read anew. Throws as read_secret().
std::string secret_of(const HostKey& key);

} // namespace skurd
