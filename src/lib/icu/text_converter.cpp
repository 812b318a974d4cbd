#include "lib/icu/text_converter.hpp"

#include "base/error.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>

namespace skurd {

namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open(const std::string& charset)
{
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(charset.c_str(), &status));
    if (U_SUCCESS(status))
        ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status))
        throw error("ICU has no character set '{}': {}", charset, u_errorName(status));
    return converter;
}

/// The bytes that could not be converted, as "0xe5 0x20".
std::string invalid_bytes(UConverter* converter, int& count)
{
    std::array<char, 32> bytes{};
    auto size = static_cast<int8_t>(bytes.size());
    UErrorCode status = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, bytes.data(), &size, &status);
    count = size; // NOLINT(bugprone-signed-char-misuse): a count that ICU gives as int8_t
    std::string text;
    for (int i = 0; i < size; ++i)
        text += fmt::format("{}0x{:02x}", i ? " " : "", static_cast<unsigned char>(bytes[static_cast<size_t>(i)]));
    return text;
}

} // namespace

std::string utf8_from(std::string_view bytes, const std::string& charset)
{
    const auto converter = open(charset);
    icu::UnicodeString text; // whole, as a surrogate pair may lie across two pieces
    std::array<UChar, 4096> units{};
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        UChar* target = units.data();
        ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, true, &status);
        text.append(units.data(), static_cast<int32_t>(target - units.data()));
        if (U_SUCCESS(status)) {
            std::string utf8;
            return text.toUTF8String(utf8);
        }
        if (status == U_BUFFER_OVERFLOW_ERROR)
            continue;
        int count = 0;
        const auto invalid = invalid_bytes(converter.get(), count);
        throw error("offset {}: the bytes {} are not {}", source - bytes.data() - count, invalid, charset);
    }
}

} // namespace skurd
