// A day, a week in which the clocks are put forward and a year of the daemon's scheduled runs against simulated
// sources over HTTP, with the clock moved by hand: which job ran when, what came of it, how often each source was
// asked and what a channel was told, held against the files in simulated/. Nothing takes time but what the pace and
// retries wait for. Where a file is to change, what it should hold is in the test's message.
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "daemon/message_delivery.hpp"
#include "daemon/message_writing.hpp"
#include "daemon/outage_record.hpp"
#include "daemon/outages.hpp"
#include "daemon/workspace.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;

namespace {

constexpr auto ssb_job = R"([job]
connector = "ssb"
schedule = "20 8 * * 1-5"
[source]
table = "07459"
base_url = "{}"
[source.select]
Region = ["*"]
Kjonn = ["*"]
Alder = ["*"]
ContentsCode = ["*"]
Tid = ["*"]
)";

constexpr auto fhi_job = R"([job]
connector = "fhi"
schedule = "40 9 * * 1"
[source]
source = "daar"
table = 325
base_url = "{}"
[source.select]
DAAR = ["*"]
KJONN = ["*"]
"*" = ["*"]
)";

constexpr auto file_job = R"([job]
connector = "nifu"
schedule = "30 2 * * *"
[source]
route = "http"
addresses = ["{}/utgifter.csv"]
dataset = "utgifter"
[layout]
period_column = "Year"
value_column = "Value"
decimal = "."
separator = ","
[[layout.series]]
column = "Sector"
)";

/// With a time to wait, for without one it is left to chance.
sim::HttpReply closed()
{
    auto reply = sim::status_reply(503, "closed");
    reply.headers["Retry-After"] = "20";
    return reply;
}

/// What happens at an instant, beside what is scheduled.
struct Event {
    std::string at;
    std::function<void()> happens;
};

