// Who may write by the page: a session, its secret in each form, and nobody else.
#include "page/session.hpp"

#include "query/flags.hpp"
#include "store/quarantine_store.hpp"
#include "tests/page/page_fixture.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::string first_open_flag(ServedPages& here)
{
    const auto reading = here.reader.read();
    for (const auto& flag : chosen_flags(reading->store, *reading->catalogue, {}, false))
        if (flag.state == FlagState::open)
            return std::to_string(flag.id);
    return "";
}

ServedPages::Values answer_of(const ServedPages& here, const std::string& flag)
{
    return {{"secret", here.secret}, {"flag-" + flag, "1"}, {"note", "printed so"}, {"actor", "Kari"}};
}

} // namespace

TEST_CASE("who gives the token has a session, by a cookie that scripts and other sites do not see", "[page]")
{
    ServedPages here(first_harvest());
    CHECK_THAT(here.body("/flags"), Contains("Logg inn for å kvittere") && !Contains("name=\"note\""));
    const auto refused = here.post("/login", {{"token", "another token of some length"}});
    CHECK(refused.status == 403);
    CHECK(header(refused, "Set-Cookie").empty());
    const auto taken = here.post("/login", {{"token", here.host.its_access.token}, {"next", "/flags"}});
    CHECK(taken.status == 303);
    CHECK(header(taken, "Location") == "/flags");
    CHECK_THAT(header(taken, "Set-Cookie"), Contains("; HttpOnly; SameSite=Strict; Max-Age=43200"));
    here.log_in();
    const auto desk = here.body("/flags");
    CHECK_THAT(desk, Contains("name=\"note\"") && !Contains("Logg inn for å kvittere") && !Contains(" checked"));
    CHECK_THAT(here.body("/flags", {{"tick", "all"}}), Contains(" checked"));
}

TEST_CASE("after the login no link from outside leads to another site", "[page]")
{
    ServedPages here(first_harvest());
    for (const char* next : {"https://evil.example/", "//evil.example", "/\\evil.example", "", "/a\r\nX: y"})
        CHECK(header(here.post("/login", {{"token", here.host.its_access.token}, {"next", next}}), "Location") ==
              "/");
}

TEST_CASE("without a token nobody logs in", "[page]")
{
    ServedPages here(first_harvest());
    here.host.its_access.token = "";
    CHECK(here.post("/login", {{"token", ""}}).status == 403);
    CHECK_THAT(here.body("/flags"), !Contains("/login"));
}

TEST_CASE("a session ends with its time, and where the token becomes another one", "[page]")
{
    const TcpAccess access{{}, "0123456789abcdef0123"};
    const auto now = *parse_time("2026-11-28T08:00:00Z");
    const auto value = new_session(access, now);
    const auto cookie = std::string(session_cookie) + "=" + value;
    CHECK(session_in("a=b; " + cookie, access, now) == value);
    CHECK(session_in(cookie, access, now + session_length - std::chrono::seconds(1)) == value);
    CHECK(session_in(cookie, access, now + session_length).empty());
    CHECK(session_in(cookie, {{}, "another token of some length"}, now).empty());
    CHECK(session_in(cookie, {}, now).empty());
    for (const auto& forged : {cookie.substr(0, cookie.size() - 1),
                               std::string(session_cookie) + "=2027-01-01T00:00:00Z." + value.substr(21),
                               std::string(session_cookie) + "=", "x" + cookie, std::string("")})
        CHECK(session_in(forged, access, now).empty());
    CHECK(form_secret(value, access) != form_secret(value, {{}, "another token of some length"}));
}

TEST_CASE("flags are acknowledged by a form of this session, and by no other", "[page]")
{
    ServedPages here(first_harvest());
    const auto flag = first_open_flag(here);
    REQUIRE_FALSE(flag.empty());
    CHECK_THAT(header(here.post("/flags/acknowledge", answer_of(here, flag)), "Location"), Contains("/login"));
    here.log_in();
    auto foreign = answer_of(here, flag);
    foreign["secret"] = std::string(64, '0');
    CHECK(here.post("/flags/acknowledge", foreign).status == 403);
    foreign.erase("secret");
    CHECK(here.post("/flags/acknowledge", foreign).status == 403);
    CHECK(here.queue->list().empty());
    const auto taken = here.post("/flags/acknowledge", answer_of(here, flag));
    CHECK(taken.status == 303);
    CHECK(header(taken, "Location") == "/flags?order=1");
    REQUIRE(here.queue->list().size() == 1);
    CHECK(here.queue->list().front().order == "acknowledge");
    CHECK(to_text(here.queue->list().front().giver) == "Kari (from 127.0.0.1)");
}

