#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// Who holds a state folder, so that nobody else may write to it.
struct StoreHolder {
    enum class Kind { nobody, command, daemon };

    Kind kind = Kind::nobody;
    std::int64_t pid = 0;        ///< 0 = unknown
    std::optional<Time> since{}; ///< of a daemon
    std::string configuration{}; ///< a daemon's: which it runs with (run/configuration_hash.hpp); "" = unknown
};
template <>
inline constexpr auto
    enum_words<StoreHolder::Kind> = word_table<StoreHolder::Kind>({{StoreHolder::Kind::nobody, "nobody"},
                                                                   {StoreHolder::Kind::command, "command"},
                                                                   {StoreHolder::Kind::daemon, "daemon"}});

} // namespace skurd
