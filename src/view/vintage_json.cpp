#include "view/vintage_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

Json vintage_json(const Vintage& vintage, const Attribution& attribution)
{
    return {{"vintage", vintage.id},
            {"dataset", vintage.dataset},
            {"published", time_json(vintage.published.published_at)},
            {"published_field", vintage.published.field},
            {"published_confidence", to_string(vintage.published.confidence)},
            {"observed", time_json(vintage.observed_at)},
            {"last_confirmed", time_json(vintage.last_confirmed_at)},
            {"origin", to_string(vintage.origin)},
            {"payload", vintage.payload_hash},
            {"content", vintage.content_hash},
            {"values", vintage.value_hash},
            {"run", id_json(vintage.run)},
            {"source", source_text(attribution, Language::en)},
            {"licence", licence_text(attribution, Language::en)}};
}

} // namespace skurd
