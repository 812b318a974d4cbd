#pragma once

#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"
#include "order/results.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// What is asked of one dimension in the place of what the job selects there.
struct SelectedCodes {
    std::string dimension;
    std::vector<std::string> codes; ///< or expressions, as in [source.select]; none = the total

    /// "Region=03,11", "Tid=from(1990)": a comma in brackets separates no codes. Nothing for what has no dimension,
    /// or a code that is empty or has spaces around it.
    static std::optional<SelectedCodes> parse(std::string_view text);
    std::string text() const; ///< as parse() reads it
};

/// Run jobs now.
struct HarvestOrder {
    static constexpr std::string_view name = "harvest";
    using Result = RunsResult;

    enum class Which { named, enabled, due };
    enum class Fetch { if_new, always }; ///< whether the source's word that nothing is new is taken for it
    enum class Effect { store, dry_run };

    Which which = Which::named;
    std::vector<std::string> jobs; ///< ids, of Which::named
    Fetch fetch = Fetch::if_new;
    Effect effect = Effect::store;
    Agreement agreement;
    std::vector<SelectedCodes> select{}; ///< a backfill: of one named job, whose schedule does not notice

    static HarvestOrder read(JsonReader& json);
};
template <>
inline constexpr auto enum_words<HarvestOrder::Which> = word_table<HarvestOrder::Which>({
    {HarvestOrder::Which::named, "named"},
    {HarvestOrder::Which::enabled, "enabled"},
    {HarvestOrder::Which::due, "due"},
});
template <>
inline constexpr auto enum_words<HarvestOrder::Fetch> = word_table<HarvestOrder::Fetch>({
    {HarvestOrder::Fetch::if_new, "if new"},
    {HarvestOrder::Fetch::always, "always"},
});
template <>
inline constexpr auto enum_words<HarvestOrder::Effect> = word_table<HarvestOrder::Effect>({
    {HarvestOrder::Effect::store, "store"},
    {HarvestOrder::Effect::dry_run, "dry run"},
});

/// {"which": "named", "enabled" or "due", "jobs": [id…], "fetch": "if new" or "always", "effect": "store" or
/// "dry run", "accept": agreement, and of a backfill "select": ["Region=03,11"…]}
Json to_json(const HarvestOrder& order);

} // namespace skurd
