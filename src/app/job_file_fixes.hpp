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
    std::string file;              ///< what was written; "" = nothing
    std::string backup;            ///< the file as it was; "" = nothing was written, or it is new
    std::vector<std::string> left; ///< what a person has to do, for people
};

/// The text of a job's file, be it the installation's own or compiled in.
std::string job_text(const Installation& at, const ReadyJob& job);

/// A job file that what its source says is carried out in. That of a job that comes with the program is a new one
/// among the installation's own, which takes its place.
class JobFile {
public:
    /// Reads it. Throws Error (usage) where there is no folder for a new one, for want of a configuration.
    JobFile(const Installation& at, const ReadyJob& job);

    const std::string& text() const { return text_; }
    /// Carries out what is certain, and nothing else. The file must be the one that was checked and still be as it
    /// was read, and the new text must make a job: else nothing is written, and `left` says why. It is written whole
    /// or not at all, with its owner and mode, beside a copy of the file as it was first, "<file>.<time>.bak";
    /// a new one beside nothing, with the version of the job that it is a copy of.
    AppliedFixes apply(const CheckedJob& checked, Time now);
    /// The job as the file has it now.
    ReadyJob job() const;

private:
    ReadyJob job_of(const std::string& text) const;
    std::string why_not(const CheckedJob& checked, const std::string& text) const;
    void write(const std::string& text, Time now);

    std::filesystem::path file_;
    std::filesystem::path drop_;
    bool is_shipped_;       ///< and no file of the installation's own yet
    bool is_made_ = false;  ///< the file is new: there is nothing it was before
    std::string made_from_; ///< of a new file: the version of the job that it is a copy of
    std::string text_;
    std::string backup_; ///< "" until there is one
};

} // namespace skurd
