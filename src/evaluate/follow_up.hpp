#pragma once

#include "evaluate/publications.hpp"
#include "model/indicator.hpp"
#include "model/payload.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// What follows a change of the store, whoever made it: a harvest, a drop, a replay, a retry, an annotation, another
/// catalogue. One place, so that no order forgets a part of it. Its references outlive it. For one thread.
class FollowUp {
public:
    FollowUp(StoreSession& store, Catalogue& catalogue, std::vector<PublicationPlan> plans,
             PayloadRetention retention, const Clock& clock);

    /// Other job files and another configuration are in force.
    void replace(std::vector<PublicationPlan> plans, PayloadRetention retention);

    /// After anything that may have changed numbers, annotations, notes or the catalogue: the values, verdicts and
    /// flags that depend on them, corrections that the source has caught up with, and payloads that expire. May be
    /// repeated at any time; does little where nothing changed. Throws Error that says the numbers themselves are
    /// safe.
    void after_change();

    /// As time passes: the flags that no number raises.
    void reconcile_timely_flags();

private:
    void expire_payloads();

    StoreSession& store_;
    Catalogue& catalogue_; ///< whose templates follow the codes that come
    std::vector<PublicationPlan> plans_;
    PayloadRetention retention_;
    const Clock& clock_;
};

} // namespace skurd
