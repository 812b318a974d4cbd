#include "lib/postgres/value.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace skurd {

namespace {

int integer_bytes(unsigned type)
{
    switch (type) {
    case postgres_type::integer8:
        return 8;
    case postgres_type::integer4:
        return 4;
    case postgres_type::integer2:
        return 2;
    default:
        return 0;
    }
}

bool is_text(unsigned type)
{
    return type == postgres_type::text || type == postgres_type::varchar || type == postgres_type::name;
}

bool fits(std::int64_t number, int bytes)
{
    const auto bits = 8 * bytes - 1;
    return bytes == 8 || (number >= -(std::int64_t(1) << bits) && number < std::int64_t(1) << bits);
}

std::int64_t sign_extended(std::string_view bytes)
{
    const auto shift = 64 - 8 * static_cast<int>(bytes.size());
    return shift >= 64 ? 0 : static_cast<std::int64_t>(big_endian(bytes) << shift) >> shift;
}

double real_of(std::string_view bytes)
{
    return std::bit_cast<double>(big_endian(bytes));
}

/// A value as text for a column of text: SQLite's tables take numbers so.
std::optional<std::string> text_of(const PostgresValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value))
        return text->find('\0') == std::string::npos ? std::optional(*text) : std::nullopt;
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    return std::nullopt;
}

template <typename Number>
Number number_in(std::string_view text)
{
    Number number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

bool can_encode(unsigned type)
{
    return integer_bytes(type) > 0 || is_text(type) || type == postgres_type::bytes || type == postgres_type::real8;
}

bool can_decode(unsigned type)
{
    return can_encode(type) || type == postgres_type::boolean;
}

bool append_encoded(std::string& to, unsigned type, const PostgresValue& value)
{
    if (is_text(type)) {
        const auto text = text_of(value);
        to += text.value_or("");
        return text.has_value();
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (type == postgres_type::bytes) {
        const auto* bytes = std::get_if<PostgresBytes>(&value);
        const auto* text = std::get_if<std::string>(&value);
        to += bytes ? bytes->bytes : text ? *text : "";
        return bytes || text;
    }
    if (type == postgres_type::real8) {
        const auto* real = std::get_if<double>(&value);
        const double bound = real ? *real : number ? static_cast<double>(*number) : 0;
        append_big_endian(to, std::bit_cast<std::uint64_t>(bound), 8);
        return real || number;
    }
    const int size = integer_bytes(type);
    if (!number || !fits(*number, size))
        return false;
    append_big_endian(to, static_cast<std::uint64_t>(*number), size);
    return true;
}

std::int64_t decode_integer(unsigned type, std::string_view bytes)
{
    if (integer_bytes(type) > 0)
        return sign_extended(bytes);
    if (type == postgres_type::boolean)
        return !bytes.empty() && bytes.front() != 0 ? 1 : 0;
    if (type == postgres_type::real8) {
        const auto real = real_of(bytes);
        return std::abs(real) < 9e18 ? static_cast<std::int64_t>(real) : 0;
    }
    return number_in<std::int64_t>(bytes);
}

double decode_real(unsigned type, std::string_view bytes)
{
    if (type == postgres_type::real8)
        return real_of(bytes);
    if (integer_bytes(type) > 0 || type == postgres_type::boolean)
        return static_cast<double>(decode_integer(type, bytes));
    return number_in<double>(bytes);
}

std::string_view decode_text(unsigned type, std::string_view bytes, std::string& made)
{
    if (integer_bytes(type) > 0 || type == postgres_type::boolean)
        return made = std::to_string(decode_integer(type, bytes));
    if (type == postgres_type::real8)
        return made = fmt::format("{}", real_of(bytes));
    return bytes;
}

void append_big_endian(std::string& to, std::uint64_t number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to += static_cast<char>(number >> shift & 0xff);
}

std::uint64_t big_endian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(0, 8))
        number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

} // namespace skurd
