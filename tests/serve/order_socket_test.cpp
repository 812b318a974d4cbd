#include "serve/order_socket.hpp"

#include "base/error.hpp"
#include "order/serial_desk.hpp"
#include "serve/control_socket.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <future>

using namespace skurd;
using skurd::test::TempDir;

namespace {

/// Notes what it is given; has the result, or the failure, that the test says.
class NotingDesk : public SerialDesk {
public:
    std::optional<Order> got;
    OrderResult result = DoneResult();
    std::optional<Error> failure;
    bool stopped = false;

protected:
    OrderResult execute(const Order& order, const OrderProgress& progress, std::stop_token stop) override
    {
        got = order;
        stopped = stop.stop_requested();
        if (progress)
            progress("on it");
        if (failure)
            throw Error(*failure);
        return result;
    }
};

/// A daemon that serves one client with a desk.
struct Served {
    TempDir folder;
    std::filesystem::path socket = folder / "skurd.sock";
    ControlServer server{socket};
    NotingDesk desk;
    std::vector<std::string> progress;

    std::optional<OrderResult> give(const Order& order, std::stop_token stop = {})
    {
        auto given = std::async(std::launch::async, [&] {
            return give_to_daemon(socket, order, [&](const std::string& text) { progress.push_back(text); });
        });
        server.serve_one(std::nullopt, -1, [&](OrderMessage request, const OrderProgress& tell) {
            return answer_order(desk, std::move(request), tell, stop);
        });
        return given.get();
    }
};

} // namespace

TEST_CASE("an order reaches the daemon's desk whole, and its result comes back", "[serve]")
{
    Served here;
    here.desk.result = RecordedResult{12};
    const AnnotateOrder order{"9", AnnotationKind::note, Period::year(2018), 0, "blåbær", "Kåre"};
    const auto result = here.give(order);

    REQUIRE(here.desk.got);
    const auto& got = std::get<AnnotateOrder>(*here.desk.got);
    CHECK(got.text == "blåbær");
    CHECK(got.period == Period::year(2018));
    CHECK(here.progress == std::vector<std::string>{"on it"});
    REQUIRE(result);
    CHECK(std::get<RecordedResult>(*result).id == 12);
}

TEST_CASE("the bytes of a file reach the daemon's desk", "[serve]")
{
    Served here;
    here.desk.result = RunsResult();
    DropOrder order;
    order.job = "a";
    order.bytes = std::string(3'000'000, '\n');
    here.give(order);
    REQUIRE(here.desk.got);
    CHECK(std::get<DropOrder>(*here.desk.got).bytes == order.bytes);
}

TEST_CASE("what an order fails with in the daemon is what it fails with here, exit code and all", "[serve]")
{
    Served here;
    here.desk.failure = usage_error("there is no job 'tal'");
    try {
        here.give(CheckOnlineOrder{{"tal"}});
        FAIL("the order did not fail");
    } catch (const Error& failure) {
        CHECK(failure.what() == std::string("there is no job 'tal'"));
        CHECK(failure.code() == ExitCode::usage);
    }
}

TEST_CASE("a result that cannot be read says what to do", "[serve]")
{
    Served here;
    here.desk.result = DoneResult(); // as of another version's daemon: an annotation has a number
    CHECK_THROWS_WITH(here.give(AnnotateOrder{"9", AnnotationKind::note, {}, 0, "x", "y"}),
                      Catch::Contains("\"id\" is missing") && Catch::Contains("restart it"));
}

TEST_CASE("a stop of the daemon cancels the order it carries out", "[serve]")
{
    Served here;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_WITH(here.give(WithdrawOrder{1, "x", "y"}, stop.get_token()), Catch::Contains("cancelled"));
    CHECK_FALSE(here.desk.got);
}

TEST_CASE("what is no order never reaches the desk", "[serve]")
{
    NotingDesk desk;
    CHECK_THROWS_WITH(answer_order(desk, {{{"order", "look"}}, ""}, {}, {}), Catch::Contains("unknown order 'look'"));
    CHECK_FALSE(desk.got);
}

TEST_CASE("without a daemon nobody takes an order", "[serve]")
{
    const TempDir folder;
    CHECK_FALSE(give_to_daemon(folder / "skurd.sock", WithdrawOrder{1, "x", "y"}, {}));
}
