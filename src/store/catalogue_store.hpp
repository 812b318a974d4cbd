#pragma once

#include "model/indicator.hpp"
#include "model/stored_catalogue.hpp"

#include <map>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Every version of the catalogue that was in force.
class CatalogueStore {
public:
    explicit CatalogueStore(const StoreSession& session) : session_(session) {}

    /// Writes the catalogue's indicators and definitions, once for each hash.
    void store(const Catalogue& catalogue);
    std::vector<StoredCatalogue> list() const; ///< the oldest first
    /// The files of a stored version: name -> text; none for one stored by an older skurd.
    std::map<std::string, std::string> files(const std::string& hash) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
