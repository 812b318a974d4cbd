#pragma once

#include "lib/openssl/sha256.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// A SHA-256 of fields that cannot run into each other: each text stands behind its length.
class FieldHash {
public:
    void text(std::string_view text)
    {
        number(text.size());
        append(text);
    }
    void number(std::uint64_t value)
    {
        std::array<char, 8> bytes{};
        for (auto& byte : bytes) {
            byte = static_cast<char>(value);
            value >>= 8;
        }
        append({bytes.data(), bytes.size()});
    }
    std::string hex()
    {
        flush();
        return hash_.hex();
    }

private:
    static constexpr std::size_t buffer_size = 1 << 13; ///< many are made at once

    void append(std::string_view bytes)
    {
        buffer_ += bytes;
        if (buffer_.size() > buffer_size)
            flush();
    }
    void flush()
    {
        hash_.add(buffer_);
        buffer_.clear();
    }

    Sha256 hash_;
    std::string buffer_;
};

} // namespace skurd
