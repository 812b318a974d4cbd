#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

bool all_digits(std::string_view text); ///< ASCII digits only, and at least one
/// A whole number from 1, written in digits alone; nothing for any other text.
std::optional<std::int64_t> positive_number(std::string_view text);

/// Without ASCII white space and U+00A0 at both ends.
std::string_view trim(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator); ///< "a,,b" gives three parts, "" one

std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// ASCII letters lowered, other bytes as they are.
std::string to_lower(std::string_view text);

std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The columns that a UTF-8 text takes on a terminal: one for most characters, none for a combining one, two for a
/// wide one (CJK), by the C library's table of Unicode, whatever locale the program has.
std::size_t display_width(std::string_view utf8);
/// The bytes of the longest beginning that takes at most `width` columns; of one character where not even that fits.
std::size_t fitting(std::string_view utf8, std::size_t width);

/// For a part of a URL: every byte but the unreserved of RFC 3986 (letters, digits, "-._~") as %XX.
std::string percent_encode(std::string_view text);

bool is_valid_utf8(std::string_view bytes);

/// The beginning of a UTF-8 text that is at most `size` bytes and ends between two code points.
std::string_view whole_prefix(std::string_view utf8, std::size_t size);

/// Of the known words the one most like the given, or "" when none is near: for "did you mean …".
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// " (did you mean 'table'?)" or "": the tail of an error about an unknown word.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

/// Of one UTF-8 character: whether a terminal obeys it or hides it instead of showing it. C0, DEL, C1; the separators
/// of lines and paragraphs; what turns the direction of writing; what takes no room and joins or tags nothing that
/// is seen (zero-width spaces and joiners, the byte order mark, tags).
bool is_unseen(std::string_view character);

/// Outside text on one line that shows what it says: what is_unseen() becomes a space, bytes that are not UTF-8 "?".
std::string printable(std::string_view text);

/// What escapes are written for: a JSON document, whose line feeds are its own, or the inside of a string of TOML.
enum class EscapeForm { json, toml };
/// The same with every unseen character as an escape (`\uXXXX`), of which a reader makes the same text.
std::string escape_unseen(std::string_view made, EscapeForm form);
/// A string of TOML, in double quotes.
std::string toml_quoted(std::string_view text);

/// A text of at most `size` bytes; of a longer one the beginning, and how many bytes are left out. Not less than 100.
std::string shortened(std::string_view text, std::size_t size);

/// Printable, for a message, cut after `width` code points.
std::string excerpt(std::string_view text, std::size_t width = 60);

/// Shell-like pattern with `*` and `?` against a whole name; no character classes. Bytes, case-sensitive.
bool matches_glob(std::string_view name, std::string_view pattern);

} // namespace skurd
