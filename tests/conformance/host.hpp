#pragma once

#include "fetch/curl_fetcher.hpp"
#include "fetch/program_fetcher.hpp"
#include "fetch/source_fetcher.hpp"
#include "model/indicator.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/job_run.hpp"
#include "run/stored_pace.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/conformance/subject.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd::test {

/// What one process of skurd has: the store of a state folder, and one fetcher of each kind for all jobs. Another one
/// on the same folder is a restart.
class Host {
public:
    Host(SharedClock& clock, const std::filesystem::path& state, FetchSettings settings)
        : clock_(clock), store_(state, StoreSession::Access::write, clock), http_(std::move(settings), clock, 1),
          programs_(clock, "nobody"), sources_(http_, programs_), pace_(store_, http_.pace(), clock),
          folders_(state / "archive", state / "quarantine", clock), drop_(clock, folders_)
    {
    }

    /// The first run, of several for a folder.
    Run harvest(const ReadyJob& job, const RunOptions& options = {})
    {
        Turn turn(turns_);
        const RunTools tools{store_, sources_, drop_, folders_, clock_, catalogue_, {}, {}, turn, processors_};
        const auto runs = run_job(job, tools, options, {});
        pace_.store();
        return runs.front();
    }

    StoreSession& store() { return store_; }
    Fetcher& fetcher() { return sources_; }

    /// All the store says now, as text: codes, periods, values, symbols.
    std::string says() const
    {
        std::vector<std::string> lines;
        for (const auto& dataset : VintageStore(store_).datasets())
            for (const auto& one : ObservationStore(store_).as_of({dataset, {}}, {}))
                lines.push_back(line_of(one));
        std::sort(lines.begin(), lines.end());
        std::string text;
        for (const auto& line : lines)
            text += line + "\n";
        return text;
    }

private:
    static std::string line_of(const Observation& one)
    {
        auto line = one.dataset;
        for (const auto& [dimension, code] : one.codes)
            line += fmt::format(" {}={}", dimension, code);
        line += " " + one.period.text() + ": ";
        return line + (one.value.number ? one.value.number->text() : "nothing") + " " + one.value.symbol.text;
    }

    SharedClock& clock_;
    StoreSession store_;
    CurlFetcher http_;
    ProgramFetcher programs_;
    SourceFetcher sources_;
    StoredPace pace_;
    Turns turns_;
    Processors processors_{1};
    DropFolders folders_;
    DropFetcher drop_;
    Catalogue catalogue_;
};

/// The clock goes on to the next time it is nine in the morning, UTC: long after SSB's blackout window.
inline void to_next_morning(SharedClock& clock)
{
    const auto day = std::chrono::floor<std::chrono::days>(clock.now());
    clock.wait(day + std::chrono::days(1) + std::chrono::hours(9) - clock.now(), {});
}

inline FetchSettings settings_for(const Source& source)
{
    auto settings = loopback_settings();
    source.adjust(settings);
    return settings;
}

inline ReadyJob job_of(const Source& source, const std::string& id = "job")
{
    return make_job(source.job(), "job.toml", id, "/nowhere");
}

} // namespace skurd::test
