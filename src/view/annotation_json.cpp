#include "view/annotation_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

Json end_json(const std::optional<Time>& at, const std::string& why, const std::string& actor)
{
    return at ? Json{{"at", format_time(*at)}, {"why", why}, {"actor", text_json(actor)}} : Json(nullptr);
}

} // namespace

Json to_json(const Annotation& annotation)
{
    return {{"annotation", annotation.id},
            {"kind", to_string(annotation.kind)},
            {"about", target_text(annotation)},
            {"dataset", annotation.dataset},
            {"codes", annotation.series != 0 ? codes_json(annotation.codes) : Json(nullptr)},
            {"period", period_json(annotation.period)},
            {"vintage", id_json(annotation.vintage)},
            {"text", annotation.text},
            {"actor", annotation.actor},
            {"uid", uid_json(annotation.uid)},
            {"made", format_time(annotation.made_at)},
            {"withdrawn", end_json(annotation.withdrawn_at, annotation.withdrawn_why, annotation.withdrawn_by)}};
}

Json to_json(const Correction& correction)
{
    Json json = {{"correction", correction.id},
                 {"dataset", correction.dataset},
                 {"codes", codes_json(correction.codes)},
                 {"period", correction.period.text()},
                 {"source_value", correction.expected.text()},
                 {"corrected_value", correction.corrected.text()},
                 {"reason", correction.reason},
                 {"actor", correction.actor},
                 {"made", format_time(correction.made_at)},
                 {"ended", end_json(correction.ended_at, correction.ended_why, correction.ended_by)}};
    if (correction.ended_at)
        json["ended"]["vintage"] = id_json(correction.ended_vintage);
    return json;
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
