#include "lib/openssl/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <limits>

namespace skurd {

namespace {

constexpr std::size_t size_max = std::numeric_limits<int>::max() / 2;

// OpenSSL's bytes are unsigned, ours are not. NOLINTBEGIN(*-reinterpret-cast)
const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}
// NOLINTEND(*-reinterpret-cast)

} // namespace

std::string to_base64(std::string_view bytes)
{
    std::string text((std::min(bytes.size(), size_max) + 2) / 3 * 4 + 1, '\0'); // OpenSSL ends it with a zero
    const auto written =
        ::EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(std::min(bytes.size(), size_max)));
    text.resize(static_cast<std::size_t>(written));
    return text;
}

std::optional<std::string> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0 || text.size() > size_max)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const auto written = ::EVP_DecodeBlock(bytes_of(bytes), bytes_of(text), static_cast<int>(text.size()));
    if (written < 0)
        return std::nullopt;
    const auto padding =
        static_cast<std::size_t>(std::count(text.end() - std::min<long>(2, std::ssize(text)), text.end(), '='));
    bytes.resize(static_cast<std::size_t>(written) - padding);
    return bytes;
}

} // namespace skurd
