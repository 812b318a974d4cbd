#include "indicator/catalogue.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/release.hpp"
#include "tests/indicator/reference_csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"

#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

Catalogue shipped()
{
    return read_catalogue(shipped_catalogue(), "abc");
}

const std::string part_text = "[part]\nid = 'goal 1'\nnb = 'Mål 1'\nen = 'Goal 1'\n";
const std::string indicator_text = "[[indicator]]\nnumber = 9\nlabel = {nb='a', en='b'}\ntype = 'input'\n"
                                   "kind = 'number'\nunit = 'deaths'\ndirection = 'up'\nbaseline = '2016'\n"
                                   "source = 'FHI'\n";
const std::string definition_text = "[[indicator.definition]]\nfrom = '2018-04-01'\nformula = 'drop/x{nr=9}'\n";
const std::string set_text =
    "[[set]]\nnumber = 1\ntitle = {nb='a', en='b'}\nbaseline = '2016'\ncount = 1\nmembers = ['9']\n";

std::string message_of(const std::string& part, const std::string& sets)
{
    try {
        read_catalogue({{"x.toml", part}, {"sets.toml", sets}}, "");
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

std::string changed(std::string text, std::string_view from, std::string_view to)
{
    REQUIRE(text.find(from) != std::string::npos);
    return replace_all(std::move(text), from, to);
}

} // namespace

TEST_CASE("the catalogue that comes with the program has 93 indicators in seven parts and five sets")
{
    const auto catalogue = shipped();
    CHECK(catalogue.hash == "abc");
    CHECK(catalogue.parts.size() == 7);
    CHECK(catalogue.goals == std::set<std::string>{"goal 1", "goal 2", "goal 3", "goal 4", "goal 5"});
    REQUIRE(catalogue.indicators.size() == 93);
    std::map<std::string_view, int> kinds;
    for (const auto& indicator : catalogue.indicators)
        ++kinds[to_string(indicator.kind)];
    CHECK(kinds ==
          std::map<std::string_view, int>{{"amount", 6}, {"number", 25}, {"ratio", 1}, {"score", 1}, {"share", 60}});
    REQUIRE(catalogue.sets.size() == 5);
    const auto numbers = [&](int set) {
        return catalogue.set(set)->members.size() + catalogue.set(set)->merged.size();
    };
    CHECK(numbers(1) == 94);
    CHECK(numbers(2) == 93);
    CHECK(numbers(3) == 85);
    CHECK(numbers(4) == 85);
    CHECK(numbers(5) == 84);
    CHECK(catalogue.set(4)->note.en.starts_with("The measurement has no figures here."));
    CHECK(catalogue.set(2)->title.en == "Second status report (Fafo 2018:44)");
    CHECK(published_day(catalogue.set(2)->published, catalogue.set(2)->published_known) == "2018-12");
    CHECK(published_day(catalogue.set(5)->published, catalogue.set(5)->published_known) == "2021-06-23");
    for (const auto& set : catalogue.sets)
        CHECK((set.figures == SetFigures::unknown) == (set.number == 2 || set.number == 4));
    CHECK(catalogue.set(5)->retired.at(0).indicator == 24);
    CHECK(catalogue.set(1)->numbers == std::map<int, int>{{93, 94}});
}

TEST_CASE("the catalogue says what the published list of indicators says")
{
    const auto file = reference("data/indicators.csv");
    if (!file)
        return;
    const auto catalogue = shipped();
    const auto rows = read_csv(*file);
    REQUIRE(rows.size() == catalogue.indicators.size());
    for (const auto& row : rows) {
        const auto* indicator = catalogue.find(std::stoi(row.at("indicator")));
        REQUIRE(indicator);
        CAPTURE(indicator->number);
        CHECK(indicator->part == row.at("part"));
        CHECK(indicator->type == row.at("type"));
        CHECK(to_string(indicator->kind) == row.at("kind"));
        CHECK(indicator->unit == row.at("unit"));
        CHECK(to_string(indicator->direction) == row.at("desired_direction"));
        CHECK(indicator->source == row.at("source"));
        CHECK(indicator->baseline.text() == row.at("baseline_year"));
        CHECK(indicator->label.nb == row.at("label_nb"));
        CHECK(indicator->label.en == row.at("label_en"));
    }
}

TEST_CASE("the catalogue knows which definitions changed between the reports")
{
    const auto catalogue = shipped();
    std::set<int> comparable;
    std::set<int> not_comparable;
    for (const auto& indicator : catalogue.indicators) {
        const bool goes_on = reads_earlier(indicator.definitions.back().formula); // from its source
        const auto printed = indicator.definitions.size() - (goes_on ? 1 : 0);
        CHECK(printed <= 2);
        if (printed == 2)
            (indicator.definitions[1].comparable_with_previous ? comparable : not_comparable)
                .insert(indicator.number);
    }
    CHECK(comparable == std::set<int>{7, 11, 12, 14, 15, 16, 22, 23, 68, 76, 86});
    CHECK(not_comparable == std::set<int>{1, 2, 3, 5, 8, 24, 32, 39, 56, 89, 90, 92, 93});
    CHECK(catalogue.find(93)->definitions[0].formula.text() == "drop/status-report{nr=94}");
    CHECK(catalogue.find(93)->definitions[0].kind == IndicatorKind::share);
    CHECK(catalogue.find(22)->definitions[1].keeps_earlier_values);
    CHECK_FALSE(catalogue.find(11)->definitions[1].keeps_earlier_values);
    REQUIRE(catalogue.find(32)->definitions[1].breaks.size() == 1);
    CHECK(catalogue.find(32)->definitions[1].breaks[0].first_after == Period::year(2018));
    CHECK_FALSE(catalogue.find(32)->definitions[1].breaks[0].comparable);
    CHECK(catalogue.find(11)->definitions[1].change == DefinitionChange::period);
    CHECK(catalogue.find(24)->definitions[1].change == DefinitionChange::price_base);
    CHECK(catalogue.find(28)->definitions[0].respondents.in(Period::year(2017)) == 491);
    CHECK(catalogue.find(6)->target == Decimal(1, 0));
    for (const int number : {39, 92}) // by the second report
        CHECK(format_date(catalogue.find(number)->definitions[1].from) == "2018-12-01");
    CHECK(format_date(catalogue.find(56)->definitions[1].from) == "2019-11-01");
}

TEST_CASE("only samples have respondents: full counts have no sampling error")
{
    for (const auto& indicator : shipped().indicators) {
        CAPTURE(indicator.number);
        const auto& respondents = indicator.definitions.back().respondents;
        CHECK(respondents.each == 0);
        CHECK(respondents.in(Period::year(2017)) == (indicator.source == "BU" ? 491 : 0));
        CHECK(respondents.in(Period::year(2019)) == (indicator.source == "BU" ? 1336 : 0));
    }
}

TEST_CASE("the catalogue says which indicators are not judged on their change")
{
    std::map<int, std::string> others;
    for (const auto& indicator : shipped().indicators)
        for (const auto& definition : indicator.definitions)
            if (definition.judged_on != JudgedOn::change)
                others[indicator.number] = to_string(definition.judged_on);
    CHECK(others == std::map<int, std::string>{{1, "nothing"}, {2, "nothing"}, {6, "level"}});
}

TEST_CASE("what a definition does not say of itself is as the indicator says")
{
    const auto text = part_text +
                      changed(indicator_text, "source =", "judge = 'nothing'\nrespondents = 4\nsource =") +
                      definition_text +
                      "[[indicator.definition]]\nfrom = '2019-11'\nformula = 'drop/x{nr=8}'\n"
                      "label = {nb='c', en='d'}\nbaseline = '2018'\njudge = 'change'\nrespondents = 5\n"
                      "population = 9\ncomparable = false\nchange = 'method'\nreason = {nb='a', en='b'}\n";
    const auto catalogue = read_catalogue({{"x.toml", text}, {"sets.toml", set_text}}, "");
    const auto& indicator = *catalogue.find(9);
    const auto& first = indicator.definitions[0];
    CHECK(indicator.label_in(first).en == "b");
    CHECK(indicator.baseline_in(first) == Period::year(2016));
    CHECK(first.judged_on == JudgedOn::nothing);
    CHECK(first.respondents.each == 4);
    CHECK(first.population.each == 0);
    CHECK(first.from_known == Confidence::day);
    const auto& second = indicator.definitions[1];
    CHECK(indicator.label_in(second).en == "d");
    CHECK(indicator.baseline_in(second) == Period::year(2018));
    CHECK(second.judged_on == JudgedOn::change);
    CHECK(second.respondents.each == 5);
    CHECK(second.population.each == 9);
    CHECK(published_day(second.from, second.from_known) == "2019-11");
}

TEST_CASE("a small catalogue is read")
{
    CHECK(message_of(part_text + indicator_text + definition_text, set_text) == "");
    const auto own = "thresholds = {share_points='0.5', percent='1'}\n";
    const auto catalogue =
        read_catalogue({{"x.toml", part_text + indicator_text + own + definition_text}, {"sets.toml", set_text}}, "");
    CHECK(catalogue.find(9)->thresholds->percent == Decimal(1, 0));
    CHECK(catalogue.find(9)->definitions[0].unit == "deaths");
}

TEST_CASE("each mistake in a part of the catalogue is refused with its line")
{
    const auto good = part_text + indicator_text + definition_text;
    const auto second = [&](const std::string& keys) { return good + "[[indicator.definition]]\n" + keys; };
    const std::string later = "from = '2019-11-01'\nformula = 'drop/x{nr=9}'\n";
    const std::string reason = "reason = {nb='a', en='b'}\nchange = 'method'\n";
    const struct {
        std::string text;
        const char* message;
    } mistakes[] = {
        {changed(good, "unit =", "sources = 'x'\nunit ="),
         "x.toml:10: unknown key 'sources' (did you mean 'source'?)"},
        {changed(good, "[part]", "[parts]"), "x.toml:1: unknown key 'parts' (did you mean 'part'?)"},
        {changed(good, "goal 1", " goal 1"),
         "x.toml:2: a part's id is one line of 1 to 100 characters, not ' goal 1'"},
        {changed(good, "en = 'Goal 1'\n", "en = 'Goal 1'\nrole = 'aim'\n"),
         "x.toml:5: 'role' cannot be 'aim' (known: background, goal)"},
        {changed(good, "en = 'Goal 1'\n", ""), "x.toml:1: the key 'en' is missing"},
        {changed(good, "number = 9", "number = 0"), "x.toml:6: 'number' must be a whole number from 1 to 9999"},
        {changed(good, ", en='b'", ""), "x.toml:7: the key 'en' is missing"},
        {changed(good, "'input'", "'inputs'"),
         "x.toml:8: 'type' cannot be 'inputs' (did you mean 'input'?) (known: input, activity, result, effect)"},
        {changed(good, "'number'", "'numbers'"), "x.toml:9: 'kind' cannot be 'numbers' (did you mean 'number'?) "
                                                 "(known: share, number, amount, ratio, score)"},
        {changed(good, "'up'", "'upp'"),
         "x.toml:11: 'direction' cannot be 'upp' (did you mean 'up'?) (known: up, down, neutral)"},
        {changed(good, "'2016'", "'soon'"), "x.toml:12: 'soon' is not a period such as 2016"},
        {changed(good, "source = 'FHI'\n", ""), "x.toml:5: the key 'source' is missing"},
        {changed(good, "source =", "target = '1'\nsource ="),
         "x.toml:13: only a ratio whose desired direction is up can have a target"},
        {changed(good, "source =", "thresholds = {share_points='1', percent='2,5'}\nsource ="),
         "x.toml:13: '2,5' is not a number such as \"2.5\""},
        {changed(good, "source =", "thresholds = {share_points='-1', percent='2'}\nsource ="),
         "x.toml:13: 'share_points' cannot be negative"},
        {part_text + indicator_text, "x.toml:5: an indicator needs at least one [[indicator.definition]]"},
        {changed(good, "2018-04-01", "April 2018"),
         "x.toml:15: 'April 2018' is not a day such as 2018-04-01, nor a month such as "
         "2018-04"},
        {changed(good, "nr=9}", "nr=9"), "x.toml:16: formula 'drop/x{nr=9': expected '}' at character 12"},
        {changed(good, "drop/x{nr=9}", "indicator(8)"), "x.toml:16: formula 'indicator(8)': there is no indicator 8"},
        {changed(good, "drop/x{nr=9}", "1 + indicator(9)"),
         "x.toml:16: indicator 9 is made from itself, through 9: take it out of one of the formulas"},
        {changed(good, "drop/x{nr=9}", "100 * share(drop/x, drop/y)"),
         "x.toml:16: formula '100 * share(drop/x, drop/y)': percent are not deaths (at character 1)"},
        {changed(good, "source =", "respondents = 0\nsource ="),
         "x.toml:13: 'respondents' must be a whole number from 1 to 100000000"},
        {changed(good, "source =", "respondents = {then = 4}\nsource ="),
         "x.toml:13: 'then' is not a period such as 2016"},
        {changed(good, "source =", "judge = 'level'\nsource ="),
         "x.toml:13: a level is judged by a target, and the indicator has none"},
        {changed(good, "source =", "judge = 'no'\nsource ="),
         "x.toml:13: 'judge' cannot be 'no' (known: change, level, nothing)"},
        {good + "respondents = 5\npopulation = 4\n",
         "x.toml:18: there are more respondents than there are in the population they are drawn from"},
        {good + "respondents = 5\npopulation = {2016 = 4}\n",
         "x.toml:18: there are more respondents than there are in the population they are drawn from"},
        {good + "[[indicator.revision]]\nperiod = '2016'\npublished = 'then'\n",
         "x.toml:19: 'then' is not a day such as 2018-04-01, nor a month such as 2018-04"},
        {good + "decimals = 9\n", "x.toml:17: 'decimals' must be a whole number from 0 to 8"},
        {good + "earlier_values = 'keep'\n",
         "x.toml:17: the first definition has none before it whose values it could keep"},
        {good + "[[indicator.definition.break]]\nfrom = 'then'\n", "x.toml:18: 'then' is not a period such as 2016"},
        {good + "[[indicator.definition.break]]\nfrom = '2018'\n",
         "x.toml:17: the key 'comparable' is missing: say whether values before and after the break compare all the "
         "same, true or false"},
        {good + "[[indicator.definition.break]]\nfrom = '2018'\ncomparable = true\n",
         "x.toml:17: the table [reason] is missing"},
        {good + indicator_text + definition_text,
         "x.toml:18: there is an indicator 9 already, at x.toml:6: take a number that is free"},
        {second(changed(later, "2019-11-01", "2018-04-01")),
         "x.toml:18: a definition begins after the one before it, that is after 2018-04-01"},
        {second(later), "x.toml:17: the key 'comparable' is missing: say whether it compares with the definition "
                        "before it, true or false"},
        {second(later + "comparable = true\n"), "x.toml:17: the key 'change' is missing"},
        {second(later + "comparable = true\nchange = 'price base'\n"),
         "x.toml:21: the price base is the same as in the definition before it"},
        {second(later + "comparable = true\nchange = 'method'\n"), "x.toml:17: the table [reason] is missing"},
        {second(later + reason + "comparable = false\nearlier_values = 'keep'\n"),
         "x.toml:23: earlier values can only be kept where the definitions are comparable"},
        {second(changed(later, "nr=9", "nr=8") + reason + "comparable = true\nearlier_values = 'keep'\n"),
         "x.toml:23: earlier values can only be kept where the formula stays the same"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.text, set_text) == mistake.message);
}

TEST_CASE("each mistake in the sets is refused with its line")
{
    const std::string merged = "[[set.merged]]\nnumber = 93\ninto = 9\nlabel = {nb='a', en='b'}\n"
                               "formula = 'drop/x{nr=93}'\n";
    const struct {
        std::string text;
        const char* message;
    } mistakes[] = {
        {changed(set_text, "'9'", "'9-10'"), "sets.toml:6: there is no indicator 10"},
        {changed(set_text, "'9'", "'9', '9'"), "sets.toml:6: indicator 9 is named twice"},
        {changed(set_text, "'9'", "'nine'"), "sets.toml:6: 'nine' is not an indicator's number"},
        {changed(set_text, "'9'", "'9-1'"), "sets.toml:6: '9-1' is not a range of numbers such as 1-16"},
        {changed(set_text, "count = 1", "count = 2"), "sets.toml:5: the set has 1 numbers, not 2"},
        {changed(set_text, "count = 1", "counts = 1"), "sets.toml:5: unknown key 'counts' (did you mean 'count'?)"},
        {set_text + "numbers = {8 = 9}\n", "sets.toml:7: indicator 8 is not a member of the set"},
        {set_text + "numbers = {9 = 'x'}\n", "sets.toml:7: '9' must be a whole number from 1 to 9999"},
        {set_text + "tables = {'goal 2' = '8.1'}\n", "sets.toml:7: there is no part 'goal 2'"},
        {set_text + changed(merged, "into = 9", "into = 8"), "sets.toml:9: indicator 8 is not a member of the set"},
        {set_text + changed(merged, "= 93", "= 9"), "sets.toml:1: the set has the number 9 twice"},
        {set_text + set_text, "sets.toml:8: there is a set 1 already, at sets.toml:2: take a number that is free"},
        {set_text + "parts = ['goal 2']\n", "sets.toml:7: there is no part 'goal 2'"},
        {set_text + "sort = 1\n", "sets.toml:7: unknown key 'sort'"},
        {set_text + "layout = 'old'\n", "sets.toml:7: 'layout' cannot be 'old' (known: years, every year, newest)"},
        {set_text + "changes = ['first']\n",
         "sets.toml:7: 'first' is no change column (known: before last, last, per "
         "year, per year from the set's baseline)"},
        {set_text + "changes = ['last', 'last']\n", "sets.toml:7: 'last' is named twice"},
        {set_text + "[[set.own_words]]\npart = 'goal 2'\n",
         "sets.toml:8: there is no part 'goal 2'; say plan for the whole plan"},
        {set_text + "[[set.revised]]\nnumber = '9'\n",
         "sets.toml:8: '9' is not a number with a suffix such as 30rev"},
        {set_text + "[[set.revised]]\nnumber = '9R'\n", "sets.toml:8: '9R': a suffix is of the letters a to z"},
        {set_text + "[[set.revised]]\nnumber = '8rev'\nof = 8\n",
         "sets.toml:9: indicator 8 is not a member of the set"},
        {set_text + "[[set.retired]]\nindicators = ['9']\nreason = {nb='a', en='b'}\n",
         "sets.toml:8: indicator 9 did not leave: it is a member of this set, or was none of the set before"},
        {set_text +
             changed(changed(changed(set_text, "number = 1", "number = 2"), "'9'", ""), "count = 1", "count = 0"),
         "sets.toml:12: the set lacks 9 of set 1: say why in [[set.retired]], with indicators and reason"},
        {"[prices]\nindex = 'drop/x{'\n" + set_text, "sets.toml:2: formula 'drop/x{': expected '}' at character 8"},
    };
    const auto indicators = part_text + indicator_text + definition_text;
    for (const auto& mistake : mistakes)
        CHECK(message_of(indicators, mistake.text) == mistake.message);
}

TEST_CASE("all mistakes of a catalogue are told at once")
{
    const auto two = part_text + changed(indicator_text, "'up'", "'upp'") + definition_text +
                     changed(changed(indicator_text, "number = 9", "number = 10"), "'number'", "'numbers'") +
                     definition_text;
    const auto found = catalogue_mistakes({{"x.toml", two}, {"sets.toml", set_text}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_with("x.toml:11: 'direction' cannot be 'upp'"));
    CHECK(found[1].starts_with("x.toml:21: 'kind' cannot be 'numbers'"));
    CHECK(catalogue_mistakes(shipped_catalogue()).empty());
}

TEST_CASE("what left a report since the one before it is retired with a reason")
{
    const auto catalogue = shipped();
    std::map<int, std::string> retired;
    for (const auto& one : catalogue.set(3)->retired)
        retired[one.indicator] = one.reason.en;
    CHECK(retired == std::map<int, std::string>{{17, "no new figures are expected"},
                                                {18, "no new figures are expected"},
                                                {40, "the figures are doubtful"},
                                                {41, "the figures are doubtful"},
                                                {48, "the figures are doubtful"},
                                                {49, "the figures are doubtful"},
                                                {50, "the figures are doubtful"},
                                                {51, "the figures are doubtful"}});
    CHECK(catalogue.set(1)->shows_newest());
}

TEST_CASE("a catalogue without indicators or without sets is refused")
{
    CHECK(message_of(part_text, "") ==
          "the catalogue has no [[indicator]] in its files (x.toml, sets.toml): add one, "
          "or use the catalogue that comes with skurd");
    CHECK(message_of(part_text + indicator_text + definition_text, "") ==
          "the catalogue has no [[set]] in its files (x.toml, sets.toml): add one, or use the catalogue that comes "
          "with skurd");
    CHECK_THROWS_WITH(read_catalogue({}, ""), "the catalogue has no [[indicator]] in its files (none): add one, or "
                                              "use the catalogue that comes with skurd");
}

TEST_CASE(
    "all mistakes of one indicator, its definitions and the sets are told at once, and none that hangs on another")
{
    auto wrong = part_text + changed(changed(indicator_text, "'up'", "'upp'"), "'2016'", "'soon'") +
                 changed(changed(definition_text, "2018-04-01", "April"), "nr=9}", "nr=9") + "unti = 'x'\n";
    wrong += changed(indicator_text, "number = 9", "number = 10") +
             changed(definition_text, "drop/x{nr=9}", "indicator(9) + 1");
    const auto found = catalogue_mistakes(
        {{"x.toml", wrong}, {"a.toml", "[part\n"}, {"sets.toml", changed(set_text, "count = 1", "count = 2")}});
    const auto all = join(found, "\n");
    INFO(all);
    CHECK(found.size() == 5);
    for (const auto* text : {"a.toml:1: not valid TOML", "x.toml:11: 'direction'", "x.toml:12: 'soon'",
                             "x.toml:15: 'April'", "x.toml:16: formula"})
        CHECK(all.find(text) != std::string::npos);
    const auto sets = catalogue_mistakes(
        {{"x.toml", changed(part_text + indicator_text + definition_text, "'up'", "'upp'")},
         {"sets.toml", changed(set_text, "count = 1", "count = 2") + changed(set_text, "'2016'", "'soon'")}});
    CHECK(sets.size() == 3);
}

TEST_CASE("several files hold a part, one of them its heading; what has none is called by its id")
{
    const auto ten = changed(indicator_text, "number = 9", "number = 10") + definition_text;
    const std::string bare = "[part]\nid = 'goal 1'\n";
    const auto read = [&](const std::string& second) {
        return read_catalogue({{"x.toml", part_text + indicator_text + definition_text},
                               {"y.toml", second + ten},
                               {"sets.toml", set_text}},
                              "");
    };
    CHECK(read(bare).parts == std::map<std::string, LocalizedText>{{"goal 1", {"Mål 1", "Goal 1"}}});
    CHECK(read(bare).find(10)->part == "goal 1");
    CHECK(read(part_text).parts.size() == 1);
    CHECK(read("[part]\nid = 'byen vår'\n").parts.at("byen vår").nb == "byen vår");
    CHECK_THROWS_WITH(read(changed(part_text, "Goal 1", "Goal One")),
                      "y.toml:3: the part 'goal 1' has another heading at x.toml:3: give it in one file only");
}

TEST_CASE("a set may take whole parts, say no count, and stand in any file; one word does for both languages")
{
    const auto part = part_text + changed(indicator_text, "{nb='a', en='b'}", "'Folketall'") + definition_text;
    const auto set = changed(changed(set_text, "count = 1\n", ""), "members = ['9']", "parts = ['goal 1']");
    const auto catalogue = read_catalogue({{"x.toml", part + set}}, "");
    CHECK(catalogue.find(9)->label == LocalizedText{"Folketall", "Folketall"});
    CHECK(catalogue.set(1)->members == std::vector<int>{9});
    CHECK(catalogue.set(1)->file == "x.toml");
}

TEST_CASE("the sets of one file follow one another, those of another file do not")
{
    const auto part =
        part_text + indicator_text + definition_text + changed(indicator_text, "9", "10") + definition_text;
    const auto other = changed(changed(set_text, "number = 1", "number = 2"), "'9'", "'10'");
    CHECK(read_catalogue({{"x.toml", part}, {"sets.toml", set_text}, {"ours.toml", other}}, "").sets.size() == 2);
    CHECK_THROWS_WITH(read_catalogue({{"x.toml", part}, {"sets.toml", set_text + other}}, ""),
                      Catch::Matchers::Contains("the set lacks 9 of set 1"));
}
