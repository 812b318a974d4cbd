#pragma once

#include "base/enum_words.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace skurd {

/// Where the value of a key of the configuration comes from.
enum class KeyOrigin { file, environment, command_line, by_default };
template <>
inline constexpr auto enum_words<KeyOrigin> = word_table<KeyOrigin>({{KeyOrigin::file, "file"},
                                                                     {KeyOrigin::environment, "environment"},
                                                                     {KeyOrigin::command_line, "command line"},
                                                                     {KeyOrigin::by_default, "default"}});

/// A key of the configuration as the program reads it.
struct ConfigurationKey {
    using Value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

    std::string table; ///< as TOML writes it: "fetch.hosts.\"data.ssb.no\""; "" = above all tables
    std::string key;
    Value value; ///< passwords are hidden
    KeyOrigin origin = KeyOrigin::by_default;
    std::string where; ///< "file:line", or the name of the variable or option; "" for a default
};

/// What an installation's own file is to those that come with the program.
enum class FileRole { shipped, added, replaces };
template <>
inline constexpr auto enum_words<FileRole> = word_table<FileRole>({{FileRole::shipped, "shipped"},
                                                                   {FileRole::added, "added"},
                                                                   {FileRole::replaces, "replaces shipped"}});

/// A job, or a file of the catalogue, that an installation has.
struct ConfiguredFile {
    std::string name; ///< the job's id; of the catalogue, the file's name
    FileRole role = FileRole::shipped;
    std::string file; ///< as messages call it
};

/// What an installation is run with, and where each part of it comes from.
struct Configuration {
    std::string file;                         ///< "" = there is none
    std::vector<ConfigurationKey> keys;       ///< each there is, by table
    std::vector<ConfiguredFile> jobs;         ///< by id
    std::vector<std::string> jobs_left_out{}; ///< ids of shipped ones
    std::vector<ConfiguredFile> catalogue;    ///< by name
};

} // namespace skurd
