// Kills the daemon at random moments while both tables are taken in side by side, starts it again, and holds what it
// makes good against what was published and ordered.
//
// Each release is due at once: the daemon begins with the wall clock an hour further on than the one before. It is
// killed somewhere between its start and the time that both tables take; then another begins at the same hour, which
// has to take in what the first one owed, and to carry out the orders that it was given. One daemon in four is killed
// twice: what was cut off twice in a row waits for a person, so the campaign is that person.
#include "base/error.hpp"
#include "lib/json/json.hpp"
#include "store/engine/database.hpp"
#include "store/store_session.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/soundness.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <utility>

namespace skurd::crash {

namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr std::array both = {Way::harvest, Way::drop};
constexpr unsigned revised_share = 10;
constexpr std::size_t kills_of_one_store = 100;
constexpr auto hour_s = 3600;
constexpr auto patience = 60s; ///< for what takes a second on a machine that does nothing else

class Unattended {
public:
    explicit Unattended(const Options& options)
        : options_(options), random_(options.seed),
          server_(options.on_postgres ? test::PostgresServer::another({}) : nullptr),
          scene_(options.folder, options.cells, server_.get()), sound_(scene_)
    {
        std::filesystem::create_directories(scene_.folder() / "daemon");
        scene_.schedule_both();
    }

    void run()
    {
        std::cout << fmt::format("seed {}; {} cells a table\n", options_.seed, scene_.served(Way::drop).cells())
                  << std::flush;
        while (kills_ < options_.times) {
            if (kills_ / kills_of_one_store >= stores_)
                begin_store();
            one_release();
        }
        sound_.check_all(Visible::in(scene_));
        std::cout << fmt::format("kills                {}\n  before it served   {}\n  while a run went on {}\n"
                                 "orders carried out   {}\nfiles and answers cut off twice, and taken in by hand {}\n"
                                 "vintages checked     {}\nall sound\n",
                                 kills_, before_serving_, amid_runs_, orders_, retried_, vintages_);
    }

private:
    void begin_store()
    {
        if (stores_++ > 0)
            sound_.check_all(Visible::in(scene_));
        scene_.begin_anew();
        sound_.forget();
        std::filesystem::create_directories(scene_.state() / "drop");
        scene_.put_in_folder();
        auto daemon = start(); // from here on the jobs are known, and due
        await_service(daemon);
    }

    void one_release()
    {
        ahead_s_ += hour_s;
        if (!Visible::in(scene_).of(Way::drop).empty()) {
            for (const auto way : both)
                scene_.publish(way, random_, revised_share);
            scene_.put_in_folder();
        }
        kill_one();
        if (random_() % 4 == 0)
            kill_one();
        take_in_what_is_owed();
    }

    Child start()
    {
        return Child(
            scene_.words({"serve"}), scene_.folder() / "daemon",
            {{"LD_PRELOAD", scene_.fault_library().string()}, {"SKURD_CLOCK_AHEAD", std::to_string(ahead_s_)}});
    }

    void kill_one()
    {
        auto daemon = start();
        if (random_() % 4 != 0) { // the others are killed on their way up, perhaps
            await_service(daemon);
            if (random_() % 2 == 0) {
                scene_.run(scene_.words({"harvest", "netbank", "--detach"}));
                ++ordered_;
            }
        }
        const auto before_kill = microseconds(random_() % static_cast<std::uint64_t>(whole_.count()));
        if (daemon.ends_within(before_kill))
            throw error("the daemon ended by itself: {}", daemon.err());
        const auto before = Visible::in(scene_);
        const bool served = daemon.err().find("serving ") != std::string::npos;
        daemon.kill();
        ++kills_;
        before_serving_ += served ? 0 : 1;
        amid_runs_ += was_a_run_cut_off() ? 1 : 0;
        sound_.check(before);
        if (kills_ % 50 == 0)
            std::cout << fmt::format("{} kills\n", kills_) << std::flush;
    }

    /// A daemon that is let live: when it is done, both releases are in the store and no order is left.
    void take_in_what_is_owed()
    {
        auto daemon = start();
        await_service(daemon);
        const auto began = steady_clock::now();
        while (!is_all_taken_in() || orders_left() > 0) {
            retry_what_waits_for_a_person();
            if (steady_clock::now() - began > patience)
                throw error("something owed was forgotten: {} and {} vintages of {} and {}, {} orders left\n{}\n{}",
                            Visible::in(scene_).of(both[0]).size(), Visible::in(scene_).of(both[1]).size(),
                            scene_.served(both[0]).releases(), scene_.served(both[1]).releases(), orders_left(),
                            scene_.run(scene_.words({"runs"})), daemon.err());
            if (daemon.ends_within(20ms))
                throw error("the daemon ended by itself: {}", daemon.err());
        }
        whole_ = std::max<microseconds>(100ms, duration_cast<microseconds>(steady_clock::now() - began));
        ::kill(daemon.pid(), SIGTERM);
        if (!daemon.ends_within(10s) || daemon.wait() != 0)
            throw error("the daemon did not end well: {}", daemon.err());
        if (!scene_.is_folder_empty())
            throw error("a file that is in the store lies in the drop folder still");
        sound_.check(Visible::in(scene_));
        for (const auto way : both)
            sound_.check_taken_in(way);
        orders_ += std::exchange(ordered_, 0);
        vintages_ += both.size();
    }

    void await_service(Child& daemon) const
    {
        while (daemon.err().find("serving ") == std::string::npos)
            if (daemon.ends_within(5ms))
                throw error("the daemon did not start: {}", daemon.err());
    }

    bool is_all_taken_in() const
    {
        const auto now = Visible::in(scene_);
        return std::all_of(both.begin(), both.end(),
                           [&](Way way) { return now.of(way).size() == scene_.served(way).releases(); });
    }

    std::size_t orders_left() const
    {
        const auto all = Json::parse(scene_.run(scene_.words({"orders", "--json"})));
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Json& order) {
            const auto& state = order.at("state");
            return state == "queued" || state == "running";
        }));
    }

    bool was_a_run_cut_off() const
    {
        if (!StoreSession::is_there(scene_.store()))
            return false;
        const SystemClock clock;
        const StoreSession store(scene_.store(), StoreSession::Access::read, clock);
        return store.database().integer("SELECT count(*) FROM run WHERE finished_at IS NULL AND id > (SELECT"
                                        " coalesce(max(id), 0) FROM run WHERE finished_at IS NOT NULL)") > 0;
    }

    void retry_what_waits_for_a_person()
    {
        for (const auto& held : Json::parse(scene_.run(scene_.words({"quarantine", "list", "--json"})))) {
            scene_.run(
                scene_.words({"quarantine", "retry", std::to_string(held.at("quarantine").get<std::int64_t>())}));
            ++retried_;
        }
    }

    const Options& options_;
    std::mt19937_64 random_;
    std::unique_ptr<test::PostgresServer> server_; ///< where the store is on PostgreSQL
    Scene scene_;
    Soundness sound_;
    long ahead_s_ = 0;
    microseconds whole_ = 1s; ///< from the start until both tables are in
    std::size_t stores_ = 0;
    std::size_t kills_ = 0;
    std::size_t before_serving_ = 0;
    std::size_t amid_runs_ = 0;
    std::size_t ordered_ = 0; ///< since the last daemon that was let live
    std::size_t orders_ = 0;
    std::size_t retried_ = 0;
    std::size_t vintages_ = 0;
};

} // namespace

void kill_the_daemon(const Options& options)
{
    Unattended(options).run();
}

} // namespace skurd::crash