class World {
public:
    explicit World(std::string_view begin) : clock_(begin)
    {
        ssb_.add_table(sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        fhi_.add_table(fhi_table("daar-325"));
        write_file(folder_ / "skurd.toml",
                   "[jobs]\nshipped = false\nspread_minutes = 0\n"
                   "[fetch]\nallow_http = [\"127.0.0.1\"]\nallow_private = [\"127.0.0.1\"]\n" +
                       fmt::format("[notify.channels.desk]\nkind = \"webhook\"\nlanguage = \"en\"\n"
                                   "url = \"http://127.0.0.1:{}/\"\n",
                                   desk_.port()));
        write_job("ssb", fmt::format(fmt::runtime(ssb_job), ssb_.base_url()));
        write_job("fhi", fmt::format(fmt::runtime(fhi_job), fhi_.base_url()));
        write_job("files", fmt::format(fmt::runtime(file_job), files_.host_url()));
        publish_file(1);
        restart();
    }

    /// Another daemon over the same store, after a kill.
    void restart()
    {
        workspace_.reset();
        watch_ = {};
        workspace_ = std::make_unique<Workspace>(
            find_installation((folder_ / "skurd.toml").string(), (folder_ / "state").string()), clock_);
    }

    void publish_ssb(const std::string& at, const std::string& cell)
    {
        sim::SimChanges changes;
        changes.cells["0301,1,000,Personer1,2024"] = cell;
        ssb_.publish("07459", changes, at);
    }

    void publish_fhi(const std::string& at, const std::string& cell)
    {
        sim::SimChanges changes;
        changes.cells["2024,Total,Total,Total,ANTALL"] = cell;
        fhi_.publish("daar", "325", changes, at);
    }

    void publish_file(int value)
    {
        sim::SimFile file;
        file.bytes = fmt::format("Sector,Year,Value\nUoH,2021,{}\nUoH,2023,7\n", value);
        file.content_type = "text/csv";
        files_.put("/utgifter.csv", file);
    }

    void run_until(std::string_view end, std::vector<Event> events = {})
    {
        std::reverse(events.begin(), events.end());
        const auto until = parse_time(end).value();
        while (clock_.now() < until) {
            while (!events.empty() && clock_.now() >= parse_time(events.back().at).value()) {
                events.back().happens();
                events.pop_back();
            }
            workspace_->schedule.see_clock(clock_.now());
            const auto due = workspace_->schedule.due(clock_.now());
            const auto stop = events.empty() ? until : std::min(until, parse_time(events.back().at).value());
            if (!due.empty())
                run(*due.front());
            else
                pass_until(std::clamp(workspace_->schedule.next(clock_.now()).value_or(stop), clock_.now() + 1s,
                                      std::max(stop, clock_.now() + 1s)));
        }
    }

    sim::SimSsb& ssb() { return ssb_; }
    sim::SimFhi& fhi() { return fhi_; }
    sim::SimFiles& files() { return files_; }
    ManualClock& clock() { return clock_; }
    std::string log() const { return log_ + messages_; }

    /// By month: runs of each job by outcome, and requests to its source; what the log says of outages, and the
    /// messages sent.
    std::string monthly() const
    {
        std::string text;
        for (const auto& [month, jobs] : months_) {
            text += month + "\n";
            for (const auto& [job, month_of_job] : jobs) {
                text += fmt::format("  {:<6}{:>4} requests;", job, month_of_job.requests);
                for (const auto& [outcome, count] : month_of_job.outcomes)
                    text += fmt::format(" {} {}", count, outcome);
                text += "\n";
            }
        }
        return text + "in the log\n" + told_ + "messages\n" + messages_;
    }

private:
    struct MonthOfJob {
        std::size_t requests = 0;
        std::map<std::string, int> outcomes;
    };

    void write_job(const std::string& id, const std::string& text) const
    {
        write_file(folder_ / "schedules" / (id + ".toml"), text);
    }

    std::size_t asked(const std::string& job) const
    {
        return (job == "ssb" ? ssb_.log() : job == "fhi" ? fhi_.log() : files_.log()).size();
    }

    /// Idle, as the daemon's loop is: in the hours after a run it looks every ten minutes for what there is to tell.
    void pass_until(Time end)
    {
        const auto step = clock_.now() < ran_at_ + 3h ? 10min : 24h * 1000;
        clock_.set(std::min<Time>(end, clock_.now() + step));
        const auto now = clock_.now();
        record_outages(*workspace_, watch_, now);
        write_messages(*workspace_, Writing::when_settled, now);
        deliver_due(*workspace_, "desk", {});
    }

    void run(const ReadyJob& job)
    {
        const auto id = job.job.id;
        const auto began = clock_.now();
        const auto before = asked(id);
        RunOptions scheduled;
        scheduled.ordered_by = OrderedBy::schedule;
        const auto runs = workspace_->run(job, scheduled, {}, {});
        ran_at_ = clock_.now();
        for (const auto& done : runs) {
            const auto requests = asked(id) - before;
            const auto outcome = std::string(to_string(done.outcome));
            const auto local = format_time(Time(job.zone.to_local(began).time_since_epoch()));
            log_ += fmt::format("{} {}  {:<6}{:<12} {} requests\n", format_time(began), local.substr(11, 5), id,
                                outcome, requests);
            auto& month = months_[format_time(began).substr(0, 7)][id];
            month.requests += requests;
            ++month.outcomes[outcome];
            const auto news = outages_.news_of(id, done, clock_.now());
            if (news.level == RunNews::Level::error || news.text.find(" answers again") != std::string::npos)
                told_ += fmt::format("  {}  {}\n", format_time(clock_.now()), in_one_place(news.text));
        }
    }

    /// Ports differ from run to run.
    std::string in_one_place(std::string text) const
    {
        for (const auto& [address, name] : {std::pair{ssb_.host_url(), "SSB"}, std::pair{fhi_.host_url(), "FHI"},
                                            std::pair{files_.host_url(), "FILES"}})
            text = replace_all(std::move(text), address, name);
        return text;
    }

    ManualClock clock_;
    std::string messages_;
    sim::HttpServer desk_{0, [this](const sim::HttpRequest& request) {
                              const auto message = Json::parse(request.body);
                              messages_ += fmt::format("{}  {}: {}\n", message["made"].get<std::string>(),
                                                       message["kind"].get<std::string>(),
                                                       message["subject"].get<std::string>());
                              return sim::HttpReply();
                          }};
    sim::SimSsb ssb_{clock_};
    sim::SimFhi fhi_{clock_};
    sim::SimFiles files_{clock_};
    TempDir folder_;
    std::unique_ptr<Workspace> workspace_;
    Outages outages_;
    OutageWatch watch_;
    Time ran_at_{};
    std::string log_;
    std::string told_;
    std::map<std::string, std::map<std::string, MonthOfJob>> months_;
};

void check_same(const std::string& found, const char* name)
{
    const auto expected = read_file(std::string(SKURD_SOURCE_DIR "/tests/daemon/simulated/") + name);
    INFO(name << " should hold:\n" << found);
    CHECK(found == expected);
}

} // namespace

