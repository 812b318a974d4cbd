#include "view/value_json.hpp"

#include "base/time_text.hpp"

namespace skurd {

Json number_json(const std::optional<Decimal>& number)
{
    return number ? Json(number->text()) : Json(nullptr);
}

Json period_json(const std::optional<Period>& period)
{
    return period ? Json(period->text()) : Json(nullptr);
}

Json time_json(const std::optional<Time>& time)
{
    return time ? Json(format_time(*time)) : Json(nullptr);
}

Json id_json(std::int64_t id)
{
    return id != 0 ? Json(id) : Json(nullptr);
}

Json uid_json(const std::optional<std::uint32_t>& uid)
{
    return uid ? Json(*uid) : Json(nullptr);
}

Json text_json(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json localized_json(const LocalizedText& text)
{
    return {{"nb", text.nb}, {"en", text.en}};
}

Json optional_localized_json(const LocalizedText& text)
{
    return text.empty() ? Json(nullptr) : localized_json(text);
}

Json codes_json(const Codes& codes)
{
    Json object = Json::object();
    for (const auto& [dimension, code] : codes)
        object[dimension] = code;
    return object;
}

std::string value_text(const std::optional<Value>& value)
{
    if (!value)
        return "";
    const auto& [text, meaning] = value->symbol;
    return (value->number ? value->number->text() : "") + (text.empty() ? std::string(to_string(meaning)) : text);
}

} // namespace skurd
