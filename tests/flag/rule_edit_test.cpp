// What an edit of the catalogue's rules does to the flags: one of its own, and no news of the others.
#include "base/time_text.hpp"
#include "flag/flag_changes.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using Catch::Matchers::Contains;

namespace {

const Time edited_at = parse_time("2019-11-02").value();

Catalogue catalogue_of_five()
{
    Catalogue made;
    for (int number = 1; number <= 5; ++number) {
        Indicator indicator;
        indicator.number = number;
        indicator.label = {fmt::format("Tall {}", number), fmt::format("Number {}", number)};
        Definition definition;
        definition.id = 1;
        indicator.definitions = {definition};
        made.indicators.push_back(indicator);
    }
    return made;
}

/// On 100 in 2016 and `value` in 2017, of that vintage.
Verdict judged(int indicator, Outcome outcome, const char* value = "103", std::int64_t vintage = 1)
{
    Verdict made;
    made.indicator = indicator;
    made.definition = 1;
    made.from = Period::year(2016);
    made.to = Period::year(2017);
    made.old_value = Decimal::parse("100");
    made.new_value = Decimal::parse(value);
    made.vintages = {vintage};
    made.outcome = outcome;
    made.sentence = {fmt::format("dom {}", value), fmt::format("verdict {}", value)};
    return made;
}

std::vector<Verdict> all_five(Outcome outcome)
{
    std::vector<Verdict> verdicts;
    for (int number = 1; number <= 5; ++number)
        verdicts.push_back(judged(number, outcome));
    return verdicts;
}

const RuleEdit loosened = {{1, 2, 3, 4, 5}, {}, "rule/a", "rule/b"};
const RuleEdit undone = {{1, 2, 3, 4, 5}, {}, "rule/b", "rule/a"};

using Events = std::vector<std::string>;

/// Flags as evaluations leave them one after the other.
struct Evaluations {
    std::vector<Flag> kept;
    std::vector<Verdict> stored;

    Events evaluate(const std::vector<Verdict>& verdicts, const RuleEdit& edit = {})
    {
        Events events;
        for (const auto& change :
             flag_changes(catalogue_of_five(), {1, 2, 3, 4, 5}, kept, stored, verdicts, edited_at, {}, edit)) {
            events.push_back(fmt::format("{} {}", to_string(change.event), change.flag.key));
            std::erase_if(kept, [&](const Flag& old) { return old.key == change.flag.key; });
            kept.push_back(change.flag);
        }
        stored = verdicts;
        return events;
    }

    Flag& flag(const std::string& key)
    {
        const auto found = std::find_if(kept.begin(), kept.end(), [&](const Flag& one) { return one.key == key; });
        REQUIRE(found != kept.end());
        return *found;
    }
    void acknowledge(const std::string& key) { flag(key) = acknowledged(flag(key), "Kari", "seen", edited_at); }
};

} // namespace

TEST_CASE("a threshold edited on five indicators is told of once, and what it opens is no news of its own", "[rule]")
{
    Evaluations here;
    CHECK(here.evaluate(all_five(Outcome::unchanged)) == Events{});
    auto verdicts = all_five(Outcome::improved);
    verdicts[3] = judged(4, Outcome::unchanged);
    CHECK(here.evaluate(verdicts, loosened) == Events{"raised threshold/1/2017", "raised threshold/2/2017",
                                                      "raised threshold/3/2017", "raised threshold/5/2017",
                                                      "raised rule/a"});
    CHECK(here.flag("rule/a").text_en ==
          "The rule of 5 indicators was edited: 1 (Number 1), 2016 to 2017: yellow → green; 2 (Number 2), 2016 to "
          "2017: yellow → green; 3 (Number 3), 2016 to 2017: yellow → green; 5 (Number 5), 2016 to 2017: yellow → "
          "green; the verdict stands for 4");
    CHECK_THAT(here.flag("rule/a").text_nb,
               Contains("Regelen for 5 indikatorer er endret: 1 (Tall 1), 2016 til 2017: gul → grønn; ") &&
                   Contains("; dommen står for 4"));
    CHECK(here.flag("rule/a").origin == "");
    for (const int number : {1, 2, 3, 5})
        CHECK(here.flag(fmt::format("threshold/{}/2017", number)).origin == "rule/a");
    CHECK(here.evaluate(verdicts) == Events{});
}

TEST_CASE("an edit that turns no verdict on the newest period and touches no flag is not flagged", "[rule]")
{
    Evaluations here;
    here.evaluate(all_five(Outcome::improved));
    CHECK(here.evaluate(all_five(Outcome::improved), loosened) == Events{});
}

