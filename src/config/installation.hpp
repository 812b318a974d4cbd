#pragma once

#include "config/section.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace skurd {

/// Where one installation of skurd has its files. Empty paths mean: what is compiled into the program.
struct Installation {
    std::filesystem::path config_file;
    std::filesystem::path state;      ///< database, payloads, drop folder; see schema/README.md
    std::filesystem::path schedules;  ///< job files
    std::filesystem::path indicators; ///< the catalogue
    std::optional<Section> config;    ///< parsed config_file
};

/// Finds an installation. The configuration is the file given, else $SKURD_CONFIG, else /etc/skurd/skurd.toml where
/// it exists, else none. Job files and catalogue are the keys `schedules` and `indicators` of it, else the folders of
/// these names beside it, else those compiled in. The state is the folder given, else $SKURD_STATE, else the key
/// `state`, else /var/lib/skurd for /etc/skurd/skurd.toml, else ./skurd-state.
/// Throws Error (usage) for a file that is not there or not valid TOML.
Installation find_installation(const std::string& config_given, const std::string& state_given);

} // namespace skurd
