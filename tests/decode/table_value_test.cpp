#include "base/error.hpp"
#include "decode/table/table_value.hpp"
#include "tests/connectors/drop_layout.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

/// "12.5 kr [p means p]", "[: c means c]", "empty", or the message.
std::string text_of(const TableValue& value)
{
    const auto shown = [](const ValueSymbol& symbol) {
        return symbol.text.empty() ? "" : " [" + symbol.text + " means " + symbol.means + "]";
    };
    if (const auto* number = std::get_if<NumberValue>(&value))
        return number->number.text() + (number->unit.empty() ? "" : " " + number->unit) + shown(number->symbol);
    if (const auto* mark = std::get_if<MarkValue>(&value))
        return "missing" + shown(mark->symbol);
    return "empty";
}

std::string read(const std::string& cell, const std::string& keys, const std::string& status = "")
{
    const auto layout = test::layout_from("periods = 'x'\nseries = [{column = 'a'}]\n" + keys);
    try {
        const ValueReader reader(layout);
        return text_of(reader.with_status(reader.read(cell), status));
    } catch (const Error& failure) {
        return failure.what();
    }
}

const std::string eurostat = "decimal = '.'\nmissing = {':' = 'not available'}\n"
                             "flags = {b = 'break in series', c = 'confidential', p = 'provisional', A = 'normal'}\n";

} // namespace

TEST_CASE("flags are taken off values and kept, with the one whose meaning counts", "[flags]")
{
    CHECK(read("153 p", eurostat) == "153 [p means p]");
    CHECK(read("8.8 bp", eurostat) == "8.8 [bp means p]");
    CHECK(read(": ", eurostat) == "missing [: means :]");
    CHECK(read(": c", eurostat) == "missing [: c means c]");
    CHECK(read(":p", eurostat) == "missing [: p means :]");
    CHECK(read("12.5 A", eurostat) == "12.5");
    CHECK(read("12,5*", "flags = {'*' = 'provisional'}") == "12.5 [* means *]");
    CHECK(read("1 234¹", "flags = {'¹' = 'footnote'}") == "1234 [¹ means ¹]");
    CHECK(read("70,9* %", "flags = {'*' = 'provisional'}") == "70.9 % [* means *]");
    CHECK(read("70,9 %*", "flags = {'*' = 'provisional'}") == "70.9 % [* means *]");
    CHECK(read("(125)", "flags = {'()' = 'low reliability'}") == "125 [() means ()]");
}

TEST_CASE("a flag nobody listed is refused, and so is one that could be digits of the number", "[flags]")
{
    CHECK(read("8.8 z", eurostat)
              .starts_with("'8.8 z' is not a number (decimal sign '.', thousands: space) and not "
                           "one of the missing marks: :; flags: 'b' 'c' 'p' 'A'"));
    CHECK(read("p", eurostat).starts_with("'p' is not a number"));
    CHECK(read("12,5 1)", "flags = {'1)' = 'footnote'}") == "12.5 [1) means 1)]");
    CHECK(read("12,51)", "flags = {'1)' = 'footnote'}").starts_with("'12,51)' is not a number"));
}

TEST_CASE("a status column says more of its value, or why there is none", "[flags]")
{
    CHECK(read("12.5", eurostat, "p") == "12.5 [p means p]");
    CHECK(read("12.5", eurostat, "A") == "12.5");
    CHECK(read("12.5", eurostat, "") == "12.5");
    CHECK(read("", eurostat, "c") == "missing [c means c]");
    CHECK(read("", eurostat, "A") == "empty");
    CHECK(read("", eurostat, ":") == "missing [: means :]");
    CHECK(read(":", eurostat, "c") == "missing [: c means c]");
    CHECK(read("12.5", eurostat, "ukjent") == "12.5 [ukjent means ukjent]");
    CHECK(read(":", eurostat, "ukjent") == "missing [: ukjent means :]");
}

