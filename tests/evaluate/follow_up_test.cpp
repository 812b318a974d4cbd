#include "evaluate/follow_up.hpp"

#include "indicator/formula.hpp"
#include "store/dataset_store.hpp"
#include "store/flag_store.hpp"
#include "store/run_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// A store whose one table an indicator reads.
struct Followed : StoreFixture {
    Followed()
    {
        Indicator indicator;
        indicator.number = 1;
        indicator.label = {"Navn", "Name"};
        indicator.kind = IndicatorKind::number;
        indicator.direction = Direction::down;
        indicator.baseline = Period::year(2016);
        Definition definition;
        definition.id = 1;
        definition.formula = parse_formula("drop/table{nr=1}");
        indicator.definitions = {definition};
        catalogue.indicators = {indicator};
        catalogue.hash = "a";
    }

    FollowUp follow_up(PayloadRetention retention = {}, std::vector<PublicationPlan> plans = {},
                       Attributions attributions = {})
    {
        return {store, catalogue, {std::move(plans), std::move(attributions), retention}, clock};
    }

    /// The keys of the flags that are open.
    std::vector<std::string> flags() const
    {
        std::vector<std::string> keys;
        for (const auto& flag : FlagStore(store).list(Ended::left_out))
            keys.push_back(flag.key);
        return keys;
    }

    Catalogue catalogue;
};

} // namespace

TEST_CASE("what changed is judged and flagged by one call", "[evaluate]")
{
    Followed here;
    auto release = release_of({"2016", "2017"}, {{"1", {"100", "50"}}});
    release.notes = {"Brudd i tidsserien"};
    here.accept(release, "2018-04-01");
    here.follow_up().after_change();
    const auto verdicts = VerdictStore(here.store).newest(1);

    CHECK_FALSE(verdicts.empty());
    CHECK(here.flags() == std::vector<std::string>{"threshold/1/2017", "break/drop/table"});
    here.follow_up().after_change();
    CHECK(VerdictStore(here.store).newest(1).size() == verdicts.size());
    CHECK(here.flags().size() == 2);
}

TEST_CASE("payloads that made no vintage expire after a change, as the configuration says", "[evaluate]")
{
    Followed here;
    const auto made = here.accept(release_of({"2016"}, {{"1", {"100"}}}), "2018-04-01");
    const auto refused = here.new_payload();
    here.clock.advance(std::chrono::hours(48));
    here.follow_up().after_change();
    CHECK_NOTHROW(PayloadStore(here.store).bytes(refused.hash));
    here.follow_up({std::chrono::days(1)}).after_change();
    CHECK_THROWS(PayloadStore(here.store).bytes(refused.hash));
    CHECK_NOTHROW(PayloadStore(here.store).bytes(made.vintage.value().made_from));
}

TEST_CASE("a promised release becomes overdue as time passes, without a change", "[evaluate]")
{
    Followed here;
    auto follow_up = here.follow_up({}, {{"tall", {.next = at("2020-02-01")}}});
    follow_up.reconcile_timely_flags();
    CHECK(here.flags().empty());
    here.clock.set("2020-06-01");
    follow_up.reconcile_timely_flags();
    CHECK(here.flags() == std::vector<std::string>{"overdue/tall"});
}

TEST_CASE("releases say whom they are credited to, as the job files say it now", "[evaluate]")
{
    Followed here;
    here.accept(release_of({"2016"}, {{"1", {"100"}}}), "2018-04-01");
    Attributions known;
    known.add("drop/table", {{"Kilden", "The source"}, {"NLOD 2.0", "NLOD 2.0"}});
    const auto said = [&] {
        return here.sql(
            "SELECT source_nb || '|' || source_en || '|' || licence_nb || '|' || licence_en FROM releases");
    };
    here.follow_up().after_change();
    const auto unknown = said();
    const auto commits = here.sql("SELECT count(*) FROM commits");
    here.follow_up({}, {}, known).after_change();

    CHECK(unknown == "|||");
    CHECK(said() == "Kilden|The source|NLOD 2.0|NLOD 2.0");
    CHECK(DatasetStore(here.store).store_attributions(known) == 0);
    CHECK(here.sql("SELECT count(*) FROM commits") == commits);
    here.follow_up().after_change();
    CHECK(said() == "|||");
}
