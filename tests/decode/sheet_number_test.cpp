#include "decode/workbook/sheet_number.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string text_of(std::string_view text)
{
    const auto number = sheet_number(text);
    return number ? number->text() : "none";
}

} // namespace

TEST_CASE("a number of a sheet is what its digits say, without what binary floating point added", "[sheet]")
{
    const struct {
        const char* text;
        const char* number;
    } rows[] = {
        {"600000e-6", "0.6"},
        {"91.30", "91.3"},
        {"413647646000", "413647646000"},
        {"2.2000000000000002", "2.2"},
        {"2.2999999999999998", "2.3"},
        {"0.95000000000000007", "0.95000000000000007"},
        {"4.6249999999999999E-2", "0.04625"},
        {"94.666666666666671", "94.666666666666671"},
        {"2.3499999999999996", "2.3499999999999996"},
        {"-0.1", "-0.1"},
        {"1e300", "none"},
        {"12a", "none"},
        {"", "none"},
        {"nan", "none"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(text_of(row.text) == row.number);
    }
    CHECK(sheet_number(0.3)->text() == "0.3");
    CHECK(sheet_number(12345678.25)->text() == "12345678.25");
}

TEST_CASE("number formats are told apart by their codes, quoted text and brackets looked past", "[sheet]")
{
    const auto shows = [](std::string_view code) { return cell_format(code).shows; };
    CHECK(shows("0.0\\ %") == NumberFormat::percent);
    CHECK(shows("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"??_ ;_ @_ ") == NumberFormat::plain);
    CHECK(shows("dd.mm.yyyy") == NumberFormat::date);
    CHECK(shows("[$-414]mmm yyyy;@") == NumberFormat::date);
    CHECK(shows("General") == NumberFormat::plain);
    CHECK(shows("0.0 \"d %\"") == NumberFormat::plain);
    CHECK(shows("0.00E+00") == NumberFormat::plain);
    CHECK(shows("#,##0.0 \"mnd\"") == NumberFormat::plain);
    CHECK(shows("[Red]0") == NumberFormat::plain);
    CHECK(shows("[=0]\"-\";0.0%") == NumberFormat::percent);
    CHECK(builtin_cell_format(10).shows == NumberFormat::percent);
    CHECK(builtin_cell_format(14).shows == NumberFormat::date);
    CHECK(builtin_cell_format(1010).shows == NumberFormat::plain);
}

TEST_CASE("times and durations are told from dates", "[sheet]")
{
    for (const auto* code : {"h:mm", "[h]", "[h]:mm", "[mm]:ss", "mm:ss.0", "h:mm AM/PM"}) {
        INFO(code);
        CHECK(cell_format(code).shows == NumberFormat::time);
    }
    CHECK(cell_format("dd.mm.yyyy hh:mm").shows == NumberFormat::date);
    for (const std::size_t id : {18, 21, 45, 46, 47})
        CHECK(builtin_cell_format(id).shows == NumberFormat::time);
    CHECK(builtin_cell_format(22).shows == NumberFormat::date);
}

TEST_CASE("a date's format says how much of it is shown", "[sheet]")
{
    CHECK(cell_format("yyyy").date == DatePeriod::year);
    CHECK(cell_format("[$-414]mmm\\ yyyy;@").date == DatePeriod::month);
    CHECK(cell_format("dd.mm.yyyy").date == DatePeriod::day);
    CHECK(builtin_cell_format(17).date == DatePeriod::month);
    CHECK(number_cell(0, "42370", cell_format("yyyy"), false).shown == DatePeriod::year);
}

TEST_CASE("a format of zeros alone shows a code: its zeros are kept, its number is what it is", "[sheet]")
{
    const auto shown = [](const char* text, const char* code) {
        return number_cell(0, text, cell_format(code), false).text;
    };
    CHECK(shown("301", "0000") == "0301");
    CHECK(shown("1103", "0000") == "1103");
    CHECK(shown("11030", "0000") == "11030");
    CHECK(shown("301.5", "0000") == "301.5");
    CHECK(shown("-1", "0000") == "-1");
    CHECK(shown("301", "0") == "301");
    CHECK(shown("301", "0000.0") == "301");
    CHECK(shown("301", "0000 \"kr\"") == "301");
    const auto cell = number_cell(0, "301", cell_format("0000"), false);
    CHECK(cell.is_padded());
    CHECK(cell.number.text() == "301");
    CHECK_FALSE(number_cell(0, "0.5", cell_format("0000"), false).is_padded());
}

TEST_CASE("dates are counted from 1900 with its false leap day, or from 1904", "[sheet]")
{
    const auto date = [](const char* text, bool from_1904) {
        return number_cell(0, text, {NumberFormat::date}, from_1904).text;
    };
    CHECK(date("1", false) == "1900-01-01");
    CHECK(date("59", false) == "1900-02-28");
    CHECK(date("61", false) == "1900-03-01");
    CHECK(date("45352.75", false) == "2024-03-01");
    CHECK(date("43890", true) == "2024-03-01");
    CHECK(date("9999999", false) == "9999999");
}

TEST_CASE("a moment is rounded to the second before it is a day", "[sheet]")
{
    const auto date = [](const char* text) { return number_cell(0, text, {NumberFormat::date}, false).text; };
    CHECK(date("45351.999999") == "2024-03-01");
    CHECK(date("45351.99999") == "2024-02-29");
    CHECK(date("45351.999994213") == "2024-03-01"); // 23:59:59.5
    CHECK(iso_date_cell(0, "2016-12-31T23:59:59.9999998").text == "2017-01-01");
    CHECK(iso_date_cell(0, "2016-12-31T23:59:59").text == "2016-12-31T23:59:59");
    CHECK(iso_date_cell(0, "2016-12-31").kind == SheetCell::Kind::date);
    CHECK(iso_date_cell(0, "2016-13-31").kind == SheetCell::Kind::text);
}

TEST_CASE("what a date's or a time's format shows is never a plain number", "[sheet]")
{
    const auto cell = [](const char* text, NumberFormat format) { return number_cell(0, text, {format}, false); };
    CHECK(cell("0.0625", NumberFormat::time).kind == SheetCell::Kind::time);
    CHECK(cell("0.0625", NumberFormat::time).text == "1:30:00");
    CHECK(cell("1.5", NumberFormat::time).text == "36:00:00");
    CHECK(cell("-0.5", NumberFormat::time).text == "-12:00:00");
    CHECK(cell("0", NumberFormat::date).kind == SheetCell::Kind::time);
    CHECK(cell("0.5", NumberFormat::date).text == "12:00:00");
    CHECK(cell("-5", NumberFormat::date).kind == SheetCell::Kind::date);
    CHECK(iso_date_cell(0, "T12:30:00").text == "12:30:00");
}
