// Layouts of sheets, each on an XLSX and an ODS of the same cells.
#include "tests/connectors/drop_layout.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// What a layout makes of a sheet, in both formats; the two must agree.
std::string decoded_both(const std::string& toml, const SheetText& sheet)
{
    auto from_xlsx = decoded(toml, xlsx({sheet}));
    const auto from_ods = decoded(toml, ods({sheet}));
    CHECK(from_xlsx == from_ods);
    return from_xlsx;
}

std::string decoded_both(const std::string& toml, const Rows& rows)
{
    return decoded_both(toml, SheetText{"Tabell 2", rows});
}

const std::string region = "[[layout.series]]\ncolumn='Region'\n";

} // namespace

TEST_CASE("a sheet decodes: numbers, numbers as text, marks, missing cells, the header found below a title",
          "[sheet]")
{
    const Rows rows = {
        {"Tabell 2. Årsverk"},   {}, {"Region", "2016", "#2017", "#2018"}, {"Bø", "3 912", "#12.5", "#600000e-6"},
        {"Ås", "-2,1", "*", ""}, {}};
    CHECK(decoded_both("header=3\nperiods='^\\d{4}$'\n" + region + "[layout.missing]\n'*'='suppressed'\n", rows) ==
          "Region,Tid,value,status\nBø,2016,3912,\nBø,2017,12.5,\nBø,2018,0.6,\nÅs,2016,-2.1,\nÅs,2017,,*\n"
          "Ås,2018,,\n");
    CHECK(decoded_both("periods='^\\d{4}$'\n" + region, rows) ==
          "sheet 'Tabell 2', row 1: there is no column 'Region'; the columns are 'Tabell 2. Årsverk'");
}

TEST_CASE("a file that does not fit is refused with the cell it stumbled on", "[sheet]")
{
    const auto refused = [](const std::string& cell, const std::string& extra = "") {
        return decoded_both(extra + "periods='^\\d{4}$'\n" + region,
                            Rows{{"Region", "2016", "2017"}, {"Bø", "#1", cell}});
    };
    CHECK(refused("ca. 40") == "sheet 'Tabell 2', C2: 'ca. 40' is not a number (decimal sign ',', thousands: space) "
                               "and not one of the missing marks");
    CHECK(refused("!#DIV/0!").starts_with("sheet 'Tabell 2', C2: '#DIV/0!' is not a number"));
    CHECK(refused("#1e300").starts_with("sheet 'Tabell 2', C2: '1e300' is not a number"));
    CHECK(refused("@2024-03-01") == "sheet 'Tabell 2', C2: '2024-03-01' is a date, not a number");
    CHECK(refused("%0.046") == "sheet 'Tabell 2', C2: the fraction 0.046 is shown as percent: the layout's key "
                               "'percent' must say which of them is meant");
    CHECK(decoded_both("periods='^\\d{4}$'\n" + region,
                       SheetText{"S", {{"Region", "2016"}, {"Bø", "#1"}, {"Ås", ""}}, {"B2:B3"}}) ==
          "sheet 'S', B3: this cell is part of a merged one with '1' in it: which value is whose?");
    CHECK(
        decoded_both("periods='^\\d{4}$'\n" + region,
                     Rows{{"Region", "2016"}, {"Bø", "#1"}, {"Kilde: SSB"}, {"Ås", "#2"}}) ==
        "sheet 'Tabell 2', A3: 'Kilde: SSB' stands alone in its row: name it in 'skip' or 'stop' where it is a note "
        "or a total, or say with 'lone_cells' what such rows are");
    CHECK(decoded_both("periods='^\\d{4}$'\n" + region, Rows{{"Region", "2016"}, {"Bø", "#1"}, {"Bø", "#2"}}) ==
          "sheet 'Tabell 2', row 3: Region=Bø in 2016 is given twice, first in row 2");
    CHECK(decoded_both("header=9\nperiods='x'\n" + region, Rows{{"Region", "2016"}}) ==
          "the header is to be in row 9, but the sheet ends in row 9");
}

