#include "base/error.hpp"
#include "store/catalogue_store.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/pace_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

Verdict verdict(int indicator, std::string_view change)
{
    Verdict v;
    v.indicator = indicator;
    v.definition = 2;
    v.comparison = Comparison::per_year;
    v.from = Period::parse("2016").value();
    v.to = Period::parse("2018/2019").value();
    v.years = 3;
    v.old_value = Decimal::parse("46.20");
    v.vintages = {1, 7};
    v.outcome = Outcome::not_comparable;
    v.change = Decimal::parse(change);
    v.unit = "percentage points";
    v.rule = "change/1 ±1.0 points";
    v.reason = "another question";
    v.sentence.nb = "Grå: 46,2 → – (ikke sammenlignbar)";
    v.sentence.en = "Grey";
    return v;
}

Flag flag(const std::string& key)
{
    Flag f;
    f.kind = FlagKind::revision;
    f.key = key;
    f.indicator = 9;
    f.period = "2017";
    f.inputs = "284 -> 247";
    f.text_nb = "Indikator 9 går ned";
    f.text_en = "Indicator 9 falls";
    return f;
}

Catalogue catalogue(const std::string& hash)
{
    Catalogue c;
    c.hash = hash;
    for (const int number : {9, 39, 90}) {
        Indicator i;
        i.number = number;
        i.label = {"Etikett", "Label"};
        i.part = "goal 1";
        i.kind = IndicatorKind::share;
        i.direction = Direction::down;
        i.baseline = Period::year(2016);
        i.target = Decimal(1, 0);
        i.thresholds = Thresholds{Decimal(10, 1), Decimal(25, 1)};
        Definition d;
        d.id = 1;
        d.formula = Formula::of(Selector::parse("drop/table{nr=9}"));
        d.breaks = {{Period::year(2017), false, {"a", "b"}}, {Period::year(2018), true, {"c", "d"}}};
        i.definitions = {d};
        c.indicators.push_back(i);
    }
    IndicatorSet first;
    first.number = 1;
    first.members = {9, 39, 90};
    IndicatorSet newest;
    newest.number = 3;
    newest.title = {"Tredje", "Third"};
    newest.published = at("2019-11-01");
    newest.baseline = Period::year(2016);
    newest.members = {9, 39};
    newest.numbers = {{39, 38}};
    newest.tables = {{"goal 1", "6.1"}};
    c.sets = {first, newest};
    return c;
}

IndicatorValue value(std::string_view number, int definition = 1)
{
    return {{Decimal::parse(number), {}}, definition, 0, at("2019-11-01")};
}

} // namespace

TEST_CASE("a verdict comes back with all of its working", "[store]")
{
    StoreFixture fixture;
    const auto kept = verdict(39, "-13.02816901");
    VerdictStore(fixture.store).store({kept}, "catalogue");
    const auto all = VerdictStore(fixture.store).newest(0);

    REQUIRE(all.size() == 1);
    const auto& read = all[0];
    CHECK(read.indicator == kept.indicator);
    CHECK(read.definition == kept.definition);
    CHECK(read.comparison == kept.comparison);
    CHECK(read.from == kept.from);
    CHECK(read.to == kept.to);
    CHECK(read.years == kept.years);
    CHECK(read.old_value.value().text() == "46.20");
    CHECK(read.new_value == std::nullopt);
    CHECK(read.vintages == kept.vintages);
    CHECK(read.outcome == kept.outcome);
    CHECK(read.change.value().text() == "-13.02816901");
    CHECK(read.unit == kept.unit);
    CHECK(read.rule == kept.rule);
    CHECK(read.reason == kept.reason);
    CHECK(read.sentence.nb == kept.sentence.nb);
    CHECK(read.sentence.en == kept.sentence.en);
}

TEST_CASE("a verdict is appended only when it says something new", "[store]")
{
    StoreFixture fixture;
    for (const char* change : {"1", "1", "2", "2", "1"})
        VerdictStore(fixture.store).store({verdict(9, change), verdict(10, "5")}, "catalogue");

    CHECK(fixture.sql("SELECT group_concat(change) FROM verdict WHERE indicator = 9") == "1,2,1");
    CHECK(fixture.sql("SELECT count(*) FROM verdict WHERE indicator = 10") == "1");
    CHECK(VerdictStore(fixture.store).newest(9).size() == 1);
    CHECK(VerdictStore(fixture.store).newest(9)[0].change == Decimal(1, 0));
    CHECK(VerdictStore(fixture.store).newest(0).size() == 2);
}

