#pragma once

#include "connectors/pxweb/settings.hpp"
#include "model/exchange.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace skurd {

/// The responses of a run by what they answer, told from their URLs and bytes alone: stored ones are read years later
/// without what the connector remembered. Points into the responses; nothing = not asked (yet).
struct ResponseIndex {
    const Response* config = nullptr;
    const Response* config_v1 = nullptr;
    std::vector<const Response*> update_list;         ///< v2: pages of what changed lately
    std::vector<const Response*> searches;            ///< pages of it
    const Response* search = nullptr;                 ///< tables by words of their title
    const Response* description = nullptr;            ///< v2
    const Response* metadata = nullptr;               ///< v2
    std::map<std::string, const Response*> codelists; ///< by id as it stands in a URL; see codelist()
    std::vector<const Response*> data;                ///< v2
    std::vector<const Response*> v1; ///< all about a table of v1, where everything has one URL, oldest first
    std::string table;               ///< that they are about, from their URLs; "" = they do not tell

    ResponseIndex(const PxwebSettings& settings, std::span<const Response> responses);

    const Response* codelist(const std::string& id) const; ///< nullptr = not asked yet
};

} // namespace skurd
