#include "lib/icu/same_text.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

namespace skurd {

namespace {

bool is_ascii(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string composed(std::string text)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_SUCCESS(status) && nfc->isNormalizedUTF8(text, status) && U_SUCCESS(status))
        return text;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(status))
        nfc->normalizeUTF8(0, text, sink, nullptr, status);
    if (U_FAILURE(status))
        throw error("ICU cannot compose a text: {}", u_errorName(status));
    return out;
}

} // namespace

std::string same_text(std::string utf8)
{
    if (is_ascii(utf8) || !is_valid_utf8(utf8))
        return utf8;
    for (const auto* invisible : {"\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff"})
        if (utf8.find(invisible) != std::string::npos)
            utf8 = replace_all(std::move(utf8), invisible, "");
    return composed(std::move(utf8));
}

std::string same_words(std::string utf8)
{
    if (is_ascii(utf8))
        return utf8;
    utf8 = same_text(std::move(utf8));
    for (const auto* space : {"\u00a0", "\u2007", "\u2009", "\u202f"})
        if (utf8.find(space) != std::string::npos)
            utf8 = replace_all(std::move(utf8), space, " ");
    return utf8;
}

} // namespace skurd
