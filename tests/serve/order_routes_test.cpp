// Orders over HTTP: what is asked and what is answered.
#include "tests/serve/served_desk.hpp"

#include <sys/stat.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto form_type = "multipart/form-data; boundary=edge";

std::string part(const std::string& name, const std::string& bytes)
{
    return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + bytes + "\r\n";
}

const std::string form_end = "--edge--\r\n";
const std::string drop_json = R"({"order":"drop","job":"tall","name":"tall-1.csv"})";

/// The lines of a chunked body that are not empty.
std::vector<Json> lines_in(const std::string& body)
{
    std::vector<Json> lines;
    for (std::size_t at = 0; (at = body.find("{\"event\"", at)) != std::string::npos; ++at)
        lines.push_back(Json::parse(body.substr(at, body.find('\n', at) - at), nullptr, false));
    return lines;
}

} // namespace

TEST_CASE("an order is answered with its number and where it is told of, before it has ended", "[serve]")
{
    ServedDesk here;
    const auto answer = here.ask("POST /api/v1/orders", ServedDesk::detached);
    CHECK(answer.status == 202);
    CHECK(answer.json() == Json{{"id", 1}});
    CHECK_THAT(answer.head, Contains("Location: /api/v1/orders/1"));
    const auto told = here.ask("GET /api/v1/orders/1").json();
    CHECK(told["summary"] == "annotate 9");
    CHECK(told["attachment"] == "detached");
    CHECK(told["given_by"] == Json{{"name", "Kari"}, {"uid", ::getuid()}, {"address", nullptr}});
    CHECK(told["result"] == nullptr);
    const auto all = here.ask("GET /api/v1/orders").json();
    CHECK(all["orders"].size() == 1);

    here.executor.gate.open();
    CHECK(ended(*here.queue, 1).state == OrderState::done);
    const auto done = here.ask("GET /api/v1/orders/1").json();
    CHECK(done["state"] == "done");
    CHECK(done["result"] == Json{{"exit", 0}, {"id", 1}});
}

