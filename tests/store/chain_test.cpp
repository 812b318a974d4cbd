// The two chains: what a forger who does not make them anew is found by, what a head that was kept outside proves,
// what stays of a name that was forgotten, and what a signature holds.
#include "lib/openssl/ed25519.hpp"
#include "model/correction.hpp"
#include "model/sign_off.hpp"
#include "store/actor_uid_store.hpp"
#include "store/annotation_store.hpp"
#include "store/catalogue_store.hpp"
#include "store/correction_store.hpp"
#include "store/flag_store.hpp"
#include "store/maintenance.hpp"
#include "store/person_store.hpp"
#include "store/run_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/verdict_store.hpp"
#include "tests/store/told_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figures.hpp"

#include <functional>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// What `openssl genpkey -algorithm ed25519` wrote once; it opens nothing.
constexpr auto private_key = "-----BEGIN PRIVATE KEY-----\n"
                             "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                             "-----END PRIVATE KEY-----\n";

bool is_among(const std::vector<std::string>& findings, const std::string& part)
{
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& each) { return each.find(part) != std::string::npos; });
}

struct Forgery {
    const char* name;
    const char* sql;
    const char* finding;
};

constexpr Forgery forgeries[] = {
    {"the newest vintage taken out",
     "DELETE FROM observation WHERE vintage_id = 2; DELETE FROM series_state; UPDATE run SET vintage_id = NULL;"
     "DELETE FROM vintage WHERE id = 2",
     "commit 2 is not what was sealed"},
    {"its commit taken out too",
     "DELETE FROM observation WHERE vintage_id = 2; DELETE FROM series_state; UPDATE run SET vintage_id = NULL;"
     "DELETE FROM vintage WHERE id = 2; DELETE FROM commit_log WHERE seq = 2; DELETE FROM content_chain"
     " WHERE commit_seq = 2; DELETE FROM log_chain WHERE kind = 'commit' AND item = 2",
     "has no link"},
    {"an earlier day of publication", "UPDATE vintage SET published_at = '2011-01-01T00:00:00Z' WHERE id = 2",
     "what was published in commit 2"},
    {"a label", "UPDATE category SET label = 'forged'", "the words of nr=9 are none that a release gave"},
    {"a label, and its version",
     "UPDATE category SET label = 'forged'; UPDATE label_version SET label = 'forged'"
     " WHERE category = '9'",
     "what was published in commit 1"},
    {"a unit", "UPDATE category SET unit = 'millioner'", "the words of nr=9"},
    {"the dataset's label", "UPDATE dataset SET label = 'forged'", "the words of the dataset"},
    {"a verdict", "UPDATE verdict SET outcome = 'worse'", "commit 3 is not what was sealed: a row of flag, verdict"},
    {"a verdict's sentence", "UPDATE verdict SET sentence_nb = 'forfalsket'", "commit 3 is not what was sealed"},
    {"one verdict more",
     "INSERT INTO verdict (indicator, definition, comparison, from_period, to_period, years, outcome,"
     " unit, rule, reason, sentence_nb, sentence_en, catalogue_hash, made_at) SELECT 10, 1,"
     " comparison, from_period, to_period, years, outcome, unit, rule, reason, sentence_nb,"
     " sentence_en, catalogue_hash, made_at FROM verdict",
     "1 rows of verdict are of no commit"},
    {"who annotated", "UPDATE annotation SET actor = 'Ola' WHERE id = 1", "a row of annotation"},
    {"what an annotation says", "UPDATE annotation SET text = 'forged' WHERE id = 1", "a row of annotation"},
    {"a withdrawal undone",
     "UPDATE annotation SET withdrawn_at = NULL, withdrawn_why = NULL, withdrawn_by = NULL, withdrawn_ingest_id = "
     "NULL",
     "a row of annotation"},
    {"an acknowledgement's note", "UPDATE flag_event SET note = 'never seen' WHERE note = 'seen'", "a row of flag"},
    {"a flag opened again", "UPDATE flag SET state = 'open'", "flag 1 is not as its last event left it"},
    {"the signer", "UPDATE sign_off SET actor = 'Riksrevisjonen'", "a row of sign-off"},
    {"a sign-off taken out", "DELETE FROM sign_off", "a row of sign-off"},
    {"a run's record", "UPDATE run SET message = 'all is well', outcome = 'nothing new' WHERE id = 1",
     "run 1 is not what was sealed"},
    {"where a payload came from", "UPDATE payload SET origin_url = 'https://www.ssb.no/'",
     "run 1 is not what was sealed: its record or those of its payloads"},
    {"the user behind a name", "UPDATE actor_uid SET uid = 0", "its user number is not the one that was sealed"},
    {"a name, with its hash", "UPDATE person SET name = 'Per' WHERE name = 'Kari'", "the name 'Per' is not the one"},
    {"a link of the log", "UPDATE log_chain SET hash = 'x' WHERE position = 3",
     "link 3 of the chain over what was done"},
    {"a trigger of one's own",
     "CREATE TRIGGER evil AFTER INSERT ON observation BEGIN UPDATE category SET label = label || '!'; END",
     "the trigger evil is not one of skurd's"},
    {"a view of one's own",
     "DROP VIEW current_indicator; CREATE VIEW current_indicator AS SELECT 42 AS indicator, '2018' AS period",
     "the view current_indicator is not the one that skurd makes"},
};

} // namespace

