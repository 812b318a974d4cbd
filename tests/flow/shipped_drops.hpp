#pragma once

#include "config/job.hpp"
#include "decode/layout/read_layout.hpp"
#include "run/jobs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temp_dir.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace skurd::test {

/// A file drop that comes with skurd.
struct ShippedDrop {
    std::string id;
    std::string dataset;
    TableLayout layout;
};

inline std::filesystem::path samples_folder()
{
    return SKURD_SOURCE_DIR "/schedules/samples";
}

/// Calls `use` with each shipped job.
template <typename Use>
void for_each_shipped_job(Use use)
{
    for (const auto& file : shipped_job_files())
        use(Job::read(Section::parse(file.bytes, file.name), std::filesystem::path(file.name).stem().string(),
                      shipped_files()));
}

/// The shipped file drops but those of the first harvest, which has its own files and tests.
inline std::vector<ShippedDrop> shipped_drops()
{
    std::vector<ShippedDrop> drops;
    for_each_shipped_job([&](Job job) {
        if (job.connector == "drop" && !job.id.starts_with("status-report"))
            drops.push_back({job.id, job.source.get_string("dataset", job.id), read_layout(*job.layout).table});
    });
    return drops;
}

/// Pattern of file names by job: all shipped jobs that take files.
inline std::map<std::string, std::string> shipped_patterns()
{
    std::map<std::string, std::string> patterns;
    for_each_shipped_job([&](Job job) {
        if (job.source.has("files"))
            patterns[job.id] = job.source.require_string("files");
    });
    return patterns;
}

/// `schedules/samples/<job>-sample.*` by job.
inline std::map<std::string, std::filesystem::path> samples()
{
    std::map<std::string, std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(samples_folder())) {
        const auto stem = entry.path().stem().string();
        if (const auto end = stem.rfind("-sample"); end != std::string::npos)
            found[stem.substr(0, end)] = entry.path();
    }
    return found;
}

/// A folder with a state that all samples were harvested into, once for all tests: reading does not change it. The
/// samples' times of change ascend by name, so that a corrected table comes after the first edition.
inline const TempDir& harvested_samples()
{
    namespace fs = std::filesystem;
    static const TempDir folder;
    if (fs::exists(folder / "state"))
        return folder;
    const auto drop = folder / "state/drop";
    fs::create_directories(drop);
    auto time = fs::file_time_type::clock::now() - std::chrono::hours(2);
    for (const auto& [job, sample] : samples()) {
        fs::copy(sample, drop);
        fs::last_write_time(drop / sample.filename(), time += std::chrono::seconds(2));
    }
    const auto ended = skurd::test::skurd(folder / "state", {"harvest", "--all"});
    INFO(ended.out << ended.err);
    REQUIRE(ended.exit == 0);
    return folder;
}

} // namespace skurd::test
