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
    /// Carries out what is certain, and nothing else. The file must be the one that was checked and still be as it
    /// was read, and the new text must make a job: else nothing is written, and `left` says why. It is written whole
    /// or not at all, with its owner and mode, beside a copy of the file as it was first, "<file>.<time>.bak".
    AppliedFixes apply(const CheckedJob& checked, Time now);
    /// The job as the file has it now.
    ReadyJob job() const;

private:
    ReadyJob job_of(const std::string& text) const;
    std::string why_not(const CheckedJob& checked, const std::string& text) const;
    void write(const std::string& text, Time now);

    std::filesystem::path file_;
    std::filesystem::path drop_;
    std::string text_;
    std::string backup_; ///< "" until there is one
};

} // namespace skurd
