#include "base/error.hpp"
#include "base/time_text.hpp"
#include "evaluate/evaluation.hpp"
#include "flag/flag_changes.hpp"
#include "flag/size_text.hpp"
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
    made.sentence.nb = fmt::format("dom {} {}", old_value, new_value);
    made.sentence.en = fmt::format("verdict {} {}", old_value, new_value);
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

TEST_CASE("every transition of a flag, and those that must not happen")
{
    using enum FlagState;
    using enum Finding;
    using State = std::optional<FlagState>;
    using Event = std::optional<FlagEvent>;
    const struct {
        State state;
        Finding finding = {};
        Event event; ///< nothing: it stays as it is
        State after;
    } rows[] = {
        {std::nullopt, gone, std::nullopt, std::nullopt},
        {std::nullopt, same, FlagEvent::raised, open},
        {std::nullopt, other, FlagEvent::raised, open},
        {open, gone, FlagEvent::closed, closed},
        {open, same, std::nullopt, open},
        {open, other, FlagEvent::changed, open},
        {std::nullopt, rejudged, FlagEvent::raised, open},
        {open, rejudged, FlagEvent::changed, open},
        {open, restored, std::nullopt, open},
        {FlagState::acknowledged, rejudged, FlagEvent::rejudged, FlagState::acknowledged},
        {FlagState::acknowledged, restored, std::nullopt, FlagState::acknowledged},
        {closed, rejudged, FlagEvent::reopened, open},
        {closed, restored, FlagEvent::rejudged, FlagState::acknowledged},
        {FlagState::acknowledged, gone, FlagEvent::closed, closed},
        {FlagState::acknowledged, same, std::nullopt, FlagState::acknowledged},
        {FlagState::acknowledged, other, FlagEvent::reopened, open},
        {closed, gone, std::nullopt, closed},
        {closed, same, FlagEvent::reopened, open},
        {closed, other, FlagEvent::reopened, open},
    };
    for (const auto& row : rows) {
        const auto event = event_of(row.state, row.finding);
        CHECK(event == row.event);
        CHECK((event ? State(state_after(*event)) : row.state) == row.after);
    }
    for (const auto state : {open, FlagState::acknowledged, closed}) {
        Flag flag;
        flag.state = state;
        if (state == open)
            CHECK(skurd::acknowledged(flag, "Kari", "seen", now).state == state_after(FlagEvent::acknowledged));
        else
            CHECK_THROWS_WITH(skurd::acknowledged(flag, "Kari", "seen", now),
                              fmt::format("flag 0 is {}: only an open flag can be acknowledged", to_string(state)));
    }
    CHECK(state_after(FlagEvent::acknowledged) == FlagState::acknowledged);
}

TEST_CASE("acknowledging needs an open flag, a name and a note")
{
    Flag flag;
    flag.id = 4;
    const auto seen = acknowledged(flag, " Kari ", "checked with FHI", now);
    CHECK(seen.state == FlagState::acknowledged);
    CHECK(seen.actor == "Kari");
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
                                  "247; now: verdict 284 280; 2017 goes from 247 to 280 (+33, +13.4%)");
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

TEST_CASE("a revision flag of the baseline is closed when the comparison with the period before says it")
{
    Flags flags;
    const auto baseline = [](Outcome outcome, const char* old_value) {
        return verdict(outcome, 2016, 2017, old_value, "247", Comparison::baseline);
    };
    REQUIRE(flags.evaluate({baseline(Outcome::improved, "284")}, {baseline(Outcome::no_data, "")}) ==
            Events{"raised revision/9/baseline/2016/2017"});
    const auto back =
        flags.evaluate({baseline(Outcome::no_data, "")},
                       {verdict(Outcome::unchanged, 2016, 2017, "248", "247"), baseline(Outcome::unchanged, "248")});
    CHECK(back == Events{"closed revision/9/baseline/2016/2017"});
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

TEST_CASE("a turned verdict names the newest report that printed the old one, under its number there")
{
    auto before = verdict(Outcome::improved, 2016, 2017, "284", "247");
    before.vintages = {1, 2};
    auto after = verdict(Outcome::unchanged, 2016, 2017, "282", "280");
    after.vintages = {3};
    const auto at = [](const char* day) { return parse_time(day).value(); };
    PrintRecord record;
    record.vintages = {{1, at("2017-11-01")}, {2, at("2018-03-01")}, {3, at("2019-06-01")}};
    record.reports = {{{"Nullte", "Zeroth"}, at("2018-01-01"), {{9, 9}}},
                      {{"Første", "First"}, at("2018-04-01"), {{9, 7}}},
                      {{"Andre", "Second"}, at("2018-10-01"), {{10, 10}}},
                      {{"Tredje", "Third"}, at("2019-11-01"), {{9, 9}}}};
    const auto changes = flag_changes(catalogue(), {9}, {}, {before}, {after}, now, record);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].flag.text_en ==
          "Indicator 9 (Deaths): the verdict on 2016 to 2017 has turned; before: verdict 284 247; now: verdict 282 "
          "280; 2016 goes from 284 to 282 (−2, −0.7%); 2017 goes from 247 to 280 (+33, +13.4%); contradicts First, "
          "2018-04-01, where it is number 7");
    CHECK(changes[0].flag.text_nb.ends_with("2017 går fra 247 til 280 (+33, +13,4\u00a0%); motsier Første, "
                                            "2018-04-01, der den er nummer 7"));
    record.reports.erase(record.reports.begin() + 1);
    CHECK(contradicted(record, before, after) == nullptr);
}

