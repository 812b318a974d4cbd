#pragma once

#include "daemon/schedule.hpp"
#include "daemon/settings.hpp"
#include "fetch/curl_fetcher.hpp"
#include "fetch/program_fetcher.hpp"
#include "fetch/source_fetcher.hpp"
#include "model/indicator.hpp"
#include "model/run.hpp"
#include "run/job_run.hpp"
#include "run/stored_pace.hpp"
#include "serve/control_socket.hpp"
#include "store/store_session.hpp"

#include <memory>
#include <stop_token>

namespace skurd {

/// The one writer of a state folder: store, fetchers, jobs, catalogue, and the orders it takes. The command line
/// makes one when no daemon runs; the daemon is one that waits. Holds the state folder's lock as long as it lives.
/// For one thread.
class Harvester {
public:
    /// Throws Error: busy when another process holds the store, usage for a wrong job, catalogue or configuration.
    Harvester(const Installation& installation, Clock& clock);
    ~Harvester();

    /// Carries out one order, as the command line and the control socket give it:
    ///   {"command": "harvest", "jobs": [id…], "all": bool, "due": bool, "dry_run": bool, "force": bool,
    ///    agreement}
    ///   {"command": "drop", "job": id, "name": file name, "modified": time, "published": time or null, agreement}
    ///    + bytes
    ///   {"command": "quarantine", "id": id, "action": "retry" or "discard", "by": name, "note": text, agreement}
    ///   {"command": "replay", "jobs": [id…], "accept": bool}
    ///   {"command": "ack", "flags": [id…], "note": text, "by": name}: all of them or, with an Error, none
    ///   {"command": "signoff", "set": number, "period": period, "by": name, "note": text}
    ///   annotate, withdraw, correct, end: see run/remarks.hpp
    ///   discover, describe, check online: see run/exploration_orders.hpp
    /// Agreement is "accept_withdrawals", "accept_drift" and "accept_suspect", all bool: see model/agreement.hpp.
    /// The answer is {"exit": code, …}: for the first three "runs", an array as to_json(Run) gives them.
    /// Throws Error for an order that makes no sense.
    Json execute(const ControlRequest& order, const ControlServer::Progress& progress, std::stop_token stop);

    /// The daemon: runs jobs as they fall due and answers the control socket until a stop is requested and
    /// `wake_descriptor` becomes readable.
    void serve(std::stop_token stop, int wake_descriptor);

private:
    Json harvest(const Json& order, const ControlServer::Progress& progress, std::stop_token stop);
    Json drop(const ControlRequest& order, const ControlServer::Progress& progress);
    Json replay(const Json& order, const ControlServer::Progress& progress, std::stop_token stop);
    Json quarantine(const Json& order, const ControlServer::Progress& progress);
    Json sign_off(const Json& order);
    void watch();
    void watch_in_daemon();
    std::vector<const ReadyJob*> chosen(const Json& order) const;
    std::vector<Run> run(const ReadyJob& job, const RunOptions& options, const ControlServer::Progress& progress,
                         std::stop_token stop);
    void run_scheduled(const ReadyJob& job, std::stop_token stop);
    void discard_payloads();
    RunTools tools(const ControlServer::Progress& progress);

    Installation installation_;
    Clock& clock_;
    JobList jobs_;
    Catalogue catalogue_;
    StoreSession store_;
    Settings settings_;
    CurlFetcher http_;
    ProgramFetcher programs_;
    SourceFetcher sources_;
    StoredPace pace_;
    DropFolders folders_;
    DropFetcher drop_;
    Schedule schedule_;
};

} // namespace skurd
