// A store whose periods had ids in the order of arrival, brought up to ids that follow from their texts.
#include "store/maintenance.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

const fs::path old_store = SKURD_SOURCE_DIR "/tests/store/out_of_order";

struct Upgraded {
    Upgraded()
    {
        fs::copy(old_store / "payloads", folder / "payloads", fs::copy_options::recursive);
        SqliteDatabase(folder / "skurd.db", SqliteDatabase::Access::write).exec(read_file(old_store / "skurd.sql"));
        const StoreSession brought_up(folder.path(), StoreSession::Access::write, clock);
    }

    std::string numbers(const AsOf& as_of = {}) const
    {
        const StoreSession store(folder.path(), StoreSession::Access::read, clock);
        std::string text;
        for (const auto& found : ObservationStore(store).as_of(Selector::parse("drop/quarters"), as_of))
            text += found.codes[0].second + "/" + found.period.text() + "=" + StoreFixture::word(found.value) + " ";
        return text;
    }

    Verification verify() const
    {
        return StoreMaintenance(StoreSession(folder.path(), StoreSession::Access::read, clock)).verify();
    }

    /// The first column of all rows, joined by " | ".
    std::string sql(const std::string& query) const
    {
        SqliteDatabase database(folder / "skurd.db", SqliteDatabase::Access::read);
        Statement row(database, query);
        std::string text;
        while (row.step())
            text += (text.empty() ? "" : " | ") + row.text(0);
        return text;
    }

    TempDir folder;
    ManualClock clock{"2027-01-01"};
};

} // namespace

TEST_CASE("a store whose periods came out of order answers after the upgrade what it answered before",
          "[store][upgrade]")
{
    const Upgraded store;
    CHECK(store.numbers({at("2020-03-01"), {}}) ==
          "1/2018Q1=5 1/2019Q1=6 2/2018Q1=7 2/2018Q2=8 3/2018Q2=1 3/2019Q1=2 ");
    CHECK(store.numbers({at("2020-06-30"), {}}) ==
          "1/2017Q3=4 1/2018Q1=5 1/2019Q1=6.5 1/early=1 2/2016Q4=2 2/2018Q1=7 2/2018Q2=8 2/2019Q1=9 3/2016Q4=1 "
          "3/2017Q3=1 3/2018Q2=1 3/2019Q1=2 3/early=3 ");
    CHECK(store.numbers() ==
          "1/2017Q3=4 1/2018Q1=5 1/2019Q1=6.5 1/early=1 2/2016Q4=2 2/2018Q1=7 2/2018Q2=8 2/2019Q1=9 3/2016Q4=1 "
          "3/2017Q3=1 3/2018Q2=withdrawn 3/2019Q1=2 3/early=3 ");
    const auto found = store.verify();
    CHECK(found.wrong.empty());
    CHECK(found.vintages == 3);
    CHECK(found.unchecked == 0);
}

TEST_CASE("the upgrade computes ids, and gives releases their claim and their order of arrival", "[store][upgrade]")
{
    const Upgraded store;
    CHECK(store.sql("SELECT text || '=' || id FROM period WHERE text <> 'early' ORDER BY id") ==
          "2016Q4=4008067 | 2017Q3=4008070 | 2018Q1=4008072 | 2018Q2=4008073 | 2019Q1=4008076");
    CHECK(store.sql("SELECT count(*) FROM period WHERE text = 'early' AND id >= 1 << 62") == "1");
    CHECK(store.sql("SELECT periods FROM coverage ORDER BY id LIMIT 1") == "4008072-4008073,4008076");
    CHECK(store.sql("SELECT DISTINCT dataset_id FROM coverage") == "1");
    CHECK(store.sql("SELECT id || ' ' || seq || ' ' || claimed_at || ' ' || claimed_field || ' ' || confidence"
                    " FROM vintage WHERE published_at <> claimed_at") == "");
    CHECK(store.sql("SELECT id || '/' || seq || ' ' || coverage || ' ' || claimed_field FROM vintage ORDER BY seq") ==
          "1/1 complete_selection --published | 2/2 complete_selection --published | "
          "3/3 complete_selection --published");
    CHECK(store.sql("SELECT id || '/' || seq || ' ' || claimed_at FROM confirmation") == "4/4 2020-10-02T00:00:00Z");
}

TEST_CASE("the upgrade gives words the releases that said them, as far as they were known", "[store][upgrade]")
{
    const Upgraded store;
    CHECK(store.sql("SELECT release_id || ' ' || label FROM label_version WHERE dimension = '' ORDER BY seq") ==
          "1 Quarters | 3 By quarter | 4 Each quarter");
    CHECK(
        store.sql("SELECT release_id || ' ' || label FROM label_version WHERE dimension = 'nr' AND category = '3'") ==
        "1 3");
    CHECK(store.sql("SELECT count(*) FROM label_version WHERE category <> ''") == "4");
}

TEST_CASE("links of the chain made before the upgrade still verify, and damage before them is found",
          "[store][upgrade]")
{
    const Upgraded store;
    CHECK(store.sql("SELECT form || ' ' || sealed || ' ' || vintage_id FROM chain ORDER BY position") ==
          "1 accept 1 | 1 accept 2 | 1 accept 3 | 2 upgrade 1 | 2 upgrade 2 | 2 upgrade 3");
    SqliteDatabase database(store.folder / "skurd.db", SqliteDatabase::Access::write);
    database.exec("DROP TRIGGER coverage_no_update; UPDATE coverage SET numbered_hash = 'x' WHERE id = 1");
    const auto found = store.verify().wrong;
    CHECK(std::any_of(found.begin(), found.end(), [](const auto& each) {
        return each == "vintage 1: it, or what came before it, is not what was sealed when it was ingested";
    }));
}

TEST_CASE("a store with computed ids goes on, late releases included", "[store][upgrade]")
{
    Upgraded upgraded;
    {
        StoreSession store(upgraded.folder.path(), StoreSession::Access::write, upgraded.clock);
        auto release = release_of({"2017Q3", "2018Q1"}, {{"1", {"40", "5"}}});
        release.dataset = "drop/quarters";
        release.dimensions.push_back({"unit", "unit", Role::none, {{"kr", "kr", "", {}}}, {}});
        const auto payload = PayloadStore(store).store("late", "text/csv", "x");
        const auto late = VintageStore(store).ingest(release, published("2020-08-01"), Origin::drop, payload, 0);
        CHECK(late.late);
        CHECK(late.counts.revised == 1);
        CHECK(late.counts.restored == 1);
    }
    CHECK_THAT(upgraded.numbers({at("2020-08-02"), {}}), Contains("1/2017Q3=40 "));
    CHECK_THAT(upgraded.numbers(), Contains("1/2017Q3=4 "));
    CHECK(upgraded.verify().wrong.empty());
}