TEST_CASE("a flag's history has every step: raised, acknowledged, closed", "[store]")
{
    StoreFixture fixture;
    auto f = flag("revision/9/2017");
    f.id = FlagStore(fixture.store).raise(f);
    FlagStore(fixture.store).raise(flag("revision/9/2018"));
    fixture.clock.advance(std::chrono::hours(1));
    f.state = FlagState::acknowledged;
    f.note = "sett på";
    f.actor = "Kari";
    FlagStore(fixture.store).change(f, "acknowledged");
    const auto open = FlagStore(fixture.store).list(Ended::left_out);
    f.state = FlagState::closed;
    FlagStore(fixture.store).change(f, "closed");

    REQUIRE(open.size() == 2);
    CHECK(open[0].kind == FlagKind::revision);
    CHECK(open[0].state == FlagState::acknowledged);
    CHECK(open[0].key == "revision/9/2017");
    CHECK(open[0].indicator == 9);
    CHECK(open[0].period == "2017");
    CHECK(open[0].inputs == "284 -> 247");
    CHECK(open[0].text_nb == "Indikator 9 går ned");
    CHECK(open[0].text_en == "Indicator 9 falls");
    CHECK(open[0].raised_at == at("2020-01-01T12:00:00Z"));
    CHECK(open[0].changed_at == at("2020-01-01T13:00:00Z"));
    CHECK(open[0].note == "sett på");
    CHECK(open[0].actor == "Kari");
    CHECK(FlagStore(fixture.store).list(Ended::left_out).size() == 1);
    CHECK(FlagStore(fixture.store).list(Ended::included).size() == 2);
    CHECK(fixture.sql("SELECT group_concat(event, ' ') FROM flag_event WHERE flag_id = 1") ==
          "raised acknowledged closed");
    CHECK_THROWS_AS(FlagStore(fixture.store).raise(flag("revision/9/2018")), Error);
    f.id = 99;
    CHECK_THAT(message_of([&] { FlagStore(fixture.store).change(f, "closed"); }), Contains("no flag 99"));
}

TEST_CASE("a run's payloads come back in the order they were given", "[store]")
{
    StoreFixture fixture;
    const auto first = RunStore(fixture.store).start("job");
    const auto second = RunStore(fixture.store).start("job");
    const auto description = fixture.new_payload();
    const auto data = fixture.new_payload();
    for (const auto& payload : {data, description, data})
        RunStore(fixture.store).add_payload(first, payload);
    RunStore(fixture.store).add_payload(second, description);

    CHECK(RunStore(fixture.store).payloads(first) == std::vector{data.hash, description.hash, data.hash});
    CHECK(RunStore(fixture.store).payloads(second) == std::vector{description.hash});
    CHECK(RunStore(fixture.store).payloads(99).empty());
    CHECK_THROWS_AS(RunStore(fixture.store).add_payload(99, data), Error);
    CHECK_THROWS_AS(RunStore(fixture.store).add_payload(first, {"unknown", 1, true}), Error);
}

TEST_CASE("one vintage is confirmed by its id, and the others stay as they were", "[store]")
{
    StoreFixture fixture;
    const auto older = fixture.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01").vintage.value();
    fixture.accept(release_of({"2016"}, {{"1", {"2"}}}), "2019-04-01");
    fixture.clock.advance(std::chrono::hours(1));
    VintageStore(fixture.store).confirm(older.id);
    VintageStore(fixture.store).confirm(99);

    const auto vintages = VintageStore(fixture.store).list("drop/table");
    REQUIRE(vintages.size() == 2);
    CHECK(vintages[0].last_confirmed_at == at("2020-01-01T15:00:00Z"));
    CHECK(vintages[1].last_confirmed_at == at("2020-01-01T14:00:00Z"));
}

