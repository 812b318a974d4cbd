#pragma once

#include "evaluate/publications.hpp"
#include "model/attribution.hpp"
#include "model/indicator.hpp"
#include "model/payload.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// What follows a change of the store, whoever made it: a harvest, a drop, a replay, a retry, an annotation, another
/// catalogue. One place, so that no order forgets a part of it. Its references outlive it. For one thread.
class FollowUp {
public:
    /// What the job files and the configuration say that are in force.
    struct Configuration {
        std::vector<PublicationPlan> plans;
        Attributions attributions;
        PayloadRetention retention;
    };

    FollowUp(StoreSession& store, Catalogue& catalogue, Configuration configuration, const Clock& clock);

    /// Others are in force.
    void replace(Configuration configuration) { configuration_ = std::move(configuration); }

    /// After anything that may have changed numbers, annotations, notes or the catalogue: the values, verdicts and
    /// flags that depend on them, corrections that the source has caught up with, whom the datasets are credited to,
    /// and payloads that expire. May be repeated at any time; does little where nothing changed. Throws Error that
    /// says the numbers themselves are safe.
    void after_change();

    /// As time passes: the flags that no number raises.
    void reconcile_timely_flags();

private:
    void expire_payloads();

    StoreSession& store_;
    Catalogue& catalogue_; ///< whose templates follow the codes that come
    Configuration configuration_;
    const Clock& clock_;
};

} // namespace skurd
