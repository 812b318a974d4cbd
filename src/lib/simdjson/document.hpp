#pragma once

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace skurd {

/// A JSON text (RFC 8259) read in place with simdjson's On-Demand API. The whole text is checked when it is made:
/// encoding, grammar, nesting, nothing after the end. What is read later can only be missing or of another type.
///
/// Every number can be had as its own digits (`raw_token`); nothing is converted on the way. Texts that come out
/// point into the document. A string may be unescaped once between two calls of `object()`: simdjson writes it to a
/// buffer that is sized for that.
class JsonDocument {
public:
    static constexpr int depth_max = 64;

    /// Copies the bytes; a UTF-8 byte order mark is left out. Throws Error that says what is wrong and at which byte.
    explicit JsonDocument(std::string_view bytes);
    ~JsonDocument() = default;
    JsonDocument(const JsonDocument&) = delete;
    JsonDocument& operator=(const JsonDocument&) = delete;

    /// The members of the whole document, from the start. Throws Error when it is anything but an object.
    simdjson::ondemand::object object();

private:
    void check();
    [[noreturn]] void refuse(simdjson::error_code failure);

    simdjson::padded_string text_;
    simdjson::ondemand::parser parser_;
    simdjson::ondemand::document document_;
};

/// The text of a number, null, true or false, exactly as it stands; of a string with its quotes and escapes.
inline std::string_view raw_token(simdjson::ondemand::value& value)
{
    auto token = value.raw_json_token();
    while (token.ends_with(' ') || token.ends_with('\n') || token.ends_with('\r') || token.ends_with('\t'))
        token.remove_suffix(1);
    return token;
}

/// The first member of an object whose name, as written, is that; nothing when there is none. Leaves the object
/// there. In place of simdjson 3.0's find_field_unordered, which reads outside the document after a search without a
/// hit.
std::optional<simdjson::ondemand::value> find_member(simdjson::ondemand::object& object, std::string_view name);

} // namespace skurd
