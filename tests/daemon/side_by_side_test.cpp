// The daemon over real HTTP on loopback, by a clock that begins where the test says and goes as fast as time does.
#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/run_store.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/sim/raw_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <thread>

using namespace skurd;
using namespace std::chrono_literals;
using skurd::sim::HttpReply;
using skurd::sim::HttpServer;
using skurd::sim::RawServer;
using skurd::test::TempDir;
using skurd::test::write_file;
using Steady = std::chrono::steady_clock;

namespace {

class GoingClock final : public Clock {
public:
    explicit GoingClock(std::string_view begin) : begin_(parse_time(begin).value()) {}

    void go() { began_ = Steady::now(); } ///< it stands still before
    Time now() const override
    {
        const auto began = began_.load();
        return began == Steady::time_point()
                   ? begin_
                   : begin_ + std::chrono::floor<std::chrono::seconds>(Steady::now() - began);
    }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        return SystemClock().wait(duration, std::move(stop));
    }

private:
    Time begin_;
    std::atomic<Steady::time_point> began_ = Steady::time_point();
};

HttpReply table(const sim::HttpRequest&)
{
    HttpReply reply;
    reply.content_type = "text/csv";
    reply.body = "Region,Year,Value\n03,2019,1\n03,2020,2\n11,2019,3\n11,2020,4\n";
    return reply;
}

HttpReply unavailable(const sim::HttpRequest&)
{
    HttpReply reply;
    reply.status = 503;
    return reply;
}

void hang(sim::Wire& wire)
{
    if (wire.read_request())
        wire.hold(-1ms);
}

/// An installation whose jobs are due at every minute, and a daemon that begins two seconds before one.
struct Scene {
    Scene()
    {
        write_file(folder / "skurd.toml", "[jobs]\nshipped = false\nspread_minutes = 0\n"
                                          "[fetch]\nallow_http = [\"127.0.0.1\"]\nallow_private = [\"127.0.0.1\"]\n");
    }

    void add_job(const std::string& id, int port, const std::string& schedule = "* * * * *") const
    {
        write_file(folder / "schedules" / (id + ".toml"),
                   fmt::format("[job]\nconnector = \"nifu\"\nschedule = \"{}\"\n[source]\nroute = \"http\"\n"
                               "addresses = [\"http://127.0.0.1:{}/{}\"]\ndataset = \"{}\"\n[layout]\n"
                               "period_column = \"Year\"\nvalue_column = \"Value\"\ndecimal = \".\"\n"
                               "separator = \",\"\n[[layout.series]]\ncolumn = \"Region\"\n",
                               schedule, port, id, id));
    }

    void start()
    {
        desk.emplace(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
        clock.go();
        served = std::async(std::launch::async, [this] { desk->serve(stop.get_token()); });
    }

    void end()
    {
        stop.request_stop();
        served.get();
    }

    std::map<std::string, RunOutcome> outcomes() const
    {
        const StoreSession store(folder / "state", StoreSession::Access::read, clock);
        std::map<std::string, RunOutcome> found;
        for (const auto& run : RunStore(store).list("", SIZE_MAX))
            found[run.job] = run.outcome;
        return found;
    }

    std::size_t done(const std::string& prefix) const
    {
        const auto all = outcomes();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& one) {
            return one.first.starts_with(prefix) && one.second == RunOutcome::new_vintage;
        }));
    }

    /// Orders that change nothing, one after the other, until `prefix` has so many jobs done: how long each took.
    std::vector<Steady::duration> order_until_done(const std::string& prefix, std::size_t jobs)
    {
        std::vector<Steady::duration> took;
        const auto end = Steady::now() + 60s;
        while (done(prefix) < jobs && Steady::now() < end) {
            const auto began = Steady::now();
            CHECK_THROWS_AS(carry_out(*desk, DiscardOrder{1, "a note", "Kari"}), Error);
            took.push_back(Steady::now() - began);
        }
        std::sort(took.begin(), took.end());
        return took;
    }

    TempDir folder;
    GoingClock clock{"2026-03-02T08:19:58Z"};
    std::stop_source stop;
    std::optional<Harvester> desk;
    std::future<void> served;
};

} // namespace

