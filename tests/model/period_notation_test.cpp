#include "model/period_notation.hpp"

#include "base/text.hpp"
#include "model/period_words.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

using Texts = std::vector<std::string>;

Dimension time_of(const Texts& codes, const Texts& labels = {}, const std::string& name = "Tid")
{
    Dimension time{name, name, Role::time, {}, std::nullopt, ""};
    for (std::size_t i = 0; i < codes.size(); ++i)
        time.categories.push_back({codes[i], i < labels.size() ? labels[i] : codes[i], "", std::nullopt});
    return time;
}

std::string read(const Dimension& time, const PeriodHints& hints = {})
{
    const PeriodNotation notation(time, hints);
    Texts periods;
    for (const auto& category : time.categories) {
        const auto period = notation.read(category);
        periods.push_back(period.kind() == PeriodKind::other ? "'" + period.text() + "'" : period.text());
    }
    return join(periods, " ");
}

Texts months_of(const std::string& form, const Texts& years)
{
    Texts codes;
    for (const auto& year : years)
        for (int month = 1; month <= 12; ++month)
            codes.push_back(fmt::format(fmt::runtime(form), year, month));
    return codes;
}

} // namespace

TEST_CASE("a year and a number are read as one kind, which all codes decide together")
{
    const auto dashed = read(time_of(months_of("{}-{:02}", {"2005", "2006"})));
    CHECK(dashed.find("2005M06 2005M07") != dashed.npos);
    CHECK(dashed.find('/') == dashed.npos);
    CHECK(read(time_of({"2005-06", "2005-07"})) == "2005M06 2005M07");
    CHECK(read(time_of({"2019-10", "2020-10", "2021-10"})) == "2019M10 2020M10 2021M10");
    CHECK(read(time_of({"1998-99", "1999-00", "2005-06"})) == "1998/1999 1999/2000 2005/2006");
    CHECK(read(time_of({"2005-06", "2006-07"})) == "2005/2006 2006/2007");
    CHECK(read(time_of({"2010/11"})) == "2010/2011");
    CHECK(read(time_of({"2005-06", "2005-13"})) == "'2005-06' '2005-13'");
    CHECK(read(time_of(months_of("{}{:02}", {"2022", "2023"}))).starts_with("2022M01 2022M02"));
    CHECK(read(time_of(months_of("{}{:02}", {"2022"}))).starts_with("'202201' '202202'")); // or its first weeks
    CHECK(read(time_of({"202201", "202202"})) == "'202201' '202202'");
    CHECK(read(time_of({"20221", "20222"})) == "'20221' '20222'");
}

TEST_CASE("what may be two things is read as the dimension is called, its labels say or the source tells")
{
    CHECK(read(time_of({"2005-06"}, {}, "måned")) == "2005M06");
    CHECK(read(time_of({"2005-06"}, {}, "Skoleår")) == "2005/2006");
    CHECK(read(time_of({"2005-06"}, {}, "år")) == "2005/2006");
    CHECK(read(time_of({"2005-06"}, {}, "år og måned")) == "2005M06");
    CHECK(read(time_of({"2005-06"}, {"juni 2005"})) == "2005M06");
    CHECK(read(time_of({"2005-06"}, {"2005/2006"})) == "2005/2006");
    CHECK(read(time_of({"2005-06"}), {{}, PeriodKind::month}) == "2005M06");
    CHECK(read(time_of({"2005-06"}), {PeriodKind::school_year, PeriodKind::month}) == "2005/2006");
    CHECK(read(time_of({"2005-06", "2005-07"}), {{}, PeriodKind::year}) == "2005M06 2005M07"); // it cannot be
    CHECK(read(time_of({"202201", "202202"}, {}, "TLIST(M1)")) == "2022M01 2022M02");
    CHECK(read(time_of({"202201", "202252"}, {}, "uke")) == "2022W01 2022W52");
    CHECK(read(time_of({"202201", "202202"}, {"2022M01", "2022M02"})) == "2022M01 2022M02");
    CHECK(read(time_of({"20221", "20224"}, {}, "TLIST(Q1)")) == "2022Q1 2022Q4");
    CHECK(read(time_of({"20221", "20224"}, {}, "Kvartal")) == "2022Q1 2022Q4");
    CHECK(read(time_of({"20221", "20222"}, {}, "Halvår")) == "2022H1 2022H2");
    CHECK(read(time_of({"20221", "20229"}, {}, "kvartal")) == "'20221' '20229'");
    CHECK(read(time_of({"20221", "20222"}), {PeriodKind::tertial, {}}) == "2022T1 2022T2");
    CHECK(read(time_of({"2001-05", "2005-09"}), {PeriodKind::span, {}}) == "2001-2005 2005-2009");
}

TEST_CASE("what nothing tells is refused, with the key that tells it")
{
    CHECK_THROWS_WITH(read(time_of({"2005-06"})),
                      "dimension 'Tid': '2005-06' may be the month 2005M06 or the school year 2005/2006, and nothing "
                      "tells which: say period_kind = \"month\" or \"school year\" in the job");
    CHECK_THROWS_WITH(read(time_of({"2001-05", "2005-09"})),
                      Catch::Contains("may be the month 2001M05 or the years 2001-2005"));
}

