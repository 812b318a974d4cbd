// skurd_crash: breaks skurd on purpose. README.md says how.
#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/crash/campaigns.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/temp_dir.hpp"

#include <iostream>
#include <random>

namespace {

using namespace skurd;
using crash::Options;

constexpr auto help = R"(skurd_crash: breaks skurd on purpose, and compares what is left with what was published.

  skurd_crash kill     [--times N] [--cells N]   SIGKILL at random moments (500 times, 20000 cells)
  skurd_crash faults   [--most N] [--cells N]    a full disk, I/O errors and kills at the n-th write (all n, 400 cells)
  skurd_crash daemon   [--times N] [--cells N]   the daemon while its disk is full, and after: idle for so many
                                                 seconds each (2 seconds, 2000 cells)
  skurd_crash unattended [--times N] [--cells N] SIGKILL of the daemon at random moments, while due runs and orders go
                                                 on side by side (500 times, 20000 cells)
  skurd_crash readers  [--times N] [--cells N]   eight readers while vintages are ingested (2 of 800000
                                                 cells, by HTTP and as files by turns)
  skurd_crash soak [--times N]                   the daemon and sixty jobs among sources that fail in every way, and
                                                 what it holds after so many seconds (1800)
  skurd_crash messages                           kills at each write of sending a message
  skurd_crash server [--times N] [--cells N]     the server of a store on PostgreSQL dies at random moments (200 times,
                                                 2000 cells)
  skurd_crash cuts [--most N] [--cells N]        a connection to it is cut at the n-th request (all n, 400 cells)

  --engine E    where the store of `kill` and `unattended` is: sqlite or postgres (`server` and `cuts`: postgres alone)
  --seed N      of what is random; printed, so that a run can be done again
  --folder DIR  where to work; default: a new folder in memory

Exit code 0 when all was sound, 1 when not (the folder is kept then), 2 for bad usage.
)";

struct Campaign {
    const char* name;
    void (*run)(const Options&);
    std::size_t cells;        ///< unless told
    std::size_t times;        ///< likewise
    bool on_postgres = false; ///< alone
};

constexpr Campaign campaigns[] = {
    {"kill", crash::kill_at_random, 20'000, 500},   {"faults", crash::inject_faults, 400, 0},
    {"daemon", crash::starve_daemon, 2'000, 2},     {"unattended", crash::kill_the_daemon, 20'000, 500},
    {"soak", crash::leave_alone, 0, 1800},          {"readers", crash::read_while_harvesting, 800'000, 2},
    {"messages", crash::kill_messages, 0, 0},       {"server", crash::kill_server, 2'000, 200, true},
    {"cuts", crash::cut_connections, 400, 0, true},
};

std::uint64_t number(const std::string& text)
{
    if (!all_digits(text) || text.size() > 18)
        throw usage_error("'{}' is not a number", text);
    return std::stoull(text);
}

Options read(const std::vector<std::string>& words, const Campaign& campaign)
{
    Options options;
    options.seed = std::random_device()();
    options.times = campaign.times;
    options.cells = campaign.cells;
    options.on_postgres = campaign.on_postgres;
    for (std::size_t i = 1; i < words.size(); i += 2) {
        if (i + 1 == words.size())
            throw usage_error("'{}' needs a value; see skurd_crash --help", words[i]);
        const auto& value = words[i + 1];
        if (words[i] == "--times")
            options.times = number(value);
        else if (words[i] == "--cells")
            options.cells = number(value);
        else if (words[i] == "--seed")
            options.seed = number(value);
        else if (words[i] == "--most")
            options.most = number(value);
        else if (words[i] == "--folder")
            options.folder = value;
        else if (words[i] == "--engine" &&
                 (campaign.run == crash::kill_at_random || campaign.run == crash::kill_the_daemon) &&
                 (value == "sqlite" || value == "postgres"))
            options.on_postgres = value == "postgres";
        else
            throw usage_error("unknown option '{}'; see skurd_crash --help", words[i]);
    }
    return options;
}

/// A copy without sockets, which cannot be copied.
void keep(const std::filesystem::path& folder, const std::filesystem::path& kept)
{
    std::filesystem::create_directories(kept);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto to = kept / entry.path().lexically_relative(folder);
        if (entry.is_directory())
            std::filesystem::create_directories(to);
        else if (entry.is_regular_file())
            std::filesystem::copy_file(entry.path(), to);
    }
}

void run(const Campaign& campaign, Options options)
{
    if (options.on_postgres && !test::PostgresServer::is_installed()) {
        std::cout << "skipped: PostgreSQL is not on this machine\n";
        return;
    }
    const test::TempDir temporary;
    if (options.folder.empty())
        options.folder = temporary.path();
    options.folder /= campaign.name;
    std::filesystem::remove_all(options.folder);
    std::filesystem::create_directories(options.folder);
    try {
        campaign.run(options);
    } catch (const std::exception&) {
        const auto kept = std::filesystem::temp_directory_path() / fmt::format("skurd-crash-{}", options.seed);
        std::filesystem::remove_all(kept);
        keep(options.folder, kept);
        std::throw_with_nested(
            error("{} --seed {} (its folder is kept in {})", campaign.name, options.seed, kept.string()));
    }
}

int run(const std::vector<std::string>& words)
{
    for (const auto& campaign : campaigns)
        if (!words.empty() && words[0] == campaign.name) {
            run(campaign, read(words, campaign));
            return 0;
        }
    std::cout << help;
    const bool asked = !words.empty() && (words[0] == "--help" || words[0] == "-h");
    return static_cast<int>(asked ? ExitCode::good : ExitCode::usage);
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        std::cout << std::flush;
        std::cerr << "skurd_crash: " << full_message(failure) << '\n';
        return static_cast<int>(exit_code(failure));
    }
}
