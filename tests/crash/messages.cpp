// `skurd notify --send` killed at the n-th write, for every n, with news to tell: whatever the kill comes between
// (writing the message, sending it, recording that it was sent), the receiver gets it, and as one delivery.
#include "base/error.hpp"
#include "lib/json/json.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/crash/child.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/temp_dir.hpp"

#include <csignal>
#include <iostream>
#include <mutex>
#include <set>

namespace skurd::crash {

namespace {

namespace fs = std::filesystem;
using test::write_file;

constexpr auto eel_job = R"([job]
connector = "drop"
[source]
files = "tall-*.csv"
published = "2020-01-02"
[layout]
separator = ";"
periods = '^\d{4}$'
[[layout.series]]
column = "nr"
)";

/// An installation with numbers that nobody has been told of, and the one who wants to be told.
class MessageLoop {
public:
    explicit MessageLoop(fs::path folder) : folder_(std::move(folder))
    {
        write_file(folder_ / "skurd.toml",
                   fmt::format("[jobs]\nshipped = false\n[fetch]\nallow_http = [\"127.0.0.1\"]\nallow_private = "
                               "[\"127.0.0.1\"]\n[notify.channels.desk]\nkind = \"webhook\"\nurl = "
                               "\"http://127.0.0.1:{}/\"\n",
                               receiver_.port()));
        write_file(folder_ / "schedules/tall.toml", eel_job);
        write_file(folder_ / "tall-1.csv", "nr;2018;2019\n1;5;7\n");
        must({"notify", "--send"}); // from now on the channel is told
        must({"drop", (folder_ / "tall-1.csv").string(), "--job", "tall"});
        fs::rename(folder_ / "state", folder_ / "base");
        fs::copy_file(SKURD_FAULT_LIBRARY, folder_ / "faults.so");
    }

    void run()
    {
        std::size_t at = 1;
        std::size_t twice = 0;
        while (meets(at, twice))
            ++at;
        std::cout << fmt::format("killed at each of {} writes: told once as one delivery each time, sent again after "
                                 "{} of them\n",
                                 at - 1, twice);
        if (at < 10 || twice == 0)
            throw error("the kills did not come where they should: {} writes, {} sent again", at - 1, twice);
    }

private:
    int run(const std::vector<std::string>& arguments, const Environment& more = {}) const
    {
        std::vector<std::string> words = {SKURD_PROGRAM, "--config", (folder_ / "skurd.toml").string(), "--state",
                                          (folder_ / "state").string()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        return Child(words, folder_, more).wait();
    }
    void must(const std::vector<std::string>& arguments) const
    {
        if (const int code = run(arguments); code != 0)
            throw error("skurd {} ended with {}", arguments.front(), code);
    }

    /// Whether the run was killed before its end. `twice` counts the times a message came again.
    bool meets(std::size_t at, std::size_t& twice)
    {
        fs::remove_all(folder_ / "state");
        fs::copy(folder_ / "base", folder_ / "state", fs::copy_options::recursive);
        fs::remove(folder_ / "report");
        forget();
        const int code = run({"notify", "--send"}, {{"LD_PRELOAD", (folder_ / "faults.so").string()},
                                                    {"SKURD_FAULT", "kill"},
                                                    {"SKURD_FAULT_UNDER", (folder_ / "state").string()},
                                                    {"SKURD_FAULT_AT", std::to_string(at)},
                                                    {"SKURD_FAULT_REPORT", (folder_ / "report").string()}});
        must({"notify", "--send"});
        must({"notify", "--send"}); // nothing is left to tell
        const std::scoped_lock lock(mutex_);
        const std::set<std::string> distinct(deliveries_.begin(), deliveries_.end());
        if (distinct.size() != 1 || deliveries_.size() > 2)
            throw error("killed at write {}: {} deliveries came, {} different ones", at, deliveries_.size(),
                        distinct.size());
        twice += deliveries_.size() - 1;
        return code == 128 + SIGKILL;
    }

    void forget()
    {
        const std::scoped_lock lock(mutex_);
        deliveries_.clear();
    }

    std::mutex mutex_;
    std::vector<std::string> deliveries_;
    sim::HttpServer receiver_{0, [this](const sim::HttpRequest& request) {
                                  const std::scoped_lock lock(mutex_);
                                  deliveries_.push_back(Json::parse(request.body)["delivery"].get<std::string>());
                                  return sim::HttpReply{};
                              }};
    fs::path folder_;
};

} // namespace

void kill_messages(const Options& options)
{
    MessageLoop(options.folder).run();
}

} // namespace skurd::crash
