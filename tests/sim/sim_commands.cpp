#include "tests/sim/sim_commands.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/sim/fault_proxy.hpp"
#include "tests/sim/sim_fhi.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_nki.hpp"
#include "tests/sim/sim_options.hpp"
#include "tests/sim/sim_ssb.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace skurd::sim {

namespace {

constexpr auto help_text = R"(skurd-sim: simulated sources of statistics on loopback.

  skurd-sim [ssb] [OPTIONS]  a statbank, PxWebApi v2 and v1
      --table FILE       a table description; may be given several times (tests/sim/README.md)
      --tables DIR       all *.toml in a folder; without tables, those of the tests
      --many N           N small tables "20001", "20002", …
      --limit CALLS      calls per 60 seconds before 429, each for v2 and v1; default 40, 0 = none
      --cells N          the most cells an answer may have; default 800000
      --only v2|v1       the other version answers 404
      --night 0|.        what all figures are from 05:00 to 08:00 in Oslo
  skurd-sim fhi [OPTIONS]    the Statistikk Open API of FHI
      --table, --tables, --limit as above (default: no limit)
      --errors problem-json|message|plain|empty    what error bodies look like
      --no-bom           json-stat2 without a byte order mark
  skurd-sim files DIR [OPTIONS]  a site of files, such as exports of NIFU and DFØ
      --forbid           everything gets 403 and the page of a bot guard
  skurd-sim nki              Helsedirektoratet's quality indicators; the key is "nki-key"
  skurd-sim hostile          a server that does what a path names: /gzip-bomb, /retry-absurd/…
  skurd-sim proxy --to URL --fault NAME [OPTIONS]  stands before another simulator
      --every N          every N-th exchange; default 1
      --at N             only that exchange; or
      --percent P        each with this probability, by --seed N; --fault may be given several times
      --delay MS         of latency; default 3000
  skurd-sim all              ssb, fhi, nki and hostile at once, on four ports from --port on

  --port N       port on 127.0.0.1; default any free one
  --drip MS      hostile, proxy: between two bytes; default 100

Prints "NAME URL" for each, or the URL alone for one, and serves until interrupted. While a statbank runs:
  curl HOST/sim/publish -d '{"table": "07459", "updated": "2026-02-25T07:00:00Z",
                             "cells": {"0,1,000,Personer1,2025": "53001"}}'

Faults:
)";

constexpr int port_max = 65'535;

int port_of(const SimOptions& options)
{
    return options.number("port", 0, port_max);
}

/// The descriptions a command line names, else the tests' own in the folder.
std::vector<std::filesystem::path> table_files(const SimOptions& options, const std::string& own)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    for (const auto& file : options.all("table"))
        files.emplace_back(file);
    auto folders = options.all("tables");
    if (files.empty() && folders.empty() && !options.has("many"))
        folders.push_back(SKURD_SIM_TABLES + own);
    for (const auto& folder : folders) {
        if (!fs::is_directory(folder))
            throw usage_error("--tables: '{}' is not a folder", folder);
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".toml")
                files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