TEST_CASE("runs come back newest first, and health says how a source does", "[store]")
{
    StoreFixture fixture;
    const auto finish = [&](const char* job, RunOutcome outcome) {
        Run run;
        run.id = RunStore(fixture.store).start(job);
        run.job = job;
        run.dataset = "drop/table";
        run.outcome = outcome;
        run.message = "ærlig talt";
        run.requests = 2;
        run.bytes = 3;
        run.counts.cells = 4;
        run.counts.rows = 5;
        run.counts.revised = 6;
        run.counts.suppressed = 7;
        fixture.clock.advance(std::chrono::hours(1));
        RunStore(fixture.store).finish(run);
    };
    finish("a", RunOutcome::new_vintage);
    finish("a", RunOutcome::failed);
    finish("b", RunOutcome::failed);
    finish("a", RunOutcome::failed);
    finish("c", RunOutcome::no_file);
    RunStore(fixture.store).start("c");

    const auto runs = RunStore(fixture.store).list("a", 2);
    const auto health = RunStore(fixture.store).health();

    REQUIRE(runs.size() == 2);
    CHECK(runs[0].id == 4);
    CHECK(runs[0].outcome == RunOutcome::failed);
    CHECK(runs[0].dataset == "drop/table");
    CHECK(runs[0].started_at == at("2020-01-01T15:00:00Z"));
    CHECK(runs[0].finished_at == at("2020-01-01T16:00:00Z"));
    CHECK(runs[0].message == "ærlig talt");
    CHECK(std::make_tuple(runs[0].requests, runs[0].bytes, runs[0].counts.cells, runs[0].counts.rows,
                          runs[0].counts.revised, runs[0].counts.suppressed,
                          runs[0].vintage) == std::make_tuple(2, 3, 4, 5, 6, 7, 0));
    CHECK(RunStore(fixture.store).list("", 100).size() == 6);
    REQUIRE(health.size() == 3);
    CHECK(health[0].job == "a");
    CHECK(health[0].last_success == at("2020-01-01T13:00:00Z"));
    CHECK(health[0].failures_in_row == 2);
    CHECK(health[1].last_success == std::nullopt);
    CHECK(health[1].failures_in_row == 1);
    CHECK(health[2].last.value().outcome == RunOutcome::running);
    CHECK(health[2].last_success == at("2020-01-01T17:00:00Z"));
    CHECK(health[2].failures_in_row == 0);
}

TEST_CASE("flags are found by kind, indicator, job, day and number", "[store]")
{
    StoreFixture fixture;
    FlagStore flags(fixture.store);
    auto of_job = flag("frozen/tall");
    of_job.kind = FlagKind::frozen;
    of_job.indicator = 0;
    of_job.job = "tall";
    flags.raise(flag("revision/9/2017"));
    flags.raise(of_job);
    fixture.clock.advance(std::chrono::hours(24));
    auto closed = flag("revision/9/2018");
    closed.state = FlagState::closed;
    flags.raise(closed);
    const auto ids = [&](const FlagQuery& query) {
        std::string text;
        for (const auto& found : flags.list(query))
            text += fmt::format("{} ", found.id);
        return text;
    };
    constexpr auto all = Ended::included;
    CHECK(ids({}) == "1 2 ");
    CHECK(ids({.closed = all}) == "1 2 3 ");
    CHECK(ids({.closed = all, .kind = FlagKind::revision}) == "1 3 ");
    CHECK(ids({.closed = all, .indicator = 9}) == "1 3 ");
    CHECK(ids({.closed = all, .job = "tall"}) == "2 ");
    CHECK(ids({.closed = all, .raised_since = at("2020-01-02")}) == "3 ");
    CHECK(flags.find(3).value().key == "revision/9/2018");
    CHECK(flags.find(2).value().job == "tall");
    CHECK_FALSE(flags.find(0));
    CHECK_FALSE(flags.find(9));
}

TEST_CASE("what is in quarantine is found by job and number", "[store]")
{
    StoreFixture fixture;
    QuarantineStore quarantine(fixture.store);
    for (const char* job : {"a", "b", "a"})
        quarantine.add({0, job, fixture.new_payload().hash, "fil.csv", "ragged row", {}});
    quarantine.end(1, QuarantineEnd::discarded, "Kari", "gammel");
    REQUIRE(quarantine.of_job("a").size() == 1);
    CHECK(quarantine.of_job("a")[0].id == 3);
    CHECK(quarantine.find(1).value().ended == QuarantineEnd::discarded);
    CHECK_FALSE(quarantine.find(0));
    CHECK_FALSE(quarantine.find(4));
}

TEST_CASE("quarantine comes back as it was stored", "[store]")
{
    StoreFixture fixture;
    QuarantineStore(fixture.store).add({0, "job", "abc", "fil.csv", "ragged row", {}});
    const auto refused = QuarantineStore(fixture.store).list();

    REQUIRE(refused.size() == 1);
    CHECK(refused[0].job == "job");
    CHECK(refused[0].payload_hash == "abc");
    CHECK(refused[0].name == "fil.csv");
    CHECK(refused[0].reason == "ragged row");
    CHECK(refused[0].at == at("2020-01-01T12:00:00Z"));
}

