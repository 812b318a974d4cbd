// Annotations and corrections in the store.
#include "base/error.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A store with three series, of which 9 is "284.50" in 2016 and confidential in 2017.
struct Remarks : StoreFixture {
    Remarks() { accept(table("284.50"), "2018-04-01"); }

    static Release table(const char* number)
    {
        return release_of({"2016", "2017"},
                          {{"8", {"1", "2"}}, {"9", {number, ":"}}, {"10", {"12345678901234567.8", "4"}}});
    }

    static Correction wanted(const char* expected, const char* corrected, int year = 2016)
    {
        Correction correction;
        correction.period = Period::year(year);
        correction.expected = Decimal::parse(expected).value();
        correction.corrected = Decimal::parse(corrected).value();
        correction.reason = "skrivefeil, blåbær";
        correction.actor = "Kåre";
        return correction;
    }

    std::int64_t correct(const Correction& correction, const char* series = "drop/table{nr=9}")
    {
        return CorrectionStore(store).add(Selector::parse(series), correction);
    }
    std::string refused(const Correction& correction, const char* series = "drop/table{nr=9}")
    {
        return message_of([&] { correct(correction, series); });
    }

    static Annotation note(const char* text)
    {
        Annotation annotation;
        annotation.period = Period::year(2016);
        annotation.text = text;
        annotation.actor = "Kåre";
        return annotation;
    }
    std::string refused(const Annotation& annotation, const char* target = "drop/table")
    {
        return message_of([&] { AnnotationStore(store).add(Selector::parse(target), annotation); });
    }
};

} // namespace

TEST_CASE("a correction is kept with the very decimals of both numbers", "[store]")
{
    Remarks here;
    const auto first = here.correct(Remarks::wanted("284.5", "285.0"));
    here.correct(Remarks::wanted("12345678901234567.80", "1234567890123456.78"), "drop/table{nr=10}");
    const auto kept = CorrectionStore(here.store).list("drop/table", Ended::left_out);

    REQUIRE(kept.size() == 2);
    CHECK(kept[0].id == first);
    CHECK(kept[0].dataset == "drop/table");
    CHECK(kept[0].codes == Codes{{"nr", "9"}});
    CHECK(kept[0].period == Period::year(2016));
    CHECK(kept[0].expected.text() == "284.50");
    CHECK(kept[0].corrected.text() == "285.0");
    CHECK(kept[0].reason == "skrivefeil, blåbær");
    CHECK(kept[0].actor == "Kåre");
    CHECK(kept[0].made_at == here.clock.now());
    CHECK_FALSE(kept[0].ended_at);
    CHECK(kept[1].expected.text() == "12345678901234567.8");
    CHECK(kept[1].corrected.text() == "1234567890123456.78");
    CHECK(CorrectionStore(here.store).list(std::nullopt, Ended::left_out).size() == 2);
    CHECK(CorrectionStore(here.store).list("drop/other", Ended::included).empty());
    CHECK(here.read() == "10/2016=12345678901234567.8 10/2017=4 8/2016=1 8/2017=2 9/2016=284.50 9/2017=:");
}

TEST_CASE("a correction that does not fit what the store holds is refused, and says what it holds", "[store]")
{
    Remarks here;
    const struct {
        Correction correction;
        const char* series = nullptr;
        const char* message = nullptr;
    } rows[] = {
        {Remarks::wanted("282", "285"), "drop/table{nr=9}",
         "drop/table nr=9 2016: the store holds 284.50, not 282: look at `skurd history`, and expect 284.50 if that "
         "is "
         "the number that is wrong"},
        {Remarks::wanted("1", "2", 2017), "drop/table{nr=9}",
         "drop/table nr=9 2017: the store holds no number (:), so there is none to correct"},
        {Remarks::wanted("1", "2", 2018), "drop/table{nr=9}",
         "drop/table nr=9 2018: the store has no such observation (the series has 2016 to 2017)"},
        {Remarks::wanted("284.5", "284.50"), "drop/table{nr=9}",
         "drop/table nr=9 2016: 284.50 is the number the source has"},
        {Remarks::wanted("1", "2"), "drop/table{nr=11}", "unknown code of nr in drop/table '11'"},
        {Remarks::wanted("1", "2"), "drop/tabel{nr=9}", "unknown dataset 'drop/tabel' (did you mean 'drop/table'?)"},
        {Remarks::wanted("1", "2"), "drop/table",
         "drop/table means 3 series, where one is needed: name it, like drop/table{nr="},
    };
    for (const auto& row : rows)
        CHECK_THAT(here.refused(row.correction, row.series), Contains(row.message));
    auto unsigned_one = Remarks::wanted("284.5", "285");
    unsigned_one.actor = " ";
    CHECK(here.refused(unsigned_one) == "the name must not be empty");
    auto silent = Remarks::wanted("284.5", "285");
    silent.reason = "";
    CHECK(here.refused(silent) == "the reason must not be empty");
    CHECK(CorrectionStore(here.store).list(std::nullopt, Ended::included).empty());
}

