#include "evaluate/follow_up.hpp"

#include "evaluate/evaluation.hpp"
#include "evaluate/indicator_flags.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"
#include "store/dataset_store.hpp"
#include "store/payload_store.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

FollowUp::FollowUp(StoreSession& store, Catalogue& catalogue, Configuration configuration, const Clock& clock)
    : store_(store), catalogue_(catalogue), configuration_(std::move(configuration)), clock_(clock)
{
}

void FollowUp::after_change()
{
    if (expand_catalogue(catalogue_, store_))
        CatalogueStore(store_).store(catalogue_);
    DatasetStore(store_).store_attributions(configuration_.attributions);
    evaluate_if_behind(store_, catalogue_, clock_);
    reconcile_timely_flags();
    expire_payloads();
}

void FollowUp::reconcile_timely_flags()
{
    flag_overdue(store_, configuration_.plans, clock_.now());
    flag_breaks(store_, catalogue_, clock_.now());
}

void FollowUp::expire_payloads()
{
    if (const auto expired = PayloadStore(store_).expire(configuration_.retention); expired > 0)
        spdlog::info("{} payloads that made no vintage expired ([store] keep_payloads)", expired);
}

} // namespace skurd
