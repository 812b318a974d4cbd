#include "base/error.hpp"
#include "base/time_text.hpp"
#include "flag/flag_changes.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

const Time now = parse_time("2019-11-02").value();

Catalogue catalogue()
{
    Catalogue made;
    for (const int number : {9, 10}) {
        Indicator indicator;
        indicator.number = number;
        indicator.label = {"Dødsfall", "Deaths"};
        made.indicators.push_back(indicator);
    }
    return made;
}

Verdict verdict(Outcome outcome, int from, int to, const char* old_value, const char* new_value,
                Comparison comparison = Comparison::previous)
{
    Verdict made;
    made.indicator = 9;
    made.definition = 1;
    made.comparison = comparison;
    made.from = Period::year(from);
    made.to = Period::year(to);
    made.old_value = Decimal::parse(old_value);
    made.new_value = Decimal::parse(new_value);
    made.outcome = outcome;
    made.sentence_nb = fmt::format("dom {} {}", old_value, new_value);
    made.sentence_en = fmt::format("verdict {} {}", old_value, new_value);
    return made;
}

/// A row of flags that evaluations act on, as the store would keep them.
struct Flags {
    std::vector<Flag> kept;

    /// The events of one evaluation, as "event key".
    std::vector<std::string> evaluate(const std::vector<Verdict>& before, const std::vector<Verdict>& after)
    {
        std::vector<std::string> events;
        for (const auto& change : flag_changes(catalogue(), {9}, kept, before, after, now)) {
            events.push_back(fmt::format("{} {}", to_string(change.event), change.flag.key));
            std::erase_if(kept, [&](const Flag& old) { return old.key == change.flag.key; });
            kept.push_back(change.flag);
        }
        return events;
    }

    const Flag& only() const
    {
        REQUIRE(kept.size() == 1);
        return kept.front();
    }
    void acknowledge() { kept.front() = acknowledged(kept.front(), "Kari", "seen", now); }
};

using Events = std::vector<std::string>;

const auto crossed = verdict(Outcome::improved, 2016, 2017, "284", "247");
const auto within = verdict(Outcome::unchanged, 2016, 2017, "284", "280");

} // namespace

TEST_CASE("every transition of a flag")
{
    using enum FlagState;
    using enum Finding;
    using Event = std::optional<FlagEvent>;
    const struct {
        std::optional<FlagState> state;
        Finding finding;
        Event event;
    } rows[] = {
        {std::nullopt, gone, std::nullopt},
        {std::nullopt, same, FlagEvent::raised},
        {std::nullopt, other, FlagEvent::raised},
        {open, gone, FlagEvent::closed},
        {open, same, std::nullopt},
        {open, other, FlagEvent::changed},
        {FlagState::acknowledged, gone, FlagEvent::closed},
        {FlagState::acknowledged, same, std::nullopt},
        {FlagState::acknowledged, other, FlagEvent::reopened},
        {closed, gone, std::nullopt},
        {closed, same, FlagEvent::reopened},
        {closed, other, FlagEvent::reopened},
    };
    for (const auto& row : rows)
        CHECK(event_of(row.state, row.finding) == row.event);
    CHECK(state_after(FlagEvent::raised) == open);
    CHECK(state_after(FlagEvent::changed) == open);
    CHECK(state_after(FlagEvent::reopened) == open);
    CHECK(state_after(FlagEvent::acknowledged) == FlagState::acknowledged);
    CHECK(state_after(FlagEvent::closed) == closed);
}

