#include "base/text.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a near word is suggested, a far one is not")
{
    const std::vector<std::string> known = {"table", "expect", "base_url"};
    CHECK(did_you_mean("tabel", known) == " (did you mean 'table'?)");
    CHECK(did_you_mean("zzz", known).empty());
}

TEST_CASE("globs match whole names")
{
    CHECK(matches_glob("report-1.csv", "report-*.csv"));
    CHECK(matches_glob("a", "?"));
    CHECK(matches_glob("abc", "*b*c*"));
    CHECK_FALSE(matches_glob("report-1.csv.part", "report-*.csv"));
    CHECK_FALSE(matches_glob("", "?"));
}

TEST_CASE("UTF-8 is told from other bytes")
{
    CHECK(is_valid_utf8("Blåbærsyltetøy – \xf0\x9f\x8c\xbe"));
    CHECK_FALSE(is_valid_utf8("bl\xe5"));
    CHECK_FALSE(is_valid_utf8("\xc0\x80"));
    CHECK_FALSE(is_valid_utf8("\xed\xa0\x80"));
}

TEST_CASE("a character takes the columns it has on a terminal, and a text is cut between characters")
{
    CHECK(display_width("Blåbær") == 6);
    CHECK(display_width("a\u0301") == 1); // a combining accent
    CHECK(display_width("統計") == 4);
    CHECK(display_width("\xe5") == 1); // no UTF-8
    CHECK(fitting("統計", 3) == 3);
    CHECK(fitting("Blå", 3) == 4);
    CHECK(fitting("統", 1) == 3);
}

TEST_CASE("trimming takes ASCII and no-break space")
{
    CHECK(trim(" \t\xc2\xa0x y\xc2\xa0\r\n") == "x y");
    CHECK(trim("\xc2\xa0").empty());
    CHECK(split("a,,b", ',').size() == 3);
}

TEST_CASE("outside text is shown on one line and cut between letters")
{
    CHECK(excerpt("a\nb\x01") == "a b ");
    CHECK(printable("a\x1b[31m\r\a\u0085\u2028b") == "a [31m    b");
    // NOLINTNEXTLINE(misc-misleading-bidirectional): what is tested
    CHECK(printable("exe\u202etxt.\u2066x\u200f\u061c") == "exe txt. x  ");
    CHECK(printable("blåbær – “æ” €") == "blåbær – “æ” €");
    // NOLINTNEXTLINE(misc-misleading-invisible): what is tested
    CHECK(printable("sk\u200bu\u00adr\ufeffd\u2060\U000e0041") == "sk u r d  ");
    CHECK(excerpt("bl\xe5r") == "bl?r");
    CHECK(excerpt("ååå", 2) == "åå…");
    CHECK(excerpt("åå", 2) == "åå");
    CHECK(whole_prefix("åå", 4) == "åå");
    CHECK(whole_prefix("åå", 3) == "å");
    CHECK(whole_prefix("åå", 1).empty());
    CHECK(shortened("short", 100) == "short");
    CHECK(shortened(std::string(200, 'x'), 100) == std::string(50, 'x') + "… (150 more bytes)");
}

TEST_CASE("what is not seen in a text is an escape in JSON and TOML, of which the same text is read")
{
    CHECK(escape_unseen("{\"a\":\n\"x\x7f\u009b\u202e\U000e0041å\"}", EscapeForm::json) ==
          R"({"a":)"
          "\n"
          R"("x\u007f\u009b\u202e\udb40\udc41å"})");
    CHECK(escape_unseen("x\n\u200b\U000e0041\xff", EscapeForm::toml) == "x\\u000a\\u200b\\U000e0041\xff");
}