TEST_CASE("what was acknowledged stays so where an edited rule judges the same numbers otherwise", "[rule]")
{
    Evaluations here;
    here.evaluate(all_five(Outcome::improved));
    here.acknowledge("threshold/1/2017");
    // Another direction: what was improved has worsened.
    const auto events = here.evaluate(all_five(Outcome::worsened), loosened);
    CHECK(events == Events{"rejudged threshold/1/2017", "changed threshold/2/2017", "changed threshold/3/2017",
                           "changed threshold/4/2017", "changed threshold/5/2017", "raised rule/a"});
    CHECK(here.flag("threshold/1/2017").state == FlagState::acknowledged);
    CHECK(here.flag("threshold/1/2017").note == "seen");
    CHECK(here.flag("threshold/1/2017").origin == "rule/a");
    // What numbers opened stays their news.
    CHECK(here.flag("threshold/2/2017").origin == "");
    CHECK(here.evaluate(all_five(Outcome::worsened)) == Events{});
    auto verdicts = all_five(Outcome::worsened);
    verdicts[0] = judged(1, Outcome::worsened, "104", 2);
    CHECK(here.evaluate(verdicts) == Events{"reopened threshold/1/2017"});
    CHECK(here.flag("threshold/1/2017").origin == "");
}

TEST_CASE("an edit that is undone leaves the flags as they were before it", "[rule]")
{
    Evaluations here;
    here.evaluate(all_five(Outcome::improved));
    here.acknowledge("threshold/1/2017");
    CHECK(here.evaluate(all_five(Outcome::unchanged), loosened).size() == 6);
    CHECK(here.flag("threshold/1/2017").state == FlagState::closed);
    const auto events = here.evaluate(all_five(Outcome::improved), undone);
    CHECK(events == Events{"rejudged threshold/1/2017", "reopened threshold/2/2017", "reopened threshold/3/2017",
                           "reopened threshold/4/2017", "reopened threshold/5/2017", "closed rule/a"});
    CHECK(here.flag("threshold/1/2017").state == FlagState::acknowledged);
    CHECK(here.flag("threshold/1/2017").note == "seen");
    CHECK(here.evaluate(all_five(Outcome::unchanged), loosened).back() == "reopened rule/a");
}

TEST_CASE("new numbers that come with an edit, or after it, are told of as ever", "[rule]")
{
    Evaluations here;
    here.evaluate(all_five(Outcome::unchanged));
    auto edit = loosened;
    edit.with_new_numbers = {2, 3};
    auto verdicts = all_five(Outcome::improved);
    verdicts[1] = judged(2, Outcome::improved, "110", 2);
    here.evaluate(verdicts, edit);
    CHECK(here.flag("threshold/1/2017").origin == "rule/a");
    CHECK(here.flag("threshold/2/2017").origin == "");
    CHECK(here.flag("threshold/3/2017").origin == "rule/a"); // its numbers are those that were judged before
    CHECK(here.flag("revision/2/previous/2016/2017").origin == "");

    verdicts[0] = judged(1, Outcome::improved, "120", 3);
    CHECK(here.evaluate(verdicts) == Events{"changed threshold/1/2017"});
    CHECK(here.flag("threshold/1/2017").origin == "");
}

TEST_CASE("numbers that another formula gives are no revision of the source's", "[rule]")
{
    Evaluations here;
    here.evaluate({judged(1, Outcome::improved)});
    const auto events = here.evaluate({judged(1, Outcome::unchanged, "101", 9)}, {{1}, {}, "rule/a", "rule/b"});
    CHECK(events == Events{"closed threshold/1/2017", "raised rule/a"});
    CHECK(here.flag("rule/a").indicator == 1);
    CHECK(here.flag("rule/a").text_en ==
          "The rule of an indicator was edited: 1 (Number 1), 2016 to 2017: green → yellow");
}

TEST_CASE("an edit of very many indicators names twenty", "[rule]")
{
    Catalogue catalogue;
    RuleEdit edit = {{}, {}, "rule/a", "rule/b"};
    std::vector<Verdict> before;
    std::vector<Verdict> now;
    for (int number = 1; number <= 300; ++number) {
        Indicator indicator = catalogue_of_five().indicators.front();
        indicator.number = number;
        catalogue.indicators.push_back(indicator);
        edit.indicators.insert(number);
        before.push_back(judged(number, Outcome::unchanged));
        now.push_back(judged(number, number <= 100 ? Outcome::improved : Outcome::unchanged));
    }
    const auto changes = flag_changes(catalogue, edit.indicators, {}, before, now, edited_at, {}, edit);
    REQUIRE(changes.size() == 101);
    const auto& text = changes.back().flag.text_en;
    CHECK_THAT(text, Contains("; and 80 more; the verdict stands for 101, 102, ") && Contains(", 120 and 180 more"));
    CHECK(text.size() < 3000);
}
