#include "query/annotations.hpp"

#include "query/target.hpp"
#include "store/annotation_store.hpp"
#include "store/observation_store.hpp"

#include <set>

namespace skurd {

std::vector<Annotation> annotations(const StoreSession& store, const Catalogue& catalogue, const std::string& target,
                                    Ended withdrawn)
{
    if (target.empty())
        return AnnotationStore(store).list(std::nullopt, withdrawn);
    const auto selector = read_series(target, catalogue, store);
    std::set<std::int64_t> series = {0};
    for (const auto& seen : ObservationStore(store).as_of(selector, {}))
        series.insert(seen.series);
    auto found = AnnotationStore(store).list(selector.dataset, withdrawn);
    std::erase_if(found, [&](const Annotation& annotation) { return !series.contains(annotation.series); });
    return found;
}

} // namespace skurd
