#include "connectors/pxweb/stamps.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t day_size = std::string_view("2027-03-05").size();

/// "20270305 08:00" as "2027-03-05 08:00"; anything else as it is.
std::string with_dashes(std::string_view text)
{
    const auto day = text.substr(0, 8);
    if (day.size() < 8 || !all_digits(day))
        return std::string(text);
    return fmt::format("{}-{}-{}{}", day.substr(0, 4), day.substr(4, 2), day.substr(6), text.substr(8));
}

bool has_offset(std::string_view text)
{
    return text.size() > day_size && text.find_first_of("Zz+-", day_size) != std::string_view::npos;
}

bool has_seconds(Time time)
{
    return time.time_since_epoch() % std::chrono::minutes(1) != std::chrono::seconds(0);
}

} // namespace

std::optional<Time> read_stamp(const PxwebSettings& settings, std::string_view text)
{
    const auto written = with_dashes(text);
    const auto time = parse_time(written);
    if (!time || has_offset(written))
        return time;
    return settings.zone.to_utc(std::chrono::local_seconds(time->time_since_epoch()));
}

bool same_instant(const PxwebSettings& settings, const std::string& a, const std::string& b)
{
    if (a == b)
        return true;
    const auto first = read_stamp(settings, a);
    const auto second = read_stamp(settings, b);
    if (!first || !second)
        return false;
    const bool to_the_second = has_seconds(*first) && has_seconds(*second);
    const auto minute = [](Time time) { return std::chrono::floor<std::chrono::minutes>(time); };
    return to_the_second ? *first == *second : minute(*first) == minute(*second);
}

bool is_later(const PxwebSettings& settings, const std::string& a, const std::string& b)
{
    const auto first = read_stamp(settings, a);
    const auto second = read_stamp(settings, b);
    return first && second && *first > *second && !same_instant(settings, a, b);
}

std::string newest(const PxwebSettings& settings, const std::vector<std::string>& stamps)
{
    const auto found = std::max_element(stamps.begin(), stamps.end(), [&](const auto& a, const auto& b) {
        return read_stamp(settings, a) < read_stamp(settings, b);
    });
    return found == stamps.end() ? "" : *found;
}

std::string Stamps::claim(const PxwebSettings& settings) const
{
    const auto& own = data.empty() ? metadata : data;
    const bool list_knows_better = agree(settings) && is_later(settings, listed, own);
    return own.empty() || list_knows_better ? listed : own;
}

bool Stamps::agree(const PxwebSettings& settings) const
{
    return metadata.empty() || data.empty() || same_instant(settings, metadata, data);
}

PublicationClaim publication_claim(const PxwebSettings& settings, const std::string& stamp, Time now)
{
    const auto time = read_stamp(settings, stamp);
    if (!time)
        return {now, "received", Confidence::arrival};
    const bool is_day = with_dashes(stamp).size() == day_size;
    return {*time, "updated", is_day ? Confidence::day : Confidence::stated};
}

} // namespace skurd