TEST_CASE("the sheet is told by name or by a pattern that one name matches", "[sheet]")
{
    const Rows rows = {{"Region", "2016"}, {"Bø", "#1"}};
    const std::vector<SheetText> sheets = {{"Forklaring", {{"Les dette"}}}, {"2. Fylke", rows}, {"3. Kommune", rows}};
    const std::string rest = "periods='^\\d{4}$'\n" + region;
    const std::string good = "Region,Tid,value,status\nBø,2016,1,\n";
    for (const auto& file : {xlsx(sheets), ods(sheets)}) {
        CHECK(decoded("sheet='2. Fylke'\n" + rest, file) == good);
        CHECK(decoded("sheet_pattern='^\\d\\. Kom'\n" + rest, file) == good);
        CHECK(decoded(rest, file) == "the workbook has 3 sheets: name one with 'sheet' or 'sheet_pattern'; they are "
                                     "'Forklaring', '2. Fylke', '3. Kommune'");
        CHECK(decoded("sheet_pattern='^\\d'\n" + rest, file) ==
              "2 sheets match '^\\d', where one is to; the sheets are 'Forklaring', '2. Fylke', '3. Kommune'");
        CHECK(decoded("sheet='2. fylke'\n" + rest, file) ==
              "there is no sheet '2. fylke' (did you mean '2. Fylke'?); the sheets are 'Forklaring', '2. Fylke', "
              "'3. Kommune'");
    }
}

TEST_CASE("a group's name stands in its first cell, or in a merged one", "[sheet]")
{
    const std::string layout = "header_rows=2\n" + region +
                               "[[layout.across]]\nid='år'\nrow=1\npattern='^\\d{4}$'\nrole='time'\n"
                               "[[layout.across]]\nid='kjønn'\nrow=2\npattern='.+'\ncodes={Menn='1',Kvinner='2'}\n";
    const std::string good = "Region,kjønn,år,value,status\nBø,1,2016,1,\nBø,1,2017,3,\nBø,2,2016,2,\nBø,2,2017,4,\n";
    const Rows rows = {{"Region", "#2016", "", "", "#2017", ""},
                       {"", "Menn", "Kvinner", "", "Menn", "Kvinner"},
                       {"Bø", "#1", "#2", "", "#3", "#4"}};
    CHECK(decoded_both("fill_header=true\n" + layout, rows) == good);
    CHECK(decoded_both(layout, SheetText{"S", rows, {"A1:A2", "B1:C1", "E1:F1"}}) == good);
    CHECK(decoded_both(layout, rows) ==
          "Region,kjønn,år,value,status\nBø,1,2016,1,\nBø,1,2017,3,\n"); // cells without a year are not taken
    const auto cube = decode_table(xlsx({{"S", rows}}), layout_from("fill_header=true\n" + layout)).cube;
    CHECK(cube.dimensions[1].categories[1].label == "Kvinner");
}

TEST_CASE("a group ends where the group above it ends", "[sheet]")
{
    const Rows rows = {{"", "A", "", "", "B"},
                       {"", "x", "", "y", ""},
                       {"Region", "1", "2", "1", "1"},
                       {"Bø", "#1", "#2", "#3", "#4"}};
    CHECK(decoded_both("header_rows=3\nfill_header=true\nperiod='2016'\nmeasures='.*'\n" + region, rows) ==
          "Region,measure,Tid,value,status\nBø,A / x / 1,2016,1,\nBø,A / x / 2,2016,2,\nBø,A / y / 1,2016,3,\n"
          "Bø,B / 1,2016,4,\n");
}