TEST_CASE("what is no request of ours is refused with the reason", "[serve]")
{
    struct Row {
        std::string line, body, type;
        long status;
        std::string reason;
        long exit = 2;
    };
    const std::string json = "application/json";
    const Row rows[] = {
        {"GET /", "", json, 404, "there is nothing at /"},
        {"GET /api/v1/orders/", "", json, 404, "there is nothing at"},
        {"GET /api/v1/orders/1/2/events", "", json, 404, "there is nothing at"},
        {"GET /api/v1/orders/1", "", json, 404, "there is no order 1"},
        {"GET /api/v1/orders/-1", "", json, 404, "there is no order -1"},
        {"GET /api/v1/orders/99999999999999999999/events", "", json, 404, "there is no order 9999"},
        {"DELETE /api/v1/orders/x", "", json, 404, "there is no order x"},
        {"PUT /api/v1/orders", "{}", json, 405, "use POST, GET"},
        {"POST /api/v1/orders/1", "{}", json, 405, "use GET, HEAD, DELETE"},
        {"GET /api/v1/orders", "{}", json, 413, "the body has 2 bytes"},
        {"POST /api/v1/orders", "", json, 411, "length"},
        {"POST /api/v1/orders", "order=look", "application/x-www-form-urlencoded", 415,
         "application/json or multipart"},
        {"POST /api/v1/orders", "garbage", json, 400, "this is no JSON: garbage", 1},
        {"POST /api/v1/orders", "\xff\xfe", json, 400, "this is no JSON", 1},
        {"POST /api/v1/orders", "[1]", json, 400, "a JSON object is wanted"},
        {"POST /api/v1/orders", "{}", json, 400, "\"order\" is missing"},
        {"POST /api/v1/orders", std::string(900'000, '['), json, 400, "nested deeper than 64 levels", 1},
        {"POST /api/v1/orders", std::string(1'100'000, ' '), json, 413, "takes 1048576"},
        {"POST /api/v1/orders", R"({"order":"look"})", json, 400, "unknown order 'look'"},
        {"POST /api/v1/orders", R"({"order":"discard","quarantine":1,"note":"x","actor":"y","x":1})", json, 400,
         "unknown member \"x\""},
        {"POST /api/v1/orders", R"({"order":"discard","detach":1})", json, 400, "neither true nor false"},
        {"POST /api/v1/orders", R"({"order":"discard","given_by":")" + std::string(201, 'x') + "\"}", json, 400,
         "given_by"},
        {"POST /api/v1/orders", part("file", "x") + form_end, form_type, 400, "the part order is missing"},
        {"POST /api/v1/orders", part("order", drop_json) + part("fil", "x") + form_end, form_type, 400,
         "there is no part 'fil'"},
        {"POST /api/v1/orders", part("order", drop_json) + part("detach", "yes") + form_end, form_type, 400,
         "neither true nor false"},
        {"POST /api/v1/orders",
         part("order", R"({"order":"discard","quarantine":1,"note":"x","actor":"y"})") + part("file", "x") + form_end,
         form_type, 400, "no file belongs to it"},
        {"POST /api/v1/orders", part("order", drop_json), "multipart/form-data", 400, "no boundary"},
        {"POST /api/v1/orders", part("order", std::string(1'100'000, ' ')) + form_end, form_type, 400,
         "1048576 is the most"},
        {"POST /api/v1/orders",
         part("a", "") + part("b", "") + part("c", "") + part("d", "") + part("e", "") + part("f", "") +
             part("g", "") + part("h", "") + part("i", "x") + form_end,
         form_type, 400, ""},
    };
    ServedDesk here;
    for (const auto& row : rows) {
        const auto answer = here.ask(row.line, row.body, row.type);
        CAPTURE(row.line, row.body.substr(0, 80), answer.head);
        CHECK(answer.status == row.status);
        CHECK(answer.json().value("exit", 0) == row.exit);
        CHECK_THAT(answer.json().value("error", ""), Contains(row.reason));
        if (row.status == 405)
            CHECK_THAT(answer.head, Contains("Allow: "));
    }
    CHECK(here.queue->list().empty());
}

TEST_CASE("a body without a stated length is refused", "[serve]")
{
    ServedDesk here;
    RawClient client(here.socket);
    client.send("POST /api/v1/orders HTTP/1.1\r\nHost: skurd\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    CHECK(answer_in(client.read_all()).status == 411);
}

TEST_CASE("a file reaches the order byte for byte", "[serve]")
{
    ServedDesk here;
    std::string bytes("\0--edge\r\n--edg\r\n\r\n--\xff", 21);
    for (int i = 0; i < 17; ++i)
        bytes += bytes.substr(0, 200'000);
    bytes += '\n';
    Order got;
    here.executor.does = [&](const Order& order, const OrderProgress&, const std::stop_token&) {
        got = order;
        return RunsResult();
    };
    here.executor.gate.open();
    const auto answer =
        here.ask("POST /api/v1/orders",
                 part("order", drop_json) + part("detach", "true") + part("file", bytes) + form_end, form_type);
    REQUIRE(answer.status == 202);
    CHECK(ended(*here.queue, 1).state == OrderState::done);
    CHECK(std::get<DropOrder>(got).bytes == bytes);
}

TEST_CASE("events come as they happen, and the last has the result", "[serve]")
{
    ServedDesk here;
    const auto id = here.give(ServedDesk::attached);
    auto reader = here.reader(id);
    REQUIRE_FALSE(reader->read_until("\"on it\"").empty());
    REQUIRE_FALSE(reader->read_until("1\r\n\n\r\n").empty()); // nothing happens for a while
    here.executor.gate.open();
    const auto rest = reader->read_all();
    CHECK_THAT(rest, Contains(R"("last":true,"exit":0,"error":null,"result":{"exit":0,"id":1}})"));
    CHECK_THAT(rest, Catch::Matchers::EndsWith("0\r\n\r\n"));

    const auto again = lines_in(here.ask("GET /api/v1/orders/1/events").body);
    REQUIRE(again.size() == 4);
    CHECK(again[0]["event"] == 1);
    CHECK(again[2]["progress"] == "on it");
    CHECK(again[3]["state"] == "done");
    CHECK(lines_in(here.ask("GET /api/v1/orders/1/events?from=3").body).size() == 2);
    CHECK(lines_in(here.ask("GET /api/v1/orders/1/events?from=5").body).empty());
    CHECK(here.ask("GET /api/v1/orders/1/events?from=x").status == 400);
}

TEST_CASE("what an order fails with stands in its last event", "[serve]")
{
    ServedDesk here;
    here.executor.does = [](const Order&, const OrderProgress&, const std::stop_token&) -> OrderResult {
        throw Error("another instance holds the store", ExitCode::busy);
    };
    here.executor.gate.open();
    const auto id = here.give(ServedDesk::detached);
    ended(*here.queue, id);
    const auto last = lines_in(here.ask("GET /api/v1/orders/1/events").body).back();
    CHECK(last["last"] == true);
    CHECK(last["exit"] == 3);
    CHECK(last["error"] == "another instance holds the store");
    CHECK(last["result"] == nullptr);
}

TEST_CASE("an order is ended by DELETE, once, and it is known who did", "[serve]")
{
    ServedDesk here;
    const auto id = here.give(ServedDesk::detached);
    REQUIRE_FALSE(here.queue->events(id, 3, 10s).empty());
    const auto answer = here.ask("DELETE /api/v1/orders/1?by=K%C3%A5re");
    CHECK(answer.status == 202);
    CHECK(answer.json()["id"] == id);
    CHECK_THAT(ended(*here.queue, id).error, Contains("cancelled by Kåre (uid " + std::to_string(::getuid()) + ")"));
    const auto again = here.ask("DELETE /api/v1/orders/1");
    CHECK(again.status == 409);
    CHECK(again.json()["error"] == "order 1 has ended already (cancelled)");
    CHECK(again.json()["exit"] == 1);
}

TEST_CASE("an attached order is cancelled when its last reader is gone, a detached one goes on", "[serve]")
{
    ServedDesk here;
    const auto attached = here.give(ServedDesk::attached);
    auto first = here.reader(attached);
    auto second = here.reader(attached);
    const auto detached = here.give(ServedDesk::detached);
    auto third = here.reader(detached);
    first->close();
    third->close();
    REQUIRE_FALSE(second->read_until("1\r\n\n\r\n").empty()); // a second later both are still there
    CHECK(here.queue->find(attached).value().state == OrderState::running);
    second->close();
    CHECK_THAT(ended(*here.queue, attached).error, Contains("its client is gone"));
    CHECK(here.queue->find(detached).value().state == OrderState::running);
}

TEST_CASE("an attached order whose client never asks for its events is cancelled", "[serve]")
{
    ControlServerLimits limits;
    limits.events_asked_for = 50ms;
    ServedDesk here(limits);
    const auto id = here.give(ServedDesk::attached);
    CHECK_THAT(ended(*here.queue, id).error, Contains("never asked what became of it"));
    CHECK(here.queue->find(id).value().state == OrderState::cancelled);
}

TEST_CASE("an attached order whose reader does not read is cancelled, and its work is not held up", "[serve]")
{
    ControlServerLimits limits;
    limits.server.daemon.stuck = 100ms;
    ServedDesk here(limits);
    here.executor.does = [](const Order&, const OrderProgress& progress, const std::stop_token& stop) -> OrderResult {
        for (int i = 0; !stop.stop_requested(); ++i)
            progress(std::to_string(i) + std::string(280, 'x'));
        throw error("stopped in the middle");
    };
    const auto id = here.give(ServedDesk::attached);
    const auto reader = here.reader(id);
    here.executor.gate.open();
    CHECK_THAT(ended(*here.queue, id).error, Contains("its client is gone"));
}

TEST_CASE("owner and group may use the socket, which replaces a dead one and goes with the server", "[serve]")
{
    TempDir folder;
    const auto path = folder / "skurd.sock";
    {
        const UnixListener dead(path);
        std::filesystem::rename(path, folder / "aside");
    }
    std::filesystem::rename(folder / "aside", path);
    {
        const UnixListener listener(path);
        struct stat found = {};
        REQUIRE(::stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0660);
    }
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK_THROWS_WITH(UnixListener(folder / std::string(200, 'x')), Contains("use a shorter state folder"));
    CHECK_THROWS_WITH(UnixListener(folder / "none/skurd.sock"), Contains("cannot listen"));
}
