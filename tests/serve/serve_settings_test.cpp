// The section [serve], and the addresses in it.
#include "serve/serve_settings.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using Catch::Matchers::StartsWith;

namespace {

ServeSettings read(const std::string& text)
{
    auto section = Section::parse(text, "skurd.toml");
    return ServeSettings::read(section);
}

std::string message_of(const std::string& text)
{
    try {
        read(text);
        return "";
    } catch (const Error& failure) {
        CHECK(failure.code() == ExitCode::usage);
        return failure.what();
    }
}

} // namespace

TEST_CASE("without a word HTTP is served on loopback, and nobody insists on it", "[serve]")
{
    const auto usual = read("");
    CHECK(usual.listen == std::vector<TcpAddress>{{"127.0.0.1", 7587}, {"::1", 7587}});
    CHECK(usual.addresses == ServeSettings::Addresses::by_default);
    CHECK(usual.hosts.empty());
    CHECK(usual.token_file.empty());
}

TEST_CASE("addresses that are stated are insisted on, and an empty list is nowhere", "[serve]")
{
    const auto stated = read("listen = [\"0.0.0.0:80\", \"[2001:db8::1]:7587\"]\nhosts = [\"Skurd.Example.org\"]\n");
    CHECK(stated.listen == std::vector<TcpAddress>{{"0.0.0.0", 80}, {"2001:db8::1", 7587}});
    CHECK(stated.addresses == ServeSettings::Addresses::stated);
    CHECK(stated.hosts == std::vector<std::string>{"skurd.example.org"});
    CHECK(read("listen = []\n").listen.empty());
    CHECK(read("listen = \"\"\n").listen.empty());
}

TEST_CASE("each mistake in [serve] is refused with its line", "[serve]")
{
    for (const char* wrong : {"localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x", "::1:80",
                              "[::1]", "[127.0.0.1]:80", ":80", "1.2.3:80", "http://127.0.0.1:80", "127.0.0.1:-1"})
        CHECK_THAT(message_of(std::string("listen = ['") + wrong + "']\n"),
                   StartsWith(std::string("skurd.toml:1: '") + wrong + "' is no address with a port"));
    CHECK_THAT(message_of("hosts = ['http://x/']\n"), StartsWith("skurd.toml:1: 'http://x/' is no host name"));
    CHECK_THAT(message_of("hosts = ['']\n"), StartsWith("skurd.toml:1: '' is no host name"));
    CHECK_THAT(message_of("token_file = 'token'\n"), StartsWith("skurd.toml:1: 'token' is not an absolute path"));
}

TEST_CASE("an address is written as it is read", "[serve]")
{
    for (const char* text : {"127.0.0.1:7587", "[::1]:0", "[2001:db8::1]:443"})
        CHECK(to_text(parse_tcp_address(text).value()) == text);
}
