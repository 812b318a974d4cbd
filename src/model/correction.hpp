#pragma once

#include "base/number_text.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// A person's word that a number the source has is wrong, and what it should be. It holds for one cell, as long as
/// the source says the number it expects: then it ends by itself.
struct Correction {
    std::int64_t id = 0;
    std::int64_t series = 0;
    std::string dataset;
    Codes codes; ///< of the series
    Period period;
    Decimal expected; ///< the wrong number, as published
    Decimal corrected;
    std::string reason;
    std::string actor;
    Time made_at{};
    std::optional<Time> ended_at;
    std::string ended_why;          ///< "" while open
    std::string ended_by;           ///< who ended it; "" while open, and where it ended by itself
    std::int64_t ended_vintage = 0; ///< that changed the number; 0 = none
};

/// What a read gives where there is a correction: what the source says, or what people say it should have said.
enum class Numbers { published, corrected };

/// Whether the correction was made by then and had not ended; nothing = now.
bool is_open(const Correction& correction, std::optional<Time> moment);

/// Whether that value is the number the correction expects.
bool fits(const Correction& correction, const Value& value);

/// Whether a read put the corrected number in the place of the source's.
bool is_corrected(const Value& value, const Correction& correction);

/// Names beside each observation the correction that is open at the moment and fits it, and puts its number in the
/// place of the source's where corrected ones are asked for.
void apply_corrections(std::vector<Observation>& observations, const std::vector<Correction>& corrections,
                       std::optional<Time> moment, Numbers numbers);

/// The same for versions, whose numbers stay: each has the newest correction that fits it, also one that ended,
/// unless the version was first seen after that.
void mark_versions(std::vector<Observation>& versions, const std::vector<Correction>& corrections);

/// The corrections as they were at the moment, without those that were made later; all as they are without one.
std::vector<Correction> corrections_at(std::vector<Correction> corrections, std::optional<Time> moment);

/// What it is about, for people: "ssb/07459 Region=0 2018".
std::string target_text(const Correction& correction);

/// For a note below a table: "the source's 284 should be 285: mistyped (Kari, 2026-01-05)"; of a number that was put
/// in its place "corrected from 284 to 285: …". With the end where it has ended.
std::string correction_text(const Correction& correction, bool is_applied, Language language);

} // namespace skurd
