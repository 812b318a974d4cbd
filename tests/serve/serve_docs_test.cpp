// What the documents say of the control socket, held against it.
#include "lib/curl/socket_client.hpp"
#include "tests/serve/served_desk.hpp"
#include "tests/support/source_tree.hpp"

#include <regex>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

/// The paths that a document asks for with curl and no more than an address.
std::vector<std::string> documented_reads(const std::string& document)
{
    const auto text = read_file(std::filesystem::path(SKURD_SOURCE_DIR) / document);
    const std::regex example(
        R"(curl (?:--unix-socket \S*skurd\.sock http://skurd|http://127.0.0.1:7587)(/[^\s`)]+))");
    std::vector<std::string> paths;
    for (std::sregex_iterator at(text.begin(), text.end(), example), end; at != end; ++at)
        paths.push_back((*at)[1]);
    return paths;
}

} // namespace

TEST_CASE("what the documents ask for with curl is answered", "[serve]")
{
    ServedDesk here;
    here.give(ServedDesk::detached);
    for (const char* document : {"src/serve/README.md", "deploy/README.md", "CHANGELOG.md"}) {
        const auto paths = documented_reads(document);
        INFO(document);
        CHECK_FALSE(paths.empty());
        for (const auto& path : paths) {
            SocketClient client(here.socket);
            SocketRequest request;
            request.path = path;
            const auto answer = client.perform(request);
            REQUIRE(std::holds_alternative<SocketResponse>(answer));
            CHECK(std::get<SocketResponse>(answer).status == 200);
            if (path.starts_with("/api/"))
                CHECK_NOTHROW(Json::parse(std::get<SocketResponse>(answer).body));
        }
    }
}

TEST_CASE("every route is described", "[serve]")
{
    ServedDesk here;
    AttachedOrders attached(*here.queue, 1s);
    const auto page = read_file(SKURD_SOURCE_DIR "/src/serve/README.md");
    const FixedView view;
    const auto routes = joined(order_routes(*here.queue, attached), health_routes(view));
    REQUIRE(routes.size() == 9);
    for (const auto& route : routes) {
        const auto path = std::regex_replace(std::string(route.path), std::regex("\\{id\\}"), "12");
        CHECK(page.find("| `" + std::string(route.method) + " " + path + "` |") != std::string::npos);
    }
}
