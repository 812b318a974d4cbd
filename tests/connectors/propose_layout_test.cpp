// A proposed layout, written as TOML and read back, must decode the file it was proposed for.
#include "tests/connectors/described.hpp"
#include "tests/decode/workbooks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a proposed layout decodes the file it was proposed for: CSV", "[propose]")
{
    CHECK(proposed("\xef\xbb\xbfKommunenr;Kommune;2016;2017\r\n3801;Horten;3 912;N/A\r\n3802;Bø;12,5;-1\r\n") ==
          "Kommunenr,Tid,value,status\n3801,2016,3912,\n3801,2017,,N/A\n3802,2016,12.5,\n3802,2017,-1,\n");
    CHECK(
        proposed(
            "Tittel\n\nRegion,Kj\xf8nn,\xc5r,Verdi\nB\xf8,Menn,2016,1.5\nB\xf8,Kvinner,2016,2.25\nB\xf8,Menn,2017,3\n"
            "\xc5s,Menn,2016,:\nKilde: SSB,,,\n") ==
        "Region,Kjønn,År,value,status\nBø,Menn,2016,1.5,\nBø,Menn,2017,3,\nBø,Kvinner,2016,2.25,\n"
        "Bø,Kvinner,2017,,\nÅs,Menn,2016,,:\nÅs,Menn,2017,,\nÅs,Kvinner,2016,,\nÅs,Kvinner,2017,,\n");
    CHECK(proposed("sep=\t\nRegion\tAntall\tAndel\nBø\t1\t70,9 %\nÅs\t2\t6,7 %\n", "barnehager 2021.csv") ==
          "Region,measure,Tid,value,status\nBø,Antall,2021,1,\nBø,Andel,2021,70.9,\nÅs,Antall,2021,2,\n"
          "Ås,Andel,2021,6.7,\n");
    CHECK(
        proposed("Region;Antall;Antall;Andel;Andel\n;2016;2017;2016;2017\nBø;1;2;3;4\nÅs;5;6;7;8\n")
            .starts_with("Region,rad 1,Tid,value,status\nBø,Antall,2016,1,\nBø,Antall,2017,2,\nBø,Andel,2016,3,\n"));
}

TEST_CASE("a proposed layout decodes the file it was proposed for: sheets", "[propose]")
{
    const std::vector<std::vector<std::string>> rows = {{"Tabell 2. Årsverk 2018", "", "", "", ""},
                                                        {},
                                                        {"", "Menn", "", "Kvinner", ""},
                                                        {"Region", "#2016", "#2017", "#2016", "#2017"},
                                                        {"0301 Oslo", "#1", "3 912", "%0.5", "*"},
                                                        {"1103 Stavanger", "#5", "#6", "%0.25", "%0.08"},
                                                        {"I alt", "#6", "#7", "%0.3", "%0.1"},
                                                        {},
                                                        {"¹ Foreløpige tall"}};
    const std::vector<SheetText> sheets = {{"Forklaring", {{"Les dette"}}}, {"Tabell 2", rows}};
    const std::string expected =
        "Region,rad 1,Tid,value,status\n0301 Oslo,Menn,2016,1,\n0301 Oslo,Menn,2017,3912,\n"
        "0301 Oslo,Kvinner,2016,50,\n0301 Oslo,Kvinner,2017,,*\n1103 Stavanger,Menn,2016,5,\n"
        "1103 Stavanger,Menn,2017,6,\n1103 Stavanger,Kvinner,2016,25,\n"
        "1103 Stavanger,Kvinner,2017,8,\nI alt,Menn,2016,6,\nI alt,Menn,2017,7,\nI alt,Kvinner,2016,30,\n"
        "I alt,Kvinner,2017,10,\n";
    CHECK(proposed(ods(sheets)) == expected);
    CHECK(proposed(xlsx(sheets)) == expected);
    const std::vector<std::vector<std::string>> side = {{"Dato", "Antall", "", "Dato", "Andel"},
                                                        {"@2024-01-01", "#10", "", "@2024-01-01", "#1"},
                                                        {"@2024-02-01", "#11", "", "", ""}};
    CHECK(proposed(xlsx({{"S", side}})) == "tabell,Dato,value,status\n0,2024M01,10,\n0,2024M02,11,\n");
    CHECK(proposed(read_file(SKURD_SOURCE_DIR "/connectors/drop/cases/xls/response-1.xls"))
              .starts_with("Region,measure,Dato,"));
}

TEST_CASE("a pattern of a long text is what it begins with, of whole characters", "[propose]")
{
    std::string name = "Kommune";
    std::string note = "-";
    for (int i = 0; i < 200; ++i) {
        name += "ø";
        note += "å";
    }
    const auto head = name + ";2016;2017\n";
    CHECK(proposed(head + "Bø;1;2\nÅs;3;4\n" + head + "Os;5;" + note + "\n") ==
          name + ",Tid,value,status\nBø,2016,1,\nBø,2017,2,\nÅs,2016,3,\nÅs,2017,4,\nOs,2016,5,\n"
                 "Os,2017,,not available\n");
}

TEST_CASE("what is unsure stands in comments, and what is no table is refused", "[propose]")
{
    const auto proposal = propose_layout("Region;Antall\nBø;1\nÅs;2\n", "x.csv");
    CHECK(proposal.toml.starts_with("# no period is found: say in 'period' what the file is about\n"));
    const auto noted = propose_layout("R;År;N\nBø;2016;1\nBø;2017;*\n", "x.csv");
    CHECK(noted.toml.find("# is '*' really what [layout.missing] says of it?\n") != std::string::npos);
    CHECK(noted.toml.find("\n[layout.missing]\n'*' = 'suppressed'\n") != std::string::npos);
    CHECK(propose_layout("{\"class\":\"dataset\",\"id\":[\"Tid\"],\"size\":[1],\"dimension\":{\"Tid\":{\"category\":{"
                         "\"index\":[\"2016\"]}}},\"value\":[1]}",
                         "x.json")
              .toml == "[layout]\nformat = 'jsonstat'\n");
    CHECK_THROWS_WITH(propose_layout("bare tekst\nmer\n", "x.csv"), "no table of numbers is found in the file");
    CHECK_THROWS_WITH(propose_layout("<html>", "x.csv"), "this is an HTML page, not a CSV file");
}

TEST_CASE("real files get a layout that decodes them", "[propose]")
{
    for (const auto* name :
         {"ssb_11403_export.xlsx", "ssb_13502_kostra.xlsx", "nav_arbeidsledighet_2025-01.xlsx",
          "nav_text_cells_decimalcomma.xlsx", "gul_bok_2025.xlsx", "udir_text_space_thousands.xlsx",
          "udir_pedagognormen_utf16le_tab.csv", "fhus_kommunetall_bom_semicolon_decimalcomma.csv",
          "imdi_latin1_3headerrows_symbols.csv", "bibliotek_nbsp_thousands.csv"}) {
        const auto file = reference(std::string("samples/files/") + name);
        if (!file)
            return;
        INFO(name);
        const auto csv = proposed(read_file(*file), name);
        CHECK(csv.size() > 300);
    }
}
