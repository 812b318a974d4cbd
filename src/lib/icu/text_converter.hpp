#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// The bytes of a named character set as UTF-8. Strict: throws Error with the offset of the first byte that the set
/// does not know or that ends in mid-character. `charset` is a name ICU knows: "UTF-16LE", "windows-1252".
/// (ICU, "Using Converters": ucnv_toUnicode with the STOP callback.)
std::string utf8_from(std::string_view bytes, const std::string& charset);

} // namespace skurd
