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

bool is_own_file(const Installation& at, const fs::path& file)
{
    std::error_code failure;
    return !at.schedules.empty() && file == at.schedules / file.filename() && fs::is_regular_file(file, failure);
}

/// The folder of an installation's own job files, which need not be there yet.
fs::path own_folder(const Installation& at)
{
    if (at.schedules.empty() && at.config_file.empty())
        throw usage_error("a job that comes with the program is corrected in a file of the installation's own, which "
                          "has no configuration: see `skurd init`");
    return at.schedules.empty() ? at.config_file.parent_path() / "schedules" : at.schedules;
}

std::string shipped_text(const fs::path& name)
{
    return std::string(shipped_files()(name.filename().string()).bytes);
}

} // namespace

std::string job_text(const Installation& at, const ReadyJob& job)
{
    const fs::path file = job.job.whole.file();
    return is_own_file(at, file) ? read_file(file, toml_file_size_max, ExitCode::usage) : shipped_text(file);
}

JobFile::JobFile(const Installation& at, const ReadyJob& job)
    : file_(job.job.whole.file()), drop_(at.state / "drop"), is_shipped_(!is_own_file(at, file_)),
      made_from_(version_of(job)), text_(job_text(at, job))
{
    if (is_shipped_)
        file_ = own_folder(at) / file_.filename();
}

ReadyJob JobFile::job_of(const std::string& text) const
{
    return make_job(text, file_.string(), file_.stem().string(), drop_.string(),
                    beside_or_shipped(file_.parent_path()));
}

ReadyJob JobFile::job() const
{
    return job_of(text_);
}

/// Why this text must not take the file's place; "" where it may.
std::string JobFile::why_not(const CheckedJob& checked, const std::string& text) const
{
    if (job().hash != checked.hash)
        return fmt::format("{} was checked, which is not what {} has", checked.file, file_.string());
    if (is_shipped_ && fs::exists(file_))
        return fmt::format("{} would be written, which is there and is another one", file_.string());
    if (!is_shipped_ && read_file(file_, toml_file_size_max) != text_)
        return fmt::format("{} was changed in the meantime", file_.string());
    try {
        static_cast<void>(job_of(text));
        return "";
    } catch (const Error& failure) {
        return "the job would be wrong then: " + full_message(failure);
    }
}

void JobFile::write(const std::string& text, Time now)
{
    struct stat before {};
    const bool known = ::stat(file_.c_str(), &before) == 0;
    const auto put = [&](const std::string& name, const std::string& bytes) {
        write_output(name, bytes);
        if (known)
            take_after(name, before);
    };
    if (std::error_code failure; is_shipped_)
        fs::create_directories(file_.parent_path(), failure); // without it, the file cannot be written either
    if (known && backup_.empty() && !is_made_) {
        auto name = fmt::format("{}.{}.bak", file_.string(), compact_time(now));
        for (int n = 2; fs::exists(name); ++n)
            name = fmt::format("{}.{}-{}.bak", file_.string(), compact_time(now), n);
        put(name, text_);
        backup_ = name;
    }
    put(file_.string(), text);
    is_made_ = is_made_ || is_shipped_;
    is_shipped_ = false;
    text_ = text;
}

AppliedFixes JobFile::apply(const CheckedJob& checked, Time now)
{
    const auto fixed = fix_job(text_, checked.file, checked.results);
    AppliedFixes applied{0, "", "", fixed.left};
    if (fixed.lines == 0)
        return applied;
    try {
        if (const auto why = why_not(checked, fixed.text); !why.empty())
            throw Error(why);
        const auto made_from = fmt::format("made_from = \"{}\"", made_from_);
        write(is_shipped_ ? with_job_key(fixed.text, checked.file, made_from) : fixed.text, now);
        applied.lines = fixed.lines;
        applied.file = file_.string();
        applied.backup = backup_;
    } catch (const Error& failure) {
        applied.left.push_back(fmt::format("{}: not written: {}", file_.string(), full_message(failure)));
    }
    return applied;
}

} // namespace skurd
