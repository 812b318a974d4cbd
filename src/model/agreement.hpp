#pragma once

namespace skurd {

/// What a person agrees to that skurd would not do by itself.
struct Agreement {
    bool withdrawals = false; ///< what is gone from a complete release is gone, however much it is
    bool drift = false;       ///< the dataset's schema may be another than the accepted one
    bool anomalies = false;   ///< a release that looks like a slip of the source is none
};

/// For whoever has seen what would be ingested: `quarantine retry --accept`, `replay --accept`.
constexpr Agreement agree_to_all = {true, true, true};

} // namespace skurd