TEST_CASE("negative numbers and units are read in the ways the layout names, and refused otherwise", "[flags]")
{
    CHECK(read("(1 250,5)", "negatives = ['(1)']") == "-1250.5");
    CHECK(read("12-", "negatives = ['1-']") == "-12");
    CHECK(read("(-12)", "negatives = ['(1)']").starts_with("'(-12)' is not a number"));
    CHECK(read("(12)", "").starts_with("'(12)' is not a number"));
    CHECK(read("12-", "").starts_with("'12-' is not a number"));
    CHECK(read("12 kr", "units = ['kr']") == "12 kr");
    CHECK(read("kr 12", "units = ['kr']") == "12 kr");
    CHECK(read("$1,5", "units = ['$']") == "1.5 $");
    CHECK(read("kr", "units = ['kr']").starts_with("'kr' is not a number"));
    CHECK(read("1'234,5", "thousands = [\"'\"]") == "1234.5");
    CHECK(read("4\u2007567", "thousands = ['\u2007']") == "4567");
    CHECK(read("4\u2007567", "").find(" is not a number") != std::string::npos);
}

TEST_CASE("a group of thousands does not begin with 0, and a number too long is called that", "[flags]")
{
    CHECK(read("0.125", "thousands = ['.']").starts_with("'0.125' is not a number"));
    CHECK(read("012.345", "thousands = ['.']").starts_with("'012.345' is not a number"));
    CHECK(read("0,123", "decimal = '.'\nthousands = [',']").starts_with("'0,123' is not a number"));
    CHECK(read("1.125", "thousands = ['.']") == "1125");
    CHECK(read("6647897,220016987994313", "") ==
          "'6647897,220016987994313' is a number of 22 digits, and 18 can be stored exactly: round it in the file");
    CHECK(read("12345678901234567890", "").starts_with("'12345678901234567890' is a number of 20 digits"));
}

TEST_CASE("a number that can be read in two ways is refused unless the file or the layout decides", "[signs]")
{
    const std::string keys = "periods = '^\\d{4}$'\nseries = [{column = 'a'}]\n";
    const std::string refusal =
        "line 2, column '2016': '1,234' can be read in two ways, and no other number of the file "
        "decides: say decimal = ',' in the layout if three decimals follow the sign, or decimal "
        "= '.' and thousands = [','] if it separates thousands";
    CHECK(test::decoded(keys, "a;2016\nx;1,234\ny;987\n") == refusal);
    CHECK(test::decoded(keys + "decimal = ','\n", "a;2016\nx;1,234\n").find("x,2016,1.234,") != std::string::npos);
    CHECK(test::decoded(keys + "decimal = '.'\nthousands = [',']\n", "a;2016\nx;1,234\n").find("x,2016,1234,") !=
          std::string::npos);
    for (const auto* other : {"0,123", "12,5", "1 234", "12345", "1234,567"})
        CHECK(test::decoded(keys, std::string("a;2016\nx;1,234\ny;") + other + "\n").find("x,2016,1.234,") !=
              std::string::npos);
}

TEST_CASE("four digits without a separator do not tell what the signs of a file are", "[signs]")
{
    const std::string keys = "period_column = 'Tid'\nvalue_column = 'n'\nseries = [{column = 'a'}]\n";
    CHECK(test::decoded(keys, "a;Tid;n\n1;2018;9876\n2;2018;12,345\n").find("12,345") != std::string::npos);
    CHECK(test::decoded(keys, "a;Tid;n\n1;2018;98765\n2;2018;12,345\n").ends_with("2,2018,12.345,\n"));
}

TEST_CASE("a value has at most eight flags", "[flags]")
{
    CHECK(read("1" + std::string(8, 'p'), eurostat) == "1 [pppppppp means p]");
    CHECK(read("1" + std::string(9, 'p'), eurostat).find("is not a number") != std::string::npos);
}

TEST_CASE("a file that was cut within its last line is refused", "[cut]")
{
    const std::string keys = "periods = '^\\d{4}$'\nseries = [{column = 'a'}]\n";
    const std::string tail = "; the file ends here without a line end: it was cut short, fetch it again";
    CHECK(test::decoded(keys, "a;2016;2017\nx;1;2\ny;3;4\nz;5") ==
          "line 4: 2 fields, but the header has 3 columns" + tail);
    CHECK(test::decoded(keys, "a;2016\nx;12,5\ny;13,5\nz;10") ==
          "line 4, column 2: '10' has fewer decimals than every other number of its column" + tail);
    CHECK(test::decoded(keys, "a;2016\nx;1234\ny;5678\nz;9012\nå;34") ==
          "line 5, column 2: '34' has fewer digits than every other number of its column" + tail);
    CHECK(test::decoded(keys, "a;2016\nx;12\ny;1\nz;") ==
          "line 4, column 2: '' is empty, and no other row has an empty field there" + tail);
    CHECK(test::decoded(keys, "a;2016\nx;1 234\ny;5 678\nz;9 012\n\u00e5;3") ==
          "line 5, column 2: '3' has fewer digits than every other number of its column" + tail);
    CHECK(test::decoded(keys, "a;2016;Enhet\nx;1;kroner\ny;5;kroner\nz;9;kro") ==
          "line 4, column 3: 'kro' is the beginning of what every other row has there" + tail);
    for (const auto* whole :
         {"a;2016\nx;12,5\ny;13,5\nz;10\n", "a;2016\nx;1234\ny;567\nz;9012\nå;34", "a;2016\nx;12\ny;\nz;",
          "a;2016\nx;12,5\ny;13,5\nz;\"10\"", "a;2016\nx;12,5\ny;3\nz;1"}) {
        INFO(whole);
        CHECK(test::decoded(keys, whole).starts_with("a,Tid,value,status"));
    }
}

