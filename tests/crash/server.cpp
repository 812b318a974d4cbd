// The server of a store on PostgreSQL dies at random moments, and connections to it are cut at each request of a run.
#include "base/error.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/cutting_proxy.hpp"
#include "tests/crash/soundness.hpp"

#include <algorithm>
#include <iostream>

namespace skurd::crash {

namespace {

using test::PostgresServer;

constexpr std::array both = {Way::harvest, Way::drop};
constexpr unsigned revised_share = 10; ///< one of so many cells changes from release to release
constexpr int measured_runs = 3;
constexpr std::size_t deaths_of_one_store = 20;

/// An installation with its store on a server of its own, and what is asked of it after a break.
class ServedScene {
public:
    explicit ServedScene(const Options& options)
        : random(options.seed), server(PostgresServer::another({})),
          scene(options.folder, options.cells, server.get()), sound(scene)
    {
        std::cout << fmt::format("seed {}; {} cells a table\n", options.seed, scene.served(Way::drop).cells());
    }

    void begin_anew()
    {
        scene.begin_anew();
        sound.forget();
    }

    /// How a run that was broken may end: well, or by itself with exit code 1 and a reason.
    static void judge(int exit, const std::string& said)
    {
        if (exit != 0 && !(exit == 1 && said.find("{\"error\":") != std::string::npos))
            throw error("the run ended with {}: {}", exit, said);
    }

    /// What is left, and then what the next run makes of it.
    void check_and_run(Way way, const Visible& before, int exit)
    {
        sound.check(before);
        if (exit == 0)
            sound.check_taken_in(way);
        scene.run(scene.words(way));
        sound.check(Visible::in(scene));
        sound.check_taken_in(way);
    }

    std::mt19937_64 random;
    std::unique_ptr<PostgresServer> server;
    Scene scene;
    Soundness sound;
};

/// The server dies while a run is at it.
class DeathLoop {
public:
    explicit DeathLoop(const Options& options) : options_(options), at_(options) {}

    void run()
    {
        measure();
        for (std::size_t done = 0; done < options_.times; ++done) {
            if (done % deaths_of_one_store == 0)
                at_.begin_anew();
            die_once(at_.random() % 2 == 0 ? Way::harvest : Way::drop,
                     done % 2 == 0 ? PostgresServer::Death::killed : PostgresServer::Death::stopped_at_once);
        }
        at_.sound.check_all(Visible::in(at_.scene));
        std::cout << fmt::format("deaths of the server {}\n  with a release half way {}\n  after its commit   {}\n"
                                 "  in the first run of a store {}\nruns that had ended before {}\nall sound\n",
                                 options_.times, options_.times - after_commit_ - too_late_, after_commit_,
                                 first_runs_, too_late_);
    }

private:
    using microseconds = std::chrono::microseconds;

    void measure()
    {
        for (int i = 0; i < measured_runs; ++i)
            for (const auto way : both) {
                if (i > 0)
                    at_.scene.publish(way, at_.random, revised_share);
                const auto start = std::chrono::steady_clock::now();
                at_.scene.run(at_.scene.words(way));
                duration_of(way, i == 0) =
                    std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
            }
    }

    microseconds& duration_of(Way way, bool is_first)
    {
        return durations_.at((way == Way::harvest ? 0 : 2) + (is_first ? 1 : 0));
    }

    void die_once(Way way, PostgresServer::Death death)
    {
        const bool is_first = Visible::in(at_.scene).of(way).empty();
        if (!is_first)
            at_.scene.publish(way, at_.random, revised_share);
        const auto whole = static_cast<std::uint64_t>(duration_of(way, is_first).count());
        const microseconds moment(static_cast<std::int64_t>(at_.random() % whole));
        const auto child = at_.scene.start(at_.scene.words(way));
        const bool has_ended = child->ends_within(moment);
        const auto before = Visible::in(at_.scene);
        at_.server->die_and_begin_anew(death);
        const int exit = child->wait();
        ServedScene::judge(exit, child->err());
        too_late_ += has_ended ? 1 : 0;
        first_runs_ += is_first ? 1 : 0;
        after_commit_ +=
            !has_ended && Visible::in(at_.scene).of(way).size() == at_.scene.served(way).releases() ? 1 : 0;
        at_.check_and_run(way, before, exit);
    }

    const Options& options_;
    ServedScene at_;
    std::array<microseconds, 4> durations_{};
    std::size_t after_commit_ = 0;
    std::size_t first_runs_ = 0;
    std::size_t too_late_ = 0;
};

/// A connection is cut at the n-th request of a run, for n = 1, 2, 3 … until a run ends without meeting it.
class CutLoop {
public:
    explicit CutLoop(const Options& options) : options_(options), at_(options), proxy_(at_.server->folder()) {}

    void run()
    {
        for (const auto how : {CuttingProxy::Cut::before_request, CuttingProxy::Cut::before_answer})
            for (const bool new_store : {true, false})
                for (const auto way : both)
                    run(how, new_store, way);
        std::cout << fmt::format("connections cut {}, all sound\n", cuts_);
    }

private:
    void run(CuttingProxy::Cut how, bool new_store, Way way)
    {
        begin(new_store, way);
        proxy_.cut_at(0, how);
        run_cut(way);
        const auto requests = proxy_.requests();
        begin(new_store, way);
        const auto stride = options_.most == 0 ? 1 : std::max<std::size_t>(requests / options_.most, 1);
        std::size_t met = 0;
        harmless_ = 0;
        for (std::size_t request = 1 + at_.random() % stride; meets(how, new_store, way, request); request += stride)
            ++met;
        cuts_ += met;
        std::cout << fmt::format("{} {} {:9}: {} requests, {} cut at (every {}), {} harmless\n",
                                 how == CuttingProxy::Cut::before_request ? "before a request" : "before an answer",
                                 new_store ? "new store   " : "next vintage", Scene::dataset(way), requests, met,
                                 stride, harmless_)
                  << std::flush;
    }

    void begin(bool new_store, Way way)
    {
        at_.begin_anew();
        if (new_store)
            return;
        at_.scene.run(at_.scene.words(way));
        at_.scene.publish(way, at_.random, revised_share);
    }

    /// A run through the proxy: how it ended, and what it said.
    std::pair<int, std::string> run_cut(Way way)
    {
        const auto child =
            at_.scene.start(at_.scene.words(way), {{"SKURD_STORE_URL", proxy_.url(at_.scene.store().url)}});
        const int exit = child->wait();
        return {exit, child->err()};
    }

    /// A run with the cut, and the next without it; false when the run did not come so far.
    bool meets(CuttingProxy::Cut how, bool new_store, Way way, std::size_t request)
    {
        if (new_store)
            at_.begin_anew();
        const auto before = Visible::in(at_.scene);
        proxy_.cut_at(request, how);
        const auto [exit, said] = run_cut(way);
        const bool met = proxy_.has_cut();
        try {
            ServedScene::judge(exit, said);
            at_.check_and_run(way, before, exit);
        } catch (const Error&) {
            std::throw_with_nested(error("cut at request {}; the run said: {}", request, said));
        }
        if (!new_store)
            at_.scene.publish(way, at_.random, revised_share);
        harmless_ += met && exit == 0 ? 1 : 0;
        return met;
    }

    const Options& options_;
    ServedScene at_;
    CuttingProxy proxy_;
    std::size_t cuts_ = 0;
    std::size_t harmless_ = 0;
};

} // namespace

void kill_server(const Options& options)
{
    DeathLoop(options).run();
}

void cut_connections(const Options& options)
{
    CutLoop(options).run();
}

} // namespace skurd::crash
