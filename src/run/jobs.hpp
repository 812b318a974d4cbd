#pragma once

#include "base/embedded_file.hpp"
#include "config/installation.hpp"
#include "config/job.hpp"
#include "connectors/connector.hpp"
#include "evaluate/publications.hpp"
#include "lib/tz/time_zone.hpp"
#include "model/attribution.hpp"
#include "model/configuration.hpp"
#include "run/blackout_window.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// A job that is fit to run: read, checked, its connector made.
struct ReadyJob {
    Job job;
    TimeZone zone;
    std::unique_ptr<Connector> connector;
    std::string hash; ///< SHA-256 of the job file, and of its layout profile: another one may read the
                      ///< same bytes otherwise
    std::optional<BlackoutWindow> blackout; ///< when the source is unreliable
    FileRole role = FileRole::added;        ///< of its file
    std::string text{};                     ///< of its file, as it was read
};

/// All jobs of an installation and what is wrong with the rest.
struct JobList {
    std::vector<ReadyJob> jobs;      ///< by id
    std::vector<std::string> errors; ///< "file:line: …", one for each job file that is not fit
    /// "file:line: …", one for each copy that hides what comes with the program and was corrected since.
    std::vector<std::string> notes{};
    std::map<std::string, std::string> unfit{}; ///< what is wrong with the files of those ids: nothing runs for them

    /// Throws Error (usage) with the first error there is.
    void require_no_errors() const;
    const ReadyJob& find(const std::string& id) const; ///< throws Error (usage) naming those there are
    std::vector<const ReadyJob*> named_or_all(const std::vector<std::string>& ids) const; ///< all for none; throws so
};

/// By what a copy of a job says which it was made from, in `made_from`.
std::string version_of(const ReadyJob& job);

/// Reads the job files compiled in, unless they are left out, and every *.toml in the installation's folder of
/// schedules; a job there takes the place of a shipped one with its id. Layout profiles are no jobs.
JobList load_jobs(const Installation& installation);

/// Where each of them comes from.
std::vector<ConfiguredFile> job_files(const JobList& list);
/// The ids of the jobs that come with skurd and that an installation leaves out.
std::vector<std::string> jobs_left_out(const JobList& list, const Installation& installation);

/// What they can give, enabled or not, and what the jobs that come with skurd could: a dataset of theirs that nobody
/// harvests here is no slip of the pen.
std::vector<DatasetOffer> offers_of(const JobList& list, const Installation& installation);

/// Whom what they harvest is credited to: as a job says, else by its connector's source. Of a dataset that no job
/// here harvests, what the jobs that come with skurd say.
Attributions attributions_of(const JobList& list, const Installation& installation);

/// What those of them that are enabled promise of when their datasets are published.
std::vector<PublicationPlan> publication_plans(const std::vector<ReadyJob>& jobs);

/// Makes one job ready from its file's text; `beside` gives a layout profile, by default from the folder of
/// `file_name`. Throws Error (usage) with file:line.
ReadyJob make_job(std::string_view text, const std::string& file_name, const std::string& stem,
                  const std::string& drop_folder, const ReadBeside& beside = {});

/// By dimension, codes or expressions that are asked for in the place of what a job selects.
using OtherSelection = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The job with another selection; what it does not name is as the job has it. Read from the job's file, which must
/// be as it was. Throws Error (usage) where it is not, and for a job whose source is not asked for a selection.
ReadyJob with_selection(const ReadyJob& job, const Installation& installation, const OtherSelection& selection);

const std::vector<EmbeddedFile>& shipped_job_files(); ///< schedules/*.toml, compiled in
ReadBeside shipped_files();                           ///< for the layout profiles of those
/// For the layout profiles of an installation's own jobs: beside them, else those that come with the program.
ReadBeside beside_or_shipped(const std::filesystem::path& folder);

} // namespace skurd
