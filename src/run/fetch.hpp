#pragma once

#include "model/payload.hpp"
#include "model/source_finding.hpp"
#include "run/jobs.hpp"
#include "run/run_record.hpp"
#include "run/run_tools.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// What the exchange with a source came to.
struct FetchResult {
    enum class End {
        interrupted, ///< it did not end: an exception tells why
        ready,       ///< the responses suffice: decode them
        unchanged,   ///< nothing is new at the source
        deferred,    ///< the source is unreliable at this time of day, so nothing it answered is known
        no_file,     ///< no finished file waits
        failed,      ///< the source cannot be used as it is now
    };

    End end = End::interrupted;
    std::string why;                     ///< of unchanged, deferred and failed
    std::vector<Response> responses{};   ///< those before a failure too
    PayloadRef payload{};                ///< the last of them as it is stored; none in a dry run
    std::vector<std::string> payloads{}; ///< the hashes of all
    bool is_file = false;
    std::optional<ConnectorState> state{}; ///< what the connector is to remember where nothing is decoded
    std::vector<SourceFinding> findings{};
    std::optional<Request> refused{}; ///< whose response the connector threw at
};

/// Exchanges requests and responses with a source until its connector has all it wants. Each response is stored, and
/// noted in the record, before the connector sees it: what was fetched is never lost, and can be decoded again.
/// Throws Error for what the fetcher or the connector refuses; `result` then has what came before.
void fetch_responses(const ReadyJob& job, const RunTools& tools, const ConnectorState& state, Fetcher& fetcher,
                     std::stop_token stop, RunRecord& record, FetchResult& result);

} // namespace skurd
