#include "model/correction.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <utility>

namespace skurd {

namespace {

using Place = std::pair<std::int64_t, Period>; ///< series and period

/// As it was while it was open.
Correction while_open(Correction correction)
{
    correction.ended_at.reset();
    correction.ended_why.clear();
    correction.ended_by.clear();
    correction.ended_vintage = 0;
    return correction;
}

/// Vintages are numbered as they arrive, which is finer than a clock of seconds.
bool was_seen_before_end(const Observation& version, const Correction& correction)
{
    if (correction.ended_vintage != 0)
        return version.vintage < correction.ended_vintage;
    return !correction.ended_at || version.observed_at <= *correction.ended_at;
}

std::string plain(const Decimal& number, Language language)
{
    return language == Language::nb ? replace_all(number.text(), ".", ",") : number.text();
}

} // namespace

bool is_open(const Correction& correction, std::optional<Time> moment)
{
    if (!moment)
        return !correction.ended_at;
    return correction.made_at <= *moment && (!correction.ended_at || *moment < *correction.ended_at);
}

bool fits(const Correction& correction, const Value& value)
{
    return value.number && *value.number == correction.expected;
}

bool is_corrected(const Value& value, const Correction& correction)
{
    return value.number && *value.number == correction.corrected;
}

void apply_corrections(std::vector<Observation>& observations, const std::vector<Correction>& corrections,
                       std::optional<Time> moment, Numbers numbers)
{
    std::map<Place, std::shared_ptr<const Correction>> open;
    for (const auto& correction : corrections)
        if (is_open(correction, moment))
            open[{correction.series, correction.period}] = std::make_shared<const Correction>(while_open(correction));
    if (open.empty())
        return;
    for (auto& seen : observations) {
        const auto found = open.find({seen.series, seen.period});
        if (found == open.end() || !fits(*found->second, seen.value))
            continue;
        seen.correction = found->second;
        if (numbers == Numbers::corrected)
            seen.value.number = found->second->corrected;
    }
}

void mark_versions(std::vector<Observation>& versions, const std::vector<Correction>& corrections)
{
    std::multimap<Place, std::shared_ptr<const Correction>> all; // of one cell: in the order they were made
    for (const auto& correction : corrections)
        all.emplace(Place(correction.series, correction.period), std::make_shared<const Correction>(correction));
    if (all.empty())
        return;
    for (auto& seen : versions) {
        const auto [first, last] = all.equal_range({seen.series, seen.period});
        for (auto at = first; at != last; ++at)
            if (fits(*at->second, seen.value) && was_seen_before_end(seen, *at->second))
                seen.correction = at->second;
    }
}

std::vector<Correction> corrections_at(std::vector<Correction> corrections, std::optional<Time> moment)
{
    if (!moment)
        return corrections;
    std::erase_if(corrections, [&](const Correction& correction) { return correction.made_at > *moment; });
    for (auto& correction : corrections)
        if (is_open(correction, moment))
            correction = while_open(std::move(correction));
    return corrections;
}

std::string target_text(const Correction& correction)
{
    return fmt::format("{} {} {}", correction.dataset, codes_text(correction.codes), correction.period.text());
}

std::string correction_text(const Correction& correction, bool is_applied, Language language)
{
    const bool en = language == Language::en;
    const auto expected = plain(correction.expected, language);
    const auto corrected = plain(correction.corrected, language);
    auto text = is_applied ? fmt::format("{} {} {} {}", en ? "corrected from" : "rettet fra", expected,
                                         en ? "to" : "til", corrected)
                           : fmt::format("{} {} {} {}", en ? "the source's" : "kildens", expected,
                                         en ? "should be" : "skal være", corrected);
    text += fmt::format(": {} ({})", correction.reason, said_by(correction.actor, correction.made_at));
    if (correction.ended_at)
        text += fmt::format("; {} {}: {}", en ? "ended" : "avsluttet", format_date(*correction.ended_at),
                            correction.ended_why);
    return text;
}

} // namespace skurd
