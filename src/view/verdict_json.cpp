#include "view/verdict_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

namespace {

/// Null for a verdict on two numbers of no period.
Json known_period_json(const Period& period)
{
    return period.text().empty() ? Json(nullptr) : Json(period.text());
}

} // namespace

Json to_json(const Verdict& verdict)
{
    Json json = {{"comparison", to_string(verdict.comparison)},
                 {"from", known_period_json(verdict.from)},
                 {"to", known_period_json(verdict.to)},
                 {"per_year", verdict.comparison == Comparison::per_year},
                 {"years", verdict.years}};
    json["old"] = number_json(verdict.old_value);
    json["new"] = number_json(verdict.new_value);
    json["vintages"] = verdict.vintages;
    json["change"] = number_json(verdict.change);
    json["unit"] = verdict.unit;
    json["verdict"] = to_string(verdict.outcome);
    json["reason"] = verdict.reason;
    json["rule"] = verdict.rule;
    json["sentence"] = localized_json(verdict.sentence);
    json["sentence_nb"] = verdict.sentence.nb;
    json["sentence_en"] = verdict.sentence.en;
    json["near_miss"] = optional_localized_json(verdict.near_miss);
    json["caveat"] = optional_localized_json(verdict.caveat);
    json["margin"] = number_json(verdict.margin);
    json["within_margin"] = verdict.within_margin;
    json["provisional"] = verdict.provisional;
    return json;
}

Json to_json(const ReportDifference& difference)
{
    return {{"kind", to_string(difference.kind)},
            {"indicator", difference.indicator},
            {"number_before", id_json(difference.number_before)},
            {"number_now", id_json(difference.number_now)},
            {"period_before", period_json(difference.period_before)},
            {"period_now", period_json(difference.period_now)},
            {"before", number_json(difference.before)},
            {"now", number_json(difference.now)},
            {"comparable", difference.comparable},
            {"text", localized_json(difference.text)},
            {"text_nb", difference.text.nb},
            {"text_en", difference.text.en}};
}

} // namespace skurd
