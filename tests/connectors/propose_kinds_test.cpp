// Kinds of tables that people publish: what is proposed for each decodes every number, or says what it does not.
#include "base/text.hpp"
#include "tests/connectors/described.hpp"
#include "tests/decode/workbooks.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// A small file and what its proposal decodes, for a proposal that is proved.
struct Kind {
    const char* what;
    const char* file;
    const char* cells;
};

const Kind proved[] = {
    {"quarters across", "Kommune;2024K1;2024K2\nOslo;10;12\nStavanger;7;8\n",
     "Kommune,Tid,value,status\nOslo,2024K1,10,\nOslo,2024K2,12,\nStavanger,2024K1,7,\nStavanger,2024K2,8,\n"},
    {"months across", "Kommune;2024M01;2024M02\nOslo;10;12\nStavanger;7;8\n",
     "Kommune,Tid,value,status\nOslo,2024M01,10,\nOslo,2024M02,12,\nStavanger,2024M01,7,\nStavanger,2024M02,8,\n"},
    {"weeks across", "Kommune;2024W01;2024W02\nOslo;10;12\nStavanger;7;8\n",
     "Kommune,Tid,value,status\nOslo,2024W01,10,\nOslo,2024W02,12,\nStavanger,2024W01,7,\nStavanger,2024W02,8,\n"},
    {"a week that is unknown", "Kommune;2020W52;2020W99\nOslo;10;12\nStavanger;7;8\n",
     "Kommune,Tid,value,status\nOslo,2020W52,10,\nOslo,2020W99,12,\nStavanger,2020W52,7,\nStavanger,2020W99,8,\n"},
    {"quarters in words", "Kommune;1. kvartal 2024;2. kvartal 2024\nOslo;10;12\nStavanger;7;8\n",
     "Kommune,Tid,value,status\nOslo,2024Q1,10,\nOslo,2024Q2,12,\nStavanger,2024Q1,7,\nStavanger,2024Q2,8,\n"},
    {"contents and year in one header",
     "Region;Antall 2016;Antall 2017;Andel (2016);Andel (2017)\nBø;1;2;3;4\nÅs;5;6;7;8\n",
     "Region,measure,Tid,value,status\nBø,Antall,2016,1,\nBø,Antall,2017,2,\nBø,Andel,2016,3,\nBø,Andel,2017,4,\n"
     "Ås,Antall,2016,5,\nÅs,Antall,2017,6,\nÅs,Andel,2016,7,\nÅs,Andel,2017,8,\n"},
    {"spans of years, where there are no years", "Region;2014-2016;2015-2017\nBø;1,5;2,5\nÅs;3;4\n",
     "Region,Tid,value,status\nBø,2014-2016,1.5,\nBø,2015-2017,2.5,\nÅs,2014-2016,3,\nÅs,2015-2017,4,\n"},
    {"a first row of numbers that look like years", "Region;2016;2017\nHele landet;1950;1987\nBø;7;8\n",
     "Region,Tid,value,status\nHele landet,2016,1950,\nHele landet,2017,1987,\nBø,2016,7,\nBø,2017,8,\n"},
    {"a first row of marks", "Region;2016;2017\nOslo;:;:\nBø;7;8\n",
     "Region,Tid,value,status\nOslo,2016,,:\nOslo,2017,,:\nBø,2016,7,\nBø,2017,8,\n"},
    {"nothing but numbers that look like years", "Region;2016;2017\nBø;1950;1987\nÅs;2001;1999\n",
     "Region,Tid,value,status\nBø,2016,1950,\nBø,2017,1987,\nÅs,2016,2001,\nÅs,2017,1999,\n"},
    {"a period below the name, and a value like one", "År;Antall\n2016;1950\n2017;2100\n",
     "tabell,År,value,status\n0,2016,1950,\n0,2017,2100,\n"},
    {"headings with the text of the rows below",
     "Kommune;Kjønn;2016\nOslo;;\nOslo;Menn;1\nOslo;Kvinner;3\nBø;;\nBø;Menn;5\nBø;Kvinner;7\n",
     "Kommune,Kjønn,Tid,value,status\nOslo,Menn,2016,1,\nOslo,Kvinner,2016,3,\nBø,Menn,2016,5,\nBø,Kvinner,2016,7,"
     "\n"},
    {"totals are categories as others", "Region;Kjønn;2016\nBø;Menn;1\nBø;I alt;3\nI alt;Menn;5\nI alt;I alt;7\n",
     "Region,Kjønn,Tid,value,status\nBø,Menn,2016,1,\nBø,I alt,2016,3,\nI alt,Menn,2016,5,\nI alt,I alt,2016,7,\n"},
    {"municipality numbers that look like years",
     "knr;navn;year;sum\n0101;Halden;2003;12\n0101;Halden;2004;13\n1902;Tromsø;2003;14\n1902;Tromsø;2004;15\n",
     "knr,year,value,status\n0101,2003,12,\n0101,2004,13,\n1902,2003,14,\n1902,2004,15,\n"},
    {"codes whose names say nothing go with the names beside them",
     "a;b;År;sum\n11;Halden;2003;12\n11;Halden;2004;13\n12;Moss;2003;14\n12;Moss;2004;15\n",
     "a,År,value,status\n11,2003,12,\n11,2004,13,\n12,2003,14,\n12,2004,15,\n"},
    {"what is the same in every row is kept", "Tema;Region;2016\nSkole;Bø;1\nSkole;Ås;2\n",
     "Region,Tema,Tid,value,status\nBø,Skole,2016,1,\nÅs,Skole,2016,2,\n"},
    {"a footnote behind a year", "Region;2016;2017*\nBø;1;2\nÅs;3;4\n",
     "Region,Tid,value,status\nBø,2016,1,\nBø,2017,2,\nÅs,2016,3,\nÅs,2017,4,\n"},
    {"a year beside its months", "År;Måned;Antall\n2024;2024M01;5\n2024;2024M02;6\n",
     "tabell,Måned,value,status\n0,2024M01,5,\n0,2024M02,6,\n"},
};

