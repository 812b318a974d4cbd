#include "base/turns.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

#include <latch>
#include <mutex>
#include <thread>
#include <vector>

using namespace skurd;

namespace {

/// Threads that each want the turn that the test has, one after another; they note when they get it.
struct Queue {
    Turns turns;
    std::mutex mutex; ///< of what follows
    std::vector<std::string> got;
    std::vector<std::jthread> threads;

    void want(const std::string& name, Turns::Asker asker, const std::stop_token& stop = {})
    {
        std::latch begun(1);
        threads.emplace_back([this, name, asker, stop, &begun] {
            begun.count_down();
            try {
                const Turn turn(turns, asker, name, stop);
                note(turns.holder());
            } catch (const Stopped& stopped) {
                note(stopped.what());
            }
        });
        begun.wait();
        wait_until_waiting(threads.size());
    }

    void note(const std::string& text)
    {
        const std::scoped_lock lock(mutex);
        got.push_back(text);
    }

    void wait_until_waiting(std::size_t threads_left) const
    {
        while (turns.waiting() != threads_left)
            std::this_thread::yield();
    }

    void wait_until_noted(std::size_t threads_done)
    {
        const auto noted = [&] {
            const std::scoped_lock lock(mutex);
            return got.size();
        };
        while (noted() != threads_done)
            std::this_thread::yield();
    }

    void end() { threads.clear(); }
};

} // namespace

TEST_CASE("a turn comes in the order of asking, to people first", "[base]")
{
    Queue queue;
    {
        const Turn mine(queue.turns, Turns::Asker::work, "mine");
        queue.want("first run", Turns::Asker::work);
        queue.want("second run", Turns::Asker::work);
        queue.want("first order", Turns::Asker::person);
        queue.want("second order", Turns::Asker::person);
        CHECK(queue.turns.holder() == "mine");
    }
    queue.end();
    CHECK(queue.got == std::vector<std::string>{"first order", "second order", "first run", "second run"});
    CHECK(queue.turns.holder().empty());
}

TEST_CASE("what is done outside a turn lets others have theirs", "[base]")
{
    Queue queue;
    Turn mine(queue.turns);
    queue.want("other", Turns::Asker::work);
    mine.outside([&] { queue.end(); });
    CHECK(queue.got == std::vector<std::string>{"other"});
    CHECK_THROWS_AS(mine.outside([]() -> int { throw error("failed"); }), Error);
    mine.say("again mine");
    CHECK(queue.turns.holder() == "again mine"); // it was taken again
}

TEST_CASE("who waits for a turn can be stopped, and those behind go on", "[base]")
{
    Queue queue;
    std::stop_source stop;
    {
        const Turn mine(queue.turns);
        queue.want("stopped one", Turns::Asker::work, stop.get_token());
        queue.want("next", Turns::Asker::work);
        stop.request_stop();
        queue.wait_until_noted(1);
    }
    queue.end();
    CHECK(queue.got == std::vector<std::string>{"stopped one: stopped", "next"});
}
