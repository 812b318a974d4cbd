#pragma once

#include "base/enum_words.hpp"
#include "base/number_text.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

enum class AnnotationKind { revision, error_correction, series_break, note };
template <>
inline constexpr auto enum_words<AnnotationKind> = word_table<AnnotationKind>({
    {AnnotationKind::revision, "revision"},
    {AnnotationKind::error_correction, "error correction"},
    {AnnotationKind::series_break, "break"},
    {AnnotationKind::note, "note"},
});

/// What a person says of a vintage, of an observation, or of a period. It is about the numbers of `dataset` that are
/// of the series, the period and the vintage, where they are given; at least one of the last two is.
struct Annotation {
    std::int64_t id = 0;
    AnnotationKind kind = AnnotationKind::note;
    std::string dataset;
    std::int64_t series = 0;      ///< 0 = all of the dataset
    Codes codes;                  ///< of the series
    std::optional<Period> period; ///< of a break: the first after it
    std::int64_t vintage = 0;     ///< 0 = any
    std::string text;
    std::string actor;
    std::optional<std::uint32_t> uid{}; ///< of the user who claimed that name; nothing where nobody knows
    Time made_at{};
    std::optional<Time> withdrawn_at;
    std::string withdrawn_why;
    std::string withdrawn_by;
};

/// Whether a number is among those the annotation is about.
bool is_about(const Annotation& annotation, const Observation& observation);

/// Whether the annotation was made by then and not withdrawn yet; nothing = now.
bool stands(const Annotation& annotation, std::optional<Time> moment);

/// What it is about, for people: "ssb/07459 Region=0 2018", "drop/x vintage 3", "drop/x 2018 (vintage 3)".
std::string target_text(const Annotation& annotation);

/// "break: new questionnaire (Kari, 2026-01-05)".
std::string annotation_text(const Annotation& annotation, Language language = Language::en);

/// "Kari, 2026-11-28"; the day alone where names are left out (StoreSession::leave_out_names()).
std::string said_by(const std::string& actor, Time at);

/// The moment on our own clock that a read speaks of: what was known at, else what had been published; nothing = now.
std::optional<Time> moment_of(const AsOf& as_of);

constexpr std::size_t note_bytes_max = 4000;
/// A person's words without white space at the ends. Throws Error (usage), naming the option `what` they came by, for
/// none, more than note_bytes_max, control characters, and bytes that are not UTF-8.
std::string checked_note(std::string_view what, std::string_view words);

} // namespace skurd
