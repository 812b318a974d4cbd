#include "query/observations.hpp"

#include "base/time_text.hpp"
#include "store/annotation_store.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;

namespace {

/// "9/2016=10 9/2017=5": indicator (0 for a series), period and value.
std::string text_of(const std::vector<ObservationRow>& rows)
{
    std::string text;
    for (const auto& row : rows)
        text += fmt::format("{}{}/{}={}", text.empty() ? "" : " ", row.indicator, row.observation.period.text(),
                            StoreFixture::word(row.observation.value));
    return text;
}

ObservationQuestion question_of(const QueryFixture& here, const std::string& target)
{
    return {read_target(target, here.catalogue)};
}

} // namespace

TEST_CASE("observations are those of a series, of an indicator or of every indicator", "[query]")
{
    const QueryFixture here;
    const auto read = [&](const std::string& target) {
        return text_of(observations(here.store, here.catalogue, question_of(here, target)));
    };
    CHECK(read("drop/table{nr=2}") == "0/2016=1 0/2017=2");
    CHECK(read("9") == "9/2016=10 9/2017=5");
    CHECK(read("10") == "10/2016=11 10/2017=7");
    CHECK(read("") == "9/2016=10 9/2017=5 10/2016=11 10/2017=7");
}

TEST_CASE("observations are read as of a day, and only of the period asked for", "[query]")
{
    const QueryFixture here;
    auto question = question_of(here, "10");
    question.as_of.published = at("2018-06-01");
    CHECK(text_of(observations(here.store, here.catalogue, question)) == "10/2016=11 10/2017=22");
    question.period = Period::year(2017);
    CHECK(text_of(observations(here.store, here.catalogue, question)) == "10/2017=22");
}

TEST_CASE("a history has every version of a number, and of a computed one where it changed", "[query]")
{
    const QueryFixture here;
    const auto read = [&](const std::string& target) {
        return text_of(observation_history(here.store, here.catalogue, question_of(here, target)));
    };
    CHECK(read("drop/table{nr=1}") == "0/2016=10 0/2017=20 0/2017=5");
    CHECK(read("9") == "9/2016=10 9/2017=20 9/2017=5");
    CHECK(read("10") == "10/2016=11 10/2017=22 10/2017=7");
}

TEST_CASE("a history as of a day says nothing of what was published later", "[query]")
{
    const QueryFixture here;
    const auto read = [&](const std::string& target, std::optional<Time> published) {
        auto question = question_of(here, target);
        question.as_of.published = published;
        const auto rows = observation_history(here.store, here.catalogue, question);
        std::string text = text_of(rows);
        for (const auto& row : rows)
            if (const auto& at = row.observation.superseded_at)
                text += " until " + format_time(*at);
        return text;
    };
    CHECK(read("drop/table{nr=1}", {}) == "0/2016=10 0/2017=20 0/2017=5 until 2019-01-01T00:00:00Z");
    CHECK(read("drop/table{nr=1}", at("2018-06-01")) == "0/2016=10 0/2017=20");
    CHECK(read("9", at("2018-06-01")) == "9/2016=10 9/2017=20");
    CHECK(read("10", at("2018-06-01")) == "10/2016=11 10/2017=22");
    CHECK(read("9", at("2017-06-01")).empty());
}

TEST_CASE("a history of what had been seen by a day has nothing that a late release brought", "[query]")
{
    StoreFixture here;
    const auto said = [&](const char* number, const char* day) {
        here.accept(release_of({"2018"}, {{"1", {number}}}), day);
    };
    said("10", "2018-01-01");
    said("10", "2019-01-01");
    const AsOf before{{}, here.clock.now()};
    said("11", "2018-06-01"); // comes late, and makes a version of what had confirmed the first
    const auto read = [&](const AsOf& as_of) {
        const ObservationQuestion question{.target = Selector::parse("drop/table"), .as_of = as_of};
        return observation_history(here.store, Catalogue(), question);
    };
    CHECK(text_of(read({})) == "0/2018=10 0/2018=11 0/2018=10");
    const auto then = read(before);
    REQUIRE(text_of(then) == "0/2018=10");
    CHECK_FALSE(then.front().observation.superseded_at);
}

