#include "lib/tz/time_zone.hpp"

#include "base/error.hpp"

#include <date/tz.h>

namespace skurd {

namespace {

const date::time_zone& zone_of(const void* zone)
{
    return *static_cast<const date::time_zone*>(zone);
}

} // namespace

TimeZone TimeZone::find(const std::string& name)
{
    try {
        return TimeZone(date::locate_zone(name));
    } catch (const std::runtime_error&) {
        throw usage_error("unknown time zone '{}' (use a name like Europe/Oslo; see `timedatectl list-timezones`)",
                          name);
    }
}

TimeZone::Offset TimeZone::offset_at(Time time) const
{
    const auto info = zone_of(zone_).get_info(time);
    return {info.offset, info.end};
}

std::chrono::local_seconds TimeZone::to_local(Time time) const
{
    return std::chrono::local_seconds(zone_of(zone_).to_local(time).time_since_epoch());
}

Time TimeZone::to_utc(std::chrono::local_seconds local) const
{
    return zone_of(zone_).to_sys(date::local_seconds(local.time_since_epoch()), date::choose::earliest);
}

} // namespace skurd