TEST_CASE("a cell has one open correction at a time", "[store]")
{
    Remarks here;
    const auto first = here.correct(Remarks::wanted("284.5", "285"));
    CHECK(here.refused(Remarks::wanted("284.5", "286")) ==
          fmt::format("drop/table nr=9 2016: correction {0} of Kåre is open: end it first (skurd correct --end {0})",
                      first));
    here.clock.advance(std::chrono::hours(1));
    CorrectionStore(here.store).end(first, "feil likevel", "Åse", 0);
    const auto second = here.correct(Remarks::wanted("284.5", "286"));
    const auto all = CorrectionStore(here.store).list(std::nullopt, Ended::included);
    const auto open = CorrectionStore(here.store).list(std::nullopt, Ended::left_out);

    REQUIRE(open.size() == 1);
    CHECK(open[0].id == second);
    REQUIRE(all.size() == 2);
    CHECK(all[0].ended_at == here.clock.now());
    CHECK(all[0].ended_why == "feil likevel");
    CHECK(all[0].ended_by == "Åse");
    CHECK(all[0].ended_vintage == 0);
    CHECK_THAT(message_of([&] { CorrectionStore(here.store).end(first, "x", "y", 0); }),
               Contains(fmt::format("correction {} ended 2020-01-01T14:00:00Z already", first)));
    CHECK(message_of([&] { CorrectionStore(here.store).end(77, "x", "y", 0); }) ==
          "there is no correction 77 (see `skurd corrections --all`)");
}

TEST_CASE("what a correction is about is read in its newest state", "[store]")
{
    Remarks here;
    here.correct(Remarks::wanted("284.5", "285"));
    const auto correction = CorrectionStore(here.store).list(std::nullopt, Ended::left_out).at(0);
    const auto before = CorrectionStore(here.store).cell(correction);
    here.accept(Remarks::table("300"), "2019-11-01");
    const auto after = CorrectionStore(here.store).cell(correction);

    REQUIRE(before);
    CHECK(before->value.number->text() == "284.50");
    REQUIRE(after);
    CHECK(after->value.number->text() == "300");
    CHECK(after->vintage == 2);
}

TEST_CASE("an annotation is about a dataset's or a series' period, or a vintage", "[store]")
{
    Remarks here;
    auto about_period = Remarks::note("ny måte å telle på");
    about_period.kind = AnnotationKind::series_break;
    AnnotationStore(here.store).add(Selector::parse("drop/table"), about_period);
    auto about_vintage = Remarks::note("hele utgaven");
    about_vintage.period.reset();
    about_vintage.vintage = 1;
    AnnotationStore(here.store).add(Selector::parse("drop/table"), about_vintage);
    auto about_number = Remarks::note("ett tall");
    about_number.kind = AnnotationKind::error_correction;
    about_number.vintage = 1;
    AnnotationStore(here.store).add(Selector::parse("drop/table{nr=9}"), about_number);
    const auto kept = AnnotationStore(here.store).list("drop/table", Ended::left_out);

    REQUIRE(kept.size() == 3);
    CHECK(target_text(kept[0]) == "drop/table 2016");
    CHECK(kept[0].kind == AnnotationKind::series_break);
    CHECK(kept[0].text == "ny måte å telle på");
    CHECK(kept[0].actor == "Kåre");
    CHECK(kept[0].made_at == here.clock.now());
    CHECK(target_text(kept[1]) == "drop/table vintage 1");
    CHECK(target_text(kept[2]) == "drop/table nr=9 2016 (vintage 1)");
    CHECK(kept[2].kind == AnnotationKind::error_correction);
    CHECK(AnnotationStore(here.store).list("drop/other", Ended::included).empty());
}

TEST_CASE("an annotation without a target in the store is refused", "[store]")
{
    Remarks here;
    auto nowhere = Remarks::note("x");
    nowhere.period.reset();
    auto late_break = nowhere;
    late_break.kind = AnnotationKind::series_break;
    late_break.vintage = 1;
    auto no_vintage = Remarks::note("x");
    no_vintage.vintage = 2;
    auto no_period = Remarks::note("x");
    no_period.period = Period::year(2031);

    CHECK(here.refused(nowhere) ==
          "say what of drop/table it is about: a period (--period), a vintage (--vintage), or both");
    CHECK(here.refused(late_break) == "a break needs the first period after it (--period)");
    CHECK_THAT(here.refused(no_vintage), Contains("drop/table has no vintage 2"));
    CHECK_THAT(here.refused(no_period), Contains("drop/table has nothing in the period 2031"));
    CHECK_THAT(here.refused(Remarks::note("x"), "drop/table{nr=8|9}"), Contains("means 2 series"));
    CHECK_THAT(here.refused(Remarks::note("x"), "drop/tabel"), Contains("did you mean 'drop/table'"));
    CHECK(here.refused(Remarks::note("a\nb")).starts_with("the text has a control character after 'a'"));
    CHECK(AnnotationStore(here.store).list(std::nullopt, Ended::included).empty());
}

