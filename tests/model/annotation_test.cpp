#include "base/error.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Time at(const char* text)
{
    return parse_time(text).value();
}

Correction correction(const char* made, const char* ended = "")
{
    Correction made_of;
    made_of.id = 3;
    made_of.series = 1;
    made_of.dataset = "drop/x";
    made_of.codes = {{"nr", "9"}};
    made_of.period = Period::year(2016);
    made_of.expected = Decimal(2840, 1);
    made_of.corrected = Decimal(2855, 1);
    made_of.reason = "mistyped";
    made_of.actor = "Kari";
    made_of.made_at = at(made);
    made_of.ended_at = parse_time(ended);
    if (made_of.ended_at) {
        made_of.ended_why = "the source changed it to 300";
        made_of.ended_vintage = 8;
    }
    return made_of;
}

Observation seen(const char* number, int year = 2016, std::int64_t vintage = 7)
{
    Observation observation;
    observation.series = 1;
    observation.dataset = "drop/x";
    observation.period = Period::year(year);
    observation.value.number = Decimal::parse(number);
    observation.value.symbol = {"*", Meaning::provisional};
    observation.observed_at = at("2020-03-01");
    observation.vintage = vintage;
    return observation;
}

/// The number that a read gives, with "†" where it is marked.
std::string read(const char* number, const Correction& correction, const char* moment, Numbers numbers)
{
    std::vector<Observation> observations = {seen(number)};
    apply_corrections(observations, {correction}, parse_time(moment), numbers);
    return observations[0].value.number->text() + (observations[0].correction ? "†" : "");
}

} // namespace

TEST_CASE("a corrected read has the corrected number where the source has the expected one, any other only the mark")
{
    const auto open = correction("2020-02-01");
    CHECK(read("284", open, "", Numbers::corrected) == "285.5†");
    CHECK(read("284.00", open, "", Numbers::corrected) == "285.5†");
    CHECK(read("284", open, "", Numbers::published) == "284†");
    CHECK(read("300", open, "", Numbers::corrected) == "300");
    CHECK(read("285.5", open, "", Numbers::corrected) == "285.5");

    std::vector<Observation> others = {seen("284", 2017), seen("284")};
    others[1].series = 2;
    others.push_back(seen("284"));
    others[2].value.number.reset();
    apply_corrections(others, {open}, {}, Numbers::corrected);
    for (const auto& other : others)
        CHECK_FALSE(other.correction);
    CHECK(others[0].value.number->text() == "284");
    CHECK(others[0].value.symbol.text == "*");
}

TEST_CASE("a read of the past applies the corrections that were open then")
{
    const auto ended = correction("2020-02-01", "2020-03-01");
    CHECK(read("284", ended, "", Numbers::corrected) == "284");
    CHECK(read("284", ended, "2020-01-31", Numbers::corrected) == "284");
    CHECK(read("284", ended, "2020-02-01", Numbers::corrected) == "285.5†");
    CHECK(read("284", ended, "2020-02-29", Numbers::corrected) == "285.5†");
    CHECK(read("284", ended, "2020-03-01", Numbers::corrected) == "284");
    CHECK(moment_of({at("2018-01-01"), at("2019-01-01")}) == at("2019-01-01"));
    CHECK(moment_of({at("2018-01-01"), {}}) == at("2018-01-01"));
    CHECK_FALSE(moment_of({}));
}

TEST_CASE("versions have the correction that was about them, ended or not, and keep their numbers")
{
    const auto ended = correction("2020-02-01", "2020-03-01");
    std::vector<Observation> versions = {seen("284"), seen("300", 2016, 8), seen("284", 2016, 9)};
    mark_versions(versions, {ended});
    REQUIRE(versions[0].correction);
    CHECK(versions[0].value.number->text() == "284");
    CHECK_FALSE(versions[1].correction);
    CHECK_FALSE(versions[2].correction);

    auto again = correction("2020-05-01");
    again.id = 4;
    mark_versions(versions, {ended, again});
    CHECK(versions[0].correction->id == 4);
    CHECK(versions[2].correction->id == 4);

    auto by_person = correction("2020-02-01", "2020-02-29");
    by_person.ended_vintage = 0;
    std::vector<Observation> later = {seen("284")};
    mark_versions(later, {by_person});
    CHECK_FALSE(later[0].correction);
    by_person.ended_at = at("2020-03-01");
    mark_versions(later, {by_person});
    CHECK(later[0].correction);
}

TEST_CASE("a correction reads the same everywhere")
{
    const auto open = correction("2020-02-01");
    CHECK(target_text(open) == "drop/x nr=9 2016");
    CHECK(correction_text(open, true, Language::en) == "corrected from 284.0 to 285.5: mistyped (Kari, 2020-02-01)");
    CHECK(correction_text(open, false, Language::nb) == "kildens 284,0 skal være 285,5: mistyped (Kari, 2020-02-01)");
    CHECK(
        correction_text(correction("2020-02-01", "2020-03-01"), false, Language::en) ==
        "the source's 284.0 should be 285.5: mistyped (Kari, 2020-02-01); ended 2020-03-01: the source changed it to "
        "300");
}

TEST_CASE("an annotation is about the numbers its target names")
{
    Annotation annotation;
    annotation.dataset = "drop/x";
    annotation.vintage = 7;
    CHECK(is_about(annotation, seen("1")));
    annotation.period = Period::year(2016);
    annotation.series = 1;
    CHECK(is_about(annotation, seen("1")));
    CHECK_FALSE(is_about(annotation, seen("1", 2017)));
    annotation.series = 2;
    CHECK_FALSE(is_about(annotation, seen("1")));
    annotation.series = 0;
    annotation.vintage = 8;
    CHECK_FALSE(is_about(annotation, seen("1")));
    annotation.vintage = 7;
    annotation.dataset = "drop/y";
    CHECK_FALSE(is_about(annotation, seen("1")));
}

TEST_CASE("an annotation stands from when it was made until it is withdrawn")
{
    Annotation annotation;
    annotation.made_at = at("2020-02-01");
    CHECK(stands(annotation, {}));
    annotation.withdrawn_at = at("2020-03-01");
    CHECK_FALSE(stands(annotation, {}));
    CHECK_FALSE(stands(annotation, at("2020-01-31")));
    CHECK(stands(annotation, at("2020-02-01")));
    CHECK_FALSE(stands(annotation, at("2020-03-01")));
}

TEST_CASE("a person's words are kept as they are, or refused")
{
    CHECK(checked_note("the text", "  Ærlig, «blåbær» og 語 – 100 % \n") == "Ærlig, «blåbær» og 語 – 100 %");
    CHECK(checked_note("the text", std::string(4000, 'x')).size() == 4000);
    CHECK_THROWS_WITH(checked_note("the text", std::string(4001, 'x')),
                      "the text has 4001 bytes, more than 4000: say it shorter");
    CHECK_THROWS_WITH(checked_note("the name", " \t"), "the name must not be empty");
    CHECK_THROWS_WITH(checked_note("the text", "bl\xe5"), "the text is not UTF-8: set the terminal's encoding to it");
    for (const auto* wrong : {"one\ntwo", "one\x1b[31m", "one\x7f",
                              "one\xc2\x9b"
                              "31m"})
        CHECK_THROWS_WITH(checked_note("the text", wrong),
                          "the text has a control character after 'one': write it on one line, as plain text");
}
