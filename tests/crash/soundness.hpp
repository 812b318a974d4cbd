#pragma once

#include "base/clock.hpp"
#include "model/vintage.hpp"
#include "tests/crash/scene.hpp"

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace skurd::crash {

/// The vintages of both datasets that a reader sees now, by publication time; none before there is a store.
/// Throws Error when the store cannot be read although there is one.
struct Visible {
    std::array<std::vector<Vintage>, 2> vintages; ///< by Way

    static Visible in(const Scene& scene);
    const std::vector<Vintage>& of(Way way) const { return vintages[static_cast<std::size_t>(way)]; }
};

/// Holds a store that nobody writes to against what was served. Everything throws Error that says what is wrong.
class Soundness {
public:
    explicit Soundness(const Scene& scene);

    /// The engine's own checks, payloads, vintages. What was visible `before` must still be there; the state at every
    /// vintage that was not looked at since `forget()` must be the whole release.
    void check(const Visible& before);
    /// The same with every vintage looked at again.
    void check_all(const Visible& before);
    /// The newest release of the dataset is the newest vintage, and no run is left running.
    void check_taken_in(Way way) const;
    void forget(); ///< for a new state folder

private:
    void check_rows() const;
    void check_payloads();
    void check_kept(Way way, const Visible& before, const Visible& now) const;
    void check_states(Way way, const Visible& now);

    const Scene& scene_;
    SystemClock clock_;
    std::set<std::string> payloads_seen_;
    std::set<std::int64_t> states_seen_; ///< vintages
};

} // namespace skurd::crash
