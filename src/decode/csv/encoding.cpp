#include "decode/csv/encoding.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/icu/same_text.hpp"
#include "lib/icu/text_converter.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view utf8_mark = "\xef\xbb\xbf";
constexpr std::string_view utf16le_mark = "\xff\xfe";
constexpr std::string_view utf16be_mark = "\xfe\xff";

std::string encoding_of_mark(std::string_view bytes)
{
    if (bytes.starts_with(utf8_mark))
        return "utf-8";
    if (bytes.starts_with(utf16le_mark))
        return "utf-16le";
    return bytes.starts_with(utf16be_mark) ? "utf-16be" : "";
}

/// UTF-16 of mostly Latin text has a NUL in every second byte; a look at the beginning is enough.
std::string encoding_of_nuls(std::string_view bytes)
{
    const auto head = bytes.substr(0, std::min<std::size_t>(bytes.size(), 1024) & ~std::size_t(1));
    std::size_t nuls[2] = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i)
        nuls[i % 2] += head[i] == '\0' ? 1 : 0;
    const std::size_t most = head.size() / 2 * 3 / 4;
    if (most > 0 && nuls[1] >= most && nuls[0] == 0)
        return "utf-16le";
    return most > 0 && nuls[0] >= most && nuls[1] == 0 ? "utf-16be" : "";
}

/// Whether a text in UTF-8 ends within a character: a file that was cut, which passes as Windows-1252 otherwise.
bool ends_within_a_character(std::string_view bytes)
{
    const auto is_lead = [](char c) { return static_cast<unsigned char>(c) >= 0xc2; };
    for (std::size_t left = 1; left <= 3 && left < bytes.size(); ++left) {
        const auto before = bytes.substr(0, bytes.size() - left);
        if (is_lead(bytes[bytes.size() - left]) && is_valid_utf8(before))
            return std::any_of(before.begin(), before.end(), is_lead);
    }
    return false;
}

std::string detect(std::string_view bytes, bool& guessed)
{
    if (auto encoding = encoding_of_mark(bytes); !encoding.empty())
        return encoding;
    if (auto encoding = encoding_of_nuls(bytes); !encoding.empty())
        return encoding;
    guessed = !is_valid_utf8(bytes);
    if (guessed && ends_within_a_character(bytes))
        throw error("the file ends in the middle of a character of UTF-8: it was cut short; fetch it again");
    return guessed ? "windows-1252" : "utf-8";
}

std::string resolve(std::string_view bytes, const std::string& encoding, bool& guessed)
{
    if (encoding == "auto")
        return detect(bytes, guessed);
    if (encoding != "utf-16")
        return encoding;
    auto mark = encoding_of_mark(bytes);
    if (mark.starts_with("utf-16"))
        return mark;
    const auto nuls = encoding_of_nuls(bytes);
    return nuls.empty() ? "utf-16le" : nuls;
}

/// Windows-1252 leaves five bytes free. ICU maps them to control characters, but in a text they mean that the
/// encoding is another one (a DOS code page, Mac Roman).
void check_windows_1252(std::string_view bytes)
{
    constexpr std::string_view unassigned = "\x81\x8d\x8f\x90\x9d";
    const auto found = bytes.find_first_of(unassigned);
    if (found != std::string_view::npos)
        throw error(
            "offset {}: the byte 0x{:02x} is not windows-1252; name the file's encoding in the layout or save "
            "it as UTF-8",
            found, static_cast<unsigned char>(bytes[found]));
}

} // namespace

DecodedText decode_text(std::string_view bytes, const std::string& encoding)
{
    DecodedText text;
    text.encoding = resolve(bytes, encoding, text.guessed);
    if (text.encoding == "windows-1252")
        check_windows_1252(bytes);
    if (text.encoding == "utf-8" && is_valid_utf8(bytes))
        text.utf8 = bytes;
    else
        text.utf8 = utf8_from(bytes, text.encoding == "latin-1" ? "ISO-8859-1" : text.encoding);
    if (text.utf8.starts_with(utf8_mark))
        text.utf8.erase(0, utf8_mark.size());
    text.utf8 = same_text(std::move(text.utf8));
    if (const auto nul = text.utf8.find('\0'); nul != std::string::npos)
        throw error("line {}: a NUL character; this is no text in {}",
                    1 + std::count(text.utf8.begin(), text.utf8.begin() + static_cast<std::ptrdiff_t>(nul), '\n'),
                    text.encoding);
    return text;
}

} // namespace skurd
