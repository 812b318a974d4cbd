#include "notify/notify_route.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool names_one_of(const std::vector<std::string>& wanted, const std::set<std::string>& there)
{
    return wanted.empty() ||
           std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) { return there.contains(one); });
}

} // namespace

bool passes(const NotifyRoute& route, const RoutedItem& item)
{
    if (!route.topics.contains(item.topic))
        return false;
    if (item.flag_kind && !route.flag_kinds.empty() && !route.flag_kinds.contains(*item.flag_kind))
        return false;
    return names_one_of(route.parts, {item.part}) && names_one_of(route.sources, item.sources) &&
           names_one_of(route.jobs, item.jobs);
}

} // namespace skurd
