#pragma once

#include "api/endpoint.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace skurd {

/// Items or rows that one page has at most.
constexpr std::int64_t page_max = 10'000;

/// The address that was asked for, with this value of a parameter.
std::string link_with(const ApiQuestion& question, const std::string& parameter, const std::string& value);
/// The address that goes on after `cursor`.
std::string next_link(const ApiQuestion& question, const std::string& cursor);

/// Adds the link to the next page, for those who read no JSON; nothing for "".
void add_link(HttpResponse& response, const std::string& next);

/// A part of a list.
template <typename Item>
struct ListPage {
    std::vector<Item> items;
    std::string next; ///< address of the next page; "" = this is the last
};

/// The items after the one that `cursor` names, as many as `limit` says; without these parameters all. A cursor is
/// what `key_of` gives of the last item of the page before. Throws Error (usage) for a cursor of no item.
template <typename Item, typename KeyOf>
ListPage<Item> page_of(std::vector<Item> all, const ApiQuestion& question, const QueryReader& query,
                       const KeyOf& key_of)
{
    if (const auto cursor = query.text("cursor"); !cursor.empty()) {
        const auto last =
            std::find_if(all.begin(), all.end(), [&](const Item& item) { return key_of(item) == cursor; });
        if (last == all.end())
            throw usage_error("cursor: '{}' is of nothing in this list any more: begin anew without it",
                              excerpt(cursor));
        all.erase(all.begin(), last + 1);
    }
    const auto limit = static_cast<std::size_t>(query.number("limit", page_max, page_max));
    if (query.text("limit").empty() || all.size() <= limit)
        return {std::move(all), ""};
    all.resize(limit);
    const auto next = next_link(question, key_of(all.back()));
    return {std::move(all), next};
}

/// As api_json(), with a member `next`: the address of the next page, or null.
HttpResponse api_json_page(const ApiQuestion& question, const AsOf& as_of, const char* name, Json list,
                           const std::string& next);

} // namespace skurd
