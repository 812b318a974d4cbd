// The daemon's desk: orders in, threads that carry them out, the spool that outlives it.
#include "daemon/order_queue.hpp"

#include "tests/order/gated_executor.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <thread>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

struct Desk {
    explicit Desk(const OrderLimits& its_limits = {}) : limits(its_limits) { restart(); }

    /// Another daemon over the same spool; the one before ends as it should.
    void restart()
    {
        queue.reset();
        queue = std::make_unique<OrderQueue>(folder / "orders", executor, clock, limits);
    }
    OrderId give(const Order& order = any_order(), Attachment attachment = Attachment::attached) const
    {
        return queue->submit(order, {"Kari", 1000}, attachment);
    }
    std::string spooled(const std::string& name) const { return read_file(folder / "orders" / name); }

    TempDir folder;
    ManualClock clock{"2020-06-01"};
    OrderLimits limits;
    GatedExecutor executor;
    std::unique_ptr<OrderQueue> queue;
};

std::size_t threads()
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/task"))
        ++count;
    return count;
}

/// Whether the condition comes true within ten seconds.
template <typename Condition>
bool comes_true(const Condition& condition)
{
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!condition())
        if (std::chrono::steady_clock::now() > until)
            return false;
        else
            std::this_thread::yield();
    return true;
}

std::vector<OrderEvent::Kind> kinds(const std::vector<OrderEvent>& events)
{
    std::vector<OrderEvent::Kind> kinds;
    kinds.reserve(events.size());
    for (const auto& event : events)
        kinds.push_back(event.kind);
    return kinds;
}

/// What a daemon that was killed left behind: its spool as it was then.
class Killed {
public:
    explicit Killed(const Desk& desk) : from_(desk.folder / "orders"), to_(desk.folder / "copy")
    {
        std::filesystem::copy(from_, to_, std::filesystem::copy_options::recursive);
    }
    void restore() const
    {
        std::filesystem::remove_all(from_);
        std::filesystem::rename(to_, from_);
    }

private:
    std::filesystem::path from_, to_;
};

} // namespace

TEST_CASE("an order goes from queued by running to done, and its result stays", "[daemon]")
{
    Desk desk;
    desk.executor.gate.open();
    desk.queue->start();
    const auto id = desk.give();
    const auto events = all_events(*desk.queue, id);
    const auto record = desk.queue->find(id).value();

    using Kind = OrderEvent::Kind;
    CHECK(kinds(events) == std::vector<Kind>{Kind::state, Kind::state, Kind::progress, Kind::last});
    CHECK(events[1].state == OrderState::running);
    CHECK(events[2].text == "on it");
    CHECK(record.state == OrderState::done);
    CHECK(record.exit == ExitCode::good);
    CHECK(record.giver == OrderGiver{"Kari", 1000});
    CHECK(record.summary == "annotate 9");
    CHECK(desk.queue->result(id) == R"({"exit":0,"id":1})");
    CHECK(desk.queue->events(id, 3, 0ms).size() == 2);
    CHECK(desk.queue->events(id + 1, 1, 0ms).empty());
    CHECK_FALSE(desk.queue->find(id + 1));
    desk.restart();
    CHECK(desk.queue->find(id).value().state == OrderState::done);
    CHECK(desk.queue->result(id) == R"({"exit":0,"id":1})");
    CHECK(all_events(*desk.queue, id).size() == 1);
}

TEST_CASE("an order is on disk with its file before it has a number, and its file goes when it has ended", "[daemon]")
{
    Desk desk;
    const std::string bytes("a\0\r\nb", 5);
    const auto id = desk.give(drop_of(bytes));
    const auto at_first = desk.spooled("1.bytes");
    CHECK(id == 1);
    CHECK(at_first == bytes);
    CHECK_THAT(desk.spooled("1.json"), Contains("\"tall-1.csv\""));

    Order got;
    desk.executor.does = [&](const Order& order, const OrderProgress&, const std::stop_token&) {
        got = order;
        return RunsResult();
    };
    desk.executor.gate.open();
    desk.queue->start();
    ended(*desk.queue, id);
    CHECK(std::get<DropOrder>(got).bytes == bytes);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "orders/1.bytes"));
    CHECK_THAT(desk.spooled("1.json"), !Contains("\"name\":\"tall-1.csv\""));
}

