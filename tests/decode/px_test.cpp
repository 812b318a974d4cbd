#include "decode/px/px.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/cube_csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;

namespace {

constexpr std::string_view small = R"(CHARSET="ANSI";
MATRIX="T1";
TITLE="Bosatte";
CONTENTS="Bosatte";
UNITS="personer";
DECIMALS=0;
STUB="sted";
HEADING="år";
VALUES("sted")="Bodø","Ås";
CODES("sted")="1804","3021";
VALUES("år")="2023","2024";
TIMEVAL("år")=TLIST(A1),"2023","2024";
)";

std::string with_data(const std::string& data)
{
    return std::string(small) + data;
}

std::string csv_of(std::string_view bytes)
{
    std::string csv;
    write_cube_csv(decode_px(bytes), csv);
    return csv;
}

std::string message_of(std::string_view bytes, const PxLimits& limits = {})
{
    try {
        decode_px(bytes, limits);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

} // namespace

TEST_CASE("a PX file is read to the cube that JSON-stat of the table gives", "[px]")
{
    const auto bytes = with_data("DATA=\n1 2 \n\"..\" \"-\" \n;\n");
    const auto cube = decode_px(bytes);
    CHECK(cube.label == "Bosatte");
    CHECK(cube.table_id == "T1");
    CHECK(cube.dimensions.size() == 3);
    CHECK(cube.dimensions[0].id == "ContentsCode");
    CHECK(cube.dimensions[0].role == Role::metric);
    CHECK(cube.dimensions[0].categories.at(0).unit == "personer");
    CHECK(cube.dimensions[0].categories.at(0).decimals == 0);
    CHECK(cube.dimensions[1].categories.at(1).label == "Ås");
    CHECK(cube.dimensions[2].role == Role::time);
    CHECK(csv_of(bytes) == "ContentsCode,sted,år,value,status\nT1,1804,2023,1,\nT1,1804,2024,2,\nT1,3021,2023,,..\n"
                           "T1,3021,2024,,-\n");
}

TEST_CASE("the digits of a PX file's time are read by its TLIST and by nothing else", "[px]")
{
    const struct {
        std::string list;
        std::string codes;
        std::string periods;
    } rows[] = {
        {"TLIST(Q1)", R"("20241","20242")", "2024Q1 2024Q2"},
        {"TLIST(M1)", R"("202401","202412")", "2024M01 2024M12"},
        {"TLIST(W1)", R"("202401","202452")", "2024W01 2024W52"},
        {"TLIST(H1)", R"("20241","20242")", "2024H1 2024H2"},
        {"TLIST(A1)", R"("2023","2024")", "2023 2024"},
        {"TLIST(Q1)", R"("2024K1","2024K2")", "2024K1 2024K2"},
        {R"(TLIST(Q1),"20241","20242")", R"("våren","sommeren")", "2024Q1 2024Q2"},
        {R"(TLIST(A1,"2023"-"2024"))", R"("2023","2024")", "2023 2024"},
    };
    for (const auto& row : rows) {
        const auto cube = decode_px("STUB=\"år\";\nVALUES(\"år\")=" + row.codes + ";\nTIMEVAL(\"år\")=" + row.list +
                                    ";\nDATA=1 2;");
        const auto& categories = cube.dimensions.at(1).categories;
        CHECK(categories.at(0).code + " " + categories.at(1).code == row.periods);
    }
}

TEST_CASE("zeros behind the published decimals are a PX file's padding, other digits are not", "[px]")
{
    const auto cube =
        decode_px(with_data("SHOWDECIMALS=1;\nPRECISION(\"sted\",\"Ås\")=2;\nDATA=1.5000 1.25 3.0 4.00;"));
    std::vector<std::string> numbers;
    for (const auto& cell : cube.cells)
        numbers.push_back(cell.number()->text());
    CHECK(join(numbers, " ") == "1.5 1.25 3.0 4.00");
}

TEST_CASE("dots are what DATASYMBOL says they are shown as", "[px]")
{
    CHECK(
        csv_of(with_data(
                   "DATASYMBOL1=\"..\";\nDATASYMBOL2=\":\";\nDATASYMBOLNIL=\"0\";\nDATA=\".\" \"..\" \"...\" \"-\";"))
            .find("2023,,..\nT1,1804,2024,,:\nT1,3021,2023,,...\nT1,3021,2024,,0\n") != std::string::npos);
}

TEST_CASE("a row that a PX file with KEYS leaves out is zeros, and that is said", "[px]")
{
    std::vector<std::string> notes;
    const auto bytes = with_data("KEYS(\"sted\")=CODES;\nDATA=\n\"3021\",5 6\n;");
    const auto cube = decode_px(bytes, {}, &notes);
    CHECK(csv_of(bytes).find("1804,2024,0,\nT1,3021,2023,5,\nT1,3021,2024,6,\n") != std::string::npos);
    CHECK(notes == std::vector<std::string>{"1 of 2 rows are left out of DATA, which by its KEYS makes them zeros"});
    CHECK(message_of(with_data("KEYS(\"sted\")=CODES;\nDATA=\n\"Ås\",5 6\n;")) ==
          "line 15: 'Ås' is to be a value of 'sted' (KEYS), and is none");
    CHECK(csv_of(with_data("KEYS(\"sted\")=VALUES;\nDATA=\n\"Ås\",5 6\n;")) == csv_of(bytes));
}

TEST_CASE("a PX file's letters are those of its code page, or of UTF-8 where that is what they are", "[px]")
{
    const auto text = with_data("DATA=1 2 3 4;");
    const auto latin = replace_all(replace_all(replace_all(text, "ø", "\xf8"), "Å", "\xc5"), "å", "\xe5");
    const auto dos = replace_all(replace_all(replace_all(text, "ø", "\x9b"), "Å", "\x8f"), "å", "\x86");
    CHECK(csv_of(latin) == csv_of(text));
    CHECK(csv_of("CODEPAGE=\"iso-8859-15\";\n" + latin) == csv_of(text));
    CHECK(csv_of("CODEPAGE=\"iso-8859-1\";\n" + text) == csv_of(text));
    CHECK(csv_of(replace_all(dos, "CHARSET=\"ANSI\";\n", "")) == csv_of(text));
    CHECK(message_of("CODEPAGE=\"klingon\";\n" + latin).find("klingon") != std::string::npos);
}

TEST_CASE("each mistake in a PX file is refused with its line", "[px]")
{
    const struct {
        std::string bytes;
        std::string message;
    } mistakes[] = {
        {with_data("DATA=1 2 3 4\n"), "DATA does not end with a semicolon: the file was cut short, fetch it again"},
        {with_data(""),
         "line 13: the file ends here without the keyword DATA: it was cut short, or is a description only"},
        {with_data("DATA=1 2 3;"), "DATA has 3 cells, but the values multiply to 4"},
        {with_data("DATA=1 2\n3 4 5;"), "line 14: DATA has more cells than the 4 that the values multiply to"},
        {with_data("DATA=1 2 3 x;"), "line 13: 'x' in DATA is neither a number nor a symbol in quotes"},
        {with_data("DATA=1 2 3 1,5;"), "line 13: DATA has more cells than the 4 that the values multiply to"},
        {"STUB=\"a\";\nDATA=1;", "the variable 'a' has no VALUES"},
        {"TITLE=\"a\";\nDATA=1;", "neither STUB nor HEADING says what the variables are"},
        {"STUB=\"a\";\nVALUES(\"a\")=\"x\",\"x\";\nDATA=1 2;", "line 2: the code 'x' of 'a' is there twice"},
        {"STUB=\"a\";\nVALUES(\"a\")=\"x\",\"y\";\nCODES(\"a\")=\"1\";\nDATA=1 2;",
         "line 3: 1 CODES of 'a', but 2 VALUES"},
        {"STUB=\"a\";\nVALUES(\"a\")=\"x;\nDATA=1;", "line 2: a text in quotes begins here and does not end"},
        {"STUB=\"a\" \"b\"\nVALUES=1;\nDATA=1;", "line 2: ';' is to follow STUB"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.bytes) == mistake.message);
    PxLimits few;
    few.cells = 3;
    CHECK(message_of(with_data("DATA=1 2 3 4;"), few) == "the values multiply to 4 cells; 1 to 3 are read");
    few.bytes = 10;
    CHECK(message_of(small, few).starts_with("the PX file has "));
}

TEST_CASE("a PX file is told from CSV by its keywords", "[px]")
{
    CHECK(is_px(with_data("DATA=1 2 3 4;")));
    CHECK(is_px("\xef\xbb\xbf" + with_data("DATA=1 2 3 4;")));
    CHECK_FALSE(is_px("STUB;HEADING=1\nDATA=1\n"));
    CHECK_FALSE(is_px("Region;2016\nDATA=;1\nSTUB=;2\n"));
}

TEST_CASE("tables of Statistics Norway as PX files decode", "[px]")
{
    const auto file = test::reference("samples/pxweb/ssb-real/px/14216.px");
    if (!file)
        return;
    const auto cube = decode_px(test::read_file(*file));
    CHECK(cube.updated == "20251027 08:00");
    CHECK(cube.dimensions[0].classification == "urn:ssb:classification:klass:110");
    CHECK(cube.dimensions[1].categories.at(1).unit == "personer");
    CHECK(csv_of(test::read_file(*file)) == "TettSted,ContentsCode,Tid,value,status\n0801,Areal,2025,275.87,\n"
                                            "0801,Areal,2024,276.30,\n0801,Bosatte,2025,1110887,\n"
                                            "0801,Bosatte,2024,1098061,\n");
}

TEST_CASE("the main language of a PX file may be named at its keywords, and hierarchies are passed over", "[px]")
{
    auto named = replace_all(with_data("DATA=\n1 2 3 4;\n"), "VALUES(", "VALUES[no](");
    named = replace_all(named, "TIMEVAL(", "TIMEVAL[no](");
    const auto bytes = "LANGUAGE=\"no\";\nHIERARCHIES(\"sted\")=\"a\",\"a\":\"b\";\n" + named;
    CHECK(csv_of(bytes) == csv_of(with_data("DATA=\n1 2 3 4;\n")));
    CHECK(message_of(replace_all(bytes, "LANGUAGE=\"no\"", "LANGUAGE=\"en\"")).find("VALUES") != std::string::npos);
}

TEST_CASE("a number that a PX file has in quotes is no symbol", "[px]")
{
    CHECK(message_of(with_data("DATA=\n1 2 \"1 234\" 4;\n")).find("'1 234' in DATA has digits") != std::string::npos);
    CHECK(message_of("X(" + std::string(1000, ',') + ")=1;\n").find("line 1") != std::string::npos);
}
