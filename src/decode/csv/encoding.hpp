#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// A text as UTF-8 without a byte order mark and in the one form of those that look the same (same_text()), and what
/// it had been written in.
struct DecodedText {
    std::string utf8;
    std::string encoding; ///< as decode_text takes it; never "auto"
    bool guessed = false; ///< Windows-1252 for want of anything better: almost any bytes pass as that
};

/// Reads bytes in "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "latin-1" or "auto", which looks, in
/// this order, for a byte order mark, for NULs in every second byte (UTF-16 without a mark, as Udir exports), whether
/// all is valid UTF-8, and settles for Windows-1252. "utf-16" without a mark is little-endian unless the NULs say
/// otherwise. Throws Error with the byte offset of what does not fit the encoding (NUL characters fit none), and
/// for UTF-8 that ends within a character.
DecodedText decode_text(std::string_view bytes, const std::string& encoding);

} // namespace skurd
