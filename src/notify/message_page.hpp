#pragma once

#include "notify/notification.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A message in its language, as text and HTML show it.
struct MessageSection {
    std::string heading;
    std::vector<std::string> lines; ///< each one line
    std::string more;               ///< what is left out, and how to see it; "" = nothing
};

struct MessagePage {
    std::string subject;
    std::vector<MessageSection> sections;
    std::string footer;
};

MessagePage page_of(const Notification& notification);

} // namespace skurd
