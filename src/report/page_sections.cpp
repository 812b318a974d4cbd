// What stands around a report's tables.
#include "report/page_parts.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/indicator_name.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::array counted = {Outcome::improved,  Outcome::worsened,  Outcome::unchanged,      Outcome::no_data,
                                Outcome::increased, Outcome::decreased, Outcome::not_comparable, Outcome::not_judged};
constexpr std::size_t always_counted = 4;

/// "2018-06-01", "2026-11-28 05:02 UTC": as people write it. A day without a time of day is its last second.
std::string moment_text(Time at)
{
    const auto text = format_time(at);
    const auto day = text.substr(0, 10);
    return text.ends_with("T23:59:59Z") ? day : fmt::format("{} {} UTC", day, text.substr(11, 5));
}

std::string as_of_text(const StatusReport& report, const ReportText& words)
{
    return report.as_of
               ? words.say("Slik tallene var publisert per ", "As published by ") + moment_text(*report.as_of)
               : words.say("Slik tallene er publisert nå", "As published now");
}

std::string prices_text(const ShownPrices& prices, const ReportText& words)
{
    std::vector<std::string> vintages;
    for (const auto vintage : prices.vintages)
        vintages.push_back(std::to_string(vintage));
    auto text =
        words.language() == Language::nb
            ? fmt::format("Beløp er vist i {}-priser, omregnet med prisindeksen {}", prices.year, prices.index)
            : fmt::format("Amounts are shown in {} prices, by the price index {}", prices.year, prices.index);
    if (!vintages.empty())
        text += fmt::format(" ({} {})", words.say("utgave", "vintage"), join(vintages, ", "));
    if (!prices.as_they_are.empty())
        text += fmt::format("{} {}",
                            words.say("; som de er, siden året for de faste prisene ikke er kjent:",
                                      "; as they are, since the year of their fixed prices is not known:"),
                            fmt::join(prices.as_they_are, ", "));
    return text + ".";
}

const RollUp::Part* find_part(const RollUp& roll_up, const std::string& part)
{
    const auto found =
        std::find_if(roll_up.parts.begin(), roll_up.parts.end(), [&](const auto& p) { return p.part == part; });
    return found == roll_up.parts.end() ? nullptr : &*found;
}

std::string with_course(const OutcomeCounts& counts, Course course, const ReportText& words)
{
    const auto text = outcome_counts(counts);
    return course == Course::none ? text : text + "  " + words.course(course);
}

std::string number_before_now(const ReportDifference& difference)
{
    if (difference.number_before == difference.number_now)
        return indicator_name(difference.number_now != 0 ? difference.number_now : difference.indicator);
    const auto text = [](int number) { return number == 0 ? "–" : indicator_name(number); };
    return fmt::format("{} → {}", text(difference.number_before), text(difference.number_now));
}

/// What it was called on the report's day.
std::string label_of(const StatusReport& report, const Catalogue& catalogue, int indicator, const ReportText& words)
{
    const auto* found = catalogue.find(indicator);
    return found ? words.say(found->label_in(found->definition_at(report.as_of))) : "";
}

std::string own_words(const StatusReport& report, const std::string& part, const ReportText& words)
{
    for (const auto& one : report.set->own_words)
        if (one.part == part)
            return words.say(one.text);
    return "";
}

} // namespace

std::string outcome_counts(const OutcomeCounts& counts)
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < counted.size(); ++i) {
        const int count = counts.at(static_cast<std::size_t>(counted.at(i)));
        if (count > 0 || i < always_counted)
            texts.push_back(fmt::format("{}\u00a0{}", outcome_style(counted.at(i), Direction::up).sign, count));
    }
    return join(texts, "  ");
}

std::string part_heading(const Catalogue& catalogue, const std::string& part, const ReportText& words)
{
    const auto found = catalogue.parts.find(part);
    return found == catalogue.parts.end() ? part : words.say(found->second);
}

std::string page_edge_text(const StatusReport& report, const ReportText& words)
{
    auto text = as_of_text(report, words);
    if (report.as_of || report.store.vintage == 0)
        return text;
    return text + words.say(", sist hentet ", ", last harvested ") + format_date(report.store.harvested_at);
}

