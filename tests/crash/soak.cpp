// The daemon left alone among sources of every kind, and what it uses meanwhile.
//
// Sixty jobs are due every minute. Most sources answer, and publish another number every few minutes; eight hang, one
// refuses for good, one is down and up again by turns, one trickles. A reader and a person come by now and then. What
// the process holds (memory, descriptors) after the first sixth of the time is held against the end, and each outage
// has to be told of once when it begins and once when it ends.
#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/child.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/sim/raw_server.hpp"
#include "tests/sim/simulator.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace skurd::crash {

namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::steady_clock;

constexpr int good_servers = 10;
constexpr int good_jobs = 49;
constexpr int hanging_jobs = 8;
constexpr auto begun_by = 3min; ///< each job has run once by then
constexpr double growth_max = 1.05;
constexpr int descriptors_more_max = 4; ///< what is open for a moment when one looks

/// What a process holds.
struct Held {
    std::size_t resident_kb = 0;
    std::size_t descriptors = 0;
    std::size_t threads = 0;

    static Held by(pid_t process)
    {
        const auto folder = std::filesystem::path("/proc") / std::to_string(process);
        Held held;
        std::ifstream status(folder / "status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:"))
                held.resident_kb = std::stoull(line.substr(6));
            if (line.starts_with("Threads:"))
                held.threads = std::stoull(line.substr(8));
        }
        held.descriptors = static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder / "fd"), std::filesystem::directory_iterator()));
        return held;
    }

    std::string text() const
    {
        return fmt::format("{:.1f} MB resident, {} descriptors, {} threads", static_cast<double>(resident_kb) / 1024,
                           descriptors, threads);
    }
};

void hang(sim::Wire& wire)
{
    if (wire.read_request())
        wire.hold(-1ms);
}