TEST_CASE("sources that hang, refuse or dawdle keep neither others nor orders waiting", "[daemon]")
{
    RawServer hanging[] = {{0, hang}, {0, hang}, {0, hang}, {0, hang}, {0, hang}, {0, hang}, {0, hang}, {0, hang}};
    HttpServer refusing(0, unavailable);
    RawServer dawdling(0, [](sim::Wire& wire) {
        if (!wire.read_request() ||
            !wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nRegion,Year,Value\n"))
            return;
        while (wire.hold(500ms) && wire.send("03,2019,1\n03,2019,1\n03,2019,1\n03,2019,1\n03,2019,1\n03,2019,1\n")) {
        }
    });
    HttpServer good[] = {{0, table}, {0, table}, {0, table}, {0, table}, {0, table}};
    Scene here;
    for (int i = 0; i < 8; ++i)
        here.add_job(fmt::format("hangs-{}", i), hanging[i].port());
    here.add_job("refuses", refusing.port());
    here.add_job("dawdles", dawdling.port());
    for (int i = 0; i < 50; ++i)
        here.add_job(fmt::format("good-{}", i), good[i % 5].port());
    here.start();

    const auto began = Steady::now();
    const auto orders = here.order_until_done("good-", 50);
    const auto took = Steady::now() - began;
    const auto p99 = orders.at(orders.size() * 99 / 100);
    std::cout << fmt::format("50 of 60 jobs done in {} ms, orders: {}, p99 {} ms\n",
                             std::chrono::ceil<std::chrono::milliseconds>(took).count(), orders.size(),
                             std::chrono::ceil<std::chrono::milliseconds>(p99).count());
    CHECK(here.done("good-") == 50);
    CHECK(took < 17s); // of which the first two are before the minute
    CHECK(p99 < 100ms);

    const auto stopped = Steady::now();
    here.end();
    CHECK(Steady::now() - stopped < 5s);
    const auto after = here.outcomes();
    CHECK(std::count_if(after.begin(), after.end(), [](const auto& one) {
              return one.second == RunOutcome::stopped && one.first.starts_with("hangs-");
          }) == 8); // a stop is no failure
    CHECK(after.at("dawdles") == RunOutcome::stopped);
}

TEST_CASE("one server is asked by one job at a time, and a person's before those that are due", "[daemon]")
{
    std::mutex mutex;
    std::vector<std::string> asked;
    std::atomic<int> at_once = 0;
    std::atomic<int> most = 0;
    std::promise<void> first_asked;
    std::promise<void> go_on;
    auto may_go_on = go_on.get_future().share();
    HttpServer source(0, [&](const sim::HttpRequest& request) {
        most = std::max(most.load(), ++at_once);
        std::size_t count = 0;
        {
            const std::scoped_lock lock(mutex);
            asked.push_back(request.path);
            count = asked.size();
        }
        if (count == 1) {
            first_asked.set_value();
            may_go_on.wait();
        }
        --at_once;
        return table(request);
    });
    Scene here;
    for (const auto* id : {"a", "b", "c", "d"})
        here.add_job(id, source.port());
    here.add_job("wanted", source.port(), "0 0 1 1 *");
    here.start();
    first_asked.get_future().wait();

    HarvestOrder order;
    order.jobs = {"wanted"};
    std::promise<std::string> waits;
    auto ordered = std::async(std::launch::async, [&] {
        return carry_out(*here.desk, order, [&, told = false](const std::string& text) mutable {
            if (!std::exchange(told, true))
                waits.set_value(text);
        });
    });
    CHECK(waits.get_future().get() == fmt::format("wanted: waits for job a at http://127.0.0.1:{}", source.port()));
    go_on.set_value();
    const auto runs = ordered.get().runs;
    here.order_until_done("", 5);
    here.end();

    REQUIRE(runs.size() == 1);
    CHECK(runs[0].outcome == RunOutcome::new_vintage);
    CHECK(most == 1);
    REQUIRE(asked.size() >= 5);
    CHECK(asked[0] == "/a");
    CHECK(asked[1] == "/wanted");
}
