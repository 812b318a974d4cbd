#include "version/live_place.hpp"

namespace skurd {

namespace {

bool is_claim(const PublicationClaim& claim)
{
    return claim.confidence != Confidence::arrival;
}

PublicationClaim at_arrival(Time time)
{
    return {time, "received", Confidence::arrival};
}

/// Whether a time that the source states can be the one at which this was published.
bool fits(const LiveFetch& fetch, const PublicationClaim& claim)
{
    if (!is_claim(claim) || claim.published_at > fetch.arrival)
        return false;
    const auto& newest = fetch.newest_overlap;
    return !newest || claim.published_at > *newest ||
           (fetch.difference == Difference::adds && claim.published_at == *newest);
}

ClaimFinding finding_of(const LiveFetch& fetch)
{
    const auto& [claim, modified, arrival, newest, difference] = fetch;
    if (!is_claim(claim))
        return ClaimFinding::none;
    if (claim.published_at > arrival)
        return ClaimFinding::ahead;
    if (!newest || difference == Difference::none || claim.published_at > *newest)
        return ClaimFinding::none;
    if (claim.published_at < *newest)
        return ClaimFinding::older;
    return difference == Difference::differs ? ClaimFinding::restated : ClaimFinding::none;
}

/// A confirmation moves nothing: it stands at its claim, or beside the newest of what it confirms.
PublicationClaim place_of_same(const LiveFetch& fetch)
{
    if (fits(fetch, fetch.claim))
        return fetch.claim;
    if (!fetch.newest_overlap)
        return at_arrival(fetch.arrival);
    const bool same_date = is_claim(fetch.claim) && fetch.claim.published_at == *fetch.newest_overlap;
    return same_date ? fetch.claim : at_arrival(*fetch.newest_overlap);
}

} // namespace

LivePlace live_place(const LiveFetch& fetch)
{
    const auto finding = finding_of(fetch);
    if (fetch.difference == Difference::none)
        return {place_of_same(fetch), finding};
    if (fits(fetch, fetch.claim))
        return {fetch.claim, finding};
    if (fetch.newest_overlap && fetch.modified && fits(fetch, *fetch.modified))
        return {*fetch.modified, finding};
    if (!fetch.newest_overlap || fetch.arrival > *fetch.newest_overlap)
        return {at_arrival(fetch.arrival), finding};
    return {at_arrival(*fetch.newest_overlap), finding};
}

} // namespace skurd
