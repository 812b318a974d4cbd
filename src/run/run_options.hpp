#pragma once

#include "model/agreement.hpp"
#include "model/ingest.hpp"
#include "model/release.hpp"

#include <optional>

namespace skurd {

/// When a run fetches and decodes.
enum class FetchPolicy {
    if_new, ///< where the source says that something is new, or says nothing
    always, ///< even when it says that nothing is: `--force`
};

/// What a run leaves behind.
enum class Effect {
    store,
    dry_run, ///< nothing: it fetches, decodes and says what storing would come to
};

/// How a run differs from an ordinary one.
struct RunOptions {
    FetchPolicy fetch = FetchPolicy::if_new;
    Effect effect = Effect::store;
    Agreement agreement{};
    std::optional<PublicationClaim> published{}; ///< instead of the connector's claim
    OrderedBy ordered_by = OrderedBy::person;
    /// Of a backfill, what it asks for instead of what the job selects, for people; "" = a run of the job as it is. A
    /// backfill leaves what the job remembers, when it is due and what of it is in quarantine as they were.
    std::string backfill{};
    bool is_backfill() const { return !backfill.empty(); }
};

} // namespace skurd
