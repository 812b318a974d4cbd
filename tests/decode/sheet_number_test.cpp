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
    CHECK(number_format("0.0\\ %") == NumberFormat::percent);
    CHECK(number_format("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"??_ ;_ @_ ") == NumberFormat::plain);
    CHECK(number_format("dd.mm.yyyy") == NumberFormat::date);
    CHECK(number_format("[$-414]mmm yyyy;@") == NumberFormat::date);
    CHECK(number_format("General") == NumberFormat::plain);
    CHECK(number_format("0.0 \"d %\"") == NumberFormat::plain);
    CHECK(number_format("0.00E+00") == NumberFormat::plain);
    CHECK(builtin_number_format(10) == NumberFormat::percent);
    CHECK(builtin_number_format(14) == NumberFormat::date);
}

TEST_CASE("dates are counted from 1900 with its false leap day, or from 1904", "[sheet]")
{
    const auto date = [](const char* text, bool from_1904) {
        return number_cell(0, text, NumberFormat::date, from_1904).text;
    };
    CHECK(date("1", false) == "1900-01-01");
    CHECK(date("59", false) == "1900-02-28");
    CHECK(date("61", false) == "1900-03-01");
    CHECK(date("45352.75", false) == "2024-03-01");
    CHECK(date("43890", true) == "2024-03-01");
    CHECK(date("9999999", false) == "9999999");
}