TEST_CASE("what a job remembers comes back as it was stored, and is its own", "[store]")
{
    StoreFixture fixture;
    const auto made = fixture.accept(release_of({"2018"}, {{"1", {"5"}}}), "2019-01-01");
    const JobState full{{{"etag", "3"}}, "abc", made.vintage->id, at("2019-01-01"), at("2020-02-01")};
    JobStore jobs(fixture.store);
    jobs.store_state("job", {.connector = {{"etag", "1"}, {"page", "2"}}});
    jobs.store_state("job", full);
    jobs.store_state("other", {.connector = {{"etag", "4"}}});
    CHECK(jobs.state("job") == full);
    CHECK(jobs.state("other") == JobState{.connector = {{"etag", "4"}}});
    CHECK(jobs.state("none") == JobState{});
}

TEST_CASE("a damaged memory of calls does no harm", "[store]")
{
    StoreFixture fixture;
    PaceStore pace(fixture.store);
    pace.store({{"a", at("2020-01-02"), {at("2020-01-01"), at("2020-01-01")}}, {"b", {}, {}}});
    CHECK(pace.hosts() ==
          std::vector<HostPace>{{"a", at("2020-01-02"), {at("2020-01-01"), at("2020-01-01")}}, {"b", {}, {}}});
    SqliteDatabase(fixture.folder / "skurd.db", SqliteDatabase::Access::write)
        .exec("UPDATE host_pace SET held_until = 'x'; UPDATE host_call SET called_at = 'x' WHERE position = 0");
    CHECK(pace.hosts() == std::vector<HostPace>{{"a", {}, {at("2020-01-01")}}, {"b", {}, {}}});
}

TEST_CASE("a catalogue is stored once for each hash, and the last one stored is current", "[store]")
{
    StoreFixture fixture;
    for (const char* hash : {"a", "a", "b", "a"})
        CatalogueStore(fixture.store).store(catalogue(hash));

    CHECK(fixture.sql("SELECT group_concat(hash || current) FROM catalogue") == "a1,b0");
    CHECK(fixture.sql("SELECT count(*) FROM indicator") == "6");
    CHECK(fixture.sql("SELECT formula || ' ' || breaks FROM definition WHERE indicator = 39") ==
          "drop/table{nr=9} 2017, 2018 (comparable)");
    CHECK(fixture.sql("SELECT threshold_percent FROM indicator") == "2.5");
    CHECK(fixture.sql("SELECT group_concat(coalesce(published, '-')) FROM indicator_set WHERE catalogue_id = 1") ==
          "-,2019-11-01T00:00:00Z");
}

TEST_CASE("indicator values are appended when they change", "[store]")
{
    StoreFixture fixture;
    const auto kept = catalogue("a");
    const auto& nine = *kept.find(9);
    VerdictStore(fixture.store)
        .store_values(nine, {{Period::year(2016), value("282")}, {Period::year(2017), value("250")}});
    VerdictStore(fixture.store)
        .store_values(nine, {{Period::year(2016), value("284")}, {Period::year(2017), value("250.0")}});
    const auto revised = fixture.sql("SELECT group_concat(value) FROM indicator_value");
    VerdictStore(fixture.store).store_values(nine, {{Period::year(2016), value("284")}});

    CHECK(revised == "282.0,250.0,284.0");
    CHECK(fixture.sql("SELECT group_concat(value) FROM indicator_history WHERE known_to IS NULL") == "284.0");
    CHECK(fixture.sql("SELECT meaning FROM indicator_history WHERE period = '2017' AND known_to IS NULL") ==
          "withdrawn");
}

TEST_CASE("a number is of the kind and unit of the definition it was made with", "[store]")
{
    StoreFixture fixture;
    auto kept = catalogue("a");
    for (auto& indicator : kept.indicators)
        indicator.unit = "percent";
    auto& definitions = kept.indicators[0].definitions;
    auto& second = definitions.emplace_back(definitions.front());
    second.id = 2;
    second.kind = IndicatorKind::score;
    second.unit = "points";
    CatalogueStore(fixture.store).store(kept);
    VerdictStore(fixture.store)
        .store_values(kept.indicators[0],
                      {{Period::year(2016), value("46.2", 1)}, {Period::year(2017), value("3.1", 2)}});
    VerdictStore(fixture.store).store_values(kept.indicators[1], {{Period::year(2016), value("3.9")}});
    Indicator unlisted;
    unlisted.number = 77;
    VerdictStore(fixture.store).store_values(unlisted, {{Period::year(2016), value("1")}});
    const auto kinds = [&](const char* view) {
        return fixture.sql(fmt::format("SELECT group_concat(indicator || ' ' || definition || ' ' || coalesce(kind,"
                                       " '-') || ' ' || coalesce(unit, '-'), ', ') FROM (SELECT * FROM {}"
                                       " ORDER BY indicator, definition)",
                                       view));
    };

    CHECK(kinds("current_indicator") == "9 2 score points, 39 1 share percent");
    CHECK(kinds("indicator_history") == "9 1 share percent, 9 2 score points, 39 1 share percent, 77 1 - -");
}

