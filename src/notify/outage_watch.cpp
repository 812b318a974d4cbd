#include "notify/outage_watch.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::chrono::minutes steady_after{5};
constexpr std::chrono::hours joined_within{24};

bool has_cause(const Outage& outage, const std::string& key)
{
    return std::any_of(outage.causes.begin(), outage.causes.end(),
                       [&](const OutageCause& cause) { return cause.key == key; });
}

bool is_known(const std::vector<Outage>& open, const std::string& key)
{
    return std::any_of(open.begin(), open.end(), [&](const Outage& outage) { return has_cause(outage, key); });
}

bool is_same(const Outage& outage, const FoundCause& found)
{
    return outage.concern == found.concern && outage.about == found.about;
}

} // namespace

/// Whether it has been so for five minutes. An instant in the future was noted before the clock was put back.
bool OutageWatch::has_stood(std::map<std::string, Time>& since, const std::string& key, Time now)
{
    auto& first = since.emplace(key, now).first->second;
    first = std::min(first, now);
    return now - first >= steady_after;
}

void OutageWatch::begin_or_join(const std::vector<FoundCause>& found, const std::vector<Outage>& open, Time now,
                                OutageChanges& changes)
{
    for (const auto& one : found) {
        if (is_known(open, one.cause.key) || !has_stood(seen_since_, one.cause.key, now))
            continue;
        const auto lasting = std::find_if(open.begin(), open.end(), [&](const Outage& outage) {
            return is_same(outage, one) && now - outage.began_at < joined_within;
        });
        if (lasting != open.end()) {
            changes.joined.emplace_back(lasting->id, one.cause);
            continue;
        }
        const auto since = seen_since_.at(one.cause.key);
        const auto begun = std::find_if(changes.begun.begin(), changes.begun.end(),
                                        [&](const Outage& outage) { return is_same(outage, one); });
        if (begun == changes.begun.end()) {
            changes.begun.push_back({0, one.concern, one.about, since, {}, {one.cause}});
            continue;
        }
        begun->causes.push_back(one.cause);
        begun->began_at = std::min(begun->began_at, since);
    }
    // What was not there for long yet begins with what it belongs to.
    for (auto& outage : changes.begun)
        for (const auto& one : found)
            if (is_same(outage, one) && !is_known(open, one.cause.key) && !has_cause(outage, one.cause.key))
                outage.causes.push_back(one.cause);
}

OutageChanges OutageWatch::see(const std::vector<FoundCause>& found, const std::vector<Outage>& open, Time now)
{
    std::set<std::string> keys;
    for (const auto& one : found)
        keys.insert(one.cause.key);
    std::erase_if(seen_since_, [&](const auto& one) { return !keys.contains(one.first); });
    OutageChanges changes;
    begin_or_join(found, open, now, changes);
    for (const auto& outage : open) {
        const auto id = std::to_string(outage.id);
        if (std::any_of(outage.causes.begin(), outage.causes.end(),
                        [&](const OutageCause& cause) { return keys.contains(cause.key); }))
            gone_since_.erase(id);
        else if (has_stood(gone_since_, id, now)) {
            gone_since_.erase(id);
            changes.ended.push_back(outage.id);
        }
    }
    std::erase_if(seen_since_, [&](const auto& one) { return is_known(changes.begun, one.first); });
    return changes;
}

} // namespace skurd
