// The numbers of commits: without gaps, in the order of commits, whatever is rolled back.
#include "store/annotation_store.hpp"
#include "store/commit_store.hpp"
#include "store/correction_store.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/maintenance.hpp"
#include "store/sign_off_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace skurd;
using namespace skurd::test;

namespace {

Flag flag(const std::string& key)
{
    Flag made;
    made.key = key;
    return made;
}

struct Committed : StoreFixture {
    CommitStore commits{store};

    /// "1 vintage drop/table, 2 flag" of what came after the number.
    std::string since(std::int64_t seq = 0) const
    {
        std::string text;
        for (const auto& commit : commits.since(seq))
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", commit.seq, to_string(commit.kind),
                                commit.dataset.empty() ? "" : " " + commit.dataset);
        return text;
    }
};

} // namespace

TEST_CASE("every commit that shows something has the next number, and names what it shows", "[store]")
{
    Committed here;
    CHECK(here.commits.newest() == 0);
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    auto relabelled = release_of({"2016"}, {{"1", {"2"}}});
    relabelled.dimensions[0].categories[0].label = "Another";
    here.accept(relabelled, "2018-05-01");
    Annotation note;
    note.text = "sett";
    note.actor = "Kari";
    note.vintage = 1;
    const auto id = AnnotationStore(here.store).add(Selector::parse("drop/table"), note);
    AnnotationStore(here.store).withdraw(id, "feil", "Kari");
    Correction wrong;
    wrong.period = Period::year(2016);
    wrong.expected = Decimal(2, 0);
    wrong.corrected = Decimal(3, 0);
    wrong.reason = "trykkfeil";
    wrong.actor = "Kari";
    const auto correction = CorrectionStore(here.store).add(Selector::parse("drop/table{nr=1}"), wrong);
    CorrectionStore(here.store).end(correction, "rettet", "Kari", 0);
    SignOffStore(here.store).store({});

    CHECK(here.since() == "1 vintage drop/table, 1 label drop/table, 2 vintage drop/table, 2 label drop/table, 3 "
                          "annotation drop/table, "
                          "4 annotation drop/table, 5 correction drop/table, 6 correction drop/table, 7 sign-off");
    CHECK(here.since(5) == "6 correction drop/table, 7 sign-off");
    CHECK(here.commits.newest() == 7);
    CHECK(here.commits.kinds_since(4) == std::set{CommitKind::correction, CommitKind::sign_off});
    CHECK(here.commits.datasets_since(1, CommitKind::vintage) == std::set<std::string>{"drop/table"});
    CHECK(here.commits.datasets_since(2, CommitKind::vintage).empty());
    CHECK(here.sql("SELECT group_concat(ingest_id) FROM (SELECT ingest_id FROM vintage UNION ALL SELECT ingest_id"
                   " FROM metadata_change UNION ALL SELECT ingest_id FROM annotation UNION ALL SELECT ingest_id FROM"
                   " correction UNION ALL SELECT ingest_id FROM sign_off)") == "1,2,2,3,5,7");
    CHECK(StoreMaintenance(here.store).verify().wrong.empty());
}

TEST_CASE("what shows nothing new takes no number", "[store]")
{
    Committed here;
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
    here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-05-01"); // a confirmation
    VintageStore(here.store).confirm(1);
    JobStore(here.store).store_state("job", {});
    VerdictStore(here.store).store({}, "hash");
    CHECK(here.since() == "1 vintage drop/table, 1 label drop/table");
}

TEST_CASE("a transaction in another is part of its commit, and one that is rolled back leaves no number", "[store]")
{
    Committed here;
    {
        StoreSession::Transaction outer(here.store);
        FlagStore(here.store).raise(flag("a"));
        VerdictStore(here.store).store({Verdict{}}, "hash");
        FlagStore(here.store).raise(flag("b"));
        outer.commit();
    }
    {
        StoreSession::Transaction taken_back(here.store);
        FlagStore(here.store).raise(flag("c"));
    }
    {
        StoreSession::Transaction outer(here.store);
        {
            StoreSession::Transaction taken_back(here.store);
            Verdict verdict;
            verdict.indicator = 7;
            VerdictStore(here.store).store({verdict}, "hash");
        }
        FlagStore(here.store).raise(flag("d"));
        outer.commit();
    }
    {
        StoreSession::Transaction outer(here.store);
        {
            StoreSession::Transaction taken_back(here.store);
            FlagStore(here.store).raise(flag("e"));
        }
        outer.commit();
    }
    FlagStore(here.store).raise(flag("f"));

    CHECK(here.since() == "1 flag, 1 verdict, 2 flag, 3 flag");
    CHECK(here.sql("SELECT group_concat(ingest_id) FROM flag_event") == "1,1,2,3");
    CHECK(here.sql("SELECT seq FROM commit_counter") == "3");
}

TEST_CASE("verify finds a commit that was taken out", "[store]")
{
    Committed here;
    for (const char* key : {"a", "b", "c"})
        FlagStore(here.store).raise(flag(key));
    SqliteDatabase(here.folder / "skurd.db", SqliteDatabase::Access::write)
        .exec("DROP TRIGGER commit_log_no_delete; DELETE FROM commit_log WHERE seq = 2");
    const auto found = StoreMaintenance(here.store).verify().wrong;
    CHECK(std::count(found.begin(), found.end(), "the log of commits holds 2 of 3 numbers: some were taken out") ==
          1);
    CHECK(std::count(found.begin(), found.end(), "commit 2 is gone") == 1);
}
