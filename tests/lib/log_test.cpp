#include "lib/spdlog/log.hpp"

#include "base/log_scope.hpp"
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"

#include <thread>

using namespace skurd;

TEST_CASE("a line of the log as JSON has the fields that hold", "[lib]")
{
    const LogScope outer({{"job", "ssb-cpi"}, {"trigger", "schedule"}});
    const LogScope inner({{"outcome", "new vintage"}, {"trigger", "order 3"}});
    CHECK(json_log_line("2026-03-02T08:00:00Z", "info", "a \"b\"\\\n\xff") ==
          R"({"at":"2026-03-02T08:00:00Z","level":"info","message":"a \"b\"\\\n)"
          "\xef\xbf\xbd"
          R"(","job":"ssb-cpi","trigger":"order 3","outcome":"new vintage"})");
}

TEST_CASE("fields hold as long as their scope, for its thread", "[lib]")
{
    CHECK(log_fields().empty());
    {
        const LogScope outer(LogFields{{"job", "a"}});
        {
            const LogScope inner(LogFields{{"job", "b"}});
            CHECK(log_field("job") == "b");
        }
        CHECK(log_field("job") == "a");
        CHECK(log_field("run").empty());
        std::string elsewhere = "?";
        std::thread([&] { elsewhere = log_field("job"); }).join();
        CHECK(elsewhere.empty());
    }
    CHECK(log_fields().empty());
}
