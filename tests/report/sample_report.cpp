#include "tests/report/sample_report.hpp"

#include "base/time_text.hpp"
#include "model/correction.hpp"

#include <memory>

namespace skurd::test {

namespace {

using Kind = IndicatorKind;

Time day(const char* text)
{
    return parse_time(text).value();
}

Indicator indicator(int number, const char* part, LocalizedText label, Kind kind, Direction direction,
                    const char* unit)
{
    Indicator made;
    made.number = number;
    made.part = part;
    made.label = std::move(label);
    made.type = "result";
    made.kind = kind;
    made.unit = unit;
    made.direction = direction;
    made.baseline = Period::year(2016);
    made.source = "SSB";
    Definition definition;
    definition.id = 1;
    definition.from = day("2018-04-01");
    definition.unit = unit;
    definition.formula = Formula::of(Selector{"drop/sample", {{"nr", {std::to_string(number)}}}});
    made.definitions.push_back(std::move(definition));
    return made;
}

Definition& redefine(Indicator& indicator, DefinitionChange change, bool comparable, LocalizedText reason)
{
    auto next = indicator.definitions.back();
    next.id += 1;
    next.from = day("2019-11-01");
    next.change = change;
    next.comparable_with_previous = comparable;
    next.reason = std::move(reason);
    return indicator.definitions.emplace_back(std::move(next));
}

void fill(Catalogue& catalogue)
{
    catalogue.hash = "c0ffee";
    catalogue.parts = {{"overall input", {"Samlet innsats", "Overall input"}},
                       {"goal 1", {"Mål 1: Brukermedvirkning & «valg»", "Goal 1: User involvement & \"choice\""}},
                       {"goal 2", {"Mål 2: Tidlig hjelp", "Goal 2: Early help"}}};
    auto& all = catalogue.indicators;
    all.push_back(indicator(1, "overall input", {"Tilskudd til kommunalt rusarbeid", "Grants for municipal work"},
                            Kind::amount, Direction::up, "MNOK fixed prices"));
    redefine(all.back(), DefinitionChange::price_base, false,
             {"2018-kroner i stedet for 2016-kroner", "NOK of 2018 instead of 2016"});
    all.push_back(indicator(2, "overall input",
                            {"Årsverk i kommunalt psykisk helse- og rusarbeid, alle ansatte og innleide",
                             "Man-years in municipal mental health and substance-use work"},
                            Kind::number, Direction::up, "man-years"));
    all.push_back(
        indicator(3, "overall input", {"Den gylne regel", "The golden rule"}, Kind::ratio, Direction::up, "ratio"));
    all.back().target = Decimal(1, 0);
    all.back().definitions[0].judged_on = JudgedOn::level;
    all.push_back(indicator(4, "goal 1", {"Andel som har hatt innflytelse", "Share who had influence"}, Kind::share,
                            Direction::up, "percent"));
    all.back().definitions[0].respondents = {0, {{Period::year(2016), 491}, {Period::year(2018), 1502}}};
    all.push_back(indicator(5, "goal 1", {"Andel som har brukt hasj", "Share who used hash"}, Kind::share,
                            Direction::down, "percent"));
    redefine(all.back(), DefinitionChange::wording, true,
             {"«hasj» ble «hasj eller marihuana»", R"("hash" became "hash or marijuana")"});
    all.push_back(indicator(
        6, "goal 1", {"=1+1 <script>alert('x')</script> | *sterk*", "=1+1 <script>alert('x')</script> | *strong*"},
        Kind::share, Direction::up, "percent"));
    all.push_back(indicator(7, "goal 1", {"Andel kommuner med plan", "Share of municipalities with a plan"},
                            Kind::share, Direction::up, "percent"));
    all.back().definitions[0].breaks.push_back(
        {Period::year(2017), false, {"ja/nei ble graderte svar", "yes/no became graded answers"}});
    all.back().thresholds = Thresholds{Decimal(20, 1), Decimal(25, 1)};
    all.push_back(indicator(8, "goal 2", {"Gjennomsnittlig ventetid", "Mean waiting time"}, Kind::number,
                            Direction::down, "days"));
    all.push_back(indicator(9, "goal 2", {"Bekymringsmeldinger", "Reports of concern"}, Kind::number,
                            Direction::neutral, "reports"));
    all.push_back(indicator(10, "goal 2", {"Utgifter per innbygger", "Spending per inhabitant"}, Kind::amount,
                            Direction::up, "NOK per inhabitant"));
    all.push_back(indicator(11, "goal 2", {"Saker med ungdomsstraff", "Cases of youth sanction"}, Kind::number,
                            Direction::up, "cases"));
    all.push_back(indicator(17, "goal 2", {"Levealder", "Life expectancy"}, Kind::number, Direction::up, "years"));

    IndicatorSet first;
    first.number = 1;
    first.title = {"Første prøverapport", "First sample report"};
    first.baseline = Period::year(2016);
    first.values = ValueColumns::newest;
    first.merged.push_back({12, 11, {"Saker med ungdomsoppfølging", "Cases of youth follow-up"}, {}});
    IndicatorSet third;
    third.number = 3;
    third.title = {"Tredje prøverapport (Fafo 2019:33)", "Third sample report (Fafo 2019:33)"};
    third.note = {"Et sett til prøve, med <tegn> & alt.", "A sample set, with <signs> & all."};
    third.baseline = Period::year(2016);
    third.tables = {{"overall input", "5.1"}, {"goal 1", "7.1"}};
    third.own_words = {{"goal 1", {"«bedre <nå>»", "“better <now>”"}}, {"", {"samlet: bra", "as a whole: good"}}};
    third.retired.push_back({17, {"ingen nye data ventes", "no new data are expected"}});
    catalogue.sets = {first, third};
}

IndicatorValue value(const char* number, const char* symbol = "", Meaning meaning = Meaning::none)
{
    IndicatorValue made;
    made.value = {Decimal::parse(number), {symbol, meaning}};
    made.definition = 1;
    if (made.value.number || meaning != Meaning::none) {
        made.vintage = 2;
        made.published_at = day("2019-11-01");
    }
    return made;
}

Verdict verdict(Outcome outcome, const char* change, const char* unit)
{
    Verdict made;
    made.from = Period::year(2016);
    made.to = Period::year(2018);
    made.years = 2;
    made.comparison = Comparison::baseline;
    made.outcome = outcome;
    made.change = Decimal::parse(change);
    made.unit = unit;
    made.rule = "change/1";
    made.vintages = {2};
    made.sentence.nb = "Setningen på norsk.";
    made.sentence.en = "The sentence in English.";
    return made;
}

struct Shown {
    const char* whole;
    const char* per_year;
};

/// A row of the status report, with two change columns of the same verdict.
StatusReport::Row& add(StatusReport& report, const Indicator& indicator, IndicatorValue before, IndicatorValue after,
                       Verdict change, Shown shown)
{
    auto& row = report.rows.emplace_back();
    row.indicator = &indicator;
    row.number = indicator.number;
    const auto table = report.set->tables.find(indicator.part);
    row.table = table == report.set->tables.end() ? "" : table->second;
    row.definition = &indicator.definitions.back();
    change.indicator = indicator.number;
    change.definition = row.definition->id;
    change.old_value = before.value.number;
    change.new_value = after.value.number;
    before.definition = after.definition = row.definition->id;
    row.course = {{Period::year(2016), before}, {Period::year(2018), after}};
    row.values = {std::move(before), std::move(after)};
    row.shown_changes = {Decimal::parse(shown.whole), Decimal::parse(shown.per_year)};
    auto per_year = change;
    per_year.comparison = Comparison::per_year;
    per_year.change = Decimal::parse(shown.per_year);
    row.changes = {std::move(change), std::move(per_year)};
    return row;
}

void add_overall_input(StatusReport& report, const Catalogue& catalogue)
{
    auto worse = verdict(Outcome::worsened, "-5.00000000", "percent");
    add(report, *catalogue.find(1), value("419"), value("398.05"), worse, {"-5.0", "-2.5"});
    auto& more = add(report, *catalogue.find(2), value("13936"), value("15894", "*", Meaning::provisional),
                     verdict(Outcome::improved, "14.04994260", "percent"), {"14.0", "6.8"});
    for (auto& change : more.changes)
        change.provisional = true;
    more.course[Period::year(2013)] = value("12000.5");
    more.course[Period::year(2014)] = value("", ":", Meaning::confidential);
    more.course[Period::year(2015)] = value("13100");
    more.course[Period::year(2017)] = value("15000");
    auto& rule = add(report, *catalogue.find(3), value("0.98"), value("1.02"),
                     verdict(Outcome::not_judged, "", "percent"), {"", ""});
    for (const auto& [year, outcome] : {std::pair(2016, Outcome::worsened), std::pair(2018, Outcome::improved)}) {
        rule.levels.push_back(verdict(outcome, "", "level"));
        rule.levels.back().to = Period::year(year);
    }
}

void add_goal_1(StatusReport& report, const Catalogue& catalogue)
{
    auto sampled = verdict(Outcome::improved, "2.10000000", "percentage points");
    sampled.margin = Decimal(44, 1);
    sampled.within_margin = true;
    auto& influence = add(report, *catalogue.find(4), value("46.2"), value("48.3"), sampled, {"2.1", "1.1"});
    influence.changes[1].margin = Decimal(22, 1);
    influence.changes[1].within_margin = false;
    auto allowed = verdict(Outcome::unchanged, "0.90000000", "percentage points");
    allowed.near_miss = {"0,1 prosentpoeng fra rød", "0.1 percentage points from red"};
    allowed.caveat = {"evaluatorenes egen vurdering", "the evaluators' own judgement"};
    add(report, *catalogue.find(5), value("3.9"), value("4.8"), allowed, {"0.9", "0.5"});
    add(report, *catalogue.find(6), value("12", "*", Meaning::provisional), value("", "N/A", Meaning::not_available),
        verdict(Outcome::no_data, "", "percentage points"), {"", ""});
    auto broken = verdict(Outcome::not_comparable, "", "percentage points");
    broken.reason = "a break in 2017";
    auto& plan = add(report, *catalogue.find(7), value("73"), value("81"), broken, {"", ""});
    plan.course[Period::year(2015)] = value("70");
    plan.course[Period::year(2017)] = value("80");
}

void add_goal_2(StatusReport& report, const Catalogue& catalogue)
{
    Correction correction;
    correction.id = 3;
    correction.expected = Decimal(284, 0);
    correction.corrected = Decimal(282, 0);
    correction.reason = "skrivefeil <i>blåbær</i>";
    correction.actor = "Kåre";
    correction.made_at = day("2020-01-01");
    auto corrected = value("284");
    corrected.correction = std::make_shared<const Correction>(correction);
    add(report, *catalogue.find(8), corrected, value("284"), verdict(Outcome::unchanged, "0.00000000", "percent"),
        {"0.0", "0.0"});
    add(report, *catalogue.find(9), value("0"), value("123456789.123456789"),
        verdict(Outcome::increased, "3.50000000", "percent"), {"3.5", "1.7"});
    auto unread = value("1234");
    unread.value.number.reset();
    unread.missing = {"indicator(9): taushetsbelagt", "indicator(9): confidential"};
    auto untold = value("");
    untold.formula_error = {"deler på null", "divides by zero"};
    auto& spending =
        add(report, *catalogue.find(10), unread, untold, verdict(Outcome::no_data, "", "percent"), {"", ""});
    spending.formula_error = {"formelen gjelder flere serier", "the formula means several series"};
    add(report, *catalogue.find(11), value("", ":", Meaning::confidential), value(""),
        verdict(Outcome::no_data, "", "percent"), {"", ""});
}

ReportDifference difference(DifferenceKind kind, int indicator, int before, int now, LocalizedText text)
{
    ReportDifference made;
    made.kind = kind;
    made.indicator = indicator;
    made.number_before = before;
    made.number_now = now;
    made.text = std::move(text);
    return made;
}

void add_differences(StatusReport& report)
{
    report.compared_with = {"Første prøverapport", "First sample report"};
    auto revised = difference(DifferenceKind::revision, 8, 8, 8, {"2016: 282 → 284", "2016: 282 → 284"});
    revised.period_before = revised.period_now = Period::year(2016);
    revised.before = Decimal(282, 0);
    revised.now = Decimal(284, 0);
    auto moved = difference(DifferenceKind::period_corrected, 2, 2, 2,
                            {"målt i 2016, ikke i 2015", "measured in 2016, not in 2015"});
    moved.period_before = Period::year(2015);
    moved.period_now = Period::year(2016);
    moved.before = moved.now = Decimal(13936, 0);
    auto prices = difference(DifferenceKind::price_base, 1, 1, 1,
                             {"2016: 400 → 419, 2018-kroner", "2016: 400 → 419, NOK of 2018"});
    prices.before = Decimal(400, 0);
    prices.now = Decimal(419, 0);
    prices.comparable = false;
    report.differences = {
        revised, moved, prices,
        difference(DifferenceKind::merged, 11, 12, 11, {"12 er nå en del av 11", "12 is part of 11 now"}),
        difference(DifferenceKind::retired, 17, 17, 0, {"=ingen nye data ventes", "=no new data are expected"})};
}

RollUp roll_up(Course plan)
{
    RollUp made;
    made.parts = {{"overall input", {1, 1, 0, 0, 0, 0, 0, 1}, Course::mixed},
                  {"goal 1", {1, 0, 1, 0, 0, 1, 1, 0}, Course::positive},
                  {"goal 2", {0, 0, 1, 1, 0, 2, 0, 0}, Course::unchanged}};
    made.counts = {2, 1, 2, 1, 0, 3, 1, 1};
    made.plan = plan;
    return made;
}

void fill_status(StatusReport& report, const Catalogue& catalogue)
{
    report.set = catalogue.set(3);
    report.period = Period::year(2018);
    report.as_of = day("2020-06-01");
    report.thresholds = {Decimal(10, 1), Decimal(25, 1)};
    report.prices = ShownPrices{2018, "ssb/03013{Konsumgrp=TOTAL}", {7}, {}};
    report.periods = {Period::year(2016), Period::year(2018)};
    report.columns = {{Comparison::baseline, Period::year(2016), Period::year(2018)},
                      {Comparison::per_year, Period::year(2016), Period::year(2018)}};
    add_overall_input(report, catalogue);
    add_goal_1(report, catalogue);
    add_goal_2(report, catalogue);
    report.roll_ups = {roll_up(Course::positive), roll_up(Course::mixed)};
    report.sources = {{"drop/sample",
                       {"IS-24/8", "SSB"},
                       2,
                       day("2019-11-01"),
                       Confidence::stated,
                       {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
                      {"ssb/03013", {"SSB"}, 7, day("2020-05-11"), Confidence::stated, {1}}};
    report.attributions.add_source("ssb",
                                   {{"Statistisk sentralbyrå", "Statistics Norway"}, {"CC BY 4.0", "CC BY 4.0"}});
    for (auto& row : report.rows)
        row.datasets = row.number == 1 ? std::vector<std::string>{"drop/sample", "ssb/03013"}
                                       : std::vector<std::string>{"drop/sample"};
    report.store = {7, day("2020-06-02"), 12};
    add_differences(report);
}

/// A row that shows the newest of these, a year later each.
void add_baseline(StatusReport& report, const Indicator& indicator, std::vector<IndicatorValue> values)
{
    auto& row = report.rows.emplace_back();
    row.indicator = &indicator;
    row.number = indicator.number;
    row.definition = &indicator.definitions.front();
    int year = 2015;
    for (auto& each : values)
        row.course[Period::year(year++)] = std::move(each);
}

void fill_baselines(StatusReport& report, const Catalogue& catalogue)
{
    report.set = catalogue.set(1);
    report.period = Period::year(2017);
    report.as_of = day("2018-06-01");
    report.what_if = Thresholds{Decimal(5, 1), Decimal(10, 1)};
    report.thresholds = {Decimal(10, 1), Decimal(25, 1)};
    add_baseline(report, *catalogue.find(1), {value("380"), value("400")});
    add_baseline(report, *catalogue.find(4),
                 {value("46.2", "*", Meaning::provisional), value("", "..", Meaning::not_asked)});
    add_baseline(report, *catalogue.find(11), {value("57")});
    add_baseline(report, *catalogue.find(11), {value("31")});
    report.rows.back().merged = &report.set->merged.front();
    report.rows.back().number = 12;
    add_baseline(report, *catalogue.find(10), {});
    report.sources = {{"drop/sample", {"SSB"}, 1, day("2018-04-01"), Confidence::month, {1, 4, 11, 12}}};
}

} // namespace

SampleReports::SampleReports()
{
    fill(catalogue);
    fill_status(status, catalogue);
    fill_baselines(baselines, catalogue);
}

} // namespace skurd::test
