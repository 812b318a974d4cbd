#pragma once

#include "notify/notification.hpp"

#include <cstddef>

namespace skurd::test {

/// A morning: flags opened and closed, an indicator judged anew, tables, and one thing that goes on failing. Made up.
Notification sample_publication(Language language);
/// Two that began, one of them over already.
Notification sample_outage(Language language);
/// The end of both.
Notification sample_recovery(Language language);
/// A morning on which so many flags were raised.
Notification many_flags(std::size_t count);

} // namespace skurd::test
