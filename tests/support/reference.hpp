#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace skurd::test {

/// Real payloads and published figures that may lie beside the project but do not come with it: the folder named by
/// SKURD_REFERENCE, else ../shared. Prints "skipped: …" (which ctest shows as skipped) and gives nothing when the
/// file or folder is not there; the test then returns.
inline std::optional<std::filesystem::path> reference(const std::string& name)
{
    const char* named = std::getenv("SKURD_REFERENCE");
    const auto path = std::filesystem::path(named ? named : SKURD_SOURCE_DIR "/../shared") / name;
    if (std::filesystem::exists(path))
        return path;
    std::cout << "skipped: " << name << " is not on this machine\n";
    return std::nullopt;
}

} // namespace skurd::test
