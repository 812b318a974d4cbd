#pragma once

#include "base/embedded_file.hpp"
#include "config/installation.hpp"
#include "model/catalogue_entry.hpp"
#include "model/configuration.hpp"
#include "model/indicator.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The catalogue of an installation: the files compiled in, unless they are left out, and its own beside them; one of
/// the same name takes the place of a shipped one. Throws Error (usage) with
/// file:line. `more` are files that are not in the installation's folder yet, under their names without folder.
Catalogue load_catalogue(const Installation& installation, const std::vector<EmbeddedFile>& more = {});

/// Brings the indicators that templates stand for up to the codes that the store has now. Whether the catalogue is
/// another than before, with another hash. Throws Error (usage).
bool expand_catalogue(Catalogue& catalogue, const StoreSession& store);

/// Where each of its files comes from.
std::vector<ConfiguredFile> catalogue_sources(const Installation& installation);

/// Whether there is any file of it.
bool has_catalogue(const Installation& installation);

/// All there is to say against an installation's catalogue, with file and line; empty when it is good.
std::vector<std::string> catalogue_errors(const Installation& installation);

/// An older version as the store has it, named by the beginning of its hash (four digits at least). Throws Error,
/// usage where none or several begin so.
Catalogue stored_catalogue(const StoreSession& store, const std::string& beginning);

/// The version of that hash as the store has it; nothing for one that was stored without its files. Throws Error for
/// files that this program reads no more.
std::optional<Catalogue> stored_version(const StoreSession& store, const std::string& hash);

/// The indicators, by number; a template in the place of those it stands for.
std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue);
/// Those of a set under the numbers it used, with those that became part of others since.
std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue, const IndicatorSet& set);

/// Throws Error (usage) for a set the catalogue does not have.
const IndicatorSet& find_set(const Catalogue& catalogue, int number);

} // namespace skurd
