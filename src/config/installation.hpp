#pragma once

#include "config/section.hpp"
#include "model/store_place.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Whether what comes with the program is there beside what an installation adds.
enum class Shipped { used, left_out };

/// Where one installation of skurd has its files. What it adds lies in two folders; an empty path means: nothing.
struct Installation {
    std::filesystem::path config_file;
    std::filesystem::path state;                ///< database, payloads, drop folder; see schema/README.md
    StorePlace store;                           ///< in that folder, or what `[store] url` says
    std::filesystem::path schedules;            ///< its own job files
    std::filesystem::path indicators;           ///< its own files of the catalogue
    Shipped shipped_jobs = Shipped::used;       ///< `[jobs] shipped`
    std::vector<std::string> jobs_off{};        ///< `[jobs] off`: shipped jobs that are left out, by id
    std::string jobs_off_where{};               ///< "file:line"
    Shipped shipped_indicators = Shipped::used; ///< `[catalogue] shipped`
    std::optional<Section> config;              ///< parsed config_file, with what the environment says of it
};

/// Finds an installation. The configuration is the file given, else $SKURD_CONFIG, else /etc/skurd/skurd.toml where
/// it exists, else none. Its own job files and files of the catalogue lie in the folders that its keys `schedules`
/// and `indicators` ($SKURD_SCHEDULES, $SKURD_INDICATORS) name, else in those of these names beside it. The state is
/// the folder given, else $SKURD_STATE, else the key `state`, else /var/lib/skurd for /etc/skurd/skurd.toml, else
/// ./skurd-state. Throws Error (usage) for a file that is not there or not valid TOML.
Installation find_installation(const std::string& config_given, const std::string& state_given);

} // namespace skurd
