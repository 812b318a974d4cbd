#include "order/drop_order.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "order/agreement_json.hpp"

namespace skurd {

namespace {

constexpr std::size_t date_size = 10; // "2019-11-01"

Json published_json(const std::optional<PublicationClaim>& claim)
{
    if (!claim)
        return nullptr;
    return claim->confidence == Confidence::day ? format_date(claim->published_at) : format_time(claim->published_at);
}

} // namespace

std::optional<PublicationClaim> publication_by_hand(const std::string& text)
{
    const auto at = parse_time(text);
    if (!at)
        return std::nullopt;
    return PublicationClaim{*at, "--published", text.size() == date_size ? Confidence::day : Confidence::stated};
}

DropOrder DropOrder::read(JsonReader& json)
{
    DropOrder order;
    order.job = json.text("job");
    order.job_text = json.text("job_text", "");
    if (order.job_text.size() > DropOrder::job_text_max)
        json.fail("job_text", fmt::format("{} bytes; a job file may have {} here", order.job_text.size(),
                                          DropOrder::job_text_max));
    order.file_name = json.text("name", "file");
    order.modified = json.optional_time("modified");
    if (json.optional_time("published"))
        order.published = publication_by_hand(json.text("published"));
    order.agreement = read_agreement(json, "accept");
    return order;
}

Json to_json(const DropOrder& order)
{
    Json json = {{"job", order.job},
                 {"name", order.file_name},
                 {"modified", order.modified ? Json(format_time(*order.modified)) : Json(nullptr)},
                 {"published", published_json(order.published)},
                 {"accept", to_json(order.agreement)}};
    if (!order.job_text.empty())
        json["job_text"] = order.job_text;
    return json;
}

} // namespace skurd