TEST_CASE("the layout refuses flags, units and periods that say nothing or two things", "[flags]")
{
    const auto refusal = [](const std::string& keys) {
        try {
            test::layout_from("series = [{column = 'a'}]\n" + keys);
            return std::string();
        } catch (const Error& failure) {
            return std::string(failure.what());
        }
    };
    const std::string wide = "periods = 'x'\n";
    CHECK(refusal("period = '?'\nvalue_column = 'v'\n") ==
          "job.toml:3: '?' is no period: say what the whole file is about, such as '2018'");
    CHECK(refusal(wide + "flags = {'12' = 'footnote'}").find("'12' behind a number could be a part of it") !=
          std::string::npos);
    CHECK(refusal(wide + "flags = {'*' = 'odd'}").find("'*' cannot be 'odd' (known: provisional, estimated") !=
          std::string::npos);
    CHECK(refusal(wide + "missing = {'*' = 'suppressed'}\nflags = {'*' = 'provisional'}")
              .find("one symbol has one meaning") != std::string::npos);
    CHECK(refusal(wide + "negatives = ['(1)']\nflags = {'()' = 'footnote'}").find("not both") != std::string::npos);
    CHECK(refusal(wide + "negatives = ['minus']").find("known: (1), 1-") != std::string::npos);
    CHECK(refusal(wide + "units = ['1']").find("is no unit") != std::string::npos);
    CHECK(refusal(wide + "status_column = 's'").find("'value_column', which is missing") != std::string::npos);
    CHECK(refusal(wide + "status_column = 's'") != "");
    CHECK(refusal("periods = 'x'\nfill_down = ['b']\n[[layout.series]]\ncolumn='b'\nempty='0'") != "");
}

TEST_CASE("the flags of Eurostat's TSV are known, what its colon means is not", "[flags]")
{
    const auto layout =
        test::layout_from("decimal = '.'\nperiods = '^\\d{4}$'\nseries = [{column = 'unit,geo\\TIME_PERIOD'}]");
    const std::string header = "unit,geo\\TIME_PERIOD\t2019 \t2020 \n";
    const auto file = decode_table(header + "PC,AT\t12.3 \t13.1 p\nPC,BE\t8.8 bp\t1 u\n", layout);
    const auto symbols = file.conventions({}).symbols;
    CHECK(file.cube.cells.at(1).number()->text() == "13.1");
    CHECK(file.cube.symbols == std::vector<std::string>{"", "p", "bp", "u"});
    CHECK(symbols.at("bp") == Meaning::provisional);
    CHECK(symbols.at("u") == Meaning::low_reliability);
    CHECK_THROWS_AS(decode_table(header + "PC,AT\t: \t13.1 p\n", layout), Error);
    CHECK_THROWS_AS(
        decode_table("unit,geo\t2019\t2020\nPC,AT\t12.3\t13.1 p\n",
                     test::layout_from("decimal = '.'\nperiods = '^\\d{4}$'\nseries = [{column = 'unit,geo'}]")),
        Error);
}

TEST_CASE("an empty cell is the code that the job gives it, with what its label says", "[drop]")
{
    const std::string keys =
        "period = '2025'\nvalue_column = 'v'\nseries = [{column = 'a', empty = '0', label = 'n'}]\n";
    CHECK(test::decoded(keys, "a;n;v\n;i alt;3\n1;en;2\n") == "a,Tid,value,status\n0,2025,3,\n1,2025,2,\n");
    CHECK(test::decoded(keys, "a;n;v\n;i alt;3\n0;null;2\n") ==
          "line 3: a=0 in 2025 is given twice, first in line 2");
}