TEST_CASE("verify finds what was rewritten behind skurd's back", "[store]")
{
    const auto& forgery = GENERATE(from_range(std::begin(forgeries), std::end(forgeries)));
    CAPTURE(forgery.name);
    Told told;
    REQUIRE(told.wrong().empty());
    told.forge(forgery.sql);
    const auto found = told.wrong();
    CAPTURE(found);
    CHECK(is_among(found, forgery.finding));
}

TEST_CASE("a trigger that is gone is found", "[store]")
{
    const Told told;
    SqliteDatabase(told.folder / "skurd.db", SqliteDatabase::Access::write).exec("DROP TRIGGER verdict_no_update");
    CHECK(told.wrong() == std::vector<std::string>{"the trigger verdict_no_update is gone"});
}

TEST_CASE("a head that was kept outside is found again, and no other", "[store]")
{
    Told told;
    const auto before = told.verify();
    CHECK(before.wrong.empty());
    CHECK(before.content_head.size() == 64);
    CHECK(before.log_head.size() == 64);
    told.publish("2019-04-01", "286");
    const auto after = told.verify(before.log_head);
    CHECK(after.wrong.empty());
    CHECK_THAT(after.kept_head, Contains("all that was done up to commit 8"));
    CHECK_THAT(told.verify(before.content_head).kept_head, Contains("all that was published up to commit 2"));
    CHECK(after.log_head != before.log_head);
    CHECK(after.content_head != before.content_head);
    CHECK_THAT(told.wrong(std::string(64, 'a')).at(0), Contains("no state of this store ever had the head aaaa"));
}

TEST_CASE("whoever publishes the same has the same content head, in whatever order datasets are committed", "[store]")
{
    const auto publish = [](StoreFixture& here, const std::string& dataset) {
        auto release = release_of({"2016"}, {{"1", {"1"}}});
        release.dataset = dataset;
        const auto payload = PayloadStore(here.store).store(dataset, "text/csv", "x");
        VintageStore(here.store).ingest(release, published("2018-04-01"), Origin::drop, payload, 0);
    };
    StoreFixture one;
    publish(one, "drop/a");
    publish(one, "drop/b");
    StoreFixture other;
    other.clock.advance(std::chrono::hours(1000));
    publish(other, "drop/b");
    publish(other, "drop/a");
    CHECK(StoreMaintenance(one.store).heads().content == StoreMaintenance(other.store).heads().content);
    CHECK(StoreMaintenance(one.store).heads().log != StoreMaintenance(other.store).heads().log);
    publish(other, "drop/c");
    CHECK(StoreMaintenance(one.store).heads().content != StoreMaintenance(other.store).heads().content);
}

TEST_CASE("a name is forgotten for ever, and the chains stay as they were", "[store]")
{
    Told told;
    const auto before = told.verify();
    const auto pseudonym = PersonStore(told.store).forget("Kari");
    CHECK(pseudonym.size() == 17);
    CHECK_THAT(pseudonym, Catch::Matchers::StartsWith("person-"));
    const auto after = told.verify(before.log_head);
    CHECK(after.wrong.empty());
    CHECK_THAT(after.kept_head, Contains("all that was done up to"));
    CHECK(after.content_head == before.content_head);

    CHECK(AnnotationStore(told.store).list({}, Ended::included).at(0).actor == pseudonym);
    CHECK_FALSE(AnnotationStore(told.store).list({}, Ended::included).at(0).uid);
    CHECK(SignOffStore(told.store).list().at(0).actor == pseudonym);
    CHECK(told.sql("SELECT actor FROM flag") == pseudonym);
    CHECK(told.sql("SELECT count(*) FROM person WHERE salt IS NULL") == "1");
    CHECK(PersonStore(told.store).forget("Kari").empty());
    CHECK(PersonStore(told.store).forget("nobody").empty());
    CHECK(AnnotationStore(told.store).list({}, Ended::included).at(1).withdrawn_by == "Ola");
}

