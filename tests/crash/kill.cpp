// Kills a harvesting process at random moments, and looks at what it leaves.
#include "base/error.hpp"
#include "lib/json/json.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/soundness.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>

namespace skurd::crash {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr std::array both = {Way::harvest, Way::drop};
constexpr unsigned revised_share = 10;          ///< one of so many cells changes from release to release
constexpr std::size_t kills_of_one_store = 100; ///< then a new one is begun, so that the first run is killed too
constexpr int measured_runs = 3;

class KillLoop {
public:
    explicit KillLoop(const Options& options)
        : options_(options), random_(options.seed),
          server_(options.on_postgres ? test::PostgresServer::another({}) : nullptr),
          scene_(options.folder, options.cells, server_.get()), sound_(scene_)
    {
    }

    void run()
    {
        measure();
        for (std::size_t done = 0; done < options_.times;)
            done += one_store(std::min(kills_of_one_store, options_.times - done));
        std::cout << fmt::format("kills                {}\n  with a release half way {}\n  after its commit   {}\n"
                                 "  in the first run of a store {}\nruns that ended before their kill {}\n"
                                 "vintages checked     {}\nall sound\n",
                                 kills_, kills_ - after_commit_, after_commit_, first_runs_, too_late_, vintages_);
    }

private:
    /// How long a whole run takes, each way: in an empty store, and in one that has the table. Kills are spread over
    /// it, and it is measured again by every run that is not killed.
    void measure()
    {
        for (int i = 0; i < measured_runs; ++i)
            for (const auto way : both) {
                if (i > 0)
                    scene_.publish(way, random_, revised_share);
                run_whole(way, i == 0);
            }
        std::cout << fmt::format("seed {}; {} cells a table\n", options_.seed, scene_.served(Way::drop).cells());
        for (const auto way : both)
            std::cout << fmt::format("{}: the first run takes {} ms, others {} ms\n", Scene::dataset(way),
                                     duration_of(way, true).count() / 1000, duration_of(way, false).count() / 1000);
        std::cout << std::flush;
    }

    void run_whole(Way way, bool is_first)
    {
        const auto start = steady_clock::now();
        scene_.run(scene_.words(way));
        duration_of(way, is_first) = duration_cast<microseconds>(steady_clock::now() - start);
    }

    microseconds& duration_of(Way way, bool is_first)
    {
        return durations_[(way == Way::harvest ? 0 : 2) + (is_first ? 1 : 0)];
    }

    /// Kills so many runs that work on one state folder, then looks at all of it again.
    std::size_t one_store(std::size_t kills)
    {
        scene_.begin_anew();
        sound_.forget();
        for (std::size_t i = 0; i < kills;) {
            const auto way = random_() % 2 == 0 ? Way::harvest : Way::drop;
            if (!Visible::in(scene_).of(way).empty())
                scene_.publish(way, random_, revised_share);
            do // a run may be killed while it makes good what the last kill left
                i += kill_one(way) ? 1 : 0;
            while (i < kills && random_() % 4 == 0);
            run_whole(way, Visible::in(scene_).of(way).empty());
            sound_.check(Visible::in(scene_));
            sound_.check_taken_in(way);
        }
        const auto all = Visible::in(scene_);
        sound_.check_all(all);
        vintages_ += all.of(Way::harvest).size() + all.of(Way::drop).size();
        return kills;
    }

    /// Starts a run, kills it, looks at what is left; false when it had ended before.
    bool kill_one(Way way)
    {
        const auto expected = scene_.served(way).releases();
        const bool is_first = Visible::in(scene_).of(way).empty();
        const auto whole = static_cast<std::uint64_t>(duration_of(way, is_first).count());
        const microseconds moment(static_cast<std::int64_t>(random_() % whole));
        const auto child = scene_.start(scene_.words(way));
        child->ends_within(moment);
        const auto before = Visible::in(scene_); // what a reader was shown may not be taken back
        const int exit = child->kill();
        if (exit == 0) {
            ++too_late_;
            sound_.check_taken_in(way);
            return false;
        }
        if (exit != 128 + SIGKILL)
            throw error("the run ended with {} by itself: {}{}", exit, child->err(), child->out());
        sound_.check(before);
        const auto size = Visible::in(scene_).of(way).size();
        ++kills_;
        after_commit_ += size == expected ? 1 : 0;
        first_runs_ += is_first ? 1 : 0;
        if (kills_ % 50 == 0)
            std::cout << fmt::format("{} kills, {} vintages in the store\n", kills_, size) << std::flush;
        return true;
    }

    const Options& options_;
    std::mt19937_64 random_;
    std::unique_ptr<test::PostgresServer> server_; ///< where the store is on PostgreSQL
    Scene scene_;
    Soundness sound_;
    std::array<microseconds, 4> durations_{};
    std::size_t kills_ = 0;
    std::size_t after_commit_ = 0;
    std::size_t first_runs_ = 0;
    std::size_t too_late_ = 0;
    std::size_t vintages_ = 0;
};

} // namespace

void kill_at_random(const Options& options)
{
    KillLoop(options).run();
}

} // namespace skurd::crash
