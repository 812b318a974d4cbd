#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

enum class FlagKind {
    threshold,
    revision,
    series_break,
    withdrawn,
    overdue,
    frozen,
    replaced,
    drift,
    suspect,
    quarantine,
};
std::string_view to_string(FlagKind kind); ///< "threshold", …, "break"
std::optional<FlagKind> flag_kind_from(std::string_view word);

enum class FlagState { open, acknowledged, closed };
std::string_view to_string(FlagState state);

/// Something a person should look at. One flag per cause: the key says which.
struct Flag {
    std::int64_t id = 0;
    FlagKind kind = FlagKind::threshold;
    FlagState state = FlagState::open;
    std::string key;     ///< of the cause, unique: "threshold/9/2017"
    int indicator = 0;   ///< 0 where no indicator is meant
    std::string period;  ///< "" where none is meant
    std::string inputs;  ///< what it was raised on; a change of it re-opens the flag
    std::string text_nb; ///< one sentence
    std::string text_en;
    Time raised_at{};
    Time changed_at{};
    std::string note; ///< of the person who acknowledged it
    std::string by;
    std::string job{}; ///< whose source it is about; "" where none is meant
};

} // namespace skurd