TEST_CASE("acknowledging needs an open flag, a name and a note")
{
    Flag flag;
    flag.id = 4;
    const auto seen = acknowledged(flag, " Kari ", "checked with FHI", now);
    CHECK(seen.state == FlagState::acknowledged);
    CHECK(seen.by == "Kari");
    CHECK(seen.note == "checked with FHI");
    CHECK(seen.changed_at == now);
    CHECK_THROWS_WITH(acknowledged(seen, "Kari", "again", now),
                      "flag 4 is acknowledged: only an open flag can be acknowledged");
    CHECK_THROWS_WITH(acknowledged(flag, "Kari", " ", now), "flag 4: acknowledging needs a name and a note");
    CHECK_THROWS_WITH(acknowledged(flag, "", "x", now), "flag 4: acknowledging needs a name and a note");
}

TEST_CASE("a threshold flag is raised once and names what crossed")
{
    Flags flags;
    const auto since_baseline = verdict(Outcome::improved, 2015, 2017, "300", "247", Comparison::baseline);
    const auto per_year = verdict(Outcome::unchanged, 2015, 2017, "300", "247", Comparison::per_year);
    CHECK(flags.evaluate({}, {crossed, since_baseline, per_year}) == Events{"raised threshold/9/2017"});
    CHECK(flags.only().text_en == "Indicator 9 (Deaths) crossed the threshold in 2017; from 2016: verdict 284 247; "
                                  "from 2015: verdict 300 247");
    CHECK(flags.only().text_nb ==
          "Indikator 9 (Dødsfall) krysset grensen i 2017; fra 2016: dom 284 247; fra 2015: dom 300 247");
    CHECK(flags.only().raised_at == now);
    CHECK(flags.only().period == "2017");
    CHECK(flags.evaluate({}, {crossed, since_baseline, per_year}) == Events{});
}

TEST_CASE("nothing is raised for changes within the threshold, for no data, and for older periods")
{
    Flags flags;
    CHECK(flags.evaluate({}, {within}) == Events{});
    CHECK(flags.evaluate({}, {verdict(Outcome::no_data, 2016, 2017, "284", "")}) == Events{});
    CHECK(flags.evaluate({}, {verdict(Outcome::not_comparable, 2016, 2017, "284", "1")}) == Events{});
    CHECK(flags.evaluate({}, {crossed, verdict(Outcome::unchanged, 2017, 2018, "247", "248")}) == Events{});
    CHECK(flags.evaluate({}, {verdict(Outcome::increased, 2016, 2017, "1", "2")}) ==
          Events{"raised threshold/9/2017"});
}

TEST_CASE("a threshold flag is closed when it no longer crosses or a newer period takes over")
{
    Flags flags;
    flags.evaluate({}, {crossed});
    CHECK(flags.evaluate({}, {within}) == Events{"closed threshold/9/2017"});
    CHECK(flags.evaluate({}, {within}) == Events{});
    CHECK(flags.evaluate({}, {crossed}) == Events{"reopened threshold/9/2017"});
    CHECK(flags.evaluate({}, {crossed, verdict(Outcome::worsened, 2017, 2018, "247", "300")}) ==
          Events{"closed threshold/9/2017", "raised threshold/9/2018"});
    CHECK(flags.evaluate({}, {}) == Events{"closed threshold/9/2018"});
}

TEST_CASE("an acknowledged flag stays so until its values change")
{
    Flags flags;
    flags.evaluate({}, {crossed});
    flags.acknowledge();
    CHECK(flags.evaluate({}, {crossed}) == Events{});
    CHECK(flags.evaluate({}, {verdict(Outcome::improved, 2016, 2017, "284.0", "247")}) == Events{});
    CHECK(flags.evaluate({}, {verdict(Outcome::improved, 2016, 2017, "284", "240")}) ==
          Events{"reopened threshold/9/2017"});
    CHECK(flags.only().note == "");
    CHECK(flags.evaluate({}, {verdict(Outcome::improved, 2016, 2017, "284", "239")}) ==
          Events{"changed threshold/9/2017"});
    flags.acknowledge();
    CHECK(flags.evaluate({}, {within}) == Events{"closed threshold/9/2017"});
}