TEST_CASE("a computed value has the versions that could have been computed by a day", "[query]")
{
    QueryFixture here;
    const AsOf before{{}, here.clock.now()};
    // Comes late: it stands between the two releases, and the second one says again what it said.
    here.accept(release_of({"2016", "2017"}, {{"1", {"10", "7"}}}), "2018-06-01");
    const auto read = [&](const AsOf& as_of) {
        auto question = question_of(here, "10");
        question.as_of = as_of;
        return text_of(observation_history(here.store, here.catalogue, question));
    };
    CHECK(read({}) == "10/2016=11 10/2017=22 10/2017=9 10/2017=7");
    CHECK(read(before) == "10/2016=11 10/2017=22 10/2017=7");
    CHECK(read({at("2018-12-31"), before.known}) == "10/2016=11 10/2017=22");
    CHECK(read({at("2018-12-31"), {}}) == "10/2016=11 10/2017=22 10/2017=9");
    CHECK(read({{}, at("2000-01-01")}).empty());
}

TEST_CASE("a history as of a moment has what people had said by then", "[query]")
{
    QueryFixture here;
    Annotation annotation;
    annotation.text = "nytt skjema";
    annotation.actor = "Kari";
    annotation.period = Period::year(2017);
    const auto before = here.clock.now();
    here.clock.advance(std::chrono::hours(1));
    AnnotationStore(here.store).add(Selector::parse("drop/table{nr=1}"), annotation);
    auto question = question_of(here, "9");
    CHECK(observation_history(here.store, here.catalogue, question).back().annotations.size() == 1);
    question.as_of.known = before;
    const auto rows = observation_history(here.store, here.catalogue, question);
    REQUIRE_FALSE(rows.empty());
    CHECK(rows.back().annotations.empty());
}

TEST_CASE("each observation has the annotations that are about it and stood then", "[query]")
{
    QueryFixture here;
    Annotation annotation;
    annotation.text = "nytt skjema";
    annotation.actor = "Kari";
    annotation.period = Period::year(2017);
    const auto id = AnnotationStore(here.store).add(Selector::parse("drop/table{nr=1}"), annotation);
    auto question = question_of(here, "9");
    auto rows = observations(here.store, here.catalogue, question);
    CHECK(rows.at(0).annotations.empty());
    REQUIRE(rows.at(1).annotations.size() == 1);
    CHECK(rows.at(1).annotations.front().text == "nytt skjema");
    question.as_of.known = at("2019-12-31");
    CHECK(observations(here.store, here.catalogue, question).empty()); // nothing had been seen by then
    AnnotationStore(here.store).withdraw(id, "feil", "Ola");
    rows = observation_history(here.store, here.catalogue, question_of(here, "9"));
    CHECK(rows.back().annotations.empty());
}

TEST_CASE("a table is visited series by series, and comes to what is read at once", "[query]")
{
    QueryFixture here;
    const auto selector = Selector::parse("drop/table");
    std::string visits;
    ObservationStore(here.store).visit_history(selector, [&](std::vector<Observation>& found) {
        visits += fmt::format("{} of {}; ", found.size(), found.front().codes.front().second);
    });
    const ObservationQuestion question{.target = selector};
    std::size_t visited = 0;
    const auto rows = observations(here.store, here.catalogue, question);
    visit_observations(here.store, here.catalogue, question, [&](const ObservationRow& row) {
        CHECK(row.observation.value == rows.at(visited++).observation.value);
    });

    CHECK(visits == "3 of 1; 2 of 2; ");
    CHECK(rows.size() == 4);
    CHECK(visited == 4);
}

TEST_CASE("a number of a series says which indicators leave it out", "[query]")
{
    QueryFixture here;
    auto later = here.catalogue.indicators[0].definitions[0];
    later.id = 2;
    later.from = at("2018-06-01");
    here.catalogue.indicators[0].definitions.push_back(later);
    here.accept(release_of({"2015"}, {{"1", {"8"}}}), "2018-02-01"); // a late one, of before that
    const auto question = question_of(here, "drop/table");
    const auto left_out = [](const std::vector<ObservationRow>& rows) {
        std::string text;
        for (const auto& row : rows)
            for (const auto& one : row.left_out.value())
                text += fmt::format("{}={} {}/{} ", row.observation.period.text(), one.period.text(), one.indicator,
                                    one.definition);
        return text;
    };
    CHECK(left_out(observations(here.store, here.catalogue, question)) == "2015=2015 9/2 ");
    auto of_a_day = question;
    of_a_day.as_of.published = at("2018-05-01");
    CHECK(left_out(observations(here.store, here.catalogue, of_a_day)).empty());
    CHECK_FALSE(observations(here.store, here.catalogue, question_of(here, "9")).front().left_out);
    CHECK_FALSE(observation_history(here.store, here.catalogue, question).front().left_out);
}
