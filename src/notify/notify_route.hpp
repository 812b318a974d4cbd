#pragma once

#include "model/flag.hpp"
#include "notify/notify_settings.hpp"

#include <optional>
#include <set>
#include <string>

namespace skurd {

/// What is to be told, as far as routes ask for it.
struct RoutedItem {
    Topic topic = Topic::flags;
    std::optional<FlagKind> flag_kind{}; ///< of a flag
    std::string part{};                  ///< of the catalogue; "" where no indicator is meant
    std::set<std::string> sources{};
    std::set<std::string> jobs{};
};

/// Whether it goes that way: each list of the route that is not empty must name it. What has no part passes no list
/// of parts.
bool passes(const NotifyRoute& route, const RoutedItem& item);

} // namespace skurd
