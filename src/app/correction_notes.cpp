#include "app/correction_notes.hpp"

#include "base/time_text.hpp"
#include "daemon/annotation_orders.hpp"

namespace skurd {

std::string marked(const std::string& status, bool is_marked)
{
    return !is_marked       ? status
           : status.empty() ? std::string(correction_mark)
                            : fmt::format("{} {}", correction_mark, status);
}

std::string annotation_text(const Annotation& annotation)
{
    return fmt::format("{}: {} ({}, {})", to_string(annotation.kind), annotation.text, annotation.person,
                       format_date(annotation.made_at));
}

Json correction_json(const Correction* correction, const Value& value)
{
    if (!correction)
        return nullptr;
    const bool applied = is_corrected(value, *correction);
    auto json = to_json(*correction);
    json["applied"] = applied;
    json["text_nb"] = correction_text(*correction, applied, Language::nb);
    json["text_en"] = correction_text(*correction, applied, Language::en);
    return json;
}

} // namespace skurd