/// A small file, and what is said of it by one that is not proved.
const Kind doubted[] = {
    {"a change without years", "Kommune;2017;2018;Endring\nOslo;10;12;2\nBø;7;8;1\n",
     "the column 'Endring' is left out with 2 numbers\n"},
    {"a change between the years that are there", "Kommune;2017;2018;Endring 2017-2018\nOslo;10;12;2\nBø;7;8;1\n",
     "the column 'Endring 2017-2018' is left out with 2 numbers\n"},
    {"a change from another year", "Kommune;2017;2018;Endring 2016-2018\nOslo;10;12;2\nBø;7;8;1\n",
     "the column 'Endring 2016-2018' is left out with 2 numbers\n"},
    {"a span beside years", "Kommune;2017;2018;2016-2018\nOslo;10;12;2\nBø;7;8;1\n",
     "the column '2016-2018' is left out with 2 numbers\n"},
    {"a header of numbers", "Alder;0;1;2\nBø 2016;4;5;6\nÅs 2017;7;8;9\n",
     "the numbers of row 1, which ascend, are taken for the names of columns"},
    {"names above numbers that may be years", "Region;Menn;Kvinner\nHele landet;1950;1987\nBø;7;8\n",
     "row 2 is taken for values, though it could be a header of years"},
    {"no period", "Region;Antall\nBø;1\nÅs;2\n", "no period is found: say in 'period' what the file is about\n"},
    {"a period in a title", "Årsverk 2018\n\nRegion;Antall\nBø;1\nÅs;2\n",
     "the period '2018' is taken from 'Årsverk 2018'"},
    {"a flag behind a number", "Region;År;Andel\nBø;2016;1,5\nÅs;2016;2,5*\n",
     "behind numbers stands *: is it what [layout.flags] says?"},
    {"a number in parentheses", "Region;År;Andel\nBø;2016;1,5\nÅs;2016;(2,5)\n", "'(2,5)' is not a number"},
    {"a sign that is either", "Region;2016\nBø;1,234\nÅs;2,345\n", "has three digits behind its only sign"},
    {"texts among the values", "Region;2016\nBø;1\nÅs;2\nOs;3\nUt;4\nIn;5\nA;6\nB;7\nC;8\nD;9\nE;ukjent\n",
     "1 texts stand among the values: 'ukjent'"},
    {"a year and a month in two columns",
     "Region;År;Måned;Antall\nBø;2024;1;5\nBø;2024;2;6\nÅs;2024;1;7\nÅs;2024;2;8\n",
     "'Måned' is called like a period and is taken for a series"},
    {"groups written once", "Fylke;Kjønn;2016\nViken;Menn;1\n;Kvinner;2\nOslo;Menn;3\n;Kvinner;4\n",
     "'Fylke' is taken to hold for the rows below it, where it is empty"},
    {"headings that tell the rows apart", "Kjønn;2016\nBø;\nMenn;1\nKvinner;2\nÅs;\nMenn;3\nKvinner;4\n",
     "rows with one cell are taken for headings of the rows below"},
    {"a second table below", "Region;2016\nBø;1\nÅs;2\n\nAlder;2016;2017\nUng;3;4\nGammel;5;6\n",
     "Some stand in the same columns: describe each with --table"},
};

