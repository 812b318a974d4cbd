#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// What one of the processes that write a store has alone for a while: a job, while it is run or replayed; a duty of
/// which one process is enough.
struct Lease {
    enum class Kind { job, duty };

    Kind kind = Kind::job;
    std::string name;

    friend bool operator==(const Lease&, const Lease&) = default;
};
template <>
inline constexpr auto enum_words<Lease::Kind> = word_table<Lease::Kind>({{Lease::Kind::job, "job"},
                                                                         {Lease::Kind::duty, "duty"}});

/// A process that writes a store beside others. Its leases last as long as it renews its time.
struct StoreWriter {
    std::int64_t token = 0; ///< no other ever gets it
    std::string host;
    std::int64_t process = 0;
    std::string program;         ///< its version
    std::string configuration;   ///< which it works by (run/configuration_hash.hpp); "" = it has not said
    Time since{};                ///< by the server's clock, as `until`
    Time until{};                ///< beyond that others take over what it has leased
    bool is_overdue = false;     ///< that time has come
    bool agrees = true;          ///< it works by what is in force for all
    std::vector<Lease> leases{}; ///< by kind, then by name
};

} // namespace skurd
