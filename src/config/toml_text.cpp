#include "config/toml_text.hpp"

#include "base/text.hpp"

namespace skurd {

namespace {

std::string text_of(const std::string& text)
{
    return toml_quoted(text);
}

std::string text_of(bool value)
{
    return value ? "true" : "false";
}

std::string text_of(std::int64_t value)
{
    return std::to_string(value);
}

std::string text_of(const std::vector<std::string>& values)
{
    std::vector<std::string> quoted;
    quoted.reserve(values.size());
    for (const auto& value : values)
        quoted.push_back(toml_quoted(value));
    return "[" + join(quoted, ", ") + "]";
}

} // namespace

std::string toml_text(const ConfigurationKey::Value& value)
{
    return std::visit([](const auto& one) { return text_of(one); }, value);
}

} // namespace skurd
