#include "base/csv_reader.hpp"
#include "base/error.hpp"
#include "decode/table/decode_table.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace skurd;

namespace {

Cube decode_csv(std::string_view bytes, TableLayout layout)
{
    layout.format = TableLayout::Format::csv;
    return decode_table(bytes, layout).cube;
}

TableLayout wide()
{
    TableLayout layout;
    layout.series = {{"Nr", "nr", ""}};
    layout.periods = "^\\d{4}$";
    layout.missing = {"N/A", "-"};
    return layout;
}

TableLayout rows()
{
    TableLayout layout;
    layout.series = {{"Nr", "", ""}};
    layout.period_column = "År";
    layout.value_column = "Verdi";
    return layout;
}

std::string message_of(const std::string& bytes, const TableLayout& layout)
{
    try {
        decode_csv(bytes, layout);
        return "";
    } catch (const Error& failure) {
        return failure.what();
    }
}

/// A cell as text: the number, the symbol in brackets, "missing" or "absent".
std::string text_of(const Cube& cube, std::size_t at)
{
    const auto& cell = cube.cells.at(at);
    if (cell.has_number())
        return cell.number()->text();
    if (cell.state == Cell::State::absent)
        return "absent";
    return cell.symbol ? "[" + cube.symbols.at(cell.symbol) + "]" : "missing";
}

std::string value_of(const std::string& cell, const TableLayout& layout = wide())
{
    const auto cube = decode_csv("Nr;2016\n1;" + cell + "\n", layout);
    return text_of(cube, 0) + cube.dimensions[0].categories[0].unit;
}

std::string refusal_of(const std::string& cell, const TableLayout& layout = wide())
{
    const std::string place = "line 2, column '2016': ";
    const auto message = message_of("Nr;2016\n1;" + cell + "\n", layout);
    CHECK(message.starts_with(place));
    return message.substr(std::min(message.size(), place.size()));
}

std::size_t position(const Dimension& dimension, const std::string& code)
{
    const auto found = std::find_if(dimension.categories.begin(), dimension.categories.end(),
                                    [&](const auto& category) { return category.code == code; });
    REQUIRE(found != dimension.categories.end());
    return static_cast<std::size_t>(found - dimension.categories.begin());
}

std::string at(const Cube& cube, const std::vector<std::string>& codes)
{
    std::size_t index = 0;
    for (std::size_t i = 0; i < codes.size(); ++i)
        index = index * cube.dimensions[i].categories.size() + position(cube.dimensions[i], codes[i]);
    return text_of(cube, index);
}

} // namespace

TEST_CASE("rows are split as RFC 4180 says and as spreadsheets write", "[csv]")
{
    CsvReader reader("a;\"b;\"\"c\"\"\r\nd\";e \"f\"\rg;;\n\n\"\"");
    reader.set_separator(';');
    std::vector<std::pair<std::size_t, std::vector<std::string>>> got;
    for (CsvRecord record; reader.read(record);)
        got.emplace_back(record.line, record.fields);
    const std::vector<std::pair<std::size_t, std::vector<std::string>>> expected = {
        {1, {"a", "b;\"c\"\r\nd", "e \"f\""}}, {3, {"g", "", ""}}, {4, {""}}, {5, {""}}};
    CHECK(got == expected);
}

TEST_CASE("a file without line end, or with nothing behind the last separator, loses no field", "[csv]")
{
    CsvReader reader("a,b\nc,");
    CsvRecord record;
    CHECK(reader.read(record));
    CHECK(record.fields == std::vector<std::string>{"a", "b"});
    CHECK(reader.read(record));
    CHECK(record.fields == std::vector<std::string>{"c", ""});
    CHECK_FALSE(reader.read(record));
}

TEST_CASE("the separator is stated by the file or counted outside quotes on the header line", "[csv]")
{
    CHECK(guess_separator("a,b,c;d") == ';');
    CHECK(guess_separator("\"a;b\"\tc, d") == '\t');
    CHECK(guess_separator("\"a;b\tc\",d") == ',');
    CHECK(guess_separator("\"a\nb\";c") == ';');
    CHECK(guess_separator("a,b\nc;d") == ',');
    CsvReader reader("SEP=|\r\na|b");
    CHECK(reader.take_separator_line() == '|');
    CHECK(reader.line() == 2);
    auto layout = wide();
    CHECK(text_of(decode_csv("sep=,\nNr,2016\n\"1;2\",3\n", layout), 0) == "3");
    layout.separator = "|";
    CHECK(text_of(decode_csv("sep=;\nNr|2016\n1|3\n", layout), 0) == "3");
}

