#include "view/revision_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

Json days_json(const std::optional<int>& days)
{
    return days ? Json(*days) : Json(nullptr);
}

} // namespace

Json to_json(const RevisionGroup& group, const char* id_name)
{
    const auto& profile = group.profile;
    return {{id_name, group.id},
            {"label", localized_json(group.label)},
            {"figures", profile.figures},
            {"followed", profile.followed},
            {"revised", profile.revised},
            {"up", profile.up},
            {"down", profile.down},
            {"uncounted", profile.uncounted},
            {"unit", to_string(group.unit)},
            {"mean", number_json(profile.mean)},
            {"mean_absolute", number_json(profile.mean_absolute)},
            {"days_median", days_json(profile.days_median)},
            {"days_most", days_json(profile.days_most)}};
}

Json version_json(const RevisionHistory& history, const Figure& figure, const PublishedNumber& version)
{
    return {{"id", history.id},
            {"period", figure.period.text()},
            {"published", format_time(version.published)},
            {"value", version.number.text()}};
}

} // namespace skurd
