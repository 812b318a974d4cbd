#include "order/serial_desk.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

#include <functional>

using namespace skurd;

namespace {

/// Tells of each order it is given, and does what the test says meanwhile.
class FakeDesk : public SerialDesk {
public:
    std::function<void(OrderId)> meanwhile;
    OrderId current = 0;
    int carried_out = 0;

protected:
    OrderResult execute(const Order& order, const OrderProgress& progress, std::stop_token stop) override
    {
        ++carried_out;
        progress(std::string(std::visit([](const auto& kind) { return kind.name; }, order)));
        if (meanwhile)
            meanwhile(current);
        if (stop.stop_requested())
            throw error("stopped in the middle");
        return RecordedResult{carried_out};
    }
};

Order any_order()
{
    return AnnotateOrder{"9", AnnotationKind::note, std::nullopt, 0, "x", "y"};
}

} // namespace

TEST_CASE("an order is carried out when it is followed, and its result comes once", "[order]")
{
    FakeDesk desk;
    std::vector<std::string> told;
    const auto tell = [&](const std::string& text) { told.push_back(text); };
    const auto first = desk.submit(any_order());
    const auto second = desk.submit(any_order());
    CHECK(first != second);
    CHECK(desk.carried_out == 0);
    CHECK(std::get<RecordedResult>(desk.follow(second, tell)).id == 1);
    CHECK(std::get<RecordedResult>(desk.follow(first, tell)).id == 2);
    CHECK(told == std::vector<std::string>{"annotate", "annotate"});
    CHECK_THROWS_WITH(desk.follow(first, tell), Catch::Contains("there is no order 1 here"));
}

TEST_CASE("an order that is cancelled before its turn never begins", "[order]")
{
    FakeDesk desk;
    const auto id = desk.submit(any_order());
    desk.cancel(id);
    CHECK_THROWS_WITH(desk.follow(id, {}), Catch::Contains("cancelled before it began"));
    CHECK(desk.carried_out == 0);
    desk.cancel(id); // of an order that has ended: nothing happens
    CHECK_THROWS_WITH(desk.follow(id, {}), Catch::Contains("there is no order"));
}

TEST_CASE("an order that is cancelled while it runs is told so, and the next is not", "[order]")
{
    FakeDesk desk;
    const auto quiet = [](const std::string&) {};
    desk.meanwhile = [&](OrderId id) { desk.cancel(id); };
    desk.current = desk.submit(any_order());
    CHECK_THROWS_WITH(desk.follow(desk.current, quiet), Catch::Contains("stopped in the middle"));
    desk.meanwhile = nullptr;
    CHECK(std::get<RecordedResult>(desk.follow(desk.submit(any_order()), quiet)).id == 2);
}
