#include "lib/simdjson/document.hpp"

#include "base/error.hpp"

namespace skurd {

namespace {

using namespace simdjson;

std::string_view without_bom(std::string_view bytes)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    return bytes.starts_with(byte_order_mark) ? bytes.substr(byte_order_mark.size()) : bytes;
}

/// Runs once for every cell of a table, hence the plain loop.
const char* after_digits(const char* at, const char* end)
{
    while (at != end && *at >= '0' && *at <= '9')
        ++at;
    return at;
}

bool is_number(std::string_view text)
{
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at != end && *at == '-')
        ++at;
    const char* const whole = at;
    at = after_digits(at, end);
    if (at == whole || (*whole == '0' && at != whole + 1))
        return false;
    if (at != end && *at == '.') {
        const char* const decimals = ++at;
        at = after_digits(at, end);
        if (at == decimals)
            return false;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        at += at != end && (*at == '+' || *at == '-') ? 1 : 0;
        const char* const exponent = at;
        at = after_digits(at, end);
        if (at == exponent)
            return false;
    }
    return at == end;
}

bool is_atom(std::string_view token)
{
    return is_number(token) || token == "null" || token == "true" || token == "false";
}

/// simdjson's first stage has checked everything in a string but its escapes.
void check_string(ondemand::value& value, std::string_view token)
{
    if (token.find('\\') != std::string_view::npos)
        value.get_string().value();
}

void check_value(ondemand::value value, int depth);

void check_object(ondemand::object object, int depth)
{
    if (depth > JsonDocument::depth_max)
        throw simdjson_error(DEPTH_ERROR);
    for (auto field : object) {
        field.unescaped_key().value();
        check_value(field.value(), depth);
    }
}

void check_array(ondemand::array array, int depth)
{
    if (depth > JsonDocument::depth_max)
        throw simdjson_error(DEPTH_ERROR);
    for (auto element : array)
        check_value(element.value(), depth);
}

void check_value(ondemand::value value, int depth)
{
    const auto token = raw_token(value);
    if (token.starts_with('{'))
        check_object(value.get_object(), depth + 1);
    else if (token.starts_with('['))
        check_array(value.get_array(), depth + 1);
    else if (token.starts_with('"'))
        check_string(value, token);
    else if (!is_atom(token))
        throw simdjson_error(TAPE_ERROR);
}

/// Whether the text ends inside a string or with brackets open.
bool is_truncated(std::string_view text)
{
    bool in_string = false;
    std::ptrdiff_t open = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\')
            ++i;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string)
            open += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
    }
    return in_string || open > 0;
}

} // namespace

JsonDocument::JsonDocument(std::string_view bytes) : text_(without_bom(bytes))
{
    try {
        document_ = parser_.iterate(text_);
        check();
    } catch (const simdjson_error& failure) {
        refuse(failure.error());
    }
}

void JsonDocument::check()
{
    switch (document_.type().value()) {
    case ondemand::json_type::object:
        check_object(document_.get_object(), 1);
        break;
    case ondemand::json_type::array:
        check_array(document_.get_array(), 1);
        break;
    default:
        return; // a lone number or word: no source sends one, and object() refuses it
    }
    if (document_.current_location().error() != OUT_OF_BOUNDS)
        throw simdjson_error(TRAILING_CONTENT);
}

void JsonDocument::refuse(error_code failure)
{
    const std::string_view text = text_;
    if (failure == UTF8_ERROR)
        throw error("the JSON is not valid UTF-8; its encoding must be UTF-8");
    if (failure == DEPTH_ERROR)
        throw error("the JSON is nested more than {} levels deep", depth_max);
    if (failure == MEMALLOC)
        throw error("no memory to read {} bytes of JSON", text.size());
    if (is_truncated(text))
        throw error("truncated JSON: it ends after {} bytes with a string or bracket open; fetch it again",
                    text.size());
    const char* at = nullptr;
    if (failure == TRAILING_CONTENT)
        throw error("not valid JSON: more follows after its end");
    if (document_.is_alive() && document_.current_location().get(at) == SUCCESS)
        throw error("not valid JSON near byte {}: {}", at - text.data(), error_message(failure));
    throw error("not valid JSON: {}", error_message(failure));
}

ondemand::object JsonDocument::object()
{
    document_.rewind();
    const auto type = document_.type();
    if (type.error() != SUCCESS || type.value_unsafe() != ondemand::json_type::object)
        throw error("the JSON is not an object at its top level but {}",
                    type.error() == SUCCESS && type.value_unsafe() == ondemand::json_type::array ? "an array"
                                                                                                 : "a single value");
    return document_.get_object().value();
}

std::optional<ondemand::value> find_member(ondemand::object& object, std::string_view name)
{
    object.reset().value();
    for (auto field : object)
        if (field.key().value().unsafe_is_equal(name))
            return field.value().value();
    return std::nullopt;
}

} // namespace skurd
