// Whatever goes wrong with whichever request: nothing false is stored, nothing is withdrawn, and the next harvest
// stores what an undisturbed one would have.
#include "store/maintenance.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/conformance/host.hpp"
#include "tests/conformance/subject_test.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using std::chrono::minutes;

namespace {

constexpr auto start_of_day = "2026-05-04T09:00:00Z";
constexpr auto share_max = minutes(11); ///< no answer is shared that long

/// A harvest with the trouble, and one without it, a while later; `truth` is what an undisturbed store says.
void harvest_twice(SharedClock& clock, Source& source, const ReadyJob& job, Host& host, const std::string& truth,
                   Trouble trouble, int request)
{
    const auto before = host.says();
    const auto vintages = VintageStore(host.store()).list().size();
    source.mend();
    source.spoil(trouble, request);
    const auto disturbed = host.harvest(job);
    const auto said = host.says();
    const bool reached = source.asked() >= request;
    clock.wait(trouble == Trouble::too_many_long ? std::chrono::hours(24) : share_max, {});
    source.mend();
    const auto after = host.harvest(job);

    INFO("disturbed: " << to_string(disturbed.outcome) << " " << disturbed.message);
    INFO("after: " << to_string(after.outcome) << " " << after.message);
    CHECK(reached);
    CHECK(disturbed.counts.withdrawn + after.counts.withdrawn == 0);
    // Where the trouble was overcome within the run, what it stored is the truth.
    CHECK(said == (disturbed.outcome == RunOutcome::new_vintage ? truth : before));
    CHECK(after.outcome != RunOutcome::failed);
    CHECK(host.says() == truth);
    CHECK(VintageStore(host.store()).list().size() == vintages + 1);
}

} // namespace

SUBJECT_TEST("a first harvest goes on after trouble with any of its requests", "")
{
    TempDir blank; // a new store is made once and copied: that is faster
    SharedClock any(start_of_day);
    {
        const StoreSession made_and_closed(blank.path(), StoreSession::Access::write, any);
    }
    SharedClock clock(start_of_day);
    const auto source = subject.start(clock);
    const auto job = job_of(*source);
    TempDir calm;
    Host undisturbed(clock, calm.path(), settings_for(*source));
    undisturbed.harvest(job);
    const int requests = source->asked();
    REQUIRE(requests >= 1);
    for (int request = 1; request <= requests; ++request) {
        to_next_morning(clock);
        for (const auto trouble : all_troubles()) {
            if (leaves_out(subject, name_of(trouble)))
                continue;
            INFO(subject.name << ", " << name_of(trouble) << " at request " << request << " of " << requests);
            TempDir state;
            std::filesystem::copy(blank.path(), state.path(), std::filesystem::copy_options::recursive);
            Host host(clock, state.path(), settings_for(*source));
            harvest_twice(clock, *source, job, host, undisturbed.says(), trouble, request);
        }
    }
}

SUBJECT_TEST("a harvest of a revision goes on after trouble with any of its requests", "")
{
    SharedClock clock(start_of_day);
    const auto source = subject.start(clock);
    const auto job = job_of(*source);
    TempDir state;
    TempDir calm;
    Host host(clock, state.path(), settings_for(*source));
    Host undisturbed(clock, calm.path(), settings_for(*source));
    undisturbed.harvest(job);
    source->mend();
    host.harvest(job);
    clock.wait(share_max, {});
    source->mend();
    source->revise(1);
    host.harvest(job);
    const int requests = source->asked();
    REQUIRE(requests >= 1);
    for (int request = 1; request <= requests; ++request) {
        to_next_morning(clock);
        for (const auto trouble : all_troubles()) {
            if (leaves_out(subject, name_of(trouble)))
                continue;
            INFO(subject.name << ", " << name_of(trouble) << " at request " << request << " of " << requests);
            clock.wait(share_max, {});
            source->revise(2);
            undisturbed.harvest(job);
            harvest_twice(clock, *source, job, host, undisturbed.says(), trouble, request);
        }
    }
    CHECK(StoreMaintenance(host.store()).verify().wrong.empty());
}