TEST_CASE("of two tables side by side one is read, and columns without a name are named", "[sheet]")
{
    const Rows rows = {{"", "", "", "", ""},
                       {"Kvinner og menn", "", "", "Begge", ""},
                       {"År", "", "Antall", "År", "Antall"},
                       {"#2025", "03 Oslo", "#7", "#2025", "#9"},
                       {"#2025", "11 Rogaland", "#8", "", ""}};
    CHECK(
        decoded_both("columns='A:C'\nheader=3\nperiod_column='År'\nvalue_column='Antall'\n[layout.names]\nB='Fylke'\n"
                     "[[layout.series]]\ncolumn='Fylke'\nid='fylke'\npattern='^(\\d\\d) (.*)$'\n",
                     rows) == "fylke,År,value,status\n03,2025,7,\n11,2025,8,\n");
    CHECK(decoded_both("columns='D:E'\nheader=3\nperiod_column='År'\nvalue_column='Antall'\n"
                       "[layout.fixed]\nkjonn='0'\n",
                       rows) == "kjonn,År,value,status\n0,2025,9,\n");
    CHECK(
        decoded_both("columns='A:C'\nheader=3\nperiod_column='År'\nvalue_column='Antall'\n[layout.names]\nB='Fylke'\n"
                     "[[layout.series]]\ncolumn='Fylke'\npattern='^(\\d{4}) (.*)$'\n",
                     rows) == "sheet 'Tabell 2', B4: '03 Oslo' does not match the pattern of 'Fylke': "
                              "'^(\\d{4}) (.*)$'");
}

TEST_CASE("totals, notes and what follows the table are left out by rule", "[sheet]")
{
    const Rows rows = {{"Region", "2016", "2017"}, {"Min", "#0", "#0"},    {"Bø¹", "#1", "#2"},
                       {"I alt", "#9", "#9"},      {"Ås²*", "#3", "#4"},   {"¹ Uten Lunde."},
                       {"Kilde: SSB", "", "x"},    {"Noe helt annet", "y"}};
    const std::string good = "Region,Tid,value,status\nBø,2016,1,\nBø,2017,2,\nÅs,2016,3,\nÅs,2017,4,\n";
    const std::string marks = "footnotes=['¹','²','*']\nperiods='^\\d{4}$'\n" + region;
    CHECK(decoded_both("skip=['^(Min|Maks|Snitt)$','^I alt']\nstop=['^¹ ']\n" + marks, rows) == good);
    CHECK(decoded_both("skip=['^(Min|Maks|Snitt)$','^I alt','^¹ ']\nstop=['^Kilde:']\n" + marks, rows) == good);
    CHECK(decoded_both("skip=['^(Min|Maks|Snitt)$','^I alt']\nlone_cells='skip'\nstop=['^Kilde:']\n" + marks, rows) ==
          good);
    const Rows blank = {{"Region", "2016"}, {"Bø", "#1"}, {}, {"Andre tall", "x"}};
    CHECK(decoded_both("blank_rows='stop'\nperiods='^\\d{4}$'\n" + region, blank) ==
          "Region,Tid,value,status\nBø,2016,1,\n");
    const Rows empty = {{"Region", "2016"}, {"Bø", "#1"}, {"Ås"}};
    CHECK(decoded_both("lone_cells='read'\nperiods='^\\d{4}$'\n" + region, empty) ==
          "Region,Tid,value,status\nBø,2016,1,\nÅs,2016,,\n");
}