TEST_CASE("an acknowledgement without a flag, a note or a name is refused with the reason", "[page]")
{
    ServedPages here(first_harvest());
    here.log_in();
    const auto flag = first_open_flag(here);
    for (const char* missing : {"note", "actor"}) {
        auto form = answer_of(here, flag);
        form[missing] = "  ";
        CHECK(here.post("/flags/acknowledge", form).status == 400);
    }
    auto form = answer_of(here, flag);
    form.erase("flag-" + flag);
    CHECK_THAT(here.post("/flags/acknowledge", form).body, Contains("Ingen flagg er valgt"));
    form["flag-999999"] = "1";
    CHECK(here.post("/flags/acknowledge", form).status == 400);
    CHECK(here.queue->list().empty());
}

TEST_CASE("a harvest is ordered by the page, of a job that there is", "[page]")
{
    ServedPages here(first_harvest());
    here.executor.does = [](const Order&, const OrderProgress&, const std::stop_token&) {
        Run run;
        run.job = "tall";
        run.outcome = RunOutcome::new_vintage;
        run.message = "<b>2 cells</b>";
        return OrderResult(RunsResult{{run}});
    };
    here.log_in();
    CHECK(here.post("/sources/harvest", {{"secret", here.secret}, {"job", "no-such"}}).status == 400);
    const auto taken = here.post("/sources/harvest", {{"secret", here.secret}, {"job", "tall"}});
    CHECK(header(taken, "Location") == "/orders/1");
    CHECK_THAT(here.body("/orders/1"), Contains("harvest tall"));
    while (!has_ended(here.queue->find(1).value().state))
        here.queue->events(1, 1000, std::chrono::seconds(1));
    CHECK_THAT(here.body("/orders/1"), Contains("ny utgave") && Contains("&lt;b&gt;2 cells&lt;&#x2F;b&gt;"));
    CHECK_THAT(here.body("/sources"), Contains("/orders/1") || Contains("&#x2F;orders&#x2F;1"));
}

TEST_CASE(
    "what waits in quarantine is answered by the page: tried again, ingested after all, or discarded with a note",
    "[page]")
{
    const TempDir folder;
    const ManualClock clock("2026-11-28T19:00:00Z");
    {
        const StoreSession store(folder.path(), StoreSession::Access::write, clock);
        QuarantineStore(store).add(
            {0, "tall", std::string(64, 'a'), "tall-1.csv", "<i>became zero</i>", clock.now()});
    }
    ServedPages here(folder.path());
    const auto answer = [&](const std::string& what, const std::string& note, const std::string& number = "1") {
        return here.post(
            "/sources/quarantine",
            {{"secret", here.secret}, {"quarantine", number}, {"answer", what}, {"actor", "Åse"}, {"note", note}});
    };
    CHECK_THAT(here.body("/sources"), Contains("&lt;i&gt;became zero") && Contains("skurd quarantine retry"));
    CHECK_THAT(header(answer("retry", ""), "Location"), Contains("/login"));
    here.log_in();
    CHECK_THAT(here.body("/sources"), Contains("value=\"1\" required") && Contains("value=\"discard\""));
    CHECK(answer("discard", " ").status == 400);
    CHECK(answer("burn", "").status == 400);
    CHECK(answer("retry", "", "2").status == 400);
    CHECK(answer("retry", "", "x").status == 400);
    CHECK(here.queue->list().empty());
    CHECK(header(answer("retry", ""), "Location") == "/orders/1");
    CHECK(header(answer("accept", ""), "Location") == "/orders/2");
    CHECK(header(answer("discard", "a draft"), "Location") == "/orders/3");
    REQUIRE(here.queue->list().size() == 3);
    CHECK(here.queue->list().front().order == "discard");
    CHECK(to_text(here.queue->list().front().giver) == "Åse (from 127.0.0.1)");
}

TEST_CASE("a body of another kind, or too large, is refused before it is read", "[page]")
{
    const ServedPages here(first_harvest());
    HttpRequest request;
    request.method = "POST";
    request.path = "/flags/acknowledge";
    request.content_type = "text/plain";
    request.content_length = 10;
    CHECK(here.ask(request).status == 415);
    request.content_type = "application/x-www-form-urlencoded";
    request.content_length = 1 << 20;
    CHECK(here.ask(request).status == 413);
    request.path = "/sources/harvest";
    request.method = "GET";
    CHECK(here.ask(request).status == 405);
}