TEST_CASE("a turned verdict contradicts a report that was signed off with another outcome")
{
    auto before = verdict(Outcome::improved, 2016, 2017, "284", "247");
    const auto after = verdict(Outcome::unchanged, 2016, 2017, "284", "280");
    PrintRecord record;
    record.reports = {{{"Første", "First"}, parse_time("2026-01-01").value(), {{9, 9}}, {before}},
                      {{"Andre", "Second"}, parse_time("2026-02-01").value(), {{9, 9}}, {after}}};
    const auto* found = contradicted(record, before, after);
    REQUIRE(found);
    CHECK(found->title.en == "First");
    before.outcome = Outcome::no_data;
    record.reports[0].verdicts = {before};
    CHECK(contradicted(record, before, after) == nullptr);
}

TEST_CASE("a number that is revised again is compared with the verdict that was printed, not the one in between")
{
    auto before = verdict(Outcome::improved, 2016, 2017, "284", "247");
    before.vintages = {1};
    auto between = verdict(Outcome::unchanged, 2016, 2017, "284", "280");
    between.vintages = {2};
    auto after = verdict(Outcome::worsened, 2016, 2017, "284", "300");
    after.vintages = {3};
    const auto at = [](const char* day) { return parse_time(day).value(); };
    PrintRecord record;
    record.vintages = {{1, at("2018-03-01")}, {2, at("2019-06-01")}, {3, at("2020-06-01")}};
    record.reports = {{{"Første", "First"}, at("2018-04-01"), {{9, 7}}}};
    auto flag = flag_changes(catalogue(), {9}, {}, {before}, {between}, now, record).at(0).flag;
    flag.id = 1;
    const auto newest = verdict(Outcome::unchanged, 2017, 2018, "300", "301");
    const auto changes = flag_changes(catalogue(), {9}, {flag}, {between}, {after, newest}, now, record);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].event == FlagEvent::changed);
    CHECK(changes[0].flag.text_en ==
          "Indicator 9 (Deaths): the verdict on 2016 to 2017 has turned; before: verdict 284 247; now: verdict 284 "
          "300; 2017 goes from 247 to 300 (+53, +21.5%); contradicts First, 2018-04-01, where it is number 7");
    CHECK(changes[0].flag.text_nb.find("før: dom 284 247; nå: dom 284 300; 2017 går fra 247 til 300") !=
          std::string::npos);
}

TEST_CASE("the size of a share's revision is in points, and a number that went has none")
{
    const auto words = [](IndicatorKind kind, const char* before, const char* after) {
        return size_text(kind, "2017", Decimal::parse(before), Decimal::parse(after)).en;
    };
    CHECK(words(IndicatorKind::share, "46.2", "46.9") == "2017 goes from 46.2 to 46.9 (+0.7 percentage points)");
    CHECK(words(IndicatorKind::share, "46", "45.95") == "2017 goes from 46 to 45.95 (−0.05 percentage points)");
    CHECK(words(IndicatorKind::number, "-40", "-30") == "2017 goes from −40 to −30 (+10, +25.0%)");
    CHECK(words(IndicatorKind::number, "0", "3") == "2017 goes from 0 to 3 (+3)");
    CHECK(words(IndicatorKind::number, "7", "") == "2017 goes from 7 to no value");
    CHECK(words(IndicatorKind::number, "7", "7.0") == "");
}

TEST_CASE("a jump of about 10, 100 or 1000 times is suspect, within a quarter, up and down")
{
    const auto factor = [](const char* before, const char* after) {
        return unit_factor(Decimal::parse(before).value(), Decimal::parse(after).value());
    };
    CHECK(factor("10", "80") == 10);
    CHECK(factor("10", "79.99") == 0);
    CHECK(factor("10", "125") == 10);
    CHECK(factor("10", "125.01") == 0);
    CHECK(factor("80", "10") == -10);
    CHECK(factor("125.01", "10") == 0);
    CHECK(factor("13936", "1400.5") == -10);
    CHECK(factor("3", "300") == 100);
    CHECK(factor("4120000", "4130.7") == -1000);
    CHECK(factor("-2", "-2000") == 1000);
    CHECK(factor("1", "10000") == 0);
    CHECK(factor("0", "10") == 0);
    CHECK(factor("1", "-10") == 0);
    CHECK(factor("1", "1") == 0);
}

TEST_CASE("a suspect flag is raised on the newest period, and closed when the slip is put right")
{
    Flags flags;
    const auto slip = verdict(Outcome::unchanged, 2016, 2017, "13936", "1401");
    CHECK(flags.evaluate({}, {slip}) == Events{"raised suspect/9/2017"});
    CHECK(flags.only().text_en == "Indicator 9 (Deaths): 2017 (1401) is about 1/10 of 2016 (13,936); is the unit "
                                  "another?");
    CHECK(flags.only().text_nb == "Indikator 9 (Dødsfall): 2017 (1401) er om lag en 10-del av 2016 (13\u00a0936); er "
                                  "enheten en annen?");
    CHECK(flags.evaluate({slip}, {slip}) == Events{});
    flags.acknowledge();
    CHECK(flags.evaluate({slip}, {slip}) == Events{});
    CHECK(flags.evaluate({slip}, {verdict(Outcome::unchanged, 2016, 2017, "13936", "14010")}) ==
          Events{"closed suspect/9/2017"});
    CHECK(Flags{}.evaluate({}, {verdict(Outcome::not_comparable, 2016, 2017, "13936", "1401")}) == Events{});
    CHECK(Flags{}.evaluate({}, {slip, verdict(Outcome::unchanged, 2017, 2018, "1401", "1402")}) == Events{});
    CHECK(Flags{}.evaluate({}, {verdict(Outcome::unchanged, 2016, 2017, "5", "500")}) ==
          Events{"raised suspect/9/2017"});
}
