#pragma once

#include "model/dataset_offer.hpp"
#include "model/indicator.hpp"
#include "model/status.hpp"
#include "store/store_session.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// The jobs as their files state them, before the store is asked how their runs went.
struct ConfiguredJobs {
    std::vector<JobStatus> jobs;
    std::vector<std::string> errors;                      ///< of job files that cannot be read
    std::vector<std::filesystem::path> files_without_job; ///< that lie in a drop folder and fit no job
    std::vector<DatasetOffer> offers = {};                ///< what the jobs that can be read can give
    std::vector<std::string> notes = {};                  ///< on job files that hide what comes with the program
};

/// Fills in how the runs of each job went.
void add_health(const StoreSession& store, std::vector<JobStatus>& jobs);

/// How an installation stands: among else, whether the newest numbers have been judged by this catalogue.
Status status(const StoreSession& store, const std::filesystem::path& state, ConfiguredJobs configured,
              const Catalogue& catalogue);

/// The same of an installation whose first harvest is still to come.
Status status_without_store(const std::filesystem::path& state, ConfiguredJobs configured);

} // namespace skurd