TEST_CASE("numbers that can no longer be made are withdrawn, the last one too", "[store]")
{
    StoreFixture fixture;
    const auto kept = catalogue("a");
    CatalogueStore(fixture.store).store(kept);
    VerdictStore(fixture.store).store_values(*kept.find(9), {{Period::year(2016), value("282")}});
    VerdictStore(fixture.store).store_values(*kept.find(39), {{Period::year(2016), value("3.9")}});
    VerdictStore(fixture.store).store_values(*kept.find(9), {});
    VerdictStore(fixture.store).store_values(*kept.find(9), {});

    CHECK(fixture.sql("SELECT group_concat(indicator) FROM current_indicator") == "39");
    CHECK(fixture.sql("SELECT count(*) FROM indicator_value WHERE indicator = 9") == "2");
}

TEST_CASE("what an ended definition gave stands, unless the one in force keeps it", "[store]")
{
    StoreFixture fixture;
    auto indicator = *catalogue("a").find(9);
    auto& second = indicator.definitions.emplace_back(indicator.definitions.front());
    second.id = 2;
    const auto numbers = [&] {
        return fixture.sql("SELECT group_concat(definition || '/' || period || '=' || value, ' ')"
                           " FROM indicator_history WHERE known_to IS NULL AND value IS NOT NULL");
    };
    VerdictStore(fixture.store)
        .store_values(indicator, {{Period::year(2016), value("282", 1)}, {Period::year(2017), value("250", 2)}});
    VerdictStore(fixture.store).store_values(indicator, {});
    const auto ended = numbers();
    second.keeps_earlier_values = true;
    VerdictStore(fixture.store).store_values(indicator, {});

    CHECK(ended == "1/2016=282.0");
    CHECK(numbers().empty());
}

TEST_CASE("current_indicator has the newest number of each member of the newest set", "[store]")
{
    StoreFixture fixture;
    const auto kept = catalogue("a");
    CatalogueStore(fixture.store).store(kept);
    VerdictStore(fixture.store)
        .store_values(*kept.find(39), {{Period::year(2016), value("3.9")},
                                       {Period::year(2017), value("4.9", 2)},
                                       {Period::year(2018), {{}, 2, 0, at("2019-11-01")}}});
    VerdictStore(fixture.store).store_values(*kept.find(90), {{Period::year(2016), value("1")}});
    auto v = verdict(39, "1.0");
    v.comparison = Comparison::previous;
    v.to = Period::year(2017);
    VerdictStore(fixture.store).store({v}, "a");

    CHECK(fixture.sql("SELECT count(*) FROM current_indicator") == "1");
    CHECK(fixture.sql("SELECT indicator || ' ' || number_in_set || ' ' || report_table || ' ' || period || ' ' ||"
                      " value || ' ' || definition || ' ' || outcome FROM current_indicator") ==
          "39 38 6.1 2017 4.9 2 not comparable");
}

TEST_CASE("what people answered and signed cannot be changed, not even in SQL", "[store]")
{
    StoreFixture fixture;
    Flag flag;
    flag.key = "threshold/9/2017";
    FlagStore(fixture.store).raise(flag);
    SignOff signing;
    signing.snapshot.rows = {{9, 9, 0, {"a", "b"}, "deaths", {{Period::year(2016), {}}}, {Verdict{}}}};
    signing.actor = "Kari";
    CHECK(SignOffStore(fixture.store).store(signing) == 1);
    SqliteDatabase database(fixture.folder / "skurd.db", SqliteDatabase::Access::write);
    for (const auto* table : {"flag_event", "sign_off", "signed_row", "signed_value", "signed_verdict"}) {
        CAPTURE(table);
        CHECK(fixture.sql(fmt::format("SELECT count(*) FROM {}", table)) == "1");
        CHECK_THROWS_WITH(database.exec(fmt::format("DELETE FROM {}", table)),
                          Catch::Matchers::Contains("append-only"));
    }
    CHECK_THROWS_WITH(database.exec("UPDATE flag_event SET note = 'x'"), Catch::Matchers::Contains("append-only"));
}
