// Health, status and metrics, as who asks sees them.
#include "tests/serve/served_desk.hpp"

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

TEST_CASE("who lives says so, and who is stuck says for how long", "[serve]")
{
    ServedDesk here;
    const auto alive = here.ask("GET /healthz");
    CHECK(alive.status == 200);
    CHECK(alive.body == "ok\n");
    here.view.is_live = {900s, 900s};
    CHECK(here.ask("GET /healthz").status == 200);
    here.view.is_live = {901s, 900s};
    const auto stuck = here.ask("GET /healthz");
    CHECK(stuck.status == 503);
    CHECK_THAT(stuck.body, Contains("has not had its turn for 901 s, and 900 s is the most"));
}

TEST_CASE("who is not ready says why, a line each", "[serve]")
{
    ServedDesk here;
    CHECK(here.ask("GET /readyz").body == "ready\n");
    here.view.reasons = {"the daemon is stopping", "the store cannot be read"};
    const auto answer = here.ask("GET /readyz");
    CHECK(answer.status == 503);
    CHECK(answer.body == "the daemon is stopping\nthe store cannot be read\n");
    CHECK(here.ask("GET /healthz").status == 200);
}

TEST_CASE("the status is that of the command, in JSON", "[serve]")
{
    ServedDesk here;
    here.view.its_status.state = "/somewhere";
    here.view.its_status.findings = {{Concern::room, "/somewhere", "too full", "make room"}};
    const auto answer = here.ask("GET /api/v1/status");
    CHECK(answer.status == 200);
    CHECK_THAT(answer.head, Contains("Content-Type: application/json"));
    CHECK(answer.json()["state"] == "/somewhere");
    CHECK(answer.json()["ok"] == false);
    CHECK(answer.json()["findings"][0]["concern"] == "room");
}

TEST_CASE("metrics come in the notation that is asked for, and are stored by nobody", "[serve]")
{
    ServedDesk here;
    const auto modern = here.ask("GET /metrics");
    CHECK(modern.status == 200);
    CHECK_THAT(modern.head, Contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"));
    CHECK_THAT(modern.head, Contains("Cache-Control: no-store"));
    CHECK(modern.body.ends_with("# EOF\n"));
    const auto older = here.ask("GET /metrics HTTP/1.1\r\nAccept: text/plain;version=0.0.4\r\nX-Rest:");
    CHECK_THAT(older.head, Contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"));
}

TEST_CASE("nothing of it takes another method", "[serve]")
{
    ServedDesk here;
    for (const char* path : {"/healthz", "/readyz", "/metrics", "/api/v1/status"}) {
        const auto answer = here.ask(std::string("DELETE ") + path);
        CHECK(answer.status == 405);
        CHECK_THAT(answer.head, Contains("Allow: GET"));
    }
}
