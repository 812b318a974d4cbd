#pragma once

#include "config/installation.hpp"
#include "fetch/fetch_settings.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// The section [store] of the configuration.
struct StoreSettings {
    IngestRules accept;
    PayloadRetention payloads;

    /// Throws Error (usage) with file:line.
    static StoreSettings read(Section& section);
};

/// The configuration file, but for what says where things are (see Installation).
struct Settings {
    FetchSettings fetch;
    StoreSettings store;
};

/// What the configuration file says, every key of it known; the defaults where there is no file.
/// Throws Error (usage) with file:line.
Settings read_settings(const Installation& installation);

} // namespace skurd
