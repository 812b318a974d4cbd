#include "app/job_file_fixes.hpp"

#include "app/files.hpp"
#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "run/job_fixes.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

/// "20261128T010203Z", for a file's name.
std::string compact_time(Time time)
{
    return replace_all(replace_all(format_time(time), "-", ""), ":", "");
}

/// Gives a file the owner and mode of another, as far as this user may.
void take_after(const fs::path& file, const struct stat& other)
{
    static_cast<void>(::chmod(file.c_str(), other.st_mode & 07777));
    if (::chown(file.c_str(), other.st_uid, other.st_gid) != 0)
        return; // then it is this user's, who may write the folder
}

} // namespace

JobFile::JobFile(const Installation& at, const ReadyJob& job) : file_(job.job.whole.file()), drop_(at.state / "drop")
{
    std::error_code failure;
    if (at.schedules.empty() || !fs::is_regular_file(file_, failure))
        throw usage_error(
            "{} comes with the program and is no file that could be changed: copy it into the folder of "
            "the job files first (see deploy/README.md)",
            file_.string());
    text_ = read_file(file_, toml_file_size_max, ExitCode::usage);
}

ReadyJob JobFile::job_of(const std::string& text) const
{
    return make_job(text, file_.string(), file_.stem().string(), drop_.string());
}

ReadyJob JobFile::job() const
{
    return job_of(text_);
}

AppliedFixes JobFile::apply(const std::vector<CheckResult>& results, Time now)
{
    const auto fixed = fix_job(text_, file_.string(), results);
    AppliedFixes applied{0, "", fixed.left};
    if (fixed.lines == 0)
        return applied;
    try {
        static_cast<void>(job_of(fixed.text));
    } catch (const Error& failure) {
        applied.left.push_back("nothing was written, since the job would be wrong then: " + full_message(failure));
        return applied;
    }
    if (read_file(file_, toml_file_size_max) != text_) {
        applied.left.push_back(file_.string() + ": nothing was written, since it was changed in the meantime");
        return applied;
    }
    struct stat before {};
    const bool known = ::stat(file_.c_str(), &before) == 0;
    applied.backup = fmt::format("{}.{}.bak", file_.string(), compact_time(now));
    for (const auto& [name, bytes] : {std::pair(applied.backup, text_), std::pair(file_.string(), fixed.text)}) {
        write_output(name, bytes);
        if (known)
            take_after(name, before);
    }
    applied.lines = fixed.lines;
    text_ = fixed.text;
    return applied;
}

} // namespace skurd
