#include "evaluate/publications.hpp"

#include "run/jobs.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

ReadyJob job(const std::string& id, const std::string& more)
{
    const auto text = "[job]\nconnector = \"drop\"\n" + more +
                      "\n[source]\nfiles = \"x\"\n[layout]\nperiods = \"x\"\n[[layout.series]]\ncolumn = \"nr\"\n";
    return make_job(text, id + ".toml", id, "drop");
}

std::vector<ReadyJob> jobs(const std::string& more, const std::string& id = "tall")
{
    std::vector<ReadyJob> made;
    made.push_back(job(id, more));
    return made;
}

struct Watched : StoreFixture {
    Watched() { clock.advance(std::chrono::hours(24 * 365)); }

    /// A release of 2018's number, ingested by the job.
    void take(const char* number, const char* published, const std::string& id = "tall")
    {
        const auto accepted = accept(release_of({"2018"}, {{"1", {number}}}), published);
        auto state = JobStore(store).state(id);
        note_publication(state, {at(published), "test", Confidence::stated}, std::nullopt);
        if (accepted.vintage)
            state.newest_vintage = accepted.vintage->id;
        JobStore(store).store_state(id, state);
    }

    /// "open expected 2021-03-01, newest 2020-03-01", of the one flag there may be.
    std::string watch(const std::vector<ReadyJob>& watched, const char* now)
    {
        flag_overdue(store, publication_plans(watched), at(now));
        const auto flags = FlagStore(store).list(Ended::included);
        REQUIRE(flags.size() <= 1);
        return flags.empty() ? "" : std::string(to_string(flags[0].state)) + " " + flags[0].inputs;
    }
};

} // namespace

TEST_CASE("a day the job states is waited for, flagged once when it has passed, and closed by a release")
{
    Watched here;
    const auto stated = jobs("next_publication = \"2020-02-01\"\ngrace_days = 2");
    here.take("5", "2019-06-01");
    CHECK(here.watch(stated, "2020-02-02T23:59:59Z") == "");
    CHECK(here.watch(stated, "2020-02-03") == "open expected 2020-02-01, newest 2019-06-01");
    CHECK(here.watch(stated, "2020-03-03") == "open expected 2020-02-01, newest 2019-06-01");
    CHECK(FlagStore(here.store).events(1).size() == 1);
    here.take("6", "2020-02-01");
    CHECK(here.watch(stated, "2020-03-04") == "closed expected 2020-02-01, newest 2019-06-01");
    CHECK(FlagStore(here.store).events(1).size() == 2);
}

TEST_CASE("a day stated for a job that never took anything in is waited for too")
{
    Watched here;
    CHECK(here.watch(jobs("next_publication = \"2020-02-01\""), "2020-02-10") ==
          "open expected 2020-02-01, newest none");
    CHECK(here.watch(jobs("next_publication = \"2020-02-01\"\nenabled = false"), "2020-02-10") ==
          "closed expected 2020-02-01, newest none");
}

TEST_CASE("a release that says what the one before it said counts, though it makes no vintage")
{
    Watched here;
    const auto monthly = jobs("expects = \"monthly\"");
    here.take("5", "2020-01-01");
    here.take("5", "2020-02-01");
    CHECK(here.watch(monthly, "2020-03-01") == "");
    CHECK(here.watch(monthly, "2020-03-10") == "open expected 2020-03-03, newest 2020-02-01");
    here.take("5", "2020-03-09");
    CHECK(here.watch(monthly, "2020-03-10") == "closed expected 2020-03-03, newest 2020-02-01");
}

TEST_CASE("a calendar is learnt from three vintages, unless the job expects nothing more")
{
    Watched here;
    here.take("5", "2017-01-01");
    here.take("6", "2018-01-01");
    CHECK(here.watch(jobs(""), "2025-01-01") == "");
    here.take("7", "2019-01-01");
    CHECK(here.watch(jobs("expects = \"never\""), "2025-01-01") == "");
    CHECK(here.watch(jobs(""), "2020-03-13") == "");
    CHECK(here.watch(jobs(""), "2020-03-14") == "open expected 2020-01-01, newest 2019-01-01");
    CHECK(here.watch(jobs("", "other"), "2020-03-14") == "closed expected 2020-01-01, newest 2019-01-01");
}

TEST_CASE(
    "of two jobs with one dataset the one that made the newest vintage learns, and frozen is not overdue as well")
{
    Watched here;
    here.take("5", "2017-01-01");
    here.take("6", "2018-01-01");
    here.take("7", "2019-01-01", "tall-2");
    std::vector<ReadyJob> both;
    both.push_back(job("tall", ""));
    both.push_back(job("tall-2", ""));
    CHECK(here.watch(both, "2025-01-01") == "open expected 2020-01-01, newest 2019-01-01");
    CHECK(FlagStore(here.store).list(Ended::included)[0].key == "overdue/tall-2");
    Flag frozen;
    frozen.kind = FlagKind::frozen;
    frozen.key = "frozen/tall-2";
    frozen.job = "tall-2";
    FlagStore(here.store).raise(frozen);
    flag_overdue(here.store, publication_plans(both), at("2025-01-01"));
    CHECK(FlagStore(here.store).list(Ended::included)[0].state == FlagState::closed);
}

TEST_CASE("what the source announces is stored with the release, and a claim by arrival is no publication")
{
    JobState state{.published_at = at("2020-03-01"), .announced_at = at("2021-03-01")};
    note_publication(state, {at("2020-05-01"), "received", Confidence::arrival}, std::nullopt);
    CHECK(state == JobState{.published_at = at("2020-03-01")});
    note_publication(state, {at("2020-05-01"), "updated", Confidence::stated}, at("2020-06-01T06:00:00Z"));
    CHECK(state == JobState{.published_at = at("2020-05-01"), .announced_at = at("2020-06-01T06:00:00Z")});
}

TEST_CASE("a cadence or a day that is none is refused with its line")
{
    CHECK_THAT(message_of([] { job("x", "expects = \"yearli\""); }),
               Catch::Matchers::Contains("x.toml:3") && Catch::Matchers::Contains("yearly"));
    CHECK(message_of([] { job("x", "next_publication = \"5 March\""); }) ==
          "x.toml:3: '5 March' is not a date (like 2027-03-05)");
    CHECK(message_of([] { job("x", "grace_days = -1"); }) != "");
}
