#include "base/error.hpp"
#include "tests/sim/sim_commands.hpp"

#include <algorithm>
#include <csignal>
#include <iostream>

namespace {

int run(const std::vector<std::string>& words)
{
    const auto is_help = [](const std::string& word) { return word == "--help" || word == "-h"; };
    if (std::any_of(words.begin(), words.end(), is_help)) {
        std::cout << skurd::sim::sim_help();
        return 0;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr); // before the servers' threads exist, so that they inherit it
    skurd::SystemClock clock;
    const auto started = skurd::sim::start_sims(words, clock);
    for (const auto& sim : started)
        std::cout << (started.size() == 1 ? "" : sim.name + " ") << sim.url << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& failure) {
        std::cerr << "skurd-sim: " << skurd::full_message(failure) << '\n';
        return static_cast<int>(skurd::exit_code(failure));
    }
}