TEST_CASE("what is written once per group holds for the rows below, in a column, merged or as a heading", "[sheet]")
{
    const std::string good =
        "fylke,kommune,Tid,value,status\nTelemark,Bø,2016,1,\nTelemark,Nome,2016,2,\n"
        "Telemark,Frogn,2016,,\nAkershus,Bø,2016,,\nAkershus,Nome,2016,,\nAkershus,Frogn,2016,3,\n";
    const std::string in_columns =
        "periods='^\\d{4}$'\n[[layout.series]]\ncolumn='fylke'\n[[layout.series]]\ncolumn='kommune'\n";
    const Rows rows = {
        {"fylke", "kommune", "2016"}, {"Telemark", "Bø", "#1"}, {"", "Nome", "#2"}, {"Akershus", "Frogn", "#3"}};
    CHECK(decoded_both("fill_down=['fylke']\n" + in_columns, rows) == good);
    CHECK(decoded_both(in_columns, SheetText{"S", rows, {"A2:A3"}}) == good);
    CHECK(decoded_both(in_columns, rows) == "sheet 'Tabell 2', A3: an empty cell where a code or period is to be");
    const Rows headed = {{"kommune", "2016"}, {"Telemark"}, {"Bø", "#1"},
                         {"Nome", "#2"},      {"Akershus"}, {"Frogn", "#3"}};
    const std::string headings = "periods='^\\d{4}$'\n[[layout.series]]\nid='fylke'\nheadings=true\n"
                                 "[[layout.series]]\ncolumn='kommune'\n";
    CHECK(decoded_both(headings, headed) == good);
    CHECK(decoded_both(headings, Rows{{"kommune", "2016"}, {"Bø", "#1"}}) ==
          "sheet 'Tabell 2', row 2: no heading stands above this row, which is to tell 'fylke'");
}

TEST_CASE("fractions shown as percent become percent exactly, or stay fractions, by rule", "[sheet]")
{
    const Rows rows = {{"Region", "2016", "2017"}, {"Bø", "%0.046", "%0.29"}, {"Ås", "%1", "%0.1234567"}};
    const auto text = [&](const std::string& rule) {
        return decoded_both("percent='" + rule + "'\nperiods='^\\d{4}$'\n" + region, rows);
    };
    CHECK(text("percent") == "Region,Tid,value,status\nBø,2016,4.6,\nBø,2017,29,\nÅs,2016,100,\nÅs,2017,12.34567,\n");
    CHECK(text("fraction") ==
          "Region,Tid,value,status\nBø,2016,0.046,\nBø,2017,0.29,\nÅs,2016,1,\nÅs,2017,0.1234567,\n");
    const auto cube =
        decode_table(xlsx({{"S", rows}}), layout_from("percent='percent'\nperiods='^\\d{4}$'\n" + region));
    CHECK(cube.cube.dimensions[0].categories[0].unit == "%");
}

TEST_CASE("dates become the periods that the layout says they stand for", "[sheet]")
{
    const Rows rows = {
        {"Dato", "Antall"}, {"@2024-03-01", "#1"}, {"31.12.2024", "#2"}, {"202502", "#3"}, {"#2026", "#4"}};
    const auto periods = [&](const std::string& dates) {
        return decoded_both(
            "dates='" + dates + "'\nperiod_column='Dato'\nvalue_column='Antall'\n[layout.fixed]\nx='0'\n", rows);
    };
    CHECK(periods("month") == "x,Dato,value,status\n0,2024M03,1,\n0,2024M12,2,\n0,2025M02,3,\n0,2026,4,\n");
    CHECK(periods("quarter") == "x,Dato,value,status\n0,2024Q1,1,\n0,2024Q4,2,\n0,2025Q1,3,\n0,2026,4,\n");
    CHECK(periods("tertial").starts_with("x,Dato,value,status\n0,2024T1,1,\n0,2024T3,2,\n0,2025T1,3,\n"));
    CHECK(periods("half-year").starts_with("x,Dato,value,status\n0,2024H1,1,\n0,2024H2,2,\n"));
    CHECK(periods("week").starts_with("x,Dato,value,status\n0,2024W09,1,\n0,2025W01,2,\n0,202502,3,\n"));
    CHECK(periods("year") == "sheet 'Tabell 2', row 3: x=0 in 2024 is given twice, first in row 2");
    CHECK(decoded_both("period_column='Dato'\nvalue_column='Antall'\n[layout.fixed]\nx='0'\n", rows) ==
          "sheet 'Tabell 2', A2: '2024-03-01' is a date: say with 'dates' what period it stands for");
    const Rows wide = {{"Region", "@2024-01-01", "@2024-04-01"}, {"Bø", "#1", "#2"}};
    CHECK(decoded_both("dates='quarter'\nperiods='^\\d{4}-'\n" + region, wide).find("is a date") ==
          std::string::npos);
}

