#include "daemon/annotation_orders.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "view/run_json.hpp"

namespace skurd {

namespace {

Json end_json(const std::optional<Time>& at, const std::string& why, const std::string& by)
{
    return at ? Json{{"at", format_time(*at)}, {"why", why}, {"by", by.empty() ? Json(nullptr) : Json(by)}}
              : Json(nullptr);
}

Json id_or_null(std::int64_t id)
{
    return id != 0 ? Json(id) : Json(nullptr);
}

} // namespace

Selector target_of(const std::string& text, const Catalogue& catalogue)
{
    if (text.size() > 6 || !all_digits(text))
        return Selector::parse(text);
    const auto* indicator = catalogue.find(std::stoi(text));
    if (!indicator)
        throw usage_error("there is no indicator {}", text);
    const auto& formula = indicator->definition_at(std::nullopt).formula;
    if (const auto* series = formula.plain())
        return *series;
    throw usage_error("indicator {} is computed, {}: name one of its series instead", text, formula.text());
}

Json to_json(const Annotation& annotation)
{
    return {{"annotation", annotation.id},
            {"kind", to_string(annotation.kind)},
            {"dataset", annotation.dataset},
            {"codes", annotation.series != 0 ? codes_json(annotation.codes) : Json(nullptr)},
            {"period", annotation.period ? Json(annotation.period->text()) : Json(nullptr)},
            {"vintage", id_or_null(annotation.vintage)},
            {"text", annotation.text},
            {"by", annotation.person},
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
                 {"by", correction.person},
                 {"made", format_time(correction.made_at)},
                 {"ended", end_json(correction.ended_at, correction.ended_why, correction.ended_by)}};
    if (correction.ended_at)
        json["ended"]["vintage"] = id_or_null(correction.ended_vintage);
    return json;
}

} // namespace skurd