StartedSim start_ssb(const SimOptions& options, Clock& clock)
{
    SsbHabits habits;
    const auto only = options.choice("only", {"both", "v2", "v1"});
    habits.answers_v1 = only != 1;
    habits.answers_v2 = only != 2;
    habits.cells_max = static_cast<std::size_t>(options.number("cells", 800'000, 1'000'000'000));
    habits.night = std::array{"", "0", "."}[options.choice("night", {"", "0", "."})];
    auto ssb = std::make_shared<SimSsb>(clock, port_of(options));
    for (const auto& file : table_files(options, ""))
        ssb->add_table(SimTable::read(Section::load(file)));
    ssb->add_many(options.number("many", 0, 10'000), format_time(clock.now()));
    const auto limit = options.number("limit", 40, 100'000);
    ssb->rate_limit(limit, std::chrono::seconds(60));
    ssb->limit_v1(limit, std::chrono::seconds(60));
    ssb->habits(habits);
    return {"ssb", only == 2 ? ssb->v1_url() : ssb->base_url(), ssb};
}

StartedSim start_fhi(const SimOptions& options, Clock& clock)
{
    FhiHabits habits;
    habits.errors =
        static_cast<FhiHabits::Errors>(options.choice("errors", {"problem-json", "message", "plain", "empty"}));
    habits.bom = !options.has("no-bom");
    auto fhi = std::make_shared<SimFhi>(clock, port_of(options));
    for (const auto& file : table_files(options, "/fhi"))
        fhi->add_table(SimFhiTable::read(Section::load(file)));
    fhi->rate_limit(options.number("limit", 0, 100'000), std::chrono::seconds(60));
    fhi->habits(habits);
    return {"fhi", fhi->base_url(), fhi};
}

StartedSim start_files(const SimOptions& options, Clock& clock)
{
    if (options.plain().size() != 1)
        throw usage_error("files: give one folder; see skurd-sim --help");
    auto files = std::make_shared<SimFiles>(clock, port_of(options));
    files->put_folder(options.plain()[0]);
    files->forbid(options.has("forbid"));
    return {"files", files->host_url(), files};
}

StartedSim start_nki(const SimOptions& options, Clock& clock)
{
    auto nki = std::make_shared<SimNki>(clock, port_of(options));
    for (auto& indicator : nki_samples())
        nki->put(std::move(indicator));
    return {"nki", nki->base_url(), nki};
}

FaultSettings fault_settings(const SimOptions& options)
{
    FaultSettings settings;
    settings.delay = std::chrono::milliseconds(options.number("delay", 3000, 3'600'000));
    settings.drip = std::chrono::milliseconds(options.number("drip", 100, 3'600'000));
    return settings;
}

StartedSim start_hostile(const SimOptions& options, Clock&)
{
    auto hostile = std::make_shared<SimHostile>(port_of(options));
    hostile->settings(fault_settings(options));
    return {"hostile", hostile->host_url(), hostile};
}

StartedSim start_proxy(const SimOptions& options, Clock&)
{
    const std::string before = "http://127.0.0.1:";
    const auto to = options.text("to", "");
    const auto port = to.starts_with(before) ? to.substr(before.size(), to.find('/', before.size()) - before.size())
                                             : std::string();
    if (!all_digits(port) || port.size() > 5)
        throw usage_error("proxy: --to must be like {}8001, not '{}'", before, to);
    std::vector<Fault> faults;
    for (const auto& name : options.all("fault")) {
        const auto fault = fault_named(name);
        if (!fault)
            throw usage_error("proxy: there is no fault '{}'; see skurd-sim --help", name);
        faults.push_back(*fault);
    }
    if (faults.empty())
        throw usage_error("proxy: give at least one --fault; see skurd-sim --help");
    auto proxy = std::make_shared<FaultProxy>(std::stoi(port), port_of(options));
    proxy->settings(fault_settings(options));
    if (options.has("percent"))
        proxy->fault_randomly(static_cast<std::uint64_t>(options.number("seed", 1, 999'999'999)),
                              options.number("percent", 0, 100), faults);
    else if (options.has("at"))
        proxy->fault_at(options.number("at", 1, 1'000'000), faults[0]);
    else
        proxy->fault_every(options.number("every", 1, 1'000'000), faults[0]);
    return {"proxy", proxy->host_url(), proxy};
}

struct Command {
    std::string name;
    std::set<std::string> options;
    StartedSim (*start)(const SimOptions&, Clock&);
};

const std::vector<Command>& commands()
{
    static const std::vector<Command> all = {
        {"ssb", {"port", "limit", "table", "tables", "many", "cells", "only", "night"}, start_ssb},
        {"fhi", {"port", "limit", "table", "tables", "errors", "!no-bom"}, start_fhi},
        {"nki", {"port"}, start_nki},
        {"hostile", {"port", "delay", "drip"}, start_hostile},
        {"files", {"port", "!forbid"}, start_files},
        {"proxy", {"port", "to", "fault", "every", "at", "percent", "seed", "delay", "drip"}, start_proxy},
    };
    return all;
}

constexpr int started_by_all = 4; ///< the first of commands()

std::vector<StartedSim> start_all(const SimOptions& options, Clock& clock)
{
    const int port = options.number("port", 0, port_max - started_by_all);
    std::vector<StartedSim> started;
    for (int i = 0; i < started_by_all; ++i) {
        const auto& command = commands()[static_cast<std::size_t>(i)];
        const SimOptions own({"--port", std::to_string(port == 0 ? 0 : port + i)}, command.options);
        started.push_back(command.start(own, clock));
    }
    return started;
}

} // namespace

std::vector<StartedSim> start_sims(const std::vector<std::string>& words, Clock& clock)
{
    const bool is_named = !words.empty() && !words[0].starts_with("--");
    const std::string name = is_named ? words[0] : "ssb";
    const std::vector<std::string> rest(words.begin() + (is_named ? 1 : 0), words.end());
    if (name == "all")
        return start_all(SimOptions(rest, {"port"}), clock);
    for (const auto& command : commands()) {
        if (command.name != name)
            continue;
        const SimOptions options(rest, command.options);
        if (name != "files" && !options.plain().empty())
            throw usage_error("{}: what is '{}'? See skurd-sim --help", name, options.plain()[0]);
        return {command.start(options, clock)};
    }
    throw usage_error("there is no simulator '{}'; see skurd-sim --help", name);
}

std::string sim_help()
{
    std::string text = help_text;
    for (const auto& known : fault_names())
        text += fmt::format("  {:<21}{}\n", known.name, known.what);
    return text;
}

} // namespace skurd::sim
