// The command line's end of the control socket.
#include "serve/order_client.hpp"

#include "tests/serve/served_desk.hpp"

#include <future>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

/// A daemon whose orders begin at once, and a client of it.
struct Scene : ServedDesk {
    Scene() { executor.gate.open(); }

    std::optional<OrderResult> give(const Order& order, const OrderProgress& progress = {}, std::stop_token stop = {})
    {
        return give_to_daemon(client, order, progress, std::move(stop));
    }

    OrderClient client{socket, "Kari"};
};

/// A listener that says one thing to one client, and goes.
std::future<void> says(const UnixListener& listener, std::string text)
{
    return std::async(std::launch::async, [&listener, text = std::move(text)] {
        pollfd wanted{listener.descriptor(), POLLIN, 0};
        ::poll(&wanted, 1, 10'000);
        const FileDescriptor client(::accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
        char piece[4096];
        ::recv(client.get(), piece, sizeof piece, 0);
        ::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
    });
}

} // namespace

TEST_CASE("an order reaches the desk whole, and its result comes back", "[serve]")
{
    Scene here;
    Order got;
    here.executor.does = [&](const Order& order, const OrderProgress&, const std::stop_token&) {
        got = order;
        return RecordedResult{12};
    };
    std::vector<std::string> progress;
    const AnnotateOrder order{"9", AnnotationKind::note, Period::year(2018), 0, "blåbær", "Kåre"};
    const auto result = here.give(order, [&](const std::string& text) { progress.push_back(text); });

    ended(*here.queue, 1); // what its thread wrote is ours to read
    CHECK(std::get<AnnotateOrder>(got).text == "blåbær");
    CHECK(std::get<AnnotateOrder>(got).period == Period::year(2018));
    CHECK(progress.back() == "on it");
    REQUIRE(result);
    CHECK(std::get<RecordedResult>(*result).id == 12);
    CHECK(here.queue->find(1).value().giver == OrderGiver{"Kari", ::getuid()});
}

TEST_CASE("the bytes of a file and a long result go both ways", "[serve]")
{
    Scene here;
    here.executor.does = [](const Order& order, const OrderProgress&, const std::stop_token&) {
        Run run;
        run.message = std::get<DropOrder>(order).bytes;
        return RunsResult{{run}};
    };
    const std::string bytes(5'000'000, '\n');
    const auto result = here.give(drop_of(bytes));
    REQUIRE(result);
    CHECK(std::get<RunsResult>(*result).runs.at(0).message == bytes);
}

TEST_CASE("what an order fails with in the daemon is what it fails with here, exit code and all", "[serve]")
{
    Scene here;
    here.executor.does = [](const Order&, const OrderProgress&, const std::stop_token&) -> OrderResult {
        throw usage_error("there is no job 'tal'");
    };
    try {
        here.give(CheckOnlineOrder{{"tal"}});
        FAIL("the order did not fail");
    } catch (const Error& failure) {
        CHECK(failure.what() == std::string("there is no job 'tal'"));
        CHECK(failure.code() == ExitCode::usage);
    }
}

TEST_CASE("what the daemon does not take is refused here with its reason", "[serve]")
{
    Scene here;
    here.queue->stop();
    CHECK_THROWS_WITH(here.give(any_order()), Contains("the daemon is stopping; give the command again"));
}

TEST_CASE("a result that cannot be read says what to do", "[serve]")
{
    Scene here;
    here.executor.does = [](const Order&, const OrderProgress&, const std::stop_token&) {
        return DoneResult(); // as of another version's daemon: an annotation has a number
    };
    CHECK_THROWS_WITH(here.give(any_order()), Contains("\"id\" is missing") && Contains("restart it"));
}

TEST_CASE("a stop cancels the order, and its end is waited for", "[serve]")
{
    Scene here;
    std::stop_source stop;
    bool was_stopped = false;
    here.executor.does = [&](const Order&, const OrderProgress&, const std::stop_token& told) -> OrderResult {
        stop.request_stop();
        Gate never;
        never.wait(told);
        was_stopped = true;
        throw error("stopped before job 'b'");
    };
    CHECK_THROWS_WITH(here.give(any_order(), {}, stop.get_token()),
                      Contains("cancelled by Kari") && Contains("stopped before job 'b'"));
    ended(*here.queue, 1); // what its thread wrote is ours to read
    CHECK(was_stopped);
}

TEST_CASE("a stop before the order was given cancels it too", "[serve]")
{
    ServedDesk here;
    OrderClient client(here.socket, "Kari");
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_WITH(give_to_daemon(client, any_order(), {}, stop.get_token()), Contains("cancelled by Kari"));
}

TEST_CASE("a detached order is left to the daemon, listed, shown and cancelled", "[serve]")
{
    ServedDesk here;
    OrderClient client(here.socket, "Kari");
    const auto id = client.submit(any_order(), Attachment::detached);
    REQUIRE(id == 1);
    REQUIRE_FALSE(here.queue->events(*id, 3, 10s).empty());
    const auto all = client.list();
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    CHECK(all->front().state == OrderState::running);
    CHECK(client.find(*id).value()["attachment"] == "detached");
    CHECK(client.cancel(*id).value().id == *id);
    CHECK(ended(*here.queue, *id).state == OrderState::cancelled);
    CHECK_THROWS_WITH(client.cancel(*id), Contains("has ended already (cancelled)"));
    CHECK_THROWS_WITH(client.cancel(7), Contains("there is no order 7"));
}

TEST_CASE("without a daemon nobody takes an order", "[serve]")
{
    const TempDir folder;
    OrderClient client(folder / "skurd.sock", "Kari");
    CHECK_FALSE(give_to_daemon(client, any_order(), {}, {}));
    CHECK_FALSE(client.list());
    CHECK_FALSE(client.cancel(1));
    CHECK_THROWS_WITH(OrderClient(folder / std::string(200, 'x'), ""), Contains("use a shorter state folder"));
}

TEST_CASE("a daemon that goes away, or speaks otherwise, is told of", "[serve]")
{
    const TempDir folder;
    const std::string taken = "HTTP/1.1 202 Accepted\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"id\":12}";
    struct Row {
        std::string first, second, reason;
    };
    const Row rows[] = {
        {"", "", "the daemon went away before the order ended"},
        {taken, "", "the daemon went away before the order ended"},
        {taken, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"event\":1,\"state\":\"queued\"}\n", "went away"},
        {taken, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n", "went away"},
        {taken, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nnonsense\n", "this is no JSON"},
        {"{\"exit\":1,\"error\":\"this is no JSON\"}\n", "", "is the daemon of another version?"},
        {"HTTP/1.1 500 Oh\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOh", "", "HTTP status 500"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.first, row.second);
        const UnixListener listener(folder / "skurd.sock");
        OrderClient client(folder / "skurd.sock", "Kari");
        auto first = says(listener, row.first);
        std::string told;
        std::optional<OrderId> id;
        try {
            id = client.submit(any_order(), Attachment::attached);
        } catch (const Error& failure) {
            told = failure.what();
        }
        first.get();
        if (id) {
            auto second = says(listener, row.second);
            try {
                client.follow(*id, any_order(), {}, {});
            } catch (const Error& failure) {
                told = failure.what();
            }
            second.get();
        }
        CHECK_THAT(told, Contains(row.reason));
    }
}