std::string state_text(const StatusReport& report, const ReportText& words)
{
    auto text = as_of_text(report, words);
    if (report.store.vintage == 0)
        return text;
    text += ". " + fmt::format(fmt::runtime(words.say("Lageret: siste utgave er {}, hentet {}",
                                                      "The store: the newest vintage is {}, harvested {}")),
                               report.store.vintage, moment_text(report.store.harvested_at));
    if (report.store.commit != 0)
        text += fmt::format(", {} {}", words.say("lagring", "commit"), report.store.commit);
    return text;
}

std::vector<std::string> preface_of(const StatusReport& report, const ReportText& words)
{
    std::vector<std::string> lines;
    if (report.as_of)
        lines.push_back(as_of_text(report, words));
    if (report.what_if)
        lines.push_back(words.say("Prøvde grenser, ikke katalogens: ", "Limits tried out, not the catalogue's: ") +
                        words.thresholds(*report.what_if) + ".");
    if (report.prices)
        lines.push_back(prices_text(*report.prices, words));
    if (!report.set->note.empty())
        lines.push_back(words.say(report.set->note));
    return lines;
}

Listing summary_of(const StatusReport& report, const Catalogue& catalogue, const ReportText& words)
{
    Listing listing;
    listing.heading = words.say("Sammendrag", "Summary");
    listing.lead = words.say(
        "Opptellingen er gjort mekanisk: et mål er positivt når flere av indikatorene er grønne enn røde, negativt "
        "når flere er røde, uendret når ingen er grønne eller røde og noen er gule; planen er positiv når minst ett "
        "mål er positivt og ingen er negative. Den erstatter ikke en "
        "faglig vurdering.",
        "Counted mechanically: a goal is positive when more of its indicators are green than red, negative when more "
        "are red, unchanged when none is green or red and some are yellow; the plan is positive when at least one "
        "goal is and none is negative. It does not replace a "
        "person's "
        "judgement.");
    if (report.roll_ups.empty() || report.rows.empty())
        return listing;
    listing.columns.emplace_back();
    for (const auto& column : report.columns)
        listing.columns.push_back(words.column(column));
    const bool has_own_words = !report.set->own_words.empty();
    if (has_own_words)
        listing.columns.push_back(words.say("evalueringens egne ord", "the evaluation's own words"));
    for (const auto& part : report.roll_ups.front().parts) {
        auto& row = listing.rows.emplace_back();
        row.push_back(part_heading(catalogue, part.part, words));
        for (const auto& roll_up : report.roll_ups)
            if (const auto* same = find_part(roll_up, part.part))
                row.push_back(with_course(same->counts, same->course, words));
            else
                row.emplace_back();
        if (has_own_words)
            row.push_back(own_words(report, part.part, words));
    }
    auto& whole = listing.rows.emplace_back();
    whole.push_back(words.say("Planen i alt", "The whole plan"));
    for (const auto& roll_up : report.roll_ups)
        whole.push_back(with_course(roll_up.counts, roll_up.plan, words));
    if (has_own_words)
        whole.push_back(own_words(report, "", words));
    return listing;
}

std::vector<DifferenceGroup> differences_of(const StatusReport& report, const Catalogue& catalogue,
                                            const ReportText& words)
{
    std::vector<DifferenceGroup> groups;
    for (int kind = 0; kind <= static_cast<int>(DifferenceKind::gone); ++kind) {
        DifferenceGroup group;
        for (const auto& difference : report.differences)
            if (static_cast<int>(difference.kind) == kind)
                group.lines.push_back({number_before_now(difference),
                                       label_of(report, catalogue, difference.indicator, words),
                                       words.say(difference.text), &difference});
        group.heading = fmt::format("{} ({})", words.kind(static_cast<DifferenceKind>(kind)), group.lines.size());
        if (!group.lines.empty())
            groups.push_back(std::move(group));
    }
    return groups;
}

Listing retired_of(const StatusReport& report, const Catalogue& catalogue, const ReportText& words)
{
    Listing listing;
    listing.heading = words.say("Gått ut siden settet før", "Left out since the set before");
    listing.columns = {words.say("nr", "no"), words.say("indikator", "indicator"), words.say("grunn", "reason")};
    for (const auto& retired : report.set->retired)
        listing.rows.push_back({std::to_string(retired.indicator),
                                label_of(report, catalogue, retired.indicator, words), words.say(retired.reason)});
    return listing;
}

