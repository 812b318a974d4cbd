#include "base/text.hpp"
#include "tests/sim/archive.hpp"
#include "tests/sim/bare_client.hpp"
#include "tests/sim/fault_proxy.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

#include <future>
#include <set>

using namespace skurd;
using namespace skurd::sim;
using test::body_of;
using test::header_of;
using test::port_of;
using test::SimWorld;

namespace {

std::string get(const FaultServer& server, const std::string& target, std::size_t most = SIZE_MAX)
{
    return test::get(server.host_url(), target, "", most);
}

const std::string right_body = R"({"class":"dataset","value":[1,2,3]})";

} // namespace

TEST_CASE("every fault has a name of its own", "[sim]")
{
    std::set<std::string_view> names;
    for (const auto& known : fault_names()) {
        names.insert(known.name);
        CHECK(fault_named(known.name) == known.fault);
        CHECK(name_of(known.fault) == known.name);
    }
    CHECK(names.size() == fault_names().size());
    CHECK(fault_names().back().fault == Fault::http09);
    CHECK(static_cast<std::size_t>(Fault::http09) == names.size());
    CHECK(fault_named("none") == std::nullopt);
}

TEST_CASE("the hostile server can also be good", "[sim]")
{
    const SimHostile hostile;
    const auto answer = get(hostile, "/");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    CHECK(body_of(answer) == right_body);
    CHECK(hostile.log() == std::vector<std::string>{"GET / none"});
}

TEST_CASE("wrong lengths are wrong", "[sim]")
{
    const SimHostile hostile;
    const auto announced = [](const std::string& answer) { return std::stoul(header_of(answer, "Content-Length")); };
    const auto too_long = get(hostile, "/too-long?x=1");
    const auto too_short = get(hostile, "/too-short/more");
    const auto truncated = get(hostile, "/truncated");
    CHECK(announced(too_long) == body_of(too_long).size() + 1000);
    CHECK(body_of(too_long) == right_body);
    CHECK(announced(too_short) == right_body.size() / 2);
    CHECK(body_of(too_short) == right_body);
    CHECK(header_of(truncated, "Transfer-Encoding") == "chunked");
    CHECK(body_of(truncated) == "11\r\n" + right_body.substr(0, 17) + "\r\n");
}

TEST_CASE("a reset is an error of the connection", "[sim]")
{
    SimWorld world;
    const SimHostile hostile;
    Request request;
    request.url = hostile.host_url() + "/reset";
    CHECK_THROWS_WITH(world.fetcher.fetch(request, {}), Catch::Contains("/reset"));
    CHECK(hostile.log().size() > 1); // such a failure is tried again
}

TEST_CASE("headers and chunks go on until the client has had enough", "[sim]")
{
    const SimHostile hostile;
    const auto headers = get(hostile, "/headers", 1 << 20);
    const auto chunks = get(hostile, "/chunks", 1 << 20);
    CHECK(headers.size() > 1 << 20);
    CHECK(headers.find("\r\n\r\n") == std::string::npos);
    CHECK(chunks.size() > 1 << 20);
    CHECK(body_of(chunks).starts_with("10000\r\n"));
}

TEST_CASE("bombs are small on the wire", "[sim]")
{
    const SimHostile hostile;
    const auto gzip = get(hostile, "/gzip-bomb");
    const auto deflate = get(hostile, "/deflate-bomb");
    CHECK(header_of(gzip, "Content-Encoding") == "gzip");
    CHECK(body_of(gzip).size() < 1'200'000);
    CHECK(body_of(gzip).substr(body_of(gzip).size() - 4) == std::string("\x00\x00\x00\x40", 4)); // a gigabyte
    CHECK(header_of(deflate, "Content-Encoding") == "deflate");
    CHECK(body_of(deflate).size() < 2'200'000);
}

TEST_CASE("a bomb's stream is a true one", "[sim]")
{
    SimWorld world;
    const auto unpacked = [&](const std::string& encoding, const std::string& bytes) {
        world.ssb.fail_next(1, {200, "application/json", {{"Content-Encoding", encoding}}, bytes, {}});
        Request request;
        request.url = world.ssb.base_url();
        return world.fetcher.fetch(request, {})->body;
    };
    CHECK(unpacked("gzip", bomb(Packing::gzip, "<", "ab", 3, ">")) == "<ababab>");
    CHECK(unpacked("deflate", bomb(Packing::zlib, "<", "ab", 3, ">")) == "<ababab>");
    CHECK(unpacked("gzip", packed(Packing::gzip, "Blåbær")) == "Blåbær");
}

TEST_CASE("redirects lead where they should not", "[sim]")
{
    struct Row {
        std::string target;
        std::string location;
    };
    const auto row = GENERATE(values<Row>({
        {"/redirect-out", "http://elsewhere.invalid/"},
        {"/redirect-link-local", "http://169.254.169.254/latest/meta-data/"},
        {"/redirect-loopback", "http://127.0.0.1:9/"},
        {"/redirect-file", "file:///etc/passwd"},
        {"/redirect-circle", "/sim-circle/a"},
        {"/sim-circle/a", "/sim-circle/b"},
        {"/sim-circle/b", "/sim-circle/a"},
        {"/redirect-deep/x", "/sim-hop/1/redirect-deep/x"},
        {"/sim-hop/5/x", "/sim-hop/6/x"},
    }));
    const SimHostile hostile;
    const auto answer = get(hostile, row.target);
    CAPTURE(row.target);
    CHECK(answer.starts_with("HTTP/1.1 302 Found\r\n"));
    CHECK(header_of(answer, "Location") == row.location);
    CHECK(header_of(answer, "Connection") == "close");
    CHECK(body_of(get(hostile, "/sim-hop/6/x")) == right_body);
}

