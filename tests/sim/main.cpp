#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/sim/sim_ssb.hpp"

#include <csignal>
#include <cstdio>
#include <iostream>

namespace {

constexpr auto help = R"(skurd-sim: a simulated Statistics Norway (PxWebApi v2) on loopback.

  skurd-sim [--port N] [--limit CALLS] --table FILE...

  --port N       port on 127.0.0.1; default any free one
  --limit CALLS  calls per 60 seconds before 429; default 40, 0 = none
  --table FILE   a table description; may be given several times (tests/sim/tables, tests/sim/README.md)

Prints the base URL and serves until interrupted. While it runs:
  curl HOST/sim/publish -d '{"table": "07459", "updated": "2026-02-25T07:00:00Z",
                             "cells": {"0,1,000,Personer1,2025": "53001"}}'
)";

int number(const std::string& text, int most)
{
    if (!skurd::all_digits(text) || text.size() > 6 || std::stoi(text) > most)
        throw skurd::usage_error("'{}' is not a whole number up to {}", text, most);
    return std::stoi(text);
}

int run(const std::vector<std::string>& words)
{
    int port = 0;
    int limit = 40;
    std::vector<skurd::sim::SimTable> tables;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        if (words[i] == "--help" || words[i] == "-h") {
            std::fputs(help, stdout);
            return 0;
        }
        if (i + 1 == words.size())
            throw skurd::usage_error("'{}' needs a value; see skurd-sim --help", words[i]);
        if (words[i] == "--port")
            port = number(words[i + 1], 65535);
        else if (words[i] == "--limit")
            limit = number(words[i + 1], 100'000);
        else if (words[i] == "--table")
            tables.push_back(skurd::sim::SimTable::read(skurd::Section::load(words[i + 1])));
        else
            throw skurd::usage_error("unknown option '{}'; see skurd-sim --help", words[i]);
    }
    if (tables.empty())
        throw skurd::usage_error("no table: give at least one --table FILE; see skurd-sim --help");

    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr); // before the server's threads exist, so that they inherit it
    skurd::SystemClock clock;
    skurd::sim::SimSsb ssb(clock, port);
    for (auto& table : tables)
        ssb.add_table(std::move(table));
    ssb.rate_limit(limit, std::chrono::seconds(60));
    std::cout << ssb.base_url() << std::endl;
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
