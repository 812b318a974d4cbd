#include "connectors/pxweb/time_dimension.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/pxweb/plan.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::string_view usual_name = "Tid";

/// Of PxWebApi v2's `timeUnit`.
std::optional<PeriodKind> kind_of_unit(const std::string& time_unit)
{
    if (time_unit == "Annual")
        return PeriodKind::year;
    if (time_unit == "HalfYear")
        return PeriodKind::half_year;
    if (time_unit == "Quarterly")
        return PeriodKind::quarter;
    if (time_unit == "Monthly")
        return PeriodKind::month;
    return time_unit == "Weekly" ? std::optional(PeriodKind::week) : std::nullopt;
}

std::vector<std::string> marked(const Cube& metadata)
{
    std::vector<std::string> ids;
    for (const auto& dimension : metadata.dimensions)
        if (dimension.role == Role::time)
            ids.push_back(dimension.id);
    return ids;
}

/// By what the source says.
std::string find_time(const PxwebSettings& settings, const std::string& table, const Cube& metadata)
{
    const auto ids = marked(metadata);
    if (ids.size() == 1)
        return ids.front();
    if (ids.empty() && metadata.find(usual_name))
        return std::string(usual_name);
    std::vector<std::string> all;
    for (const auto& dimension : metadata.dimensions)
        all.push_back(dimension.id);
    throw error("{}: table {}: the source marks {} as time: name the time dimension in [source], time = \"…\"",
                settings.table_where, table,
                ids.empty() ? "none of its dimensions " + join(all, ", ") : join(ids, " and "));
}

std::string find_named(const PxwebSettings& settings, const std::string& table, const Cube& metadata)
{
    try {
        return require_dimension(metadata, settings.time).id;
    } catch (const Error& failure) {
        throw error("{}: table {}: {}", settings.time_where, table, failure.what());
    }
}

} // namespace

TimeSelection mark_time(const PxwebSettings& settings, const std::string& table, const std::string& time_unit,
                        Cube& metadata)
{
    const auto id =
        settings.time.empty() ? find_time(settings, table, metadata) : find_named(settings, table, metadata);
    TimeSelection time;
    time.periods = {settings.period_kind, kind_of_unit(time_unit)};
    time.marked = TimeSelection::Marked::by_job;
    for (auto& dimension : metadata.dimensions) {
        if (dimension.id == id && dimension.role == Role::time)
            time.marked = TimeSelection::Marked::by_source;
        else if (dimension.id == id)
            dimension.role = Role::time;
        else if (dimension.role == Role::time)
            dimension.role = Role::none;
    }
    return time;
}

std::string time_of(const Cube& metadata)
{
    const auto ids = marked(metadata);
    return ids.empty() ? "" : ids.front();
}

bool selects_every_period(const PxwebSettings& settings, const Cube& metadata)
{
    const auto time = time_of(metadata);
    const auto lines = spelled_out(settings.wanted, metadata);
    return std::any_of(lines.begin(), lines.end(), [&](const Wanted& one) {
        const auto& asked = one.expressions;
        return std::find(asked.begin(), asked.end(), "*") != asked.end() &&
               require_dimension(metadata, one.dimension).id == time;
    });
}

} // namespace skurd
