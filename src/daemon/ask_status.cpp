#include "daemon/ask_status.hpp"

#include "base/error.hpp"
#include "daemon/job_status.hpp"
#include "daemon/settings.hpp"
#include "fetch/drop_folders.hpp"
#include "fetch/dropped_files.hpp"
#include "query/catalogue.hpp"
#include "run/configuration_hash.hpp"
#include "store/store_session.hpp"

#include <map>
#include <optional>

namespace skurd {

namespace {

/// Files that lie in a drop folder and that no enabled job will ever take.
std::vector<std::filesystem::path> files_without_job(const JobList& list, Time now)
{
    std::map<std::string, std::vector<std::string>> patterns;
    for (const auto& job : list.jobs) {
        const auto first = job.connector->next({}, {});
        const auto* request = std::get_if<Request>(&first);
        if (request && request->kind == Request::Kind::file && job.job.enabled)
            patterns[request->url].push_back(request->pattern);
    }
    std::vector<std::filesystem::path> found;
    for (const auto& [folder, wanted] : patterns)
        for (const auto& file : unmatched_files(folder, wanted, now))
            found.push_back(file);
    return found;
}

/// The catalogue; nothing where it is not good, and then why.
std::optional<Catalogue> catalogue_of(const Installation& installation, std::vector<std::string>& errors)
{
    try {
        return load_catalogue(installation);
    } catch (const Error&) {
        const auto mistakes = catalogue_errors(installation);
        errors.insert(errors.end(), mistakes.begin(), mistakes.end());
        return std::nullopt;
    }
}

/// The same of the settings, with their defaults where they are not good.
Settings settings_of(const Installation& installation, std::vector<std::string>& errors)
{
    const auto mistakes = settings_mistakes(installation);
    errors.insert(errors.end(), mistakes.begin(), mistakes.end());
    return mistakes.empty() ? read_settings(installation) : Settings();
}

ConfiguredJobs configured_jobs(const Installation& installation, const JobList& list, Time now)
{
    return {job_statuses(list),
            list.errors,
            files_without_job(list, now),
            offers_of(list, installation),
            list.notes,
            DropFolders::refused(installation.state / "quarantine")};
}

} // namespace

Status ask_status(const Installation& installation, const Clock& clock, StoreFiles files)
{
    const auto list = load_jobs(installation);
    const auto now = clock.now();
    auto configured = configured_jobs(installation, list, now);
    const auto settings = settings_of(installation, configured.errors);
    configured.wal_limit = settings.store.wal_limit;
    auto catalogue = catalogue_of(installation, configured.errors);
    if (configured.errors.empty() && catalogue)
        configured.configuration = configuration_hash(installation, list, *catalogue);
    if (installation.store.is_server())
        files = StoreFiles::left_alone; // there are none
    try {
        if (!StoreSession::is_there(installation.store))
            return status_without_store(installation.state, std::move(configured), "", files);
        const StoreSession store(installation.store, StoreSession::Access::read, clock);
        add_plans(Schedule(list.jobs, &store, settings.due, now), list, now, configured.jobs);
        if (catalogue)
            expand_catalogue(*catalogue, store);
        return status(store, installation.state, configured, catalogue ? &*catalogue : nullptr, now, files);
    } catch (const Error& failure) { // a store that cannot be read is the worst there is to tell, not the end of it
        return status_without_store(installation.state, std::move(configured), full_message(failure), files);
    }
}

} // namespace skurd