TEST_CASE("an annotation is withdrawn once, and stays to be read", "[store]")
{
    Remarks here;
    const auto id = AnnotationStore(here.store).add(Selector::parse("drop/table"), Remarks::note("x"));
    AnnotationStore(here.store).withdraw(id, "feil tabell", "Åse");
    const auto all = AnnotationStore(here.store).list(std::nullopt, Ended::included);

    CHECK(AnnotationStore(here.store).list(std::nullopt, Ended::left_out).empty());
    REQUIRE(all.size() == 1);
    CHECK(all[0].withdrawn_at == here.clock.now());
    CHECK(all[0].withdrawn_why == "feil tabell");
    CHECK(all[0].withdrawn_by == "Åse");
    CHECK_THAT(message_of([&] { AnnotationStore(here.store).withdraw(id, "x", "y"); }), Contains("was withdrawn"));
    CHECK(message_of([&] { AnnotationStore(here.store).withdraw(9, "x", "y"); }) ==
          "there is no annotation 9 (see `skurd annotations --all`)");
}

TEST_CASE("what people said is append-only, also for SQL", "[store]")
{
    Remarks here;
    CorrectionStore(here.store).end(here.correct(Remarks::wanted("284.5", "285")), "x", "y", 0);
    here.correct(Remarks::wanted("284.5", "286"));
    AnnotationStore(here.store)
        .withdraw(AnnotationStore(here.store).add(Selector::parse("drop/table"), Remarks::note("x")), "x", "y");
    AnnotationStore(here.store).add(Selector::parse("drop/table"), Remarks::note("z"));
    SqliteDatabase database(here.folder / "skurd.db", SqliteDatabase::Access::write);

    for (const char* sql :
         {"UPDATE correction SET corrected = 7 WHERE id = 2", "UPDATE correction SET reason = ''",
          "UPDATE correction SET ended_at = NULL, ended_why = NULL, ended_by = NULL WHERE id = 1",
          "UPDATE correction SET ended_why = 'z' WHERE id = 1", "DELETE FROM correction",
          "UPDATE annotation SET text = 'z'",
          "UPDATE annotation SET withdrawn_at = NULL, withdrawn_why = NULL, withdrawn_by = NULL WHERE id = 1",
          "DELETE FROM annotation"})
        CHECK_THAT(message_of([&] { database.exec(sql); }), Contains("append-only"));
    CHECK_THAT(message_of([&] { database.exec("UPDATE correction SET ended_at = 'x' WHERE id = 2"); }),
               Contains("CHECK constraint"));
    CHECK(CorrectionStore(here.store).list(std::nullopt, Ended::included).size() == 2);
}

TEST_CASE("the views show corrections and notes beside the numbers, as the program reads them", "[store]")
{
    Remarks here;
    const auto ended = here.correct(Remarks::wanted("2", "3", 2017), "drop/table{nr=8}");
    CorrectionStore(here.store).end(ended, "x", "y", 0);
    here.correct(Remarks::wanted("284.5", "285.0"));
    here.correct(Remarks::wanted("12345678901234567.80", "1"), "drop/table{nr=10}");
    AnnotationStore(here.store).add(Selector::parse("drop/table{nr=9}"), Remarks::note("ett tall"));
    const auto corrected = "SELECT group_concat(correction_id || ' ' || value || ' ' || corrected || ' ' ||"
                           " corrected_decimals || ' ' || reason || ' ' || person, ' / ') FROM corrected_observation"
                           " WHERE correction_id IS NOT NULL AND codes ->> 'nr' = '9'";

    CHECK(here.sql(corrected) == "2 284.5 285.0 1 skrivefeil, blåbær Kåre");
    CHECK(
        here.sql("SELECT group_concat(codes ->> 'nr' || '/' || period, ' ') FROM (SELECT * FROM corrected_observation"
                 " WHERE corrected IS NOT NULL ORDER BY series_id DESC)") == "9/2016 10/2016");
    CHECK(here.sql("SELECT count(*) FROM corrected_observation") == "6");
    CHECK(here.sql("SELECT dataset || codes || period || expected || ' ' || corrected FROM open_correction"
                   " WHERE id = 2") == R"(drop/table{"nr":"9"}2016284.5 285.0)");
    CHECK(here.sql("SELECT count(*) FROM open_correction") == "2");
    CHECK(here.sql("SELECT o.value || ' ' || n.text FROM current_observation AS o JOIN observation_note AS n"
                   " ON n.dataset = o.dataset AND o.series_id = coalesce(n.series_id, o.series_id)"
                   " AND o.period = coalesce(n.period, o.period)"
                   " AND o.vintage_id = coalesce(n.vintage_id, o.vintage_id)") == "284.5 ett tall");

    here.accept(Remarks::table("300"), "2019-11-01"); // not judged yet: the correction is open, but of no use
    CHECK(here.sql(corrected).empty());
    CHECK(here.sql("SELECT count(*) FROM open_correction") == "2");
}