TEST_CASE("the one period of a file stands in a cell of it, or is named by another text", "[sheet]")
{
    const Rows rows = {{"Andel barn i barnehage"},
                       {"Per 31.12.2021"},
                       {"", "1-5 år", "3-5 år"},
                       {"3804 Sandefjord", "#91.3", "#99"}};
    const std::string layout = "header=3\nperiod_cell='A2'\nmeasures='.* år$'\n[layout.names]\nA='Region'\n"
                               "[[layout.series]]\ncolumn='Region'\npattern='^(\\d{4}) (.*)$'\n";
    CHECK(decoded_both("period_pattern='\\d{4}$'\n" + layout, rows) ==
          "Region,measure,Tid,value,status\n3804,1-5 år,2021,91.3,\n3804,3-5 år,2021,99,\n");
    CHECK(decoded_both("period_pattern='^\\d{4}$'\n" + layout, rows) ==
          "sheet 'Tabell 2', A2: 'Per 31.12.2021' does not match the pattern of periods '^\\d{4}$'");
    CHECK(decoded_both("periods='^(Januar|Februar)$'\nperiod_codes={Januar='2023M01',Februar='2023M02'}\n" + region,
                       Rows{{"Region", "Januar", "Februar"}, {"Bø", "#2.2999999999999998", "#2.6500000000000004"}}) ==
          "Region,Tid,value,status\nBø,2023M01,2.3,\nBø,2023M02,2.6500000000000004,\n");
}

TEST_CASE("a long table has its measure and its unit in columns, and notes among its values by rule", "[sheet]")
{
    const Rows rows = {{"Fylke", "År", "Type", "Verdi", "Enhet"},
                       {"Telemark", "2011-12", "Antall elever", "3 912", "personer"},
                       {"Telemark", "2011-12", "Andel sluttet", "2,1", "prosent"},
                       {"Telemark", "2012-13", "Antall elever", "Behandlingen er endret.", "personer"},
                       {"Telemark", "2012-13", "Andel sluttet", "", "prosent"}};
    const std::string layout = "period_column='År'\nvalue_column='Verdi'\nunit_column='Enhet'\n[[layout.series]]\n"
                               "column='Fylke'\n[[layout.series]]\ncolumn='Type'\nid='mål'\nrole='metric'\n";
    CHECK(decoded_both(layout, rows).starts_with("sheet 'Tabell 2', D4: 'Behandlingen er endret.' is not a number"));
    const auto noted = layout + "[layout.notes]\n'^Behandlingen '='not available'\n";
    CHECK(decoded_both(noted, rows) == "Fylke,mål,År,value,status\nTelemark,Antall elever,2011-12,3912,\n"
                                       "Telemark,Antall elever,2012-13,,not available\n"
                                       "Telemark,Andel sluttet,2011-12,2.1,\nTelemark,Andel sluttet,2012-13,,\n");
    const auto cube = decode_table(ods({{"S", rows}}), layout_from(noted)).cube;
    CHECK(cube.dimensions[1].role == Role::metric);
    CHECK(cube.dimensions[1].categories[0].unit == "personer");
    CHECK(cube.dimensions[1].categories[1].unit == "prosent");
}

TEST_CASE("a table without a header has its columns named by the layout", "[sheet]")
{
    CHECK(
        decoded_both("header=2\nheader_rows=0\nperiod_column='år'\nvalue_column='n'\n[layout.names]\nA='år'\nC='n'\n"
                     "[layout.fixed]\nx='0'\n",
                     Rows{{"Tittel"}, {"#2016", "x", "#5"}, {"#2017", "", "#6", "rest"}}) ==
        "x,år,value,status\n0,2016,5,\n0,2017,6,\n");
}