void trickle(sim::Wire& wire)
{
    if (!wire.read_request() || !wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nRegion,Year,Value\n"))
        return;
    while (wire.hold(500ms) && wire.send("03,2019,1\n")) {
    }
}

class Soak {
public:
    explicit Soak(const Options& options) : options_(options)
    {
        std::filesystem::create_directories(options.folder / "daemon");
        std::filesystem::create_directories(options.folder / "child");
        std::filesystem::copy(SKURD_PROGRAM, program());
        test::write_file(
            options.folder / "skurd.toml",
            "[jobs]\nshipped = false\nspread_minutes = 0\n[fetch]\ntimeout = 30\nallow_private = [\"127.0.0.1\"]\n"
            "allow_http = [\"127.0.0.1\"]\n");
        for (int i = 0; i < good_servers; ++i)
            good_.push_back(std::make_unique<sim::HttpServer>(0, [this](const auto&) { return table(); }));
        for (int i = 0; i < hanging_jobs; ++i)
            hanging_.push_back(std::make_unique<sim::RawServer>(0, hang));
        for (int i = 0; i < good_jobs; ++i)
            add_job(fmt::format("good-{}", i), good_[static_cast<std::size_t>(i) % good_.size()]->port());
        for (int i = 0; i < hanging_jobs; ++i)
            add_job(fmt::format("hangs-{}", i), hanging_[static_cast<std::size_t>(i)]->port());
        add_job("refuses", refusing_.port());
        add_job("comes-and-goes", inconstant_.port());
        add_job("trickles", trickling_.port());
    }

    void run()
    {
        const auto whole = std::chrono::seconds(options_.times);
        Child daemon(words({"serve"}), options_.folder / "daemon");
        const auto began = steady_clock::now();
        const auto passed = [&] { return steady_clock::now() - began; };
        std::optional<Held> early;
        Held now;
        while (passed() < whole) {
            release_ = static_cast<int>(passed() / 2min);
            is_down_ = passed() % 10min >= 4min && passed() % 10min < 8min;
            if (daemon.ends_within(10s))
                throw error("the daemon ended by itself: {}", daemon.err());
            ask({"status", "--json"}, 1); // sources fail, so it is not well
            ask({"get", "nifu/good-1"}, passed() < begun_by ? 2 : 0);
            now = Held::by(daemon.pid());
            if (!early && passed() > std::max<steady_clock::duration>(whole / 6, begun_by)) {
                early = now;
                std::cout << fmt::format("after {} s: {}\n", duration_cast<std::chrono::seconds>(passed()).count(),
                                         early->text())
                          << std::flush;
            }
        }
        std::cout << fmt::format("at the end: {}; {} releases\n", now.text(), release_.load() + 1) << std::flush;
        if (!early)
            throw error("too short to tell: give more than {} seconds",
                        duration_cast<std::chrono::seconds>(begun_by).count());
        check_growth(*early, now);
        check_told(daemon.err());
        ::kill(daemon.pid(), SIGTERM);
        if (!daemon.ends_within(10s) || daemon.wait() != 0)
            throw error("the daemon did not end well: {}", daemon.err());
        ask({"verify"}, 0);
        std::cout << "all sound\n";
    }

private:
    std::filesystem::path program() const { return options_.folder / "skurd"; }

    std::vector<std::string> words(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), program().string());
        arguments.insert(arguments.end(), {"--config", (options_.folder / "skurd.toml").string(), "--state",
                                           (options_.folder / "state").string()});
        return arguments;
    }

    void add_job(const std::string& id, int port) const
    {
        test::write_file(options_.folder / "schedules" / (id + ".toml"),
                         fmt::format("[job]\nconnector = \"nifu\"\nschedule = \"* * * * *\"\n[source]\nroute = "
                                     "\"http\"\naddresses = [\"http://127.0.0.1:{}/{}\"]\ndataset = \"{}\"\n"
                                     "[layout]\nperiod_column = \"Year\"\nvalue_column = "
                                     "\"Value\"\ndecimal = \".\"\nseparator = \",\"\n[[layout.series]]\ncolumn = "
                                     "\"Region\"\n",
                                     port, id, id));
    }

    sim::HttpReply table() const
    {
        sim::HttpReply reply;
        reply.content_type = "text/csv";
        reply.body = "Region,Year,Value\n";
        for (int region = 1; region <= 100; ++region)
            reply.body += fmt::format("{:02},2019,{}\n{:02},2020,7\n", region, region + release_, region);
        return reply;
    }

    void ask(const std::vector<std::string>& arguments, int exit_max) const
    {
        Child child(words(arguments), options_.folder / "child");
        if (const int ended = child.wait(); ended > exit_max)
            throw error("{} ended with {}: {}{}", arguments[0], ended, child.err(), child.out());
    }

    static void check_growth(const Held& early, const Held& late)
    {
        if (static_cast<double>(late.resident_kb) > static_cast<double>(early.resident_kb) * growth_max)
            throw error("memory grew from {} to {} kB", early.resident_kb, late.resident_kb);
        if (late.descriptors > early.descriptors + descriptors_more_max)
            throw error("descriptors grew from {} to {}", early.descriptors, late.descriptors);
    }

    /// Each source's outage is told of once when it begins, and once when it ends.
    void check_told(const std::string& log) const
    {
        std::map<std::string, int> failed;
        std::map<std::string, int> again;
        for (const auto line : split(log, '\n')) {
            const auto after_level = line.find(": ");
            if (after_level == std::string::npos)
                continue;
            const auto rest = line.substr(after_level + 2);
            const std::string job(rest.substr(0, rest.find(':')));
            failed[job] += rest.find(": failed: ") != std::string::npos ? 1 : 0;
            again[job] += rest.find(" answers again: ") != std::string::npos ? 1 : 0;
        }
        for (const auto& [job, times] : failed) {
            const bool comes_and_goes = job == "comes-and-goes";
            if (times > again[job] + 1 || (times > 1 && !comes_and_goes))
                throw error("the outage of {} was told of {} times, and its end {}:\n{}", job, times, again[job],
                            log);
        }
        std::cout << fmt::format(
            "outages told of: {}\n",
            std::count_if(failed.begin(), failed.end(), [](const auto& one) { return one.second > 0; }));
        for (const std::string job : {"refuses", "comes-and-goes", "hangs-0"})
            if (failed[job] == 0 && options_.times >= 600)
                throw error("nothing was told of the outage of {}:\n{}", job, log);
    }

    const Options& options_;
    std::atomic<int> release_ = 0;
    std::atomic<bool> is_down_ = false;
    std::vector<std::unique_ptr<sim::HttpServer>> good_;
    std::vector<std::unique_ptr<sim::RawServer>> hanging_;
    sim::HttpServer refusing_{0, [](const auto&) { return sim::status_reply(404, "gone"); }};
    sim::HttpServer inconstant_{
        0, [this](const auto&) { return is_down_ ? sim::status_reply(503, "closed") : table(); }};
    sim::RawServer trickling_{0, trickle};
};

} // namespace

void leave_alone(const Options& options)
{
    Soak(options).run();
}

} // namespace skurd::crash