TEST_CASE("an order that fails has the error and the exit code", "[daemon]")
{
    Desk desk;
    desk.executor.does = [](const Order&, const OrderProgress&, const std::stop_token&) -> OrderResult {
        throw usage_error("there is no job 'tal'");
    };
    desk.executor.gate.open();
    desk.queue->start();
    const auto record = ended(*desk.queue, desk.give());
    CHECK(record.state == OrderState::failed);
    CHECK(record.exit == ExitCode::usage);
    CHECK(record.error == "there is no job 'tal'");
    CHECK_FALSE(desk.queue->result(record.id));
}

TEST_CASE("no more orders run at once than may, and the others follow in turn", "[daemon]")
{
    OrderLimits limits;
    limits.running = 2;
    Desk desk(limits);
    desk.queue->start();
    std::vector<OrderId> ids;
    ids.reserve(6);
    for (int i = 0; i < 6; ++i)
        ids.push_back(desk.give());
    REQUIRE(comes_true([&] { return desk.executor.begun == 2; }));
    CHECK(desk.queue->find(ids[2]).value().state == OrderState::queued);
    desk.executor.gate.open();
    for (const auto id : ids)
        CHECK(ended(*desk.queue, id).state == OrderState::done);
    CHECK(desk.executor.running_most <= 2);
}

TEST_CASE("an idle desk has no threads", "[daemon]")
{
    std::thread([] {}).join(); // a sanitizer begins a thread of its own with the first
    const auto before = threads();
    Desk desk;
    desk.queue->start();
    CHECK(threads() == before);
    for (int i = 0; i < 5; ++i)
        desk.give();
    CHECK(comes_true([&] { return threads() == before + 5; }));
    desk.executor.gate.open();
    CHECK(comes_true([&] { return threads() == before; }));
}

TEST_CASE("an order that is cancelled while it waits never begins", "[daemon]")
{
    Desk desk;
    const auto id = desk.give(any_order(), Attachment::detached);
    desk.queue->cancel(id, "cancelled by Kari");
    desk.executor.gate.open();
    desk.queue->start();
    const auto record = ended(*desk.queue, id);
    CHECK(record.state == OrderState::cancelled);
    CHECK(record.exit == ExitCode::failed);
    CHECK(record.error == "cancelled by Kari");
    desk.restart();
    desk.queue->start();
    CHECK(desk.queue->find(id).value().state == OrderState::cancelled);
    CHECK(desk.executor.begun == 0);
}

TEST_CASE("an order that is cancelled while it runs is told to end, once it has ended nothing happens", "[daemon]")
{
    Desk desk;
    desk.queue->start();
    const auto id = desk.give();
    REQUIRE(comes_true([&] { return desk.executor.begun == 1; }));
    desk.queue->cancel(id, "its client is gone");
    const auto record = ended(*desk.queue, id);
    CHECK(record.state == OrderState::cancelled);
    CHECK(record.error == "its client is gone: stopped in the middle");
    desk.queue->cancel(id, "again");
    desk.queue->cancel(id + 1, "there is none");
    CHECK(to_json(desk.queue->find(id).value()) == to_json(record));
}

TEST_CASE("an order that was done before the cancellation reached it is done", "[daemon]")
{
    Desk desk;
    OrderId id = 0;
    desk.executor.does = [&](const Order&, const OrderProgress&, const std::stop_token&) {
        desk.queue->cancel(id, "too late");
        return DoneResult();
    };
    id = desk.give();
    desk.executor.gate.open();
    desk.queue->start();
    CHECK(ended(*desk.queue, id).state == OrderState::done);
}

