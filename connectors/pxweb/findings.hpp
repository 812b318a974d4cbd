#pragma once

#include "connectors/connector.hpp"
#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/settings.hpp"

#include <string>
#include <vector>

namespace skurd {

/// Where a subsystem of the server states no time of update.
constexpr std::string_view stamp_unsaid = "none";

/// What is remembered of a table between runs. README.md, "Remembered between runs", says what each key is.
class Memory {
public:
    explicit Memory(const ConnectorState& state) : state_(state) {}

    const ConnectorState& state() const { return state_; }
    std::string text(const std::string& key) const;         ///< "" where it is not there
    std::optional<Time> time(const std::string& key) const; ///< of those that skurd wrote itself
    /// What the description ("listed") or the metadata ("metadata_updated") said of the last update; "" = nothing.
    std::string stamp(const std::string& key) const;

    /// Whether lists speak for the numbers: when these were fetched, the description stated the same as the metadata.
    /// A list that lags, or that states nothing, says nothing by its silence.
    bool lists_are_telling(const PxwebSettings& settings) const;

    /// Whether everything is to be fetched although `updated` is the same: the last whole fetch is long ago. A table
    /// has its own day, so that those harvested first on one day are not all audited on one.
    bool audit_is_due(const PxwebSettings& settings, const std::string& table, Time now) const;

    /// A finding about a table that stands still: marked as discontinued, or not updated for much longer than its
    /// kind of table is; and one about another that came to match a search. For the runs that fetch nothing.
    std::vector<SourceFinding> findings(const PxwebSettings& settings, const std::string& table, Time now) const;

private:
    const ConnectorState& state_;
};

/// "12345 'Title', 23456 'Another'": tables that may be meant, at most five; "" = none. `table` is not among them.
std::string candidates_text(const std::vector<PxwebTable>& hits, const std::string& table);

/// The table is gone since that day: replaced where there are candidates, else frozen.
SourceFinding gone_finding(const std::string& table, const std::string& title, const std::string& since,
                           const std::string& candidates);

/// The table with that number is another one now.
SourceFinding retitled_finding(const std::string& table, const std::string& was, const std::string& title,
                               const std::string& candidates);

} // namespace skurd
