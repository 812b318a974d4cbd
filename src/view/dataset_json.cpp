#include "view/dataset_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

Json dataset_json(const DatasetSummary& dataset, const Attribution& attribution)
{
    return {{"dataset", dataset.dataset},
            {"label", dataset.label},
            {"vintages", dataset.vintages},
            {"published", time_json(dataset.published_at)},
            {"observed", time_json(dataset.observed_at)},
            {"last_confirmed", time_json(dataset.last_confirmed_at)},
            {"source", source_text(attribution, Language::en)},
            {"licence", licence_text(attribution, Language::en)}};
}

} // namespace skurd