TEST_CASE("a revision that turns a verdict is flagged with both, and closed when it is undone")
{
    Flags flags;
    const auto newest = verdict(Outcome::unchanged, 2017, 2018, "280", "281");
    CHECK(flags.evaluate({crossed}, {within, newest}) == Events{"raised revision/9/previous/2016/2017"});
    CHECK(flags.only().text_en == "Indicator 9 (Deaths): the verdict on 2016 to 2017 has turned; before: verdict 284 "
                                  "247; now: verdict 284 280");
    CHECK(flags.only().kind == FlagKind::revision);
    // The stored verdict is the new one from now on.
    CHECK(flags.evaluate({within}, {within, newest}) == Events{});
    flags.acknowledge();
    CHECK(flags.evaluate({within}, {within, newest}) == Events{});
    const auto worse = verdict(Outcome::worsened, 2016, 2017, "284", "300");
    CHECK(flags.evaluate({within}, {worse, newest}) == Events{"reopened revision/9/previous/2016/2017"});
    CHECK(flags.only().inputs == "improved|284|247 -> worsened|284|300");
    CHECK(flags.evaluate({worse}, {crossed, newest}) == Events{"closed revision/9/previous/2016/2017"});
    CHECK(flags.evaluate({crossed}, {crossed, newest}) == Events{});
    CHECK(flags.evaluate({crossed}, {within, newest}) == Events{"reopened revision/9/previous/2016/2017"});
}

TEST_CASE("a revision of two values is flagged once, though three comparisons make it")
{
    const auto three = [](Outcome outcome, const char* now_value) {
        std::vector<Verdict> verdicts;
        for (const auto comparison : {Comparison::previous, Comparison::baseline, Comparison::per_year})
            verdicts.push_back(verdict(outcome, 2016, 2017, "284", now_value, comparison));
        return verdicts;
    };
    Flags flags;
    CHECK(flags.evaluate(three(Outcome::improved, "247"), three(Outcome::unchanged, "283")) ==
          Events{"raised revision/9/previous/2016/2017"});
}

TEST_CASE("a revision flag is closed when a newer period takes its comparison over")
{
    Flags flags;
    const auto since_baseline = [](Outcome outcome, int to, const char* now_value) {
        return verdict(outcome, 2015, to, "300", now_value, Comparison::baseline);
    };
    const auto before = since_baseline(Outcome::improved, 2018, "247");
    const auto revised = since_baseline(Outcome::unchanged, 2018, "299");
    REQUIRE(flags.evaluate({before}, {revised}) == Events{"raised revision/9/baseline/2015/2018"});
    CHECK(flags.evaluate({revised}, {revised}) == Events{});
    const auto newest = since_baseline(Outcome::unchanged, 2019, "298");
    CHECK(flags.evaluate({revised}, {newest}) == Events{"closed revision/9/baseline/2015/2018"});
    CHECK(flags.evaluate({revised, newest}, {newest}) == Events{});
}

TEST_CASE("a verdict that stays, whose values stay, or that had no data is not a revision")
{
    const auto newest = verdict(Outcome::unchanged, 2017, 2018, "280", "281");
    const auto events = [&](const Verdict& before, const Verdict& after) {
        return Flags{}.evaluate({before}, {after, newest});
    };
    CHECK(events(crossed, verdict(Outcome::improved, 2016, 2017, "284", "240")) == Events{});
    CHECK(events(crossed, verdict(Outcome::unchanged, 2016, 2017, "284.0", "247")) == Events{});
    CHECK(events(verdict(Outcome::no_data, 2016, 2017, "284", ""), crossed) == Events{});
    CHECK(events(crossed, verdict(Outcome::no_data, 2016, 2017, "", "")) == Events{});
}

TEST_CASE("flags of indicators that were not evaluated are left alone")
{
    Flags flags;
    flags.evaluate({}, {crossed});
    CHECK(flag_changes(catalogue(), {10}, flags.kept, {}, {}, now).empty());
}
