#pragma once

#include "config/section.hpp"
#include "model/cube.hpp"
#include "model/exchange.hpp"
#include "model/release.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace skurd {

/// What a connector remembers from one run to the next: its own keys and values, kept by the host.
using ConnectorState = std::map<std::string, std::string>;

struct Ready {}; ///< the responses suffice: decode them
struct Unchanged {
    std::string why;
}; ///< nothing new at the source: "updated is still 2025-02-25T07:00:00Z"
using Step = std::variant<Request, Ready, Unchanged>;

/// What the responses of a run mean.
struct Decoded {
    std::string dataset;     ///< "ssb/07459"
    std::vector<Cube> cubes; ///< the parts of one release; one, until a connector splits its queries
    Conventions conventions;
    PublicationClaim claim;
    ConnectorState state;           ///< to keep, once the release is in the store
    std::vector<std::string> notes; ///< for the run record: what a person should know
};

/// What a connector promises about its releases.
struct Guarantee {
    Coverage coverage = Coverage::partial;
    std::string publication; ///< how it knows the publication time, for people
};

/// A source: what to fetch, and what the bytes mean. It never opens a socket or file, reads the clock, sleeps,
/// retries or logs; the host does. Immutable after creation, so one object may serve several runs; functions throw
/// Error with what, where and what to do. (Shape: ARCHITECTURE.md, "Connectors do no I/O".)
class Connector {
public:
    virtual ~Connector() = default;

    /// The next step, from the responses of this run so far, oldest first. The host stops at 1 000 requests a run.
    virtual Step next(const ConnectorState& state, std::span<const Response> responses) const = 0;
    virtual Decoded decode(const ConnectorState& state, std::span<const Response> responses) const = 0;
    virtual Guarantee guarantee() const = 0;
};

/// What a connector is made from: its own sections of the job file.
struct JobSections {
    std::string job_id;
    Section source;
    std::optional<Section> layout;
    std::string drop_folder; ///< where file requests look by default
};

/// An entry of the registry.
struct ConnectorKind {
    std::string_view name;
    std::string_view summary; ///< one line for people
    /// Validates everything and does no I/O. Throws Error with file:line.
    std::unique_ptr<Connector> (*create)(JobSections& sections);
};

/// Every connector there is: one explicit list, see registry.cpp.
std::span<const ConnectorKind> connector_kinds();

/// Creates the connector named in a job. Throws Error (usage) naming the known ones; `where` is "file:line" of the
/// name.
std::unique_ptr<Connector> create_connector(const std::string& name, const std::string& where, JobSections& sections);

} // namespace skurd
