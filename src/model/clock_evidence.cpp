#include "model/clock_evidence.hpp"

namespace skurd {

namespace {

constexpr std::chrono::days differs_max{1};
constexpr std::chrono::days unheard_max{40}; ///< a job that is due once a month hears its source in between
constexpr std::chrono::days heard_anew_after{1};

bool are_near(Time a, Time b, std::chrono::seconds most)
{
    return a <= b + most && b <= a + most;
}

} // namespace

ClockEvidence after_hearing(const ClockEvidence& before, const HeardTime& heard)
{
    if (!are_near(heard.theirs, heard.ours, differs_max))
        return {before.agreed, heard};
    const bool is_known =
        before.agreed && !before.differs && are_near(heard.theirs, before.agreed->theirs, heard_anew_after);
    return is_known ? before : ClockEvidence{heard, {}};
}

ClockDoubt clock_doubt(const ClockEvidence& evidence, Time now)
{
    const auto& [agreed, differs] = evidence;
    const auto& last = differs ? differs : agreed;
    if (!last)
        return ClockDoubt::none;
    if (now < last->theirs - differs_max)
        return differs ? ClockDoubt::differs : ClockDoubt::set_back;
    if (now > last->theirs + unheard_max)
        return differs ? ClockDoubt::differs : ClockDoubt::unheard;
    // One that was ahead, and is earlier now than it was then, has been put right meanwhile.
    return differs && differs->ours > differs->theirs && now >= differs->ours ? ClockDoubt::differs
                                                                              : ClockDoubt::none;
}

} // namespace skurd
