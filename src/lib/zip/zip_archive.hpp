#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace skurd {

/// What reading an archive may cost, checked before memory is taken and again while entries are inflated, since the
/// sizes an archive states need not be true.
struct ZipLimits {
    std::size_t entries = 2000;
    std::size_t inflated = 256ul << 20; ///< bytes of all entries that are read, together
};

/// A ZIP archive in memory (libzip). For one thread; the bytes must outlive it.
class ZipArchive {
public:
    /// Throws Error for what is no ZIP archive, is damaged, or has too many entries.
    explicit ZipArchive(std::string_view bytes, const ZipLimits& limits = {});

    std::vector<std::string> names() const;
    bool has(const std::string& name) const;

    /// An entry, inflated and its checksum verified. Throws Error when it is not there, is encrypted or damaged, or
    /// the limit is passed.
    std::string read(const std::string& name);

private:
    struct Close {
        void operator()(zip* archive) const noexcept;
    };

    std::unique_ptr<zip, Close> archive_;
    ZipLimits limits_;
    std::size_t inflated_ = 0;
};

} // namespace skurd