TEST_CASE("when the daemon stops, attached orders are cancelled and detached ones run again with the next",
          "[daemon]")
{
    OrderLimits limits;
    limits.running = 2;
    Desk desk(limits);
    desk.queue->start();
    const auto attached = desk.give();
    const auto detached = desk.give(drop_of("x"), Attachment::detached);
    REQUIRE(comes_true([&] { return desk.executor.begun == 2; }));
    const auto attached_queued = desk.give();
    const auto detached_queued = desk.give(any_order(), Attachment::detached);
    desk.queue->stop();
    for (const auto id : {attached, attached_queued}) {
        CHECK(ended(*desk.queue, id).state == OrderState::cancelled);
        CHECK_THAT(desk.queue->find(id).value().error, Contains("the daemon stopped before it ended"));
    }
    for (const auto id : {detached, detached_queued}) {
        CHECK(all_events(*desk.queue, id).back().state == OrderState::queued);
        CHECK_THAT(all_events(*desk.queue, id).back().text, Contains("carried out when it runs again"));
    }
    CHECK_THROWS_AS(desk.give(), DeskClosedError);

    desk.executor.gate.open();
    desk.restart();
    desk.queue->start();
    CHECK(ended(*desk.queue, detached).state == OrderState::done);
    CHECK(ended(*desk.queue, detached_queued).state == OrderState::done);
    CHECK(desk.executor.begun == 4);
}

TEST_CASE("after a kill attached orders are cancelled and detached ones run again", "[daemon]")
{
    Desk desk;
    desk.queue->start();
    const auto attached = desk.give();
    const auto detached = desk.give(drop_of("x"), Attachment::detached);
    REQUIRE(comes_true([&] { return desk.executor.begun == 2; }));
    const Killed killed(desk);
    desk.queue.reset();
    killed.restore();

    desk.executor.gate.open();
    desk.restart();
    desk.queue->start();
    CHECK(ended(*desk.queue, attached).state == OrderState::cancelled);
    CHECK(desk.queue->find(attached).value().error == "the daemon stopped before it ended");
    CHECK(ended(*desk.queue, detached).state == OrderState::done);
    CHECK(desk.give() == 3);
}

TEST_CASE("an order that was cut off twice is not begun a third time", "[daemon]")
{
    Desk desk;
    const auto id = desk.give(any_order(), Attachment::detached);
    for (int i = 0; i < 2; ++i) {
        desk.queue->start();
        REQUIRE(comes_true([&] { return desk.executor.begun == i + 1; }));
        const Killed killed(desk);
        desk.queue.reset();
        killed.restore();
        desk.restart();
    }
    desk.queue->start();
    const auto record = ended(*desk.queue, id);
    CHECK(record.state == OrderState::failed);
    CHECK_THAT(record.error, Contains("the daemon ended 2 times while this order ran"));
    CHECK(desk.executor.begun == 2);
}

TEST_CASE("what cannot be read in the spool is put aside, and the rest is carried out", "[daemon]")
{
    Desk desk;
    const auto good = desk.give(any_order(), Attachment::detached);
    desk.queue.reset();
    const std::string record = R"({"id":%,"order":"x","summary":"x","state":"queued","attachment":"detached",)"
                               R"("given_by":{"name":"","uid":null},"given_at":"2020-01-01"})";
    write_file(desk.folder / "orders/2.json", "");
    write_file(desk.folder / "orders/3.json", "\xff{");
    write_file(desk.folder / "orders/4.json", std::string(10'000'000, '['));
    write_file(desk.folder / "orders/5.json", R"({"order":{"order":"look"},"begun":0,"record":)" +
                                                  std::string(record).replace(record.find('%'), 1, "5") + "}");
    write_file(desk.folder / "orders/5.bytes", "x");
    write_file(desk.folder / "orders/6.json", R"({"order":{"order":"harvest"},"begun":0,"record":)" +
                                                  std::string(record).replace(record.find('%'), 1, "7") + "}");
    std::filesystem::create_directory(desk.folder / "orders/8.json");
    write_file(desk.folder / "orders/9.bytes", "of an order that was never taken");
    write_file(desk.folder / "orders/10.json.new", "{");
    write_file(desk.folder / "orders/notes.txt", "mine");

    CHECK(OrderSpool(desk.folder / "orders").list().size() == 1);
    desk.executor.gate.open();
    desk.restart();
    desk.queue->start();
    CHECK(ended(*desk.queue, good).state == OrderState::done);
    CHECK(desk.queue->list().size() == 1);
    for (const char* name : {"2.json", "3.json", "4.json", "5.json", "5.bytes", "6.json", "8.json"})
        CHECK(std::filesystem::exists(desk.folder / "orders/unreadable" / name));
    CHECK_FALSE(std::filesystem::exists(desk.folder / "orders/9.bytes"));
    CHECK_FALSE(std::filesystem::exists(desk.folder / "orders/10.json.new"));
    CHECK(desk.spooled("notes.txt") == "mine");
}