bool is_plain_number(std::string_view cell)
{
    return guess_cell(cell) == CellGuess::number && all_digits(cell) && !cell.starts_with('0');
}

/// Each kind as a workbook of the same cells: numbers are numbers there, and a letter names a column.
std::vector<std::vector<std::string>> cells_of(const std::string& csv)
{
    std::vector<std::vector<std::string>> rows;
    for (const auto line : split(csv, '\n')) {
        auto& row = rows.emplace_back();
        for (const auto cell : split(line, ';'))
            row.push_back((is_plain_number(cell) ? "#" : "") + std::string(cell));
    }
    return rows;
}

} // namespace

TEST_CASE("kinds of tables whose proposal is proved are decoded to the last number", "[propose]")
{
    for (const auto& kind : proved) {
        INFO(kind.what);
        CHECK(doubts(kind.file) == "");
        CHECK(proposed(kind.file) == kind.cells);
    }
}

TEST_CASE("kinds of tables that cannot be proved are told with what is missing or guessed", "[propose]")
{
    for (const auto& kind : doubted) {
        INFO(kind.what);
        CHECK_THAT(doubts(kind.file), Contains(kind.cells));
        CHECK_FALSE(propose_layout(kind.file, "tall.csv").is_proved());
    }
}

TEST_CASE("a column of numbers is not left out without a word because the names beside it tell it", "[propose]")
{
    const std::string file =
        "Region;Kjønn;2018;2019;Folketall\nOslo;Menn;1,5;4,5;1450,5\nOslo;Kvinner;2,5;5,5;1450,5\n"
        "Bergen;Menn;2,5;6,5;20,4\nBergen;Kvinner;3,5;7,5;20,4\n";
    CHECK_FALSE(propose_layout(file, "tall.csv").is_proved());
    CHECK_THAT(doubts(file), Contains("Folketall"));
    const std::string counts = "Region;Tid;Innbyggere;Antall i region\nOslo;2018;10;4\nBergen;2018;12;5\n";
    CHECK_THAT(proposed(counts), Contains("Antall i region"));
}

TEST_CASE("a table that begins to the right of A, with an empty row below its header, is found where it is",
          "[propose]")
{
    std::vector<std::vector<std::string>> rows = {{},
                                                  {"", "Per", "2018"},
                                                  {},
                                                  {"", "", "Menn", "Kvinner"},
                                                  {},
                                                  {"", "Oslo", "#1", "#2"},
                                                  {"", "Bergen", "#3", "#4"}};
    const auto file = xlsx({{"Ark", rows}});
    CHECK(doubts(file) == "");
    CHECK(proposed(file) == "Kolonne B,measure,Tid,value,status\nOslo,Menn,2018,1,\nOslo,Kvinner,2018,2,\n"
                            "Bergen,Menn,2018,3,\nBergen,Kvinner,2018,4,\n");
}

