#pragma once

#include "model/dataset_offer.hpp"
#include "model/indicator.hpp"
#include "model/quarantine.hpp"
#include "model/status.hpp"
#include "store/store_session.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// What the files of an installation say, before the store is asked how its jobs' runs went.
struct ConfiguredJobs {
    std::vector<JobStatus> jobs;
    std::vector<std::string> errors;                      ///< of configuration, job files and catalogue
    std::vector<std::filesystem::path> files_without_job; ///< that lie in a drop folder and fit no job
    std::vector<DatasetOffer> offers = {};                ///< what the jobs that can be read can give
    std::vector<std::string> notes = {};                  ///< on job files that hide what comes with the program
    std::vector<RefusedFile> refused_files = {};          ///< that were moved out of drop folders
    std::uintmax_t wal_limit = 0;                         ///< [store] wal_limit; 0 = not known
    std::string configuration = {}; ///< the hash of it all (run/configuration_hash.hpp); "" = it is not good
};

/// Whether the heads of the store's files are looked at. A process that has the store open must not: closing them
/// takes the locks back that it has on them (fcntl(2)), and another one could take the log for left behind.
enum class StoreFiles { inspected, left_alone };

/// Fills in how the runs of each job went.
void add_health(const StoreSession& store, std::vector<JobStatus>& jobs);

/// How an installation stands: in the world, and whether the newest numbers have been judged by this catalogue;
/// nullptr where that cannot be read, which stands among the errors. Reads no observations, so it takes no longer the
/// more there are.
Status status(const StoreSession& store, const std::filesystem::path& state, ConfiguredJobs configured,
              const Catalogue* catalogue, Time now, StoreFiles files = StoreFiles::inspected);

/// The same where the store cannot be read: `why`, and what to do. "" = there is none; then that is told, or that the
/// first harvest is still to come.
Status status_without_store(const std::filesystem::path& state, ConfiguredJobs configured, const std::string& why,
                            StoreFiles files = StoreFiles::inspected);

} // namespace skurd
