// The daemon while its disk is full, and after.
#include "base/error.hpp"
#include "base/file_system.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/soundness.hpp"

#include <csignal>
#include <iostream>

namespace skurd::crash {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr unsigned revised_share = 10;
constexpr int orders_each = 5;

class StarvedDaemon {
public:
    explicit StarvedDaemon(const Options& options)
        : options_(options), random_(options.seed), scene_(options.folder, options.cells), sound_(scene_)
    {
        std::filesystem::create_directories(scene_.folder() / "daemon");
    }

    void run()
    {
        for (const char* kind : {"full", "I/O"})
            run(kind);
        std::cout << "all sound\n";
    }

private:
    void run(const std::string& kind)
    {
        scene_.begin_anew();
        sound_.forget();
        for (const auto way : {Way::harvest, Way::drop})
            scene_.run(scene_.words(way));
        Child daemon(scene_.words({"serve"}), scene_.folder() / "daemon",
                     {{"LD_PRELOAD", scene_.fault_library().string()},
                      {"SKURD_FAULT", kind},
                      {"SKURD_FAULT_UNDER", scene_.state().string()},
                      {"SKURD_FAULT_WHILE", fault().string()},
                      {"SKURD_FAULT_REPORT", (scene_.folder() / "faults").string()}});
        wait_until_it_serves(daemon);
        for (const auto way : {Way::harvest, Way::drop})
            scene_.publish(way, random_, revised_share);

        test::write_file(fault(), "");
        const auto before = Visible::in(scene_);
        for (int i = 0; i < orders_each; ++i)
            for (const auto way : {Way::harvest, Way::drop})
                refuse(way);
        watch(daemon, kind + ": while the fault lasts");
        sound_.check(before);

        std::filesystem::remove(fault());
        for (const auto way : {Way::harvest, Way::drop}) {
            scene_.run(scene_.words(way));
            sound_.check_taken_in(way);
        }
        sound_.check(before);
        watch(daemon, kind + ": when it is gone");
        ::kill(daemon.pid(), SIGTERM);
        if (!daemon.ends_within(10s) || daemon.wait() != 0)
            throw error("the daemon did not end well: {}", daemon.err());
        sound_.check(before);
    }

    std::filesystem::path fault() const { return scene_.folder() / "fault"; }

    void wait_until_it_serves(Child& daemon) const
    {
        while (daemon.err().find("serving ") == std::string::npos)
            if (daemon.ends_within(10ms))
                throw error("the daemon did not start: {}", daemon.err());
    }

    /// An order that cannot be carried out is answered with which file system is in trouble.
    void refuse(Way way) const
    {
        const auto child = scene_.start(scene_.words(way));
        const int exit = child->wait();
        const auto named = fmt::format("the file system mounted at {} (", mount_point(scene_.state()).string());
        if (exit != 1 || child->err().find(named) == std::string::npos)
            throw error("an order that met the fault was answered with {}: {}{}", exit, child->err(), child->out());
    }

    /// The daemon lives and is idle: what it uses in some seconds in which nobody asks anything of it.
    void watch(Child& daemon, const std::string& when) const
    {
        const auto period = std::chrono::seconds(options_.times);
        const auto before = daemon.cpu();
        if (daemon.ends_within(period))
            throw error("the daemon ended: {}", daemon.err());
        const auto used = daemon.cpu() - before;
        std::cout << fmt::format("{}: {} ms of processor time in {} s\n", when, used.count(), options_.times)
                  << std::flush;
        if (used > milliseconds(period) / 10)
            throw error("the daemon is busy with nothing");
    }

    const Options& options_;
    std::mt19937_64 random_;
    Scene scene_;
    Soundness sound_;
};

} // namespace

void starve_daemon(const Options& options)
{
    StarvedDaemon(options).run();
}

} // namespace skurd::crash
