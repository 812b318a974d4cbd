#include "base/web_page.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a web page is known by its type or its first element", "[base]")
{
    CHECK(is_web_page("", "text/html"));
    CHECK(is_web_page("\n <!DOCTYPE html>", "application/json"));
    CHECK(is_web_page("\xef\xbb\xbf<HTML lang=\"nb\">"));
    CHECK(is_web_page("<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">"));
    CHECK(is_web_page("<h1>503 Service Unavailable</h1>"));
}

TEST_CASE("data are no web page, whatever is in them", "[base]")
{
    CHECK_FALSE(is_web_page("{\"a\":\"<b>\"}", "application/json"));
    CHECK_FALSE(is_web_page("<?xml version=\"1.0\"?><message:Structure/>"));
    CHECK_FALSE(is_web_page("<htmlish/>"));
    CHECK_FALSE(is_web_page("<?xml"));
    CHECK_FALSE(is_web_page("<"));
    CHECK_FALSE(is_web_page(""));
}
