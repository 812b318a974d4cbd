#pragma once

#include "base/number_text.hpp"
#include "lib/json/json.hpp"
#include "model/localized_text.hpp"
#include "model/news.hpp"
#include "model/outage.hpp"
#include "model/outbox.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// What a message lists of one kind, and how much more there is: a message is bounded, whatever a morning brings.
template <typename Item>
struct Listed {
    std::vector<Item> items;
    std::size_t left_out = 0;

    std::size_t all() const { return items.size() + left_out; }
};

inline constexpr std::size_t listed_max = 50; ///< of one kind

template <typename Item>
Listed<Item> listed(std::vector<Item> all)
{
    const auto size = all.size();
    if (size > listed_max)
        all.erase(all.begin() + listed_max, all.end());
    return {std::move(all), size > listed_max ? size - listed_max : 0};
}

/// What a message tells, before it is text, HTML or JSON.
struct Notification {
    MessageKind kind = MessageKind::publication;
    std::string installation; ///< [notify] name
    std::string channel;
    std::string delivery;
    Time made_at{};
    Language language = Language::nb;
    Listed<FlagNews> flags{};
    std::size_t flags_opened = 0; ///< of all there are
    std::size_t flags_closed = 0; ///< likewise
    Listed<Verdict> indicators{};
    Listed<DatasetNews> datasets{};
    Listed<Outage> outages{};              ///< that began or ended
    Listed<Outage> going_on{};             ///< those that began before and have not ended
    std::map<int, LocalizedText> labels{}; ///< of the indicators named
};

/// One line, without a line end: "[skurd] 2 nye flagg, 3 indikatorer endret".
std::string subject_of(const Notification& notification);
std::string text_of(const Notification& notification); ///< plain text, for mail and for chat
std::string html_of(const Notification& notification); ///< a page that loads nothing
/// As schema/json/notification.schema.json has it.
Json json_of(const Notification& notification);

} // namespace skurd
