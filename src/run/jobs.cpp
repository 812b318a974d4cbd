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

TimeZone zone_of(const Job& job)
{
    try {
        return TimeZone::find(job.timezone);
    } catch (const Error& failure) {
        throw usage_error("{}: {}", job.timezone_where, failure.what());
    }
}

void check_unique(const std::vector<ReadyJob>& jobs, std::vector<std::string>& errors)
{
    for (std::size_t i = 1; i < jobs.size(); ++i)
        if (jobs[i].job.id == jobs[i - 1].job.id)
            errors.push_back(fmt::format("{}: the job id '{}' is also that of {}", jobs[i].job.whole.where("job"),
                                         jobs[i].job.id, jobs[i - 1].job.whole.file()));
}

} // namespace

ReadBeside shipped_files()
{
    return [](const std::string& name) -> EmbeddedFile {
        for (const auto& file : shipped_job_files())
            if (file.name == name)
                return {"schedules/" + name, file.bytes};
        throw error("'{}' is not among the job files that come with the program", name);
    };
}

std::optional<Time> ReadyJob::next_due(Time after) const
{
    if (!job.cron)
        return std::nullopt;
    // Where the clock is set back, local times come twice: go on until the instant lies ahead.
    auto local = zone.to_local(after);
    while (const auto next = job.cron->next_after(local)) {
        const auto due = blackout ? blackout->earliest_run(zone.to_utc(*next)) : zone.to_utc(*next);
        if (due > after)
            return due;
        local = *next;
    }
    return std::nullopt;
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
    throw usage_error("there is no job '{}'{} (known: {})", id, did_you_mean(id, known), join(known, ", "));
}

std::vector<const ReadyJob*> JobList::named_or_all(const std::vector<std::string>& ids) const
{
    std::vector<const ReadyJob*> chosen;
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
    auto file = Section::parse(text, file_name);
    Job job = beside ? Job::read(std::move(file), stem, beside) : Job::read(std::move(file), stem);
    const auto zone = zone_of(job);
    JobSections sections{job.id, job.source, job.layout, drop_folder};
    auto connector = create_connector(job.connector, job.connector_where, sections);
    job.whole.reject_unknown_keys();
    std::optional<BlackoutWindow> blackout;
    if (const auto hours = connector->guarantee().blackout)
        blackout.emplace(*hours);
    const auto profile = job.profile;
    return {std::move(job), zone, std::move(connector), Sha256::of(std::string(text) + profile), std::move(blackout)};
}

JobList load_jobs(const Installation& installation)
{
    const bool shipped = installation.schedules.empty();
    const auto files = shipped ? shipped_job_files() : read_toml_files(installation.schedules);
    const auto folder = shipped ? fs::path("schedules") : installation.schedules;
    const auto beside = shipped ? shipped_files() : files_in(folder);
    JobList list;
    for (const auto& file : files) {
        const auto name = (folder / file.name).string();
        try {
            if (!is_profile(Section::parse(file.bytes, name)))
                list.jobs.push_back(make_job(file.bytes, name, fs::path(file.name).stem().string(),
                                             (installation.state / "drop").string(), beside));
        } catch (const Error& failure) {
            list.errors.push_back(full_message(failure));
        }
    }
    std::sort(list.jobs.begin(), list.jobs.end(), [](const auto& a, const auto& b) { return a.job.id < b.job.id; });
    check_unique(list.jobs, list.errors);
    return list;
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
    if (!installation.schedules.empty()) {
        auto shipped = installation;
        shipped.schedules.clear();
        add(load_jobs(shipped));
    }
    return offers;
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
