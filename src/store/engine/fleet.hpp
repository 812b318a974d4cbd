#pragma once

#include "model/configuration_version.hpp"
#include "model/store_writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// The processes that write one store side by side, as one of them sees it: it has entered itself, and renews its
/// time by a thread of its own until the object goes. On a connection of its own, so that neither waits for what the
/// store is at. From any thread. Throws as Database does.
class Fleet {
public:
    static constexpr auto lease_time = std::chrono::seconds(90);

    virtual ~Fleet() = default;
    Fleet() = default;
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    virtual std::int64_t token() const = 0; ///< this process's
    virtual void renew() = 0;               ///< its time; unless others went on without it
    /// Whether others have taken over from this process: nothing that it writes is accepted any more.
    virtual bool is_out() const = 0;

    /// Takes what no other has; whether this process has it now.
    virtual bool take(const Lease& lease) = 0;
    virtual void give_back(const Lease& lease) = 0; ///< where this process has it
    /// Takes out those whose time has run out; whether there were such. What they had leased is free then.
    virtual bool take_out_expired() = 0;

    /// What this process works by.
    virtual void tell_configuration(const std::string& hash) = 0;
    /// What all are to work by: what was put in force last; "" = nothing was yet.
    virtual std::string configuration_in_force() = 0;
    virtual void put_in_force(const WorkedBy& what) = 0;
    /// Whether a newer program waits for this one to end, so that it can bring the store up to date.
    virtual std::optional<WantedUpgrade> wanted_upgrade() = 0;

    /// When a call to a host may be made.
    struct Call {
        Time at{};
        bool is_reserved = false; ///< then the call is counted; else the host asked to be left alone until then
    };
    /// The next call to a host of which all together make at most `calls` in any `window`, behind those that were
    /// reserved before: so everyone comes to its turn. `path`: of the host, which may be held by itself. One that was
    /// `reserved` is the answer where its time is to come, or now, and nobody asked to be left alone since.
    virtual Call reserve_call(const std::string& host, const std::string& path, std::size_t calls,
                              std::chrono::seconds window, std::optional<Time> reserved = {}) = 0;
    /// A host, or a path of one ("a.example/b"), asked to be left alone; an earlier hold is never shortened.
    virtual void hold(const std::string& name, Time until) = 0;
    virtual void lift_holds(const std::string& host) = 0; ///< of it and its paths
};

} // namespace skurd
