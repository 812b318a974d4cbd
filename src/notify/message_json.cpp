// A message as JSON: schema/json/notification.schema.json.
#include "base/time_text.hpp"
#include "model/indicator_name.hpp"
#include "notify/notification.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

constexpr int format_version = 1; ///< of the JSON; another one where a member changes its meaning or goes

template <typename Item, typename ToJson>
Json listed_json(const Listed<Item>& listed, const ToJson& to_json_of)
{
    Json items = Json::array();
    for (const auto& item : listed.items)
        items.push_back(to_json_of(item));
    return {{"items", items}, {"left_out", listed.left_out}};
}

Json label_json(const Notification& notification, int indicator)
{
    const auto found = notification.labels.find(indicator);
    return found == notification.labels.end() ? Json() : localized_json(found->second);
}

Json flag_news_json(const Notification& notification, const FlagNews& news)
{
    const auto& flag = news.flag;
    return {{"flag", flag.id},
            {"turn", to_string(news.turn)},
            {"kind", to_string(flag.kind)},
            {"key", flag.key},
            {"indicator", flag.indicator == 0 ? Json() : Json(indicator_name(flag.indicator))},
            {"label", label_json(notification, flag.indicator)},
            {"period", text_json(flag.period)},
            {"job", text_json(flag.job)},
            {"old", news.verdict ? number_json(news.verdict->old_value) : Json()},
            {"new", news.verdict ? number_json(news.verdict->new_value) : Json()},
            {"text", localized_json({flag.text_nb, flag.text_en})},
            {"changed", format_time(flag.changed_at)}};
}

Json verdict_news_json(const Notification& notification, const Verdict& verdict)
{
    return {{"indicator", indicator_name(verdict.indicator)},
            {"label", label_json(notification, verdict.indicator)},
            {"from", verdict.from.text()},
            {"to", verdict.to.text()},
            {"old", number_json(verdict.old_value)},
            {"new", number_json(verdict.new_value)},
            {"change", number_json(verdict.change)},
            {"unit", verdict.unit},
            {"verdict", to_string(verdict.outcome)},
            {"provisional", verdict.provisional},
            {"text", localized_json(verdict.sentence)}};
}

Json dataset_news_json(const DatasetNews& dataset)
{
    return {{"dataset", dataset.dataset}, {"label", dataset.label},     {"vintages", dataset.vintages},
            {"rows", dataset.rows},       {"revised", dataset.revised}, {"withdrawn", dataset.withdrawn}};
}

Json outage_json(const Outage& outage)
{
    Json causes = Json::array();
    for (const auto& cause : outage.causes)
        if (causes.size() < listed_max)
            causes.push_back({{"job", text_json(cause.job)}, {"text", localized_json(cause.text)}});
    return {{"outage", outage.id},
            {"concern", to_string(outage.concern)},
            {"about", text_json(outage.about)},
            {"began", format_time(outage.began_at)},
            {"ended", time_json(outage.ended_at)},
            {"causes", causes},
            {"causes_left_out", outage.causes.size() - causes.size()}};
}

} // namespace

Json json_of(const Notification& notification)
{
    return {{"format", format_version},
            {"delivery", notification.delivery},
            {"kind", to_string(notification.kind)},
            {"installation", notification.installation},
            {"channel", notification.channel},
            {"made", format_time(notification.made_at)},
            {"language", to_string(notification.language)},
            {"subject", subject_of(notification)},
            {"text", text_of(notification)},
            {"flags", listed_json(notification.flags, [&](auto& one) { return flag_news_json(notification, one); })},
            {"indicators",
             listed_json(notification.indicators, [&](auto& one) { return verdict_news_json(notification, one); })},
            {"datasets", listed_json(notification.datasets, &dataset_news_json)},
            {"outages", listed_json(notification.outages, &outage_json)},
            {"going_on", listed_json(notification.going_on, &outage_json)}};
}

} // namespace skurd