TEST_CASE("two days against simulated sources: a release, an outage of the statbank and a kill", "[daemon]")
{
    World world("2026-03-01T22:00:00Z");
    world.run_until("2026-03-03T22:00:00Z",
                    {{"2026-03-02T07:00:00Z", [&] { world.publish_ssb("2026-03-02T07:00:00Z", "41"); }},
                     {"2026-03-03T07:00:00Z", [&] { world.ssb().fail_next(20, closed()); }},
                     {"2026-03-03T08:00:00Z", [&] { world.restart(); }}});
    check_same(world.log(), "sources_day.txt");
}

TEST_CASE("the week in which the clock is put forward, and a sleep of three days, against simulated sources",
          "[daemon]")
{
    World world("2026-03-26T22:00:00Z");
    world.run_until("2026-03-30T22:00:00Z",
                    {{"2026-03-30T06:00:00Z", [&] { world.publish_ssb("2026-03-30T06:00:00Z", "43"); }}});
    world.clock().set("2026-04-02T21:00:00Z"); // asleep
    world.run_until("2026-04-04T22:00:00Z");
    check_same(world.log(), "sources_week.txt");
}

TEST_CASE(
    "a year against simulated sources: releases, outages, a wall, a limit of calls, a clock that jumps and kills",
    "[daemon]")
{
    World world("2026-01-01T12:00:00Z");
    const auto publish_monthly = [&](int month) {
        const auto at = fmt::format("2026-{:02}-25T07:00:00Z", month);
        return Event{at, [&world, at, month] { world.publish_ssb(at, std::to_string(100 + month)); }};
    };
    world.run_until("2027-02-10T13:00:00Z",
                    {publish_monthly(1),
                     {"2026-02-02T06:00:00Z", [&] { world.publish_fhi("2026-02-02T06:00:00Z", "17"); }},
                     {"2026-02-10T12:00:00Z", [&] { world.clock().set("2027-02-10T12:00:00Z"); }}});
    world.clock().set("2026-02-10T13:00:00Z"); // the clock was a year ahead
    world.run_until(
        "2027-01-01T00:00:00Z",
        {publish_monthly(2),
         publish_monthly(3),
         {"2026-04-06T00:00:00Z", [&] { world.ssb().rate_limit(1, 60s); }}, // a week of calls that are counted
         {"2026-04-13T00:00:00Z", [&] { world.ssb().rate_limit(0, 60s); }},
         publish_monthly(4),
         {"2026-05-04T06:00:00Z", [&] { world.publish_fhi("2026-05-04T06:00:00Z", "18"); }},
         publish_monthly(5),
         {"2026-06-10T10:00:00Z", [&] { world.restart(); }},
         publish_monthly(6),
         {"2026-07-01T00:00:00Z", [&] { world.files().forbid(true); }}, // the summer's wall
         {"2026-07-12T00:00:00Z", [&] { world.files().forbid(false); }},
         publish_monthly(7),
         {"2026-08-10T06:00:00Z", [&] { world.fhi().fail_next(30, closed()); }},
         publish_monthly(8),
         {"2026-09-15T10:00:00Z", [&] { world.publish_file(2); }},
         publish_monthly(9),
         publish_monthly(10),
         {"2026-11-03T10:00:00Z", [&] { world.restart(); }},
         publish_monthly(11),
         {"2026-12-24T00:00:00Z", [&] { world.ssb().fail_next(100, closed()); }},
         publish_monthly(12)});
    check_same(world.monthly(), "sources_year.txt");
}