TEST_CASE("a corner that is merged over two rows of the header is one name", "[propose]")
{
    const std::vector<std::vector<std::string>> rows = {{"Region", "Menn", "", "Kvinner", ""},
                                                        {"", "2016", "2017", "2016", "2017"},
                                                        {"Oslo", "#1", "#2", "#3", "#4"}};
    const auto file = xlsx({{"Ark", rows, {"A1:A2", "B1:C1", "D1:E1"}}});
    CHECK(doubts(file) == "");
    CHECK(proposed(file) == "Region,rad 1,Tid,value,status\nOslo,Menn,2016,1,\nOslo,Menn,2017,2,\n"
                            "Oslo,Kvinner,2016,3,\nOslo,Kvinner,2017,4,\n");
}

TEST_CASE("dates of which each is the first of a year are years, and others months or a doubt", "[propose]")
{
    const auto across = [](const std::string& first, const std::string& second) {
        return xlsx({{"Ark", {{"Region", "@" + first, "@" + second}, {"Oslo", "#1", "#2"}, {"Bø", "#3", "#4"}}}});
    };
    CHECK(doubts(across("2016-01-01", "2017-01-01")) == "");
    CHECK_THAT(proposed(across("2016-01-01", "2017-01-01")), Contains("Oslo,2017,2,"));
    CHECK(doubts(across("2016-01-01", "2016-02-01")) == "");
    CHECK_THAT(proposed(across("2016-01-01", "2016-02-01")), Contains("Oslo,2016M02,2,"));
    CHECK(doubts(across("2016-03-31", "2016-06-30")) == "the dates are taken for months: is that so?\n");
}

TEST_CASE("each of several tables of a file is proposed by its number", "[propose]")
{
    const std::vector<std::vector<std::string>> below = {{"Telemark", "2011", "2022"}, {"Bolig", "#52.2", "#53.5"},
                                                         {"Hytte", "#25.5", "#29.7"},  {},
                                                         {"Vestfold", "2011", "2022"}, {"Bolig", "#63.1", "#65.9"}};
    const auto file = xlsx({{"Ark", below}, {"Annet", {{"Region", "2016"}, {"Bø", "#1"}}}});
    const auto first = propose_layout(file, "tall.xlsx");
    const auto second = propose_layout(file, "tall.xlsx", 2);
    const auto third = propose_layout(file, "tall.xlsx", 3);

    CHECK_FALSE(first.is_proved());
    CHECK_THAT(first.findings.texts().front(),
               Contains("table 1 was taken: 1: sheet 'Ark', columns A:C, rows 1-3 has "
                        "4 numbers; 2: sheet 'Ark', columns A:C, rows 5-6"));
    CHECK(second.is_proved());
    CHECK(decoded_as_proposed(second, file) == "Vestfold,Tid,value,status\nBolig,2011,63.1,\nBolig,2022,65.9,\n");
    CHECK(third.is_proved());
    CHECK(decoded_as_proposed(third, file) == "Region,Tid,value,status\nBø,2016,1,\n");
    CHECK_THROWS_WITH(propose_layout(file, "tall.xlsx", 4), "the file has 3 tables of numbers, and no table 4");
}

TEST_CASE("a header that comes again with a heading above is one table with the headings as a dimension", "[propose]")
{
    const std::vector<std::vector<std::string>> rows = {
        {"Utgifter (kr)"}, {"År", "Oslo", "Bø"}, {"2020", "", ""},     {"2021", "#1", "#2"}, {},
        {"Årsverk"},       {"År", "Oslo", "Bø"}, {"2020", "#5", "#6"}, {"2021", "#7", "#8"}};
    const auto file = xlsx({{"Ark", rows}});
    CHECK_THAT(doubts(file), Contains("rows with one cell are taken for headings"));
    CHECK_THAT(proposed(file), Contains("Årsverk,Bø,2021,8,\n"));
}

TEST_CASE("what a sheet and a text say of one table is proposed alike", "[propose]")
{
    for (const auto& kind : proved) {
        INFO(kind.what);
        const auto file = xlsx({{"Ark", cells_of(kind.file)}});
        CHECK(doubts(file, "tall.xlsx") == "");
        CHECK(proposed(file, "tall.xlsx") == kind.cells);
    }
}