TEST_CASE("numbers are read by the layout's signs and keep their decimals", "[csv]")
{
    CHECK(value_of("13 936") == "13936");
    CHECK(value_of("13\u00a0936,50") == "13936.50");
    CHECK(value_of("1\u202f000\u202f000") == "1000000");
    CHECK(value_of("1\u2009000") == "1000");
    CHECK(value_of("\u00a0391\u202f") == "391");
    CHECK(value_of("28174") == "28174");
    CHECK(value_of("-3,1") == "-3.1");
    CHECK(value_of("\u22123,1") == "-3.1");
    CHECK(value_of("\u20133") == "-3");
    CHECK(value_of("+3") == "3");
    CHECK(value_of(",5") == "0.5");
    CHECK(value_of("0,0 %") == "0.0%");
    CHECK(value_of("70,9%") == "70.9%");
    CHECK(value_of("-6,0\u00a0%-poeng") == "-6.0%-poeng");
    CHECK(value_of("N/A") == "[N/A]");
    CHECK(value_of(" - ") == "[-]");
    CHECK(value_of("") == "missing");
    auto point = wide();
    point.decimal = '.';
    point.thousands = {","};
    CHECK(value_of("1,234,567.80", point) == "1234567.80");
    auto dots = wide();
    dots.thousands = {"."};
    CHECK(value_of("3.510,5", dots) == "3510.5");
    dots.empty = TableLayout::Empty::absent;
    CHECK(value_of("", dots) == "absent");
}

TEST_CASE("what is not quite a number is refused, never guessed", "[csv]")
{
    const std::string tail =
        " is not a number (decimal sign ',', thousands: space) and not one of the missing marks: N/A -";
    for (const auto* cell : {"ca. 40", "1 23", "1234 567", "12 3456", "1 234\u00a0567", " 1.234", "12.5", "1,2,3",
                             "5,", "1e3", "--5", "- 5", "5 kr", "%", ":", "0x10", "1 234 ,5", "٣"}) {
        INFO(cell);
        const auto trimmed = cell[0] == ' ' ? std::string(cell + 1) : std::string(cell);
        CHECK(refusal_of(cell) == fmt::format("'{}'{}", trimmed, tail));
    }
    auto dots = wide();
    dots.thousands = {" ", "."};
    dots.missing = {};
    CHECK(refusal_of("83.33", dots) ==
          "'83.33' is not a number (decimal sign ',', thousands: space, '.') and not one "
          "of the missing marks");
    CHECK(refusal_of("\"line\nend" + std::string(70, 'x') + "\"")
              .starts_with("'line end" + std::string(52, 'x') + "…'"));
}

