#pragma once

#include "base/enum_words.hpp"
#include "model/observation.hpp"
#include "model/period.hpp"
#include "model/release.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// Where a vintage came from.
enum class Origin {
    harvest, ///< fetched by a run
    drop,    ///< a file that arrived or was given
    import,  ///< an older release ingested late
    replay,  ///< stored payloads decoded again
};
template <>
inline constexpr auto enum_words<Origin> = word_table<Origin>({
    {Origin::harvest, "harvest"},
    {Origin::drop, "drop"},
    {Origin::import, "import"},
    {Origin::replay, "replay"},
});

/// One accepted release of one dataset as the store knows it.
struct Vintage {
    std::int64_t id = 0;
    std::string dataset;
    PublicationClaim published;
    Time observed_at{};
    Time last_confirmed_at{};
    Origin origin = Origin::harvest;
    std::string payload_hash; ///< SHA-256 of the last payload it was decoded from, lower-case hex
    std::string content_hash;
    std::string value_hash;
    std::int64_t run = 0;  ///< that ingested it; 0 = none
    std::string made_from; ///< SHA-256 of the payload it was made from, whatever confirmed it since
};

/// Releases of one dataset that are placed later than an instant.
struct FutureReleases {
    std::string dataset;
    std::int64_t count = 0;
    Time last{};
};

/// The two clocks of every read. Nothing = no limit (the present).
struct AsOf {
    std::optional<Time> published; ///< `--as-of`: what had been published by then
    std::optional<Time> known;     ///< `--known-at`: what we had seen by then
};

using Codes = std::vector<std::pair<std::string, std::string>>; ///< dimension id and category code, source's order

/// "Region=0 Kjonn=1", for people.
std::string codes_text(const Codes& codes);

struct Correction;

/// What a release calls a series.
struct SeriesWords {
    std::vector<std::string> labels; ///< of its categories, in the order of its codes
    std::string unit;

    std::string label() const; ///< the labels, joined by ", "
    friend bool operator==(const SeriesWords&, const SeriesWords&) = default;
};

/// One observation as read from the store, with the vintage that said it.
struct Observation {
    std::int64_t series = 0;
    std::string dataset;
    Codes codes;
    std::string label; ///< the categories' labels, joined by ", "; today's, as the unit
    std::string unit;
    /// What its vintage called it; shared by the observations of a series. Nothing where it was not read from a
    /// store.
    std::shared_ptr<const SeriesWords> words;
    Period period;
    Value value;
    std::int64_t vintage = 0;
    Time published_at{};
    Confidence confidence = Confidence::arrival;
    Time observed_at{};
    std::optional<Time> superseded_at; ///< history only: when the next version was published
    /// A person's, of this very number; mostly none. Shared, since observations are copied and few have one.
    std::shared_ptr<const Correction> correction;
};

/// Which series of which dataset: `drop/status-report{nr=9}`; no braces, or a dimension left out, means all.
struct Selector {
    std::string dataset;
    std::vector<std::pair<std::string, std::vector<std::string>>> codes; ///< dimension id, allowed codes

    /// Throws Error (usage) that points at the character that is wrong.
    /// Grammar: dataset [ "{" dim "=" code { "|" code } { "," dim "=" code … } "}" ]; a code or dim may be quoted
    /// "…".
    static Selector parse(std::string_view text);
    std::string text() const;
};

} // namespace skurd
