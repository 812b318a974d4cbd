#include "run/jobs.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/toml_files.hpp"
#include "lib/openssl/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace skurd {

namespace fs = std::filesystem;

namespace {

TimeZone zone_of(Job& job)
{
    try {
        return TimeZone::find(job.timezone);
    } catch (const Error& failure) {
        job.whole.require_table("job").fail("timezone", failure.what());
    }
}

void check_unique(const std::vector<ReadyJob>& jobs, std::vector<std::string>& errors)
{
    for (std::size_t i = 1; i < jobs.size(); ++i)
        if (jobs[i].job.id == jobs[i - 1].job.id)
            errors.push_back(fmt::format("{}: the job id '{}' is also that of {}", jobs[i].job.whole.where("job"),
                                         jobs[i].job.id, jobs[i - 1].job.whole.file()));
}

ReadyJob ready_job(Section file, std::string_view text, const std::string& stem, const std::string& drop_folder,
                   const ReadBeside& beside)
{
    Job job = beside ? Job::read(std::move(file), stem, beside) : Job::read(std::move(file), stem);
    const auto zone = zone_of(job);
    JobSections sections{job.id, job.source, job.layout, drop_folder};
    auto connector = create_connector(job.connector, job.connector_where, sections);
    job.whole.reject_unknown_keys();
    std::optional<BlackoutWindow> blackout;
    if (const auto hours = connector->guarantee().blackout)
        blackout.emplace(*hours);
    const auto profile = job.profile;
    return {std::move(job),       zone,
            std::move(connector), Sha256::of(std::string(text) + profile),
            std::move(blackout),  FileRole::added,
            std::string(text)};
}

/// The text of its file, which is in the program or on disk.
EmbeddedFile text_of(const ReadyJob& job)
{
    const fs::path file = job.job.whole.file();
    if (job.role == FileRole::shipped)
        return shipped_files()(file.filename().string());
    return files_in(file.parent_path())(file.filename().string());
}

/// `[source.select]` as the job file would have it.
std::string select_toml(const OtherSelection& selection)
{
    std::string text = "[source.select]\n";
    for (const auto& [dimension, codes] : selection) {
        text += toml_quoted(dimension) + " = [";
        for (const auto& code : codes)
            text += (&code == codes.data() ? "" : ", ") + toml_quoted(code);
        text += "]\n";
    }
    return text;
}

/// The keys of a job's own tables that are none, where it can be read so far. Of what its connector reads nothing is
/// said.
std::vector<std::string> unknown_job_keys(Section file, const std::string& stem, const ReadBeside& beside)
{
    try {
        auto job = Job::read(std::move(file), stem, beside);
        job.source.give_up();
        if (job.layout)
            job.layout->give_up();
        return job.whole.unknown_keys();
    } catch (const Error&) {
        return {}; // that is a mistake that was found
    }
}

/// Adds the job of a file, or every mistake in it that can be told: after each, the file is read without the value
/// that was wrong, until what is left is a job or lacks what it must have.
void read_job(const EmbeddedFile& text, const fs::path& folder, const std::string& drop_folder,
              const ReadBeside& beside, JobList& list)
{
    const auto name = (folder / text.name).string();
    const auto stem = fs::path(text.name).stem().string();
    auto file = Section::parse(text.bytes, name);
    if (is_profile(file))
        return;
    const auto before = list.errors.size();
    for (auto mistake = Section::Mistake::value; mistake == Section::Mistake::value; file = file.anew())
        try {
            auto job = ready_job(file, text.bytes, stem, drop_folder, beside);
            if (list.errors.size() == before)
                list.jobs.push_back(std::move(job));
            return;
        } catch (const Error& failure) {
            mistake = file.take_out_mistake();
            if (mistake != Section::Mistake::follows)
                list.errors.push_back(full_message(failure));
        }
    const auto unknown = unknown_job_keys(file, stem, beside);
    list.errors.insert(list.errors.end(), unknown.begin(), unknown.end());
    if (list.errors.size() > before)
        list.unfit.emplace(stem, list.errors[before]);
}

/// Adds the jobs of some files to the list, and what is wrong with them.
void read_jobs(const std::vector<EmbeddedFile>& files, const fs::path& folder, const Installation& installation,
               const ReadBeside& beside, JobList& list)
{
    for (const auto& file : files)
        try {
            read_job(file, folder, (installation.state / "drop").string(), beside, list);
        } catch (const Error& failure) {
            list.errors.push_back(full_message(failure));
            list.unfit.emplace(fs::path(file.name).stem().string(), list.errors.back());
        }
}

/// Takes the shipped jobs out that the configuration names.
void leave_out(const Installation& installation, JobList& shipped)
{
    std::vector<std::string> known;
    for (const auto& job : shipped.jobs)
        known.push_back(job.job.id);
    for (const auto& id : installation.jobs_off) {
        const bool is_known = std::find(known.begin(), known.end(), id) != known.end();
        if (!is_known && installation.shipped_jobs == Shipped::used)
            shipped.errors.push_back(fmt::format("{}: no job '{}' comes with skurd{}", installation.jobs_off_where,
                                                 id, did_you_mean(id, known)));
        std::erase_if(shipped.jobs, [&](const ReadyJob& job) { return job.job.id == id; });
    }
}

/// The jobs that come with skurd, where an installation leaves some of them out; none where it has all.
JobList left_out_jobs(const Installation& installation)
{
    if (installation.shipped_jobs == Shipped::used && installation.jobs_off.empty())
        return {};
    Installation shipped;
    shipped.state = installation.state;
    return load_jobs(shipped);
}

Attribution attribution_of(const ConnectorKind& kind)
{
    const auto& terms = kind.terms;
    return {{std::string(terms.name_nb), std::string(terms.name_en)},
            {std::string(terms.licence), std::string(terms.licence)}};
}

/// A source that the job names has the licence that the job names: the connector's may be another's.
Attribution attribution_of(const Job& job)
{
    auto stated = job.attribution;
    if (!stated.source.empty())
        return stated;
    auto usual = attribution_of(*find_connector_kind(job.connector));
    if (!stated.licence.empty())
        usual.licence = stated.licence;
    return usual;
}

/// What an installation's copies hide of jobs that were corrected after the copies were made.
std::vector<std::string> hidden_corrections(const std::vector<ReadyJob>& shipped, const std::vector<ReadyJob>& own)
{
    std::vector<std::string> notes;
    for (const auto& copy : own) {
        const auto original = std::find_if(shipped.begin(), shipped.end(),
                                           [&](const ReadyJob& job) { return job.job.id == copy.job.id; });
        if (copy.job.made_from.empty() || original == shipped.end() || copy.job.made_from == version_of(*original))
            continue;
        notes.push_back(fmt::format("{}: the job '{}' that comes with skurd was corrected after this copy of it was "
                                    "made, and the copy hides that: hold it against {} of this version, then write "
                                    "made_from = \"{}\", or remove the copy",
                                    copy.job.made_from_where, copy.job.id, original->job.whole.file(),
                                    version_of(*original)));
    }
    return notes;
}

} // namespace