TEST_CASE("a choice is told, and what reads one way is none")
{
    const auto choice = [](const Dimension& time) { return PeriodNotation(time).choice(); };
    CHECK(choice(time_of({"2005", "2024K1", "2022_2024", "2016-2018", "1. kvartal 2019"})).empty());
    CHECK(choice(time_of({"2005-06", "2005-07"})) ==
          "the periods of Tid are read as months (by all its codes): '2005-06' is 2005M06");
    CHECK(choice(time_of({"20221"}, {}, "kvartal")) ==
          "the periods of kvartal are read as quarters (as it is called): '20221' is 2022Q1");
    CHECK(choice(time_of({"20221"})) ==
          "nothing tells what the period '20221' of Tid is: say period_kind in the job");
    CHECK(choice(time_of({"0", "1"}, {"2019", "2020"})) ==
          "the periods of Tid are read from its labels: '0' is 2019");
}

TEST_CASE("periods come from labels where codes are positions, and a code that is a period wins")
{
    CHECK(read(time_of({"0", "1", "2"}, {"2019", "2020", "2021"})) == "2019 2020 2021");
    CHECK(read(time_of({"2", "1", "0"}, {"2021K3", "2021K2", "2021K1"})) == "2021Q3 2021Q2 2021Q1");
    CHECK(read(time_of({"1", "2"}, {"januar 2022", "februar 2022"})) == "2022M01 2022M02");
    CHECK(read(time_of({"1", "2"}, {"2022-01", "2022-02"})) == "2022M01 2022M02");
    CHECK(read(time_of({"1", "2"}, {"før krigen", "1945"})) == "'før krigen' 1945");
    CHECK(read(time_of({"A", "B"}, {"2019", "2020"})) == "2019 2020");
    CHECK(read(time_of({"A", "B"}, {"2019", "later"})) == "'A' 'B'");
    CHECK(read(time_of({"2019", "2020"}, {"2018", "2019"})) == "2019 2020");
    CHECK(read(time_of({"2019", "2020p"}, {"2019", "2020"})) == "2019 2020");
    CHECK(read(time_of({"2019", "2020p"}, {"2018", "2020"})) == "2019 '2020p'");
    CHECK(read(time_of({"0", "1"}, {"2019", "2019"})) == "'0' '1'");
    CHECK(read(time_of({"0", "1"})) == "'0' '1'");
}

TEST_CASE("week 53 is one of years that have it")
{
    CHECK(read(time_of({"2020U53", "2021U01"})) == "2020W53 2021W01");
    CHECK(read(time_of({"2021U53", "2022U01"})) == "'2021U53' 2022W01");
    CHECK(Period::from_text("2005-06").text() == "2005-06");
    CHECK(Period::from_text("2005/2006").kind() == PeriodKind::school_year);
}

TEST_CASE("periods in words are read, and what has more words or numbers is none")
{
    const auto words = [](const char* text) {
        const auto period = read_period_words(text);
        return period ? period->text() : "nothing";
    };
    CHECK(words("Januar 2022") == "2022M01");
    CHECK(words("2022 oct.") == "2022M10");
    CHECK(words("1. kvartal 2019") == "2019Q1");
    CHECK(words("2019, 4. kv.") == "2019Q4");
    CHECK(words("1st quarter 2019") == "2019Q1");
    CHECK(words("K2 2019") == "2019Q2");
    CHECK(words("2. tertial 2018") == "2018T2");
    CHECK(words("2. halvår 2018") == "2018H2");
    CHECK(words("Uke 5 2024") == "2024W05");
    CHECK(words("2024-W05") == "2024W05");
    CHECK(words("2024-S2") == "2024H2");
    CHECK(words("skoleåret 2019/20") == "2019/2020");
    CHECK(words("År 2018") == "2018");
    for (const auto* text : {"15. januar 2022", "5. kvartal 2019", "kvartal 2019", "2019", "januar", "januar 22",
                             "Statistikk i januar 2022", "uke 53 2021", "skoleåret 2019/2021", ""})
        CHECK(words(text) == "nothing");
}

TEST_CASE("time is ordered by its periods however it is listed")
{
    using Positions = std::vector<std::size_t>;
    CHECK(time_order(time_of({"2019", "2020", "2021"})) == Positions{0, 1, 2});
    CHECK(time_order(time_of({"2021", "2020", "2019"})) == Positions{2, 1, 0});
    CHECK(time_order(time_of({"2020", "2019", "2021"})) == Positions{1, 0, 2});
    CHECK(time_order(time_of({"0", "1"}, {"2020", "2019"})) == Positions{1, 0});
    CHECK(time_order(time_of({"før", "2019", "2020"})) == Positions{0, 1, 2});
    CHECK(time_order(time_of({"2021 (p)", "2020", "2019"})) == Positions{2, 1, 0});
    CHECK(time_order(time_of({"b", "a"})) == Positions{0, 1});
}
