#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "model/release.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Why a payload is in quarantine.
enum class QuarantineKind {
    refused, ///< it cannot be read, or breaks a rule
    suspect, ///< AnomalousRelease
    drift,   ///< the dataset has other dimensions than before
};
template <>
inline constexpr auto enum_words<QuarantineKind> = word_table<QuarantineKind>({
    {QuarantineKind::refused, "refused"},
    {QuarantineKind::suspect, "suspect"},
    {QuarantineKind::drift, "drift"},
});

/// What became of one.
enum class QuarantineEnd {
    ingested,
    discarded, ///< by a person
    outdated,  ///< a later fetch of the same job was ingested
};
template <>
inline constexpr auto enum_words<QuarantineEnd> = word_table<QuarantineEnd>({
    {QuarantineEnd::ingested, "ingested"},
    {QuarantineEnd::discarded, "discarded"},
    {QuarantineEnd::outdated, "outdated"},
});

/// A payload that was refused.
struct Quarantined {
    std::int64_t id = 0;
    std::string job;
    std::string payload_hash;
    std::string name; ///< of the file, or the URL
    std::string reason;
    Time at{};
    std::int64_t run = 0; ///< that refused it; its other payloads belong to it. 0 = unknown (an older skurd)
    QuarantineKind kind = QuarantineKind::refused;
    std::optional<Time> modified_at{}; ///< of the file, as its sender's machine said it
    std::optional<PublicationClaim> claim{}; ///< of the person who gave it, instead of the connector's
    std::optional<QuarantineEnd> ended{};
    std::optional<Time> ended_at{};
    std::string ended_by{}; ///< "" = by itself
    std::string ended_why{};
};

/// A file that was moved out of a drop folder because it was refused.
struct RefusedFile {
    std::string path;
    std::string reason; ///< one line
};

} // namespace skurd