std::string version_of(const ReadyJob& job)
{
    constexpr std::size_t digits = 12;
    return job.hash.substr(0, digits);
}

ReadBeside shipped_files()
{
    return [](const std::string& name) -> EmbeddedFile {
        for (const auto& file : shipped_job_files())
            if (file.name == name)
                return {"schedules/" + name, file.bytes};
        throw error("'{}' is not among the job files that come with the program", name);
    };
}

ReadBeside beside_or_shipped(const fs::path& folder)
{
    return [folder, own = files_in(folder), shipped = shipped_files()](const std::string& name) {
        const auto& files = shipped_job_files();
        const bool is_shipped =
            std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
        return is_shipped && !fs::exists(folder / name) ? shipped(name) : own(name);
    };
}

void JobList::require_no_errors() const
{
    if (!errors.empty())
        throw usage_error("{}{}", errors.front(),
                          errors.size() == 1 ? ""
                                             : fmt::format(" (and {} more: see `skurd check`)", errors.size() - 1));
}

const ReadyJob& JobList::find(const std::string& id) const
{
    std::vector<std::string> known;
    for (const auto& ready : jobs) {
        if (ready.job.id == id)
            return ready;
        known.push_back(ready.job.id);
    }
    if (const auto found = unfit.find(id); found != unfit.end())
        throw usage_error("the job '{}' is not fit to run: {}", id, found->second);
    throw usage_error("there is no job '{}'{} (known: {})", id, did_you_mean(id, known), join(known, ", "));
}

std::vector<const ReadyJob*> JobList::named_or_all(const std::vector<std::string>& ids) const
{
    std::vector<const ReadyJob*> chosen;
    chosen.reserve(ids.empty() ? jobs.size() : ids.size());
    for (const auto& id : ids)
        chosen.push_back(&find(id));
    if (ids.empty())
        for (const auto& job : jobs)
            chosen.push_back(&job);
    return chosen;
}

ReadyJob make_job(std::string_view text, const std::string& file_name, const std::string& stem,
                  const std::string& drop_folder, const ReadBeside& beside)
{
    return ready_job(Section::parse(text, file_name), text, stem, drop_folder, beside);
}

