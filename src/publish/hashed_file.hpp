#pragma once

#include "lib/openssl/sha256.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace skurd {

/// A file of a publication, as its descriptions name it.
struct PublishedFile {
    std::string path; ///< from the publication's folder
    std::uintmax_t bytes = 0;
    std::string sha256;
};

/// Writes a file that must not be there yet, and hashes it meanwhile. Throws StoreError with what to do.
class HashedFile {
public:
    /// Makes the folder that the file lies in, under `folder`.
    HashedFile(const std::filesystem::path& folder, const std::string& path);

    void write(std::string_view bytes);
    PublishedFile finish(); ///< waits until it is on disk; nothing may be written after

private:
    [[noreturn]] void fail() const;

    std::filesystem::path full_;
    PublishedFile file_;
    Sha256 hash_;
    std::ofstream out_;
};

/// The same of a file that is there.
PublishedFile hashed(const std::filesystem::path& folder, const std::string& path);

} // namespace skurd
