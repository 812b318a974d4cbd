#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// Values in the binary form of PostgreSQL's protocol and of COPY: big-endian, by the type's OID.

namespace skurd {

namespace postgres_type {
constexpr unsigned boolean = 16;
constexpr unsigned bytes = 17; ///< bytea
constexpr unsigned name = 19;
constexpr unsigned integer8 = 20;
constexpr unsigned integer2 = 21;
constexpr unsigned integer4 = 23;
constexpr unsigned text = 25;
constexpr unsigned real8 = 701;
constexpr unsigned varchar = 1043;
} // namespace postgres_type

/// What a parameter is bound to.
struct PostgresBytes {
    std::string bytes;
};
using PostgresValue = std::variant<std::nullptr_t, std::int64_t, double, std::string, PostgresBytes>;

bool can_encode(unsigned type); ///< whether parameters of the type can be bound
bool can_decode(unsigned type); ///< whether columns of the type are read in binary form

/// Appends the value in the type's form; false where it is none of that type: a text for a number, a number that does
/// not fit, a text with a NUL byte. Not for NULL.
bool append_encoded(std::string& to, unsigned type, const PostgresValue& value);

std::int64_t decode_integer(unsigned type, std::string_view bytes); ///< 0 for what is no number
double decode_real(unsigned type, std::string_view bytes);
/// Text and bytes as they are; a number as text, in `made`.
std::string_view decode_text(unsigned type, std::string_view bytes, std::string& made);

/// Appends a number of that many bytes, big-endian, as the protocol has them.
void append_big_endian(std::string& to, std::uint64_t number, int bytes);
/// The other way. As many bytes as there are, at most eight.
std::uint64_t big_endian(std::string_view bytes);

} // namespace skurd