ReadyJob with_selection(const ReadyJob& job, const Installation& installation, const OtherSelection& selection)
{
    const auto file = text_of(job);
    const auto folder = fs::path(job.job.whole.file()).parent_path();
    const auto beside = job.role == FileRole::shipped ? shipped_files() : beside_or_shipped(folder);
    if (Sha256::of(std::string(file.bytes) + job.job.profile) != job.hash)
        throw usage_error("{}: has changed since it was read: reload it first (skurd reload)", job.job.whole.file());
    auto as_it_is = Section::parse(file.bytes, job.job.whole.file());
    auto source = as_it_is.require_table("source");
    if (!source.is_table("select"))
        throw usage_error("job '{}' selects nothing (its connector is '{}'), so nothing else can be selected of it",
                          job.job.id, job.job.connector);
    auto other = Section::parse(select_toml(selection), "--select");
    auto other_source = other.require_table("source");
    other_source.require_table("select").add_missing(source.require_table("select"));
    other_source.add_missing(std::move(source));
    other.add_missing(std::move(as_it_is));
    auto made = ready_job(other, file.bytes, fs::path(file.name).stem().string(),
                          (installation.state / "drop").string(), beside);
    made.role = job.role;
    return made;
}

JobList load_jobs(const Installation& installation)
{
    JobList own;
    if (!installation.schedules.empty())
        read_jobs(read_toml_files(installation.schedules), installation.schedules, installation,
                  beside_or_shipped(installation.schedules), own);
    JobList list;
    if (installation.shipped_jobs == Shipped::used)
        read_jobs(shipped_job_files(), "schedules", installation, shipped_files(), list);
    leave_out(installation, list);
    list.notes = hidden_corrections(list.jobs, own.jobs);
    for (auto& shipped : list.jobs)
        shipped.role = FileRole::shipped;
    const auto replace = [&](const ReadyJob& shipped) {
        const auto in_its_place = std::find_if(own.jobs.begin(), own.jobs.end(),
                                               [&](const ReadyJob& job) { return job.job.id == shipped.job.id; });
        if (in_its_place != own.jobs.end())
            in_its_place->role = FileRole::replaces;
        return in_its_place != own.jobs.end();
    };
    std::erase_if(list.jobs, replace);
    list.jobs.insert(list.jobs.end(), std::make_move_iterator(own.jobs.begin()),
                     std::make_move_iterator(own.jobs.end()));
    list.errors.insert(list.errors.end(), own.errors.begin(), own.errors.end());
    list.unfit.merge(own.unfit);
    // A file that takes the place of a shipped job and is wrong does not let that one run instead.
    std::erase_if(list.jobs, [&](const ReadyJob& job) { return list.unfit.contains(job.job.id); });
    std::stable_sort(list.jobs.begin(), list.jobs.end(),
                     [](const auto& a, const auto& b) { return a.job.id < b.job.id; });
    check_unique(list.jobs, list.errors);
    return list;
}

std::vector<ConfiguredFile> job_files(const JobList& list)
{
    std::vector<ConfiguredFile> files;
    files.reserve(list.jobs.size());
    for (const auto& ready : list.jobs)
        files.push_back({ready.job.id, ready.role, ready.job.whole.file()});
    return files;
}

std::vector<std::string> jobs_left_out(const JobList& list, const Installation& installation)
{
    std::vector<std::string> ids;
    for (const auto& shipped : left_out_jobs(installation).jobs)
        if (std::none_of(list.jobs.begin(), list.jobs.end(),
                         [&](const ReadyJob& job) { return job.job.id == shipped.job.id; }))
            ids.push_back(shipped.job.id);
    return ids;
}

std::vector<DatasetOffer> offers_of(const JobList& list, const Installation& installation)
{
    std::vector<DatasetOffer> offers;
    const auto add = [&](const JobList& jobs) {
        for (const auto& job : jobs.jobs)
            if (auto offer = job.connector->offer())
                offers.push_back(std::move(*offer));
    };
    add(list);
    add(left_out_jobs(installation));
    return offers;
}

Attributions attributions_of(const JobList& list, const Installation& installation)
{
    Attributions known;
    for (const auto& kind : connector_kinds())
        known.add_source(kind.name, attribution_of(kind));
    for (const auto& ready : list.jobs)
        if (const auto offer = ready.connector->offer())
            known.add(offer->dataset, attribution_of(ready.job));
    const auto left_out = left_out_jobs(installation);
    auto others = known;
    for (const auto& ready : left_out.jobs)
        if (const auto offer = ready.connector->offer(); offer && !known.has(offer->dataset))
            others.add(offer->dataset, attribution_of(ready.job));
    return others;
}

std::vector<PublicationPlan> publication_plans(const std::vector<ReadyJob>& jobs)
{
    std::vector<PublicationPlan> plans;
    for (const auto& ready : jobs) {
        const auto& job = ready.job;
        if (job.enabled)
            plans.push_back({job.id,
                             {.next = job.next_publication,
                              .every_days = job.expects_every_days,
                              .every = job.expects,
                              .grace_days = job.grace_days}});
    }
    return plans;
}

} // namespace skurd