Listing sources_of(const StatusReport& report, const ReportText& words)
{
    Listing listing;
    listing.heading = words.say("Kilder", "Sources");
    listing.columns = {words.say("datasett", "dataset"),       words.say("utgiver", "publisher"),
                       words.say("publisert", "published"),    words.say("utgave", "vintage"),
                       words.say("indikatorer", "indicators"), words.say("krediteres, lisens", "credit, licence")};
    for (const auto& source : report.sources)
        listing.rows.push_back({source.dataset, join(source.publishers, ", "),
                                published_day(source.published_at, source.confidence), std::to_string(source.vintage),
                                number_list(source.numbers),
                                attribution_text(report.attributions.of(source.dataset), words.language())});
    return listing;
}

std::string method_of(const StatusReport& report, const ReportText& words)
{
    const auto thresholds = words.thresholds(report.what_if.value_or(report.thresholds));
    const auto as_of = report.as_of
                           ? words.say("slik de var publisert per ", "as published by ") + moment_text(*report.as_of)
                           : words.say("slik de er publisert nå", "as published now");
    if (report.set->shows_newest())
        return words.say("Hver indikator står med sitt nyeste tall og når det er målt. Verdiene er ",
                         "Each indicator stands with its newest figure and when it was measured. The values are ") +
               as_of + ".";
    const auto text = words.say(
        "En endring er vesentlig når den er større enn grensen ({}); nøyaktig på grensen er uendret. Andeler endres "
        "i "
        "prosentpoeng, andre tall i prosent. Per år er snittet av poengene for andeler og den sammensatte årlige "
        "raten "
        "for andre tall. Grønn er bevegelse i ønsket retning, rød i den andre, gul innenfor grensen, grå uten data "
        "eller "
        "uten sammenlignbare tall; det som vurderes på nivået, har ingen farge her. Regnet eksakt, med desimaltall. "
        "Verdiene "
        "er {}.",
        "A change counts when it is greater than the limit ({}); exactly at the limit is unchanged. Shares change in "
        "percentage points, other figures in percent. Per year is the mean of the points for shares and the compound "
        "yearly rate for other figures. Green is movement in the desired direction, red in the other, yellow within "
        "the "
        "limit, grey without data or without comparable figures; what is judged on its level has no colour here. "
        "Computed "
        "exactly, in decimals. The values are {}.");
    return fmt::format(fmt::runtime(text), thresholds, as_of);
}

std::vector<std::string> legend_of(const StatusReport& report, const ReportText& words)
{
    bool provisional = false;
    bool corrected = false;
    bool sampled = false;
    const auto look_at = [&](const IndicatorValue& value) {
        provisional |= value.is_provisional();
        corrected |= value.correction != nullptr;
    };
    for (const auto& row : report.rows) {
        std::for_each(row.values.begin(), row.values.end(), look_at);
        if (const auto newest = row.newest(); newest && report.set->shows_newest())
            look_at(row.course.at(*newest));
        for (const auto& change : row.changes)
            sampled |= change.margin.has_value();
    }
    std::vector<std::string> lines;
    if (!report.set->shows_newest())
        lines.push_back(words.say(
            "✓ i ønsket retning, ✗ i uønsket retning, = ikke vesentlig endret, ↑ ↓ økt eller redusert uten ønsket "
            "retning, · ingen data, ≠ ikke sammenlignbar, ○ endringen vurderes ikke",
            "✓ in the desired direction, ✗ in the other, = not changed to any real degree, ↑ ↓ increased or "
            "decreased "
            "without a desired direction, · no data, ≠ not comparable, ○ the change is not judged"));
    if (provisional)
        lines.push_back(words.say("* foreløpig tall, vurderes på nytt når det er endelig",
                                  "* provisional, judged again when it is final"));
    if (corrected)
        lines.push_back(words.say("† rettet, eller skulle vært rettet, av en person: se merknaden",
                                  "† corrected, or said to be wrong, by a person: see the note"));
    if (sampled)
        lines.push_back(words.say("± utvalgsfeil i prosentpoeng med 95 % sikkerhet; en endring innenfor den kan være "
                                  "tilfeldig, og fargen er likevel regelens",
                                  "± sampling error in percentage points at 95 %; a change within it may be chance, "
                                  "and the colour is the rule's all the same"));
    return lines;
}

} // namespace skurd
