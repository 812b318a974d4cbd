#include "base/error.hpp"
#include "decode/csv/encoding.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string utf16(const std::u16string& text, bool little)
{
    std::string bytes;
    for (const auto unit : text) {
        const auto low = static_cast<char>(unit & 0xff);
        const auto high = static_cast<char>(unit >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

std::string message_of(const std::string& bytes, const std::string& encoding)
{
    try {
        decode_text(bytes, encoding);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("the encoding of a file is found by its mark, its NULs and its validity, in that order", "[csv]")
{
    const std::u16string text = u"Årsverk; 5 – 6";
    const std::string utf8 = "Årsverk; 5 – 6";
    const struct {
        std::string bytes;
        std::string encoding;
        std::string found;
    } rows[] = {
        {utf8, "auto", "utf-8"},
        {"\xef\xbb\xbf" + utf8, "auto", "utf-8"},
        {"\xef\xbb\xbf" + utf8, "utf-8", "utf-8"},
        {utf16(u"\ufeff" + text, true), "auto", "utf-16le"},
        {utf16(u"\ufeff" + text, false), "auto", "utf-16be"},
        {utf16(text, true), "auto", "utf-16le"},
        {utf16(text, false), "auto", "utf-16be"},
        {utf16(text, true), "utf-16", "utf-16le"},
        {utf16(text, false), "utf-16", "utf-16be"},
        {utf16(u"\ufeff" + text, false), "utf-16", "utf-16be"},
        {"\xc5rsverk; 5 \x96 6", "auto", "windows-1252"},
        {"\xc5rsverk; 5 \x96 6", "windows-1252", "windows-1252"},
    };
    for (const auto& row : rows) {
        const auto decoded = decode_text(row.bytes, row.encoding);
        CHECK(decoded.utf8 == utf8);
        CHECK(decoded.encoding == row.found);
        CHECK(decoded.guessed == (row.encoding == "auto" && row.found == "windows-1252"));
    }
    CHECK(decode_text("\xe6", "latin-1").utf8 == "æ");
}

TEST_CASE("bytes that are not in the encoding are refused with their offset", "[csv]")
{
    CHECK(message_of("ab\xe5", "utf-8") == "offset 2: the bytes 0xe5 are not utf-8");
    CHECK(message_of("ab\xe2\x82", "utf-8") == "offset 2: the bytes 0xe2 0x82 are not utf-8");
    CHECK(message_of("\xef\xbb\xbf"
                     "a\xe5",
                     "auto") == "offset 4: the bytes 0xe5 are not utf-8");
    CHECK(message_of(std::string("a\0b", 3), "utf-16") == "offset 2: the bytes 0x62 are not utf-16le");
    CHECK(message_of(utf16({u'a', 0xd800, u'b'}, true), "utf-16le") ==
          "offset 2: the bytes 0x00 0xd8 are not utf-16le");
    CHECK(message_of("Bl\x86 \x81", "auto") ==
          "offset 4: the byte 0x81 is not windows-1252; name the file's encoding "
          "in the layout or save it as UTF-8");
    CHECK(message_of(std::string("ab\ncd\0ef", 8), "auto") == "line 2: a NUL character; this is no text in utf-8");
}

TEST_CASE("characters outside the basic plane survive wherever they stand in a long text", "[csv]")
{
    for (std::size_t before : {std::size_t(4094), std::size_t(4095), std::size_t(4096), std::size_t(100'000)}) {
        const auto decoded = decode_text(utf16(std::u16string(before, u'a') + u"😀z", true), "utf-16le");
        CHECK(decoded.utf8 == std::string(before, 'a') + "😀z");
    }
}
