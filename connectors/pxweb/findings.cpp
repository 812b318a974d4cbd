#include "connectors/pxweb/findings.hpp"

#include "base/fingerprint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/stamps.hpp"

namespace skurd {

namespace {

constexpr std::size_t candidates_max = 5;
constexpr std::size_t title_width = 100;

std::string perhaps(std::string_view words, const std::string& candidates)
{
    return candidates.empty() ? "" : fmt::format("; {}: {}", words, candidates);
}

/// After how many days without an update a table of that kind stands still: about twice its cadence, and some weeks.
int days_by_cadence(const std::string& time_unit)
{
    if (time_unit == "Annual")
        return 2 * 365 + 60;
    if (time_unit == "Quarterly")
        return 2 * 92 + 60;
    if (time_unit == "Monthly")
        return 2 * 31 + 40;
    return time_unit == "Weekly" ? 2 * 7 + 30 : 0;
}

/// A number from the id that stays the same: which day of the week of audits is the table's.
int spread_of(const std::string& table)
{
    return static_cast<int>(fingerprint(table) % 7);
}

} // namespace

std::string Memory::text(const std::string& key) const
{
    const auto found = state_.find(key);
    return found == state_.end() ? "" : found->second;
}

std::optional<Time> Memory::time(const std::string& key) const
{
    return parse_time(text(key));
}

std::string Memory::stamp(const std::string& key) const
{
    const auto other = text(key);
    return other.empty() ? text("updated") : other == stamp_unsaid ? "" : other;
}

bool Memory::lists_are_telling(const PxwebSettings& settings) const
{
    const auto listed = stamp("listed");
    return text("unsettled").empty() && !listed.empty() && same_instant(settings, listed, stamp("metadata_updated"));
}

bool Memory::audit_is_due(const PxwebSettings& settings, const std::string& table, Time now) const
{
    const auto last = time("audited");
    return last && now - *last >= std::chrono::days(settings.audit_days) + std::chrono::days(spread_of(table));
}

std::vector<SourceFinding> Memory::findings(const PxwebSettings& settings, const std::string& table, Time now) const
{
    std::vector<SourceFinding> found;
    const auto updated = read_stamp(settings, text("updated"));
    const auto candidates = text("candidates");
    const auto days =
        settings.frozen_after_days < 0 ? days_by_cadence(text("time_unit")) : settings.frozen_after_days;
    if (text("discontinued") == "true")
        found.push_back({FlagKind::frozen, "discontinued",
                         fmt::format("Tabell {} er avsluttet hos kilden: det kommer ikke nye tall i den{}", table,
                                     perhaps("kanskje fortsetter den i", candidates)),
                         fmt::format("table {} is discontinued at the source: nothing new will come in it{}", table,
                                     perhaps("perhaps it goes on in", candidates))});
    else if (updated && days > 0 && now - *updated > std::chrono::days(days))
        found.push_back({FlagKind::frozen, "updated " + text("updated"),
                         fmt::format("Tabell {} er ikke oppdatert siden {}, mer enn {} dager", table,
                                     format_date(*updated), days),
                         fmt::format("table {} was last updated on {}, more than {} days ago", table,
                                     format_date(*updated), days)});
    if (const auto rival = text("rival"); !rival.empty())
        found.push_back(
            {FlagKind::replaced, rival,
             fmt::format("Søket som fant tabell {} finner nå også {}: er det en avløser?", table, rival),
             fmt::format("the search that found table {} now finds {} too: is it its successor?", table, rival)});
    return found;
}

std::string candidates_text(const std::vector<PxwebTable>& hits, const std::string& table)
{
    std::vector<std::string> shown;
    for (const auto& hit : hits)
        if (hit.id != table && shown.size() < candidates_max)
            shown.push_back(fmt::format("{} '{}'", excerpt(hit.id), excerpt(hit.label, title_width)));
    return join(shown, ", ");
}

SourceFinding gone_finding(const std::string& table, const std::string& title, const std::string& since,
                           const std::string& candidates)
{
    return {candidates.empty() ? FlagKind::frozen : FlagKind::replaced, "gone since " + since,
            fmt::format("Tabell {} ('{}') finnes ikke lenger hos kilden, siden {}{}", table,
                        excerpt(title, title_width), since, perhaps("mulige avløsere", candidates)),
            fmt::format("table {} ('{}') is no longer there at the source, since {}{}", table,
                        excerpt(title, title_width), since, perhaps("candidates", candidates))};
}

SourceFinding retitled_finding(const std::string& table, const std::string& was, const std::string& title,
                               const std::string& candidates)
{
    return {FlagKind::replaced, title,
            fmt::format("Tabell {} heter nå '{}' og het '{}': er det en annen tabell?{}", table,
                        excerpt(title, title_width), excerpt(was, title_width),
                        perhaps("mulige avløsere", candidates)),
            fmt::format("table {} is called '{}' now and was '{}': is it another table?{}", table,
                        excerpt(title, title_width), excerpt(was, title_width), perhaps("candidates", candidates))};
}

} // namespace skurd
