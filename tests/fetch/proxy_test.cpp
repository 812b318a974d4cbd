#include "tests/fetch/fetch_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;

TEST_CASE("a proxy's password stands in its address or in a file, and in no message", "[fetch]")
{
    auto inline_one = Section::parse("proxy = \"http://kari:hem%40melig@proxy.example:3128\"\n", "c");
    const auto settings = FetchSettings::read(inline_one);
    CHECK(settings.proxy.address == "http://proxy.example:3128");
    CHECK(settings.proxy.name == "kari");
    CHECK(settings.proxy.password == "hem@melig");
    auto plain = Section::parse("proxy = \"proxy.example:3128\"\n", "c");
    CHECK(FetchSettings::read(plain).proxy.address == "http://proxy.example:3128");
    for (const auto* wrong : {"proxy = \"http://kari:hemmelig@ no host:1\"\n", "proxy = \"kari:hemmelig@\"\n",
                              "proxy = \"http://kari:hemmelig@p:1\"\nproxy_password_file = \"/etc/p\"\n",
                              "proxy = \"http://kari@p:1\"\nproxy_password_file = \"hemmelig/p\"\n"}) {
        CAPTURE(wrong);
        auto section = Section::parse(wrong, "c");
        try {
            FetchSettings::read(section);
            FAIL("it is taken");
        } catch (const Error& failure) {
            CHECK(std::string(failure.what()).starts_with("c:"));
            CHECK(std::string(failure.what()).find("hemmelig@") == std::string::npos);
        }
    }
}

TEST_CASE("a proxy is told the password from its file, and what it answers has none", "[fetch]")
{
    test::RawServer proxy(
        [](test::RawConnection& connection) { connection.send("HTTP/1.1 407 Denied\r\nContent-Length: 0\r\n\r\n"); });
    const test::TempDir folder;
    test::write_file(folder / "password", "hemmelig\n");
    std::filesystem::permissions(folder / "password", std::filesystem::perms::owner_read);
    auto settings = test::settings_for({"statistics.example"});
    settings.proxy = parse_proxy("http://kari@127.0.0.1:" + std::to_string(proxy.port())).value();
    settings.proxy_password_file = folder / "password";
    test::SharedClock clock("2025-03-03T08:20:00Z");
    CurlFetcher fetcher(settings, clock, 1);
    const auto failure = test::failure_of(fetcher, test::get("http://statistics.example/x"));
    REQUIRE(proxy.requests().size() == 1);
    CHECK(proxy.requests().front().find("Proxy-Authorization: Basic a2FyaTpoZW1tZWxpZw==") != std::string::npos);
    CHECK(failure.find("hemmelig") == std::string::npos);
}
