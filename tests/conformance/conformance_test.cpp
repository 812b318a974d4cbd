// What every connector must do, driven as the daemon drives it: configuration, discovery, harvests.
#include "base/text.hpp"
#include "connectors/connector.hpp"
#include "run/source_query.hpp"
#include "store/maintenance.hpp"
#include "store/vintage_store.hpp"
#include "tests/conformance/host.hpp"
#include "tests/conformance/subject_test.hpp"
#include "tests/support/catch.hpp"

#include <iostream>
#include <set>

using namespace skurd;
using namespace skurd::test;
using std::chrono::minutes;

namespace {

constexpr auto start_of_day = "2026-05-04T09:00:00Z"; ///< a Monday, long after SSB's blackout window

void pass(SharedClock& clock, std::chrono::minutes time)
{
    clock.wait(time, {});
}

std::string refusal_of(const std::string& job)
{
    try {
        make_job(job, "job.toml", "job", "/nowhere");
    } catch (const Error& failure) {
        return full_message(failure);
    }
    return "";
}

/// A subject's source with a host that has nothing yet.
struct Scene {
    explicit Scene(const Subject& subject)
        : source(subject.start(clock)), job(job_of(*source)), host(clock, state.path(), settings_for(*source))
    {
    }

    SharedClock clock{start_of_day};
    std::unique_ptr<Source> source;
    TempDir state;
    ReadyJob job;
    Host host;
};

} // namespace

TEST_CASE("every connector of the registry is in the conformance suite", "[conformance]")
{
    std::set<std::string_view> registered;
    std::set<std::string_view> driven;
    for (const auto& kind : connector_kinds())
        registered.insert(kind.name);
    for (const auto& subject : subjects())
        driven.insert(subject.connector);
    CHECK(driven == registered);
}

SUBJECT_TEST("a good configuration is read; a bad one is refused with its file and line", "")
{
    SharedClock clock(start_of_day);
    const auto source = subject.start(clock);
    const auto good = source->job();
    INFO(subject.name << "\n" << good);
    CHECK(refusal_of(good) == "");
    REQUIRE_FALSE(subject.mistakes.empty());
    for (const auto& mistake : subject.mistakes) {
        auto bad = good;
        const auto at = bad.find(mistake.good);
        REQUIRE(at != std::string::npos);
        bad.replace(at, mistake.good.size(), mistake.bad);
        CHECK_THAT(refusal_of(bad), Catch::StartsWith("job.toml:") && Catch::Contains(mistake.message));
    }
    CHECK_THAT(refusal_of(replace_all(good, "[source]", "[source]\nunknown = 1")),
               Catch::StartsWith("job.toml:4: unknown key 'unknown'"));
}

SUBJECT_TEST("what discovery finds and describes is a job that harvests", "discovery")
{
    Scene scene(subject);
    const auto browser = make_source_browser(connector_kinds(), subject.connector, {scene.source->base_url(), ""});
    const SourceQuery source_query{scene.host.fetcher()};
    const auto found = discover(*browser, subject.words, source_query);
    const auto none = discover(*browser, "romfart", source_query);
    const auto described = describe_table(*browser, subject.table, source_query);
    INFO(described.job);
    const auto run = scene.host.harvest(make_job(described.job, "job.toml", "job", "/nowhere"));

    REQUIRE(found.size() == 1);
    CHECK(found[0].id == subject.table);
    CHECK(none.empty());
    CHECK(described.table.id == subject.table);
    CHECK_FALSE(described.dimensions.empty());
    INFO(run.message);
    CHECK(run.outcome == RunOutcome::new_vintage);
    CHECK(run.counts.cells > 0);
}

TEST_CASE("what a subject leaves out is a step, and has a reason", "[conformance]")
{
    for (const auto& subject : subjects())
        for (const auto& [step, reason] : subject.left_out)
            CHECK(leaves_out(subject, step));
}

TEST_CASE("every connector that can be browsed is, in the conformance suite", "[conformance]")
{
    for (const auto& kind : connector_kinds())
        for (const auto& subject : subjects())
            if (kind.name == subject.connector && kind.browse)
                CHECK_FALSE(subject.left_out.contains("discovery"));
}

SUBJECT_TEST("a second harvest adds nothing, whether the source is as it was or only looks new", "")
{
    Scene scene(subject);
    const auto first = scene.host.harvest(scene.job);
    const auto said = scene.host.says();
    pass(scene.clock, minutes(30));
    scene.source->mend();
    const auto second = scene.host.harvest(scene.job);
    pass(scene.clock, minutes(30));
    scene.source->touch();
    const auto third = scene.host.harvest(scene.job);

    INFO(first.message << "\n" << second.message << "\n" << third.message);
    CHECK(first.outcome == RunOutcome::new_vintage);
    CHECK(first.counts.cells == static_cast<std::int64_t>(subject.cells));
    CHECK(first.counts.rows == first.counts.cells);
    CHECK(second.outcome == RunOutcome::nothing_new);
    CHECK(third.outcome == RunOutcome::nothing_new);
    CHECK(second.counts.rows + third.counts.rows == 0);
    CHECK(VintageStore(scene.host.store()).list().size() == 1);
    CHECK(scene.host.says() == said);
    std::cout << "requests: " << subject.name << ": first " << first.requests << ", unchanged " << second.requests
              << ", touched " << third.requests << "\n";
}

SUBJECT_TEST("a revision adds exactly its cells", "")
{
    Scene scene(subject);
    const auto first = scene.host.harvest(scene.job);
    for (const int cells : {1, 2}) {
        pass(scene.clock, minutes(30));
        scene.source->revise(cells);
        const auto run = scene.host.harvest(scene.job);
        INFO(cells << " cells: " << run.message);
        CHECK(run.outcome == RunOutcome::new_vintage);
        CHECK(run.counts.rows == cells);
        CHECK(run.counts.revised <= cells); // a cell that had no number is not revised, but new
        CHECK(run.counts.withdrawn == 0);
    }
    TempDir fresh;
    Host other(scene.clock, fresh.path(), settings_for(*scene.source));
    scene.source->mend();
    other.harvest(scene.job);
    CHECK(VintageStore(scene.host.store()).list().size() == 3);
    CHECK(scene.host.says() == other.says());
    CHECK(StoreMaintenance(scene.host.store()).verify().wrong.empty());
}
