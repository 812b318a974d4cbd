#pragma once

#include "connectors/pxweb/settings.hpp"
#include "model/request.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace skurd {

/// The responses of a run by what they answer, told from their URLs and bytes alone: stored ones are read years later
/// without what the connector remembered. Points into the responses; nothing = not asked (yet).
struct ResponseIndex {
    /// What the server speaks: as the job says, as its /config tells, as is remembered, as the bytes look. A path is
    /// read by the version's rules alone: a database of v1 may be called "tables".
    PxwebVersion version = PxwebVersion::unknown;
    const Response* config = nullptr;
    const Response* config_v1 = nullptr;
    std::vector<const Response*> update_list;         ///< v2: pages of what changed lately
    const Response* long_list = nullptr;              ///< v2: whether such lists show anything
    std::vector<const Response*> searches;            ///< pages of it
    const Response* search = nullptr;                 ///< tables by words of their title
    const Response* description = nullptr;            ///< v2
    const Response* metadata = nullptr;               ///< v2
    std::map<std::string, const Response*> codelists; ///< by id as it stands in a URL; see codelist()
    std::vector<const Response*> data;                ///< v2: all since the last that was refused as too large
    std::vector<const Response*> v1; ///< all about a table of v1, where everything has one URL, oldest first; no data
                                     ///< from before a refusal
    /// The same as above, asked for again after the data: whether the table stayed as it was. v2.
    const Response* description_again = nullptr;
    const Response* metadata_again = nullptr;
    const Response* data_again = nullptr; ///< of the last part

    std::size_t refusals = 0;          ///< of data, for being more cells than the server gives at once
    const Response* refusal = nullptr; ///< the last of them
    bool limit_is_late = false;        ///< the server was asked for its limit only after a refusal
    std::string table;                 ///< that they are about, from their URLs; "" = they do not tell

    ResponseIndex(const PxwebSettings& settings, std::span<const Response> responses,
                  PxwebVersion remembered = PxwebVersion::unknown);

    const Response* codelist(const std::string& id) const; ///< nullptr = not asked yet

private:
    void add_v1(std::string_view path, std::string_view query, const Response& response);
    void add_v2(std::string_view path, std::string_view query, const Response& response);
    void add_table(std::string_view path, const Response& response);
    void add_data(const Response& response);
    void refuse(const Response& response);
};

} // namespace skurd
