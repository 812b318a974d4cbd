#pragma once

#include "connectors/connector.hpp"
#include "connectors/pxweb/findings.hpp"
#include "connectors/pxweb/response_index.hpp"
#include "connectors/pxweb/settings.hpp"

#include <optional>
#include <span>

namespace skurd {

/// A run so far: what the job says, what is remembered, what was answered.
struct Flow {
    const PxwebSettings& settings;
    Memory memory;
    ResponseIndex index;
};

/// What to do next, and what the answers mean, by the version of the API. Throw Error for answers that cannot be
/// used.
Step next_v2(const Flow& flow);
Decoded decode_v2(const Flow& flow);
Step next_v1(const Flow& flow);
Decoded decode_v1(const Flow& flow);

/// A run so far, of these responses.
Flow make_flow(const PxwebSettings& settings, const ConnectorState& state, std::span<const Response> responses);

/// The questions that tell; throws Error when neither answer is that of such a server.
Step probe_version(const Flow& flow);

/// For a job that searches: the one table whose title fits. Throws Error that names what was found otherwise.
std::string found_table(const PxwebSettings& settings, const std::vector<PxwebTable>& hits);
/// The other tables a pinned search finds, and that may be its successor; "" = none.
std::string rivals(const PxwebSettings& settings, const std::vector<PxwebTable>& hits, const std::string& table);
/// What a search answered; none where it cannot be read: candidates are worth no failure.
std::vector<PxwebTable> search_hits(const Flow& flow);

/// Whether the job was harvested before with this selection.
bool selection_is_same(const Flow& flow, const std::string& table);
/// A code that is not there: gone where it was harvested before, else the job's mistake. Not asked of stored
/// responses: they were all there when they were fetched.
GoneCodes gone_codes(const Flow& flow, const std::string& table);

/// The most cells to ask for at once: as the job says, as the server says itself, as it said before; nothing = ask.
/// Where it refused so many in this run, it is asked again, and what it says counts; where that does not help, the
/// half of what was refused, and so on. Throws what the last refusal says after refusals_max of them. `wanted` is the
/// whole selection.
std::optional<std::uint64_t> cells_max(const Flow& flow, const std::string& table, std::uint64_t wanted);

constexpr std::size_t refusals_max = 5;

/// A table that is not there: on the first day it is only noted, on a later one it is gone; then candidates are
/// searched for. Never harvested before, it is the job's mistake: throws Error.
Step table_not_there(const Flow& flow, const std::string& table, const Response& response, bool is_v1);

/// A table whose title is another than the job expects.
Step table_retitled(const Flow& flow, const std::string& table, const std::string& title, bool is_v1);

/// What both versions decode alike: dataset, symbols, claim by state["updated"], findings, notes.
Decoded decoded_with(const Flow& flow, const std::string& table, const Plan& plan, std::size_t parts,
                     ConnectorState state, Time now);
/// And what they say of time, the periods that were not asked for, and where codes' labels stand: `metadata` as
/// mark_time() gives it, with what mark_time() says of it.
void decode_time(const PxwebSettings& settings, const Cube& metadata, const TimeSelection& time, Decoded& decoded);

} // namespace skurd
