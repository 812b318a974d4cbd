#include "lib/curl/address.hpp"
#include "lib/curl/url.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("public and other addresses are told apart", "[fetch]")
{
    const auto open =
        GENERATE("1.1.1.1", "193.160.165.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
                 "2001:4860:4860::8888", "::ffff:1.1.1.1", "64:ff9b::101:101", "2001:200::1", "3ffe::1");
    const auto closed =
        GENERATE("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
                 "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
                 "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
                 "2001:db8::1", "::127.0.0.1", "localhost", "", "192.0.2.1", "198.51.100.1", "203.0.113.1",
                 "64:ff9b::a00:1", "64:ff9b:1::808:808", "2001::1", "2001:1ff::1", "3fff:fff::1", "100::1",
                 "::ffff:100.64.0.1", "::ffff:169.254.169.254", "fec0::1");
    CAPTURE(open, closed);
    CHECK(is_public_address(open));
    CHECK_FALSE(is_public_address(closed));
}

TEST_CASE("a URL is seen as curl sees it", "[fetch]")
{
    const auto plain = parse_url("HTTPS://Data.SSB.no/api?x=1#part");
    REQUIRE(plain);
    CHECK(plain->authority() == "https://data.ssb.no:443");
    CHECK(plain->text == "https://Data.SSB.no/api?x=1");
    CHECK_FALSE(plain->has_user);
    CHECK(parse_url("https://data.ssb.no@10.0.0.1/")->host == "10.0.0.1");
    CHECK(parse_url("https://data.ssb.no@10.0.0.1/")->has_user);
    CHECK(parse_url("http://[::1]:8080/")->host == "::1");
    CHECK(parse_url("http://2130706433/")->host == "127.0.0.1");
    CHECK_FALSE(parse_url("/tables"));
    CHECK_FALSE(parse_url(""));
    CHECK_FALSE(parse_url("https://" + std::string(9000, 'a')));
    CHECK_FALSE(parse_url(std::string_view("https://a\0b/", 12)));
}

TEST_CASE("a Location is resolved against the URL it came from", "[fetch]")
{
    const auto base = *parse_url("https://data.ssb.no/api/tables/1?lang=no");
    CHECK(resolve_url(base, "/x")->text == "https://data.ssb.no/x");
    CHECK(resolve_url(base, "2?lang=en")->text == "https://data.ssb.no/api/tables/2?lang=en");
    CHECK(resolve_url(base, "//evil.example/x")->host == "evil.example");
    CHECK(resolve_url(base, "http://data.ssb.no/x")->authority() == "http://data.ssb.no:80");
}

TEST_CASE("a redirect may lead to few places", "[fetch]")
{
    struct Row {
        std::string from;
        std::string to;
        bool anywhere; ///< whether the other host is named or not
        bool if_named;
    };
    const Row rows[] = {
        {"https://a/x", "https://a/y", true, true},
        {"http://a/x", "http://a/y", true, true},
        {"http://a/x", "https://a/y", true, true},
        {"http://a:8080/x", "https://a/y", true, true},
        {"https://a/x", "http://a/y", false, false},
        {"https://a/x", "https://a:8443/y", false, false},
        {"http://a/x", "http://a:22/y", false, false},
        {"https://a/x", "https://b/y", false, true},
        {"https://a:8443/x", "https://b:8443/y", false, true},
        {"https://a/x", "https://b:8443/y", false, false},
        {"https://a/x", "http://b/y", false, false},
        {"http://a/x", "http://b/y", false, true},
        {"http://a/x", "https://b/y", false, true},
        {"https://a/x", "ftp://a/y", false, false},
        {"https://a/x", "file:///etc/passwd", false, false},
    };
    for (const auto& row : rows) {
        INFO(row.from << " -> " << row.to);
        const auto from = *parse_url(row.from);
        const auto to = resolve_url(from, row.to);
        REQUIRE(to);
        CHECK(may_lead(from, *to, false) == row.anywhere);
        CHECK(may_lead(from, *to, true) == row.if_named);
    }
}
