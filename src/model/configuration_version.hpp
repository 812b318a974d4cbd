#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// A text that those who write a store work by.
struct ConfigurationText {
    enum class Kind {
        configuration, ///< the keys that a configuration file sets
        job,
        layout, ///< the layout profile of a job
        catalogue,
    };

    Kind kind = Kind::configuration;
    std::string name; ///< a job's id; a file's name in the catalogue
    std::string text;

    friend bool operator==(const ConfigurationText&, const ConfigurationText&) = default;
};
template <>
inline constexpr auto enum_words<ConfigurationText::Kind> =
    word_table<ConfigurationText::Kind>({{ConfigurationText::Kind::configuration, "configuration"},
                                         {ConfigurationText::Kind::job, "job"},
                                         {ConfigurationText::Kind::layout, "layout"},
                                         {ConfigurationText::Kind::catalogue, "catalogue"}});

/// Configuration, jobs and catalogue, as one process works by them.
struct WorkedBy {
    std::string hash; ///< run/configuration_hash.hpp
    std::vector<ConfigurationText> texts{};
};

/// What was put in force for all that write a store. The newest holds.
struct ConfigurationVersion {
    std::int64_t id = 0; ///< later ones have larger ones
    std::string hash;
    std::string host; ///< of the process that put it in force
    std::string program;
    Time at{};
    std::size_t texts = 0; ///< that are known of it: none of what an older skurd put in force
};

/// A newer skurd that waits until nobody writes the store, to bring it up to date.
struct WantedUpgrade {
    std::int64_t version = 0; ///< of the schema
    std::string program;
    std::string host;
};

} // namespace skurd