TEST_CASE("too many open orders, or too large ones, are refused with what to do", "[daemon]")
{
    OrderLimits limits;
    limits.open = 2;
    limits.open_bytes = 5000;
    Desk desk(limits);
    const auto first = desk.give(drop_of(std::string(3000, 'x')));
    try {
        desk.give(drop_of(std::string(3000, 'x')));
        FAIL("it was taken");
    } catch (const DeskClosedError& refusal) {
        CHECK_THAT(refusal.what(), Contains("have 0 MiB already") && Contains("skurd orders"));
    }
    desk.give();
    CHECK_THROWS_WITH(desk.give(), Contains("2 orders wait or run already") && Contains("skurd cancel"));
    desk.queue->cancel(first, "no");
    CHECK_NOTHROW(desk.give());
}

TEST_CASE("an order that cannot be written is not taken", "[daemon]")
{
    OrderLimits limits;
    limits.open = 1;
    Desk desk(limits);
    write_file(desk.folder / "orders", "no folder");
    for (int i = 0; i < 3; ++i)
        CHECK_THROWS_AS(desk.give(), StoreError);
    std::filesystem::remove(desk.folder / "orders");
    CHECK_NOTHROW(desk.give());
    CHECK(desk.queue->list().size() == 1);
}

TEST_CASE("an order whose result cannot be written says so, and is not carried out again", "[daemon]")
{
    Desk desk;
    desk.executor.does = [&](const Order&, const OrderProgress&, const std::stop_token&) {
        std::filesystem::remove_all(desk.folder / "orders");
        write_file(desk.folder / "orders", "no folder");
        return DoneResult();
    };
    const auto id = desk.give(any_order(), Attachment::detached);
    desk.executor.gate.open();
    desk.queue->start();
    const auto record = ended(*desk.queue, id);
    CHECK(record.state == OrderState::failed);
    CHECK_THAT(record.error, Contains("was carried out, but what it came to cannot be written"));
}

TEST_CASE("orders that have ended are kept by number, age and size, and the newest always", "[daemon]")
{
    OrderLimits limits;
    limits.ended = 3;
    Desk desk(limits);
    desk.executor.gate.open();
    desk.queue->start();
    for (int i = 0; i < 5; ++i)
        ended(*desk.queue, desk.give());
    CHECK(desk.queue->list().size() == 3);
    CHECK(desk.queue->list()[0].id == 5);
    CHECK_FALSE(desk.queue->result(2));
    CHECK(desk.queue->result(3));

    desk.clock.advance(std::chrono::hours(24 * 91));
    desk.restart();
    REQUIRE(desk.queue->list().size() == 1);
    CHECK(desk.queue->list()[0].id == 5);
    CHECK(desk.give() == 6);
    CHECK(OrderSpool(desk.folder / "orders").list().size() == 2);
}

TEST_CASE("of an order with much progress the newest is remembered", "[daemon]")
{
    Desk desk;
    desk.executor.does = [](const Order&, const OrderProgress& progress, const std::stop_token&) {
        for (int i = 0; i < 1000; ++i) {
            progress("row " + std::to_string(i));
            progress("row " + std::to_string(i)); // which is nothing new
        }
        return DoneResult();
    };
    desk.executor.gate.open();
    desk.queue->start();
    const auto id = desk.give();
    const auto record = ended(*desk.queue, id);
    const auto events = desk.queue->events(id, 1, 0ms);
    CHECK(events.size() == OrderDesk::events_max);
    CHECK(events.back().number == 1004);
    CHECK(record.progress == "row 999");
}
