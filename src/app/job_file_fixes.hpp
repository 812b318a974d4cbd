#pragma once

#include "app/context.hpp"
#include "model/source_table.hpp"
#include "run/jobs.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// What became of a job file.
struct AppliedFixes {
    int lines = 0;                 ///< results that were carried out; 0 = the file is as it was
    std::string backup;            ///< the file as it was; "" = nothing was written
    std::vector<std::string> left; ///< what a person has to do, for people
};

/// A job file that what its source says is carried out in.
class JobFile {
public:
    /// Reads it. Throws Error (usage) for a job that has no file of its own: it is compiled in.
    JobFile(const Installation& at, const ReadyJob& job);

    const std::string& text() const { return text_; }
    /// Carries out what is certain, and nothing else. The new text must make a job, and the file must still be the
    /// one that was read, or nothing is written (`left` says why). It is written whole or not at all, with its owner
    /// and mode, beside a copy of the file as it was, "<file>.<time>.bak". Throws Error where it cannot be written.
    AppliedFixes apply(const std::vector<CheckResult>& results, Time now);
    /// The job as the file has it now.
    ReadyJob job() const;

private:
    ReadyJob job_of(const std::string& text) const;

    std::filesystem::path file_;
    std::filesystem::path drop_;
    std::string text_;
};

} // namespace skurd