TEST_CASE("429 may come with any Retry-After", "[sim]")
{
    struct Row {
        std::string target;
        std::string retry_after;
    };
    const auto row = GENERATE(values<Row>({
        {"/retry-zero", "0"},
        {"/retry-absurd", "99999999999"},
        {"/retry-past", "Wed, 21 Oct 2015 07:28:00 GMT"},
        {"/retry-future", "Wed, 21 Oct 2415 07:28:00 GMT"},
        {"/retry-negative", "-5"},
        {"/retry-garbage", "soon"},
    }));
    const SimHostile hostile;
    const auto answer = get(hostile, row.target);
    CHECK(answer.starts_with("HTTP/1.1 429 "));
    CHECK(header_of(answer, "Retry-After") == row.retry_after);
}

TEST_CASE("answers that are something else altogether", "[sim]")
{
    const SimHostile hostile;
    const auto html = get(hostile, "/html");
    CHECK(html.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html"));
    CHECK(body_of(html).starts_with("<!DOCTYPE html>"));
    CHECK(get(hostile, "/unavailable").starts_with("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html"));
    CHECK(get(hostile, "/garbage-status").starts_with("HELLO/9 "));
    CHECK(get(hostile, "/http09") == right_body);
}

TEST_CASE("silence lasts until it is released, and latency ends with the right answer", "[sim]")
{
    SimHostile hostile;
    auto silent = std::async(std::launch::async, [&] { return get(hostile, "/silent"); });
    auto late = std::async(std::launch::async, [&] { return get(hostile, "/latency"); });
    hostile.wait_for_held(2);
    const bool waits = silent.wait_for(std::chrono::seconds(0)) == std::future_status::timeout &&
                       late.wait_for(std::chrono::seconds(0)) == std::future_status::timeout;
    hostile.release();
    CHECK(waits);
    CHECK(silent.get() == "");
    CHECK(body_of(late.get()) == right_body);
}

TEST_CASE("a server that holds connections ends at once", "[sim]")
{
    auto hostile = std::make_unique<SimHostile>();
    auto silent = std::async(std::launch::async, [&, url = hostile->host_url()] {
        return exchange_with(port_of(url), "GET /silent HTTP/1.1\r\n\r\n");
    });
    auto endless = std::async(std::launch::async, [&, url = hostile->host_url()] {
        return exchange_with(port_of(url), "GET /drip HTTP/1.1\r\n\r\n");
    });
    hostile->wait_for_held(2);
    hostile.reset();
    CHECK(silent.get() == "");
    CHECK(endless.get().size() < right_body.size());
}

TEST_CASE("what drips is whole in the end", "[sim]")
{
    SimHostile hostile;
    FaultSettings settings;
    settings.drip = std::chrono::milliseconds(0);
    hostile.settings(settings);
    CHECK(body_of(get(hostile, "/drip")) == right_body);
}

TEST_CASE("a proxy passes requests on and answers back", "[sim]")
{
    SimWorld world;
    const FaultProxy proxy(port_of(world.ssb.host_url()));
    Request request;
    request.url = proxy.host_url() + "/api/v0/no/table/07459";
    request.method = "POST";
    request.body = R"({"query":[{"code":"Tid","selection":{"filter":"top","values":["1"]}}]})";
    const auto response = world.fetcher.fetch(request, {});
    CHECK(response->status == 200);
    CHECK(response->body.starts_with("{\"class\":\"dataset\""));
    CHECK(world.ssb.bodies() == std::vector<std::string>{request.body});
    CHECK(proxy.log() == std::vector<std::string>{"POST /api/v0/no/table/07459 none"});
}

TEST_CASE("a proxy does something to the exchanges it is told to", "[sim]")
{
    SimWorld world;
    FaultProxy proxy(port_of(world.ssb.host_url()));
    proxy.fault_at(2, Fault::html, 2);
    proxy.fault_every(5, Fault::redirect_deep);
    std::vector<std::string> starts;
    starts.reserve(5);
    for (int i = 0; i < 5; ++i)
        starts.push_back(get(proxy, "/api/pxwebapi/v2/config").substr(9, 3));
    const auto hop = body_of(get(proxy, "/sim-hop/6/api/pxwebapi/v2/config"));
    proxy.clear();
    const auto after = get(proxy, "/api/pxwebapi/v2/config");
    CHECK(starts == std::vector<std::string>{"200", "200", "200", "200", "302"});
    CHECK(proxy.log()[1] == "GET /api/pxwebapi/v2/config html");
    CHECK(proxy.log()[2] == "GET /api/pxwebapi/v2/config html");
    CHECK(proxy.log()[3] == "GET /api/pxwebapi/v2/config none");
    CHECK(hop == body_of(after));
}

TEST_CASE("a proxy's random faults are the same for the same seed", "[sim]")
{
    SimWorld world;
    const auto faults_of = [&](std::uint64_t seed) {
        FaultProxy proxy(port_of(world.ssb.host_url()));
        proxy.fault_randomly(seed, 50, {Fault::html, Fault::too_long, Fault::retry_zero});
        for (int i = 0; i < 30; ++i)
            get(proxy, "/api/pxwebapi/v2/config");
        return proxy.log();
    };
    const auto first = faults_of(7);
    const auto again = faults_of(7);
    const auto other = faults_of(8);
    const auto good =
        std::count_if(first.begin(), first.end(), [](const auto& line) { return line.ends_with("none"); });
    CHECK(first == again);
    CHECK(first != other);
    CHECK(good > 5);
    CHECK(good < 25);
}

TEST_CASE("a proxy before nothing says so", "[sim]")
{
    const FaultProxy proxy(1);
    CHECK(get(proxy, "/").starts_with("HTTP/1.1 502 "));
}
