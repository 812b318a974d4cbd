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

void skip_digits(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
}

bool take_digits(std::string_view& text)
{
    const auto before = text.size();
    skip_digits(text);
    return text.size() < before;
}

bool is_number(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    if (text.starts_with('0'))
        text.remove_prefix(1);
    else if (!take_digits(text))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!take_digits(text))
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(text.substr(1).starts_with('+') || text.substr(1).starts_with('-') ? 2 : 1);
        if (!take_digits(text))
            return false;
    }
    return text.empty();
}

bool is_atom(std::string_view token)
{
    return token == "null" || token == "true" || token == "false" || is_number(token);
}

void check_scalar(ondemand::value& value)
{
    const auto token = raw_token(value);
    if (!token.starts_with('"')) {
        if (!is_atom(token))
            throw simdjson_error(TAPE_ERROR);
    } else if (token.find('\\') != std::string_view::npos) {
        value.get_string().value();
    }
}

void check_value(ondemand::value value, int depth);

void check_object(ondemand::object object, int depth)
{
    for (auto field : object) {
        field.unescaped_key().value();
        check_value(field.value(), depth);
    }
}

void check_array(ondemand::array array, int depth)
{
    for (auto element : array)
        check_value(element.value(), depth);
}

void check_value(ondemand::value value, int depth)
{
    switch (value.type().value()) {
    case ondemand::json_type::object:
        if (depth == JsonDocument::depth_max)
            throw simdjson_error(DEPTH_ERROR);
        return check_object(value.get_object(), depth + 1);
    case ondemand::json_type::array:
        if (depth == JsonDocument::depth_max)
            throw simdjson_error(DEPTH_ERROR);
        return check_array(value.get_array(), depth + 1);
    default:
        return check_scalar(value);
    }
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

} // namespace skurd
