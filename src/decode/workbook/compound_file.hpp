#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What the first bytes of a compound file are.
constexpr std::string_view compound_file_beginning{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8};

/// A compound file ([MS-CFB]), a file of streams, as Office kept its documents before 2007 and keeps encrypted ones.
/// Only the streams of its root are seen; those of documents within the document are not. It takes as much memory as
/// the file has bytes, whatever that claims; a chain of sectors that goes in a circle or out of the file is refused.
class CompoundFile {
public:
    /// The bytes must outlive it. Throws Error for what is none or damaged.
    explicit CompoundFile(std::string_view bytes);

    bool has(std::string_view name) const; ///< whether the root has a stream of that name; the case of a-z is ignored
    /// The bytes of a stream of the root. Throws Error where they are not all there.
    std::string stream(std::string_view name) const;

private:
    struct Entry {
        std::string name; ///< of ASCII letters, in lower case; other letters as they are in one byte
        std::uint32_t start = 0;
        std::uint32_t size = 0;
    };

    std::string_view sector(std::uint32_t index) const;
    std::size_t sectors() const;
    void add_table(std::uint32_t index);
    void read_tables();
    void read_root();
    std::string chain(std::uint32_t start) const;
    std::string small_stream(const Entry& entry) const;
    const Entry* find(std::string_view name) const;

    std::string_view bytes_;
    std::uint32_t shift_ = 0;         ///< a sector has 2^shift bytes
    std::vector<std::uint32_t> next_; ///< of each sector
    std::vector<Entry> streams_;      ///< of the root
    std::string small_;               ///< the sectors of small streams
    std::string small_next_;          ///< and the table of them
};

} // namespace skurd
