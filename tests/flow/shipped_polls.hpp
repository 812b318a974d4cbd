#pragma once

#include "base/text.hpp"
#include "run/jobs.hpp"
#include "tests/sim/sim_fhi.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/manual_clock.hpp"

#include <algorithm>
#include <filesystem>

namespace skurd::test {

/// The jobs that come along and poll Statistics Norway and FHI, in an installation where simulated sources answer
/// them, with a table for each (tests/sim/tables).
struct ShippedPolls : Installed {
    ShippedPolls()
    {
        namespace fs = std::filesystem;
        const fs::path tables = SKURD_SOURCE_DIR "/tests/sim/tables";
        ssb.add_table(with_years_from_2010(sim::SimTable::read(Section::load(tables / "07459.toml"))));
        for (const auto& file : fs::directory_iterator(tables / "ssb"))
            ssb.add_table(sim::SimTable::read(Section::load(file.path())));
        for (const auto& file : fs::directory_iterator(tables / "fhi"))
            fhi.add_table(sim::SimFhiTable::read(Section::load(file.path())));
        write_file(folder / "skurd.toml", own_jobs_only + std::string("[fetch]\nallow_private = [\"127.0.0.1\"]\n"
                                                                      "allow_http = [\"127.0.0.1\"]\n"));
        for (const auto& file : shipped_job_files()) {
            const std::string text(file.bytes);
            if (!is_polled(text))
                continue;
            jobs.push_back(fs::path(file.name).stem().string());
            write_file(job_file(jobs.back()), at_simulator(text));
        }
    }

    static sim::SimTable with_years_from_2010(sim::SimTable table)
    {
        auto& years = table.dimensions.back().categories;
        for (int year = std::stoi(years.front().code) - 1; year >= 2010; --year)
            years.insert(years.begin(), {std::to_string(year), std::to_string(year), "", 0, ""});
        return table;
    }

    static bool is_polled(const std::string& text)
    {
        const auto has = [&](const char* line) { return text.find(line) != std::string::npos; };
        return has("connector = \"ssb\"") || has("connector   = \"ssb\"") || has("connector   = \"fhi\"") ||
               has("route   = \"ssb\"");
    }

    /// The job file asks the simulated source, at any hour of the day.
    std::string at_simulator(const std::string& text) const
    {
        const bool is_fhi = text.find("\"fhi\"") != std::string::npos;
        auto lines = fmt::format("[source]\nbase_url = \"{}\"\n", is_fhi ? fhi.base_url() : ssb.base_url());
        if (!is_fhi)
            lines += "blackout = \"none\"\n";
        auto job = replace_all(text, "[source]\n", lines);
        const std::string own = "base_url = \"https://data.ssb.no/api/pxwebapi/v2\"\n";
        if (const auto at = job.find(own); at != std::string::npos)
            job.erase(at, own.size());
        return job;
    }

    std::filesystem::path job_file(const std::string& job) const { return folder / "schedules" / (job + ".toml"); }

    ManualClock clock{"2026-11-20T09:00:00Z"};
    sim::SimSsb ssb{clock};
    sim::SimFhi fhi{clock};
    std::vector<std::string> jobs; ///< ids
};

} // namespace skurd::test
