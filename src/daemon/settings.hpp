#pragma once

#include "config/installation.hpp"
#include "daemon/due_plan.hpp"
#include "fetch/fetch_settings.hpp"
#include "lib/spdlog/log.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/published.hpp"
#include "model/store_bounds.hpp"
#include "notify/notify_settings.hpp"
#include "serve/serve_settings.hpp"
#include "store/store_session.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// The section [store] of the configuration.
struct StoreSettings {
    IngestRules accept;
    PayloadRetention payloads;
    StoreBounds bounds;
    std::uintmax_t wal_limit = std::uintmax_t(1) << 30; ///< bytes of the log from which on its reader is told of

    /// Throws Error (usage) with file:line.
    static StoreSettings read(Section& section);
};

/// The section [publish].
struct PublishSettings {
    bool after_harvest = false;     ///< whether what changed is published of itself
    std::filesystem::path folder;   ///< "" = `published` in the state folder
    std::chrono::minutes every{60}; ///< at most once in that time, of itself
    PublishBounds bounds;

    std::filesystem::path folder_in(const std::filesystem::path& state) const
    {
        return folder.empty() ? state / "published" : folder;
    }

    /// Throws Error (usage) with file:line.
    static PublishSettings read(Section& section);
};

/// The configuration file, but for what says where things are (see Installation).
struct Settings {
    FetchSettings fetch;
    StoreSettings store;
    DueSettings due; ///< the section [jobs], but for which jobs there are
    NotifySettings notify;
    ServeSettings serve;
    PublishSettings publish;
    LogFormat log_format = LogFormat::text; ///< the section [log]
};

/// What the configuration file says, every key of it known; the defaults where there is no file.
/// Throws Error (usage) with file:line.
Settings read_settings(const Installation& installation);

/// All there is to say against it, with file and line; empty when it is good.
std::vector<std::string> settings_mistakes(const Installation& installation);

} // namespace skurd
