#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"
#include "model/period.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A cell that is decoded otherwise than it is stored, each as one word: number and symbol.
struct ReplayedCell {
    Codes codes;
    Period period;
    std::optional<std::string> stored;
    std::optional<std::string> decoded;
};

/// What decoding one vintage again came to.
struct ReplayedVintage {
    std::string job;
    std::int64_t vintage = 0;
    std::string dataset;
    Time published_at{};
    std::string failure;             ///< why it cannot be decoded again; "" where it was
    std::size_t different = 0;       ///< cells
    std::vector<ReplayedCell> cells; ///< the first of those, at most cells_shown_max
    std::optional<std::int64_t> new_vintage;

    static constexpr std::size_t cells_shown_max = 1000;
};

struct ReplayResult {
    std::vector<ReplayedVintage> vintages;

    static ReplayResult read(JsonReader& json);
    ExitCode exit() const; ///< failed where one cannot be decoded again
};

/// {"vintages": [as below…]}
Json to_json(const ReplayResult& result);
/// {"job", "vintage", "dataset", "published", "failure": text or null, "different": count, "differences":
///  [{"codes": {dimension: code}, "period", "stored": text or null, "decoded": text or null}…], "new_vintage": id or
///  null}
Json to_json(const ReplayedVintage& replayed);

/// Decode stored payloads again, with today's code and today's jobs, and show what differs.
struct ReplayOrder {
    static constexpr std::string_view name = "replay";
    using Result = ReplayResult;

    enum class Effect { show, accept }; ///< accept: differences become new vintages

    std::vector<std::string> jobs; ///< ids; empty = all
    Effect effect = Effect::show;
    /// Whoever accepts has seen the cells that differ, and so agrees to withdrawals. A drift of the dataset schema
    /// and an anomaly are not what is shown, so those take an agreement of their own.
    Agreement agreement{};

    static ReplayOrder read(JsonReader& json);
};
template <>
inline constexpr auto enum_words<ReplayOrder::Effect> = word_table<ReplayOrder::Effect>({
    {ReplayOrder::Effect::show, "show"},
    {ReplayOrder::Effect::accept, "accept"},
});

/// {"jobs": [id…], "effect": "show" or "accept", "accept": agreement}
Json to_json(const ReplayOrder& order);

} // namespace skurd
