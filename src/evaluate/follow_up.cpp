#include "evaluate/follow_up.hpp"

#include "evaluate/evaluation.hpp"
#include "evaluate/indicator_flags.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

FollowUp::FollowUp(StoreSession& store, Catalogue& catalogue, std::vector<PublicationPlan> plans,
                   PayloadRetention retention, const Clock& clock)
    : store_(store), catalogue_(catalogue), plans_(std::move(plans)), retention_(retention), clock_(clock)
{
}

void FollowUp::replace(std::vector<PublicationPlan> plans, PayloadRetention retention)
{
    plans_ = std::move(plans);
    retention_ = retention;
}

void FollowUp::after_change()
{
    if (expand_catalogue(catalogue_, store_))
        CatalogueStore(store_).store(catalogue_);
    evaluate_if_behind(store_, catalogue_, clock_);
    reconcile_timely_flags();
    expire_payloads();
}

void FollowUp::reconcile_timely_flags()
{
    flag_overdue(store_, plans_, clock_.now());
    flag_breaks(store_, catalogue_, clock_.now());
}

void FollowUp::expire_payloads()
{
    if (const auto expired = PayloadStore(store_).expire(retention_); expired > 0)
        spdlog::info("{} payloads that made no vintage expired ([store] keep_payloads)", expired);
}

} // namespace skurd
