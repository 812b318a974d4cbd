#pragma once

#include "daemon/schedule.hpp"
#include "daemon/settings.hpp"
#include "evaluate/follow_up.hpp"
#include "fetch/curl_fetcher.hpp"
#include "fetch/program_fetcher.hpp"
#include "fetch/source_fetcher.hpp"
#include "model/indicator.hpp"
#include "model/run.hpp"
#include "order/order_executor.hpp"
#include "run/job_run.hpp"
#include "run/stored_pace.hpp"
#include "store/store_session.hpp"

#include <stop_token>
#include <vector>

namespace skurd {

/// What jobs run and orders are carried out with. Holds the state folder's lock as long as it lives. For one thread.
struct Workspace {
    /// Reads jobs, catalogue and configuration, and brings the store up to date with them. Throws Error: busy when
    /// another process holds the store, usage for what is wrong with the files.
    Workspace(const Installation& at, Clock& its_clock);
    ~Workspace() = default;
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    RunTools tools(const OrderProgress& progress);
    /// Runs one job as it is due or ordered, and follows its changes up.
    std::vector<Run> run(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                         std::stop_token stop);
    /// A scheduled run ended in an exception: unless its due time was met all the same, that was a failed try.
    void not_run(const ReadyJob& job, Time began);

    Installation installation;
    Clock& clock;
    JobList jobs;
    Catalogue catalogue;
    StoreSession store;
    Settings settings;
    CurlFetcher http;
    ProgramFetcher programs;
    SourceFetcher sources;
    StoredPace pace;
    DropFolders folders;
    DropFetcher drop;
    Schedule schedule;
    FollowUp follow_up; ///< of every change to the store
};

} // namespace skurd
