#pragma once

#include "connectors/connector.hpp"
#include "connectors/fhi/decode.hpp"
#include "connectors/fhi/settings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The keys of an fhi job's state. Days are "2026-01-02", UTC.
namespace fhi_state {
constexpr auto table = "table";         ///< the id in use
constexpr auto title = "title";         ///< its title then
constexpr auto pattern = "pattern";     ///< the job's `title` then: another one searches for the table anew
constexpr auto stamps = "stamps";       ///< publishedAt and modifiedAt that the numbers in the store are of
constexpr auto checked = "checked";     ///< day on which the update list was last read
constexpr auto listed = "listed";       ///< day on which the whole list was last read
constexpr auto audited = "audited";     ///< day the numbers were last fetched
constexpr auto selection = "selection"; ///< the selection they are of, as the job states it
constexpr auto bytes = "bytes";         ///< hash of the responses they were made from
constexpr auto missing = "missing";     ///< the first day the table was not in the list
constexpr auto others = "others";       ///< tables that could be the same one, published anew
} // namespace fhi_state

/// What a list of tables says of the job's table.
struct TableStatus {
    FhiTable table;
    bool is_new = false; ///< its stamps are not those of the numbers in the store
    std::string others;  ///< tables that could be the same one, published anew; mostly ""
    std::vector<SourceFinding> findings;
    std::optional<Failure> failure; ///< the table cannot be used; the rest then means nothing
};

/// The id of the job's table where the job or an earlier run has pinned it; "" before the list was first read.
std::string pinned_table(const FhiSettings& settings, const ConnectorState& state);

/// In the whole list of the source. The job's table is found by its title at first status and by its id from then on:
/// another id with the same title is a finding, never a silent switch. A table that is gone is believed to be gone
/// on a later day than the one it was first missed on.
TableStatus status_in_list(const FhiSettings& settings, const ConnectorState& state,
                           const std::vector<FhiTable>& tables, const std::string& today);

/// In the list of what was modified lately: what is not in it is as it was.
TableStatus status_in_update_list(const FhiSettings& settings, const ConnectorState& state,
                                  const std::vector<FhiTable>& tables);

/// publishedAt and modifiedAt in one text; "" where there is neither.
std::string stamps_of(const FhiTable& table);

/// The value of a key, "" where there is none.
std::string value_of(const ConnectorState& state, const std::string& key);

/// A title without what changes in it: white space, and remarks in brackets such as "[Oppdatert 12.03.2025]".
std::string plain_title(const std::string& title);

} // namespace skurd
