#pragma once

#include "base/enum_words.hpp"
#include "config/section.hpp"
#include "model/cube.hpp"
#include "model/dataset_offer.hpp"
#include "model/release.hpp"
#include "model/request.hpp"
#include "model/source_finding.hpp"
#include "model/source_table.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace skurd {

/// What a connector remembers from one run to the next: its own keys and values, stored by the host. "table",
/// "indicator" and "title" are what a job is pinned to, "selection" what was harvested of it; they alone outlive
/// `--force`.
using ConnectorState = std::map<std::string, std::string>;

/// The responses suffice: decode them.
struct Ready {
    /// To store where nothing is decoded, since these very bytes are in the store already; nothing = as it was.
    std::optional<ConnectorState> state{};
};

/// Nothing new at the source.
struct Unchanged {
    std::string why;                       ///< "updated is still 2025-02-25T07:00:00Z"
    std::optional<ConnectorState> state{}; ///< to store; nothing = as it was
    std::vector<SourceFinding> findings{};
};

/// The source cannot be used as it is now, for a reason that is not a passing one: the table is gone, its title is
/// another. The run fails.
struct Failure {
    std::string why;
    std::optional<ConnectorState> state{}; ///< to store; nothing = as it was
    std::vector<SourceFinding> findings{};
};

using Step = std::variant<Request, Ready, Unchanged, Failure>;

/// What the responses of a run mean.
struct Decoded {
    std::string dataset; ///< "ssb/07459"
    /// The parts of one release, which join_cubes() puts together: the same dimensions, and no cell in two of them.
    std::vector<Cube> cubes;
    /// The dataset as the source describes it, with the codes that were not asked for: what later fetches are held
    /// against. Empty = as the cubes have it.
    std::vector<Dimension> described;
    /// Dimensions with every code the source lists now, asked for or not: they show where a label went to. Empty = as
    /// the cubes have it.
    std::vector<Dimension> listed{};
    /// Of this release, where it hangs on what the source says; nothing = as the guarantee has it.
    std::optional<Coverage> coverage{};
    /// By dimension: codes that the job names, that were there when it was harvested before, and that the source no
    /// longer has. They were not asked for, and the cubes lack them.
    std::map<std::string, std::vector<std::string>> gone;
    Conventions conventions;
    PublicationClaim claim;
    /// When the source says it last modified the data, where it says that apart from the claim and it is later.
    std::optional<PublicationClaim> modified{};
    /// The job asks for the source's state of an earlier day: the release is put where it claims to be published, as
    /// a file that comes late is, and is not what the source says now.
    bool is_past = false;
    ConnectorState state;           ///< to store, once the release is in the store
    std::vector<std::string> notes; ///< for the run record: what a person should know
    std::vector<SourceFinding> findings;
    std::optional<Time> next_published_at{}; ///< when the source says that the next release comes
};

/// A time of day in which a source's figures are unreliable: nothing fetched in it is ingested.
struct BlackoutHours {
    std::chrono::minutes from{0};  ///< after midnight, by the zone's clock
    std::chrono::minutes until{0}; ///< the first minute after it
    std::string timezone;          ///< "Europe/Oslo"
};

/// What a connector promises about its releases, and how it is to be run.
struct Guarantee {
    Coverage coverage = Coverage::partial;
    std::string publication; ///< how it knows the publication time, for people
    std::optional<BlackoutHours> blackout{};
    std::vector<std::string> hosts{}; ///< lower case: the hosts the job names; the host of skurd calls no other
};

/// A source: what to fetch, and what the bytes mean. It never opens a socket or file, reads the clock, sleeps,
/// retries or logs; the host does. Immutable after creation, so one object may serve several runs; functions throw
/// Error with what, where and what to do. (Shape: ARCHITECTURE.md, "Connectors do no I/O".)
class Connector {
public:
    virtual ~Connector() = default;

    /// The next step, from the responses of this run so far, oldest first. An Exchange stops at 1 000 requests.
    virtual Step next(const ConnectorState& state, std::span<const Response> responses) const = 0;
    /// Stored responses are decoded again years later, then with an empty state: what a response is must be told from
    /// its URL and its bytes.
    virtual Decoded decode(const ConnectorState& state, std::span<const Response> responses) const = 0;
    virtual Guarantee guarantee() const = 0;
    /// What the job can give, as far as that is known before it was harvested; nothing where not even the dataset's
    /// name is.
    virtual std::optional<DatasetOffer> offer() const { return std::nullopt; }

    /// `skurd check --online`: what to ask (a Request, or Ready when all is there) and what the answers say of the
    /// job. A connector that asks nobody has nothing to say.
    virtual Step next_check(std::span<const Response>) const { return Ready{}; }
    virtual std::vector<CheckResult> check(std::span<const Response>) const { return {}; }
};

/// Browses a source, for people. Sans I/O as a Connector is, and driven the same way (exchange.hpp).
class SourceBrowser {
public:
    virtual ~SourceBrowser() = default;

    /// Tables whose title has all the words (all tables for ""), in the source's order.
    virtual Step next_search(const std::string& words, std::span<const Response> responses) const = 0;
    virtual std::vector<TableEntry> found(const std::string& words, std::span<const Response> responses) const = 0;

    virtual Step next_description(const std::string& table, std::span<const Response> responses) const = 0;
    virtual TableDescription described(const std::string& table, std::span<const Response> responses) const = 0;

    virtual std::vector<std::string> hosts() const = 0; ///< that are called, as in Guarantee
};

/// Which server a SourceBrowser asks; "" = the connector's own default.
struct BrowseSettings {
    std::string base_url;
    std::string language;
};

/// What a connector is made from: its own sections of the job file.
struct JobSections {
    std::string job_id;
    Section source;
    std::optional<Section> layout;
    std::string drop_folder; ///< where file requests find files by default
};

/// Whom the numbers of a source are credited to, and the licence it gives them out under; what is "" is not known. A
/// job says its own (schedules/README.md).
struct SourceTerms {
    std::string_view name_nb{};
    std::string_view name_en{};
    std::string_view licence{}; ///< "CC BY 4.0", as the source states it for all it publishes
};

/// An entry of the registry.
struct ConnectorKind {
    std::string_view name;
    std::string_view summary; ///< one line for people
    /// Validates everything and does no I/O. Throws Error with file:line.
    std::unique_ptr<Connector> (*create)(JobSections& sections);
    /// nullptr for a source without a list of tables. Throws Error (usage).
    std::unique_ptr<SourceBrowser> (*browse)(const BrowseSettings& settings) = nullptr;
    SourceTerms terms{};
};

/// Every connector there is: one explicit list, see registry.cpp.
std::span<const ConnectorKind> connector_kinds();
const ConnectorKind* find_connector_kind(std::string_view name); ///< nullptr when there is none

/// Creates the connector named in a job. Throws Error (usage) naming the known ones; `where` is "file:line" of the
/// name.
std::unique_ptr<Connector> create_connector(const std::string& name, const std::string& where, JobSections& sections);

} // namespace skurd