TEST_CASE("the file has no trace of a name that was forgotten", "[store]")
{
    TempDir folder;
    ManualClock clock{"2020-01-01T12:00:00Z"};
    {
        StoreFixture here;
        here.accept(release_of({"2016"}, {{"1", {"1"}}}), "2018-04-01");
        Annotation note;
        note.period = Period::year(2016);
        note.text = "a note";
        note.actor = "Gunhild Gåsemor";
        AnnotationStore(here.store).add(Selector::parse("drop/table"), note);
        StoreMaintenance(here.store).back_up(folder / "before.db");
        CHECK_THAT(read_file(folder / "before.db"), Contains("Gunhild"));
        PersonStore(here.store).forget("Gunhild Gåsemor");
        StoreMaintenance(here.store).back_up(folder / "after.db");
    }
    CHECK_THAT(read_file(folder / "after.db"), !Contains("Gunhild"));
}

TEST_CASE("names may not be changed but by being forgotten", "[store]")
{
    const Told told;
    SqliteDatabase database(told.folder / "skurd.db", SqliteDatabase::Access::write);
    for (const char* statement :
         {"UPDATE annotation SET actor = 'Per'", "UPDATE annotation SET withdrawn_by = 'Per' WHERE id = 2",
          "UPDATE flag_event SET actor = 'Per'", "UPDATE sign_off SET actor = 'Per'",
          "UPDATE actor_uid SET actor = 'Per'", "UPDATE actor_uid SET uid = 7", "DELETE FROM person",
          "UPDATE person SET hash = 'x'", "UPDATE person SET name = 'Per'"}) {
        CAPTURE(statement);
        CHECK_THROWS_AS(database.exec(statement), StoreError);
    }
}

TEST_CASE("a sign-off is signed with a key that skurd never has", "[store]")
{
    Told told;
    const auto statement = SignOffStore(told.store).statement(1);
    CHECK_THAT(statement, Contains("skurd sign-off 1\nset 3, period 2018\nsigned "));
    CHECK_THAT(statement, Contains("\nlog head "));
    const auto made = sign_ed25519(private_key, statement);
    CHECK(SignOffStore(told.store).add_signature(1, made.public_key, made.signature) == 1);
    CHECK(told.wrong().empty());
    const auto kept = SignOffStore(told.store).list().at(0).signatures.at(0);
    CHECK(kept.statement == statement);
    CHECK(kept.public_key == made.public_key);

    auto other = made.signature;
    other[5] = static_cast<char>(other[5] ^ 1);
    CHECK_THAT(message_of([&] { SignOffStore(told.store).add_signature(1, made.public_key, other); }),
               Contains("that is no signature of this key over the statement of sign-off 1"));
    CHECK_THAT(message_of([&] { SignOffStore(told.store).add_signature(1, "no key", made.signature); }),
               Contains("that is no public key of Ed25519 in PEM"));
    CHECK_THAT(message_of([&] { SignOffStore(told.store).statement(2); }), Contains("there is no sign-off 2"));
    CHECK_THAT(message_of([&] { sign_ed25519("no key", statement); }), Contains("no private key of Ed25519"));

    PersonStore(told.store).forget("Kari");
    CHECK(SignOffStore(told.store).statement(1) == statement);
    CHECK(told.wrong().empty());
    told.forge("UPDATE sign_off SET period = '2019'");
    CHECK(is_among(told.wrong(), "signature 1: sign-off 1 does not say any more what was signed"));
}

TEST_CASE("a reader may be given no names", "[store]")
{
    const Told told;
    StoreSession reader(told.folder.path(), StoreSession::Access::read, told.clock);
    reader.leave_out_names();
    const auto annotations = AnnotationStore(reader).list({}, Ended::included);
    CHECK(annotations.at(0).actor.empty());
    CHECK_FALSE(annotations.at(0).uid);
    CHECK(annotations.at(1).withdrawn_by.empty());
    CHECK_THAT(annotation_text(annotations.at(0)), Contains("an honest note (2020-01-01)"));
    CHECK(FlagStore(reader).list(Ended::included).at(0).actor.empty());
    CHECK(FlagStore(reader).events(1).at(1).actor.empty());
    CHECK(FlagStore(reader).events(1).at(1).note == "seen");
    CHECK(SignOffStore(reader).list().at(0).actor.empty());
    CHECK(SignOffStore(reader).find(1).actor.empty());
    CHECK(SignOffStore(told.store).find(1).actor == "Kari");
}

TEST_CASE("a run that goes by its age leaves its link", "[store]")
{
    Told told;
    Run run;
    run.id = RunStore(told.store).start("job");
    run.job = "job";
    run.outcome = RunOutcome::failed;
    RunStore(told.store).finish(run);
    CHECK(told.wrong().empty());
    told.forge("DELETE FROM run WHERE id = " + std::to_string(run.id));
    CHECK(told.wrong().empty());
}