TEST_CASE("each mistake in a CSV file is refused with its place", "[csv]")
{
    const struct {
        std::string bytes;
        std::string message;
    } mistakes[] = {
        {"", "the file is empty"},
        {"\xef\xbb\xbf\r\n \n", "the file is empty"},
        {"Nr;2016\n", "no rows follow the header"},
        {"Nr;2016\n;\n\n", "no rows follow the header"},
        {"\nNr;2016\n1;2\n", "line 1: the header is to be here, but the line is empty"},
        {"Nummer;2016\n1;2\n", "line 1: there is no column 'Nr'; the columns are 'Nummer', '2016'"},
        {"\"N\nr\";2016\n1;2\n", "line 1: there is no column 'Nr' (did you mean 'N r'?); the columns are 'N r', "
                                 "'2016'"},
        {"Nr;Nr;2016\n1;1;2\n", "line 1: the column 'Nr' stands twice, as columns 1 and 2"},
        {"Nr;A 2016\n1;2\n",
         "line 1: no column matches the pattern of periods '^\\d{4}$'; the columns are 'Nr', 'A 2016'"},
        {"Nr;2016;2016\n1;2;3\n", "line 1: column 3 '2016' is another one with period '2016'"},
        {"Nr;2016;2017\n1;2;3\n2;3\n", "line 3: 2 fields, but the header has 3 columns"},
        {"Nr;2016\n1;2;\n", "line 2: 3 fields, but the header has 2 columns"},
        {"Nr;2016\n ;2\n", "line 2, column 'Nr': an empty cell where a code or period is to be"},
        {"Nr;2016\n1;2\n2;3\n1;4\n", "line 4: nr=1 in 2016 is given twice, first in line 2"},
        {"Nr;2016\n1;2\n1;N/A\n", "line 3: nr=1 in 2016 is given twice, first in line 2"},
        {"Nr;2016\n\"1;2\n3;4\n", "line 2, column 1: a quoted field begins here and does not end"},
        {"Nr;2016\n\"1\n\"\"\"x;2\n",
         "line 3, column 1: something follows the closing quote of a field (a quote inside a "
         "field is written twice)"},
        {"Nr;2016;2017\n1;2 %;3 %-poeng\n",
         "line 2, column '2017': the unit here is '%-poeng', but '%' in line 2: two "
         "units in the series nr=1"},
        {"Nr;2016;2017\n1;2 %;3\n",
         "line 2, column '2017': the unit here is none, but '%' in line 2: two units in the series nr=1"},
        {"<html>\n", "this is an HTML page, not a CSV file"},
        {"\xef\xbb\xbf<!DOCTYPE HTML>\n", "this is an HTML page, not a CSV file"},
        {"PK\x03\x04zzz", "this is a ZIP file or a spreadsheet (xlsx, ods), not a CSV file"},
        {"{\"a\": 1}", "this is a JSON file, not a CSV file"},
        {"Nr;2016\n1;" + std::string(40'000, '1') + "\n", "line 2, column 2: a field of more than 32767 bytes"},
        {std::string(20'000, ';') + "\n", "line 1: more than 16384 columns"},
    };
    for (const auto& mistake : mistakes)
        CHECK(message_of(mistake.bytes, wide()) == mistake.message);
    auto late = wide();
    late.header = 9;
    CHECK(message_of("Nr;2016\n1;2\n", late) == "the header is to be in line 9, but the file ends in line 3");
    late.bytes_max = 5;
    CHECK(message_of("Nr;2016\n", late) == "8 bytes; a file may have 5");
    auto small = wide();
    small.cells_max = 1;
    CHECK(message_of("Nr;2016;2017\n1;2;3\n", small) == "line 2, column '2017': more than 1 values");
}

TEST_CASE("a long file that would make too large a cube is refused before it is made", "[csv]")
{
    auto layout = rows();
    layout.cells_max = 8;
    CHECK(message_of("Nr;År;Verdi\n1;2011;1\n2;2012;1\n3;2013;1\n", layout) ==
          "the columns multiply to 9 cells, and a file may have 8: does each of them identify the series?");
}

TEST_CASE("periods as rows give absent cells where the file says nothing and keep the order of the file", "[csv]")
{
    const auto cube = decode_csv("Nr;År;Verdi\n2;2017;1,50\n1;2016;\n\n2;2016;3\n", rows());
    CHECK(cube.dimensions.size() == 2);
    CHECK(cube.dimensions[0].id == "Nr");
    CHECK(cube.dimensions[1].id == "År");
    CHECK(cube.dimensions[1].role == Role::time);
    CHECK(cube.cells.size() == 4);
    CHECK(text_of(cube, 0) == "1.50");
    CHECK(text_of(cube, 1) == "3");
    CHECK(text_of(cube, 2) == "absent");
    CHECK(text_of(cube, 3) == "missing");
}

TEST_CASE("labels and units go to the category they belong to", "[csv]")
{
    TableLayout layout = rows();
    layout.series = {{"Kom", "", "Navn"}, {"Mål", "", ""}};
    layout.unit = "antall";
    const auto cube =
        decode_csv("Kom;Navn;Mål;År;Verdi\n1;Bø;andel;2016;5 %\n1;Bø;sum;2016;7\n2;;andel;2016;6 %\n", layout);
    CHECK(cube.dimensions[0].categories[0].label == "Bø");
    CHECK(cube.dimensions[0].categories[1].label == "2");
    CHECK(cube.dimensions[0].categories[0].unit == "");
    CHECK(cube.dimensions[1].categories[0].unit == "%");
    CHECK(cube.dimensions[1].categories[1].unit == "antall");
    CHECK(message_of("Kom;Navn;Mål;År;Verdi\n1;;a;1;5 %\n1;;b;1;7\n2;;a;1;6\n", layout) ==
          "the units of the numbers depend on more than one column: leave them out of the file or split it");
}

TEST_CASE("columns of values are a dimension of their own", "[csv]")
{
    TableLayout layout;
    layout.period_column = "År";
    layout.measures = "^(Menn|Kvinner)";
    layout.measure_id = "kjonn";
    const auto cube = decode_csv("År;Menn;Kvinner %;Note\n2016;1;2 %;x\n2017;3;4 %;\n", layout);
    CHECK(cube.dimensions.at(0).id == "kjonn");
    CHECK(cube.dimensions[0].categories.at(1).unit == "%");
    CHECK(at(cube, {"Kvinner", "2016"}) == "2");
    CHECK(at(cube, {"Menn", "2017"}) == "3");
    CHECK(message_of("År;Menn;Menn (ny)\n2016;1;2\n", layout) ==
          "line 1: column 3 'Menn (ny)' is another one with measure 'Menn'");
}

TEST_CASE("an export of Udir decodes: UTF-16LE without mark, sep=, tabs, spaces in thousands", "[csv]")
{
    const auto file = test::reference("samples/files/udir_pedagognormen_utf16le_tab.csv");
    if (!file)
        return;
    TableLayout layout;
    layout.series = {{"Organisasjonsnummer", "", "Barnehageenhetnavn"}};
    layout.period = "2021";
    layout.measures = "^2021\\.Alle eierformer\\.(.*)$";
    const auto cube = decode_csv(test::read_file(*file), layout);
    CHECK(cube.cells.size() == 400UL * 7);
    CHECK(cube.dimensions[0].categories[0].label == "Hele landet");
    CHECK(at(cube, {"I", "Antall barnehager", "2021"}) == "5525");
    CHECK(at(cube, {"I", "Oppfyller pedagognormen (andel)", "2021"}) == "70.9");
    CHECK(at(cube, {"3813", "Oppfyller pedagognormen (andel)", "2021"}) == "100.0");
    CHECK(cube.dimensions[1].categories[4].unit == "%");
    CHECK(cube.dimensions[1].categories[0].unit == "");
}

TEST_CASE("a municipal survey decodes: byte order mark, semicolons, decimal comma, no period in the file", "[csv]")
{
    const auto file = test::reference("samples/files/fhus_kommunetall_bom_semicolon_decimalcomma.csv");
    if (!file)
        return;
    TableLayout layout;
    layout.series = {{"Kommune", "kommune", ""}};
    layout.period = "2021";
    layout.measures = "^.*$";
    const auto cube = decode_csv(test::read_file(*file), layout);
    CHECK(cube.dimensions[1].categories.size() == 36);
    CHECK(cube.cells.size() == cube.dimensions[0].categories.size() * 36);
    CHECK(at(cube, {"Bamble", "Stor grad av trivsel i nærmiljøet", "2021"}) == "0.763");
    CHECK(at(cube, {"Færder", "Andel med økonomiske vansker", "2021"}) == "0.167");
}

TEST_CASE("an export of IMDi decodes: Latin-1, three header rows, decimal point, symbols", "[csv]")
{
    const auto file = test::reference("samples/files/imdi_latin1_3headerrows_symbols.csv");
    if (!file)
        return;
    TableLayout layout;
    layout.series = {{"Region", "region", "Navn"}};
    layout.header_rows = 3;
    layout.periods = "År: (\\d{4})$";
    layout.measures = "^Bosetting enslige mindreårige: (.*) / År";
    layout.decimal = '.';
    layout.missing = {":", "."};
    const auto cube = decode_csv(test::read_file(*file), layout);
    CHECK(cube.dimensions[1].categories.size() == 8);
    CHECK(cube.dimensions[2].categories.size() == 9);
    CHECK(cube.cells.size() == cube.dimensions[0].categories.size() * 72);
    CHECK(cube.dimensions[0].categories[0].label == "Horten");
    CHECK(at(cube, {"K3801", "Vedtak om bosetting / Enhet: Prosent", "2022"}) == "83.33333333");
    CHECK(at(cube, {"K3801", "Anmodning om bosetting / Enhet: Personer", "2018"}) == "[:]");
    CHECK(at(cube, {"K3812", "Anmodning om bosetting / Enhet: Personer", "2016"}) == "[.]");
    CHECK(at(cube, {"K3801", "Opprinnelig anmodning / Enhet: Personer", "2014"}) == "missing");
}

TEST_CASE("a table of libraries decodes: no-break spaces in thousands, also leading", "[csv]")
{
    const auto file = test::reference("samples/files/bibliotek_nbsp_thousands.csv");
    if (!file)
        return;
    TableLayout layout;
    layout.period_column = "År";
    layout.measures = "^Nedlastede digitale (.*)$";
    const auto cube = decode_csv(test::read_file(*file), layout);
    CHECK(cube.cells.size() == 20);
    CHECK(at(cube, {"lydbøker for barn", "2018"}) == "391");
    CHECK(at(cube, {"tekstbøker for barn", "2018"}) == "4645");
    CHECK(at(cube, {"tekstbøker for voksne", "2022"}) == "62455");
}
