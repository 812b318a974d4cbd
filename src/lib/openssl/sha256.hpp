#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace skurd {

/// SHA-256 (FIPS 180-4) of bytes added piece by piece; written as 64 lower-case hexadecimal digits.
class Sha256 {
public:
    Sha256(); ///< Throws Error when OpenSSL has no memory.
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    std::string hex(); ///< ends the hash; nothing may be added after

    static std::string of(std::string_view bytes);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace skurd
