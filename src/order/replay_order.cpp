#include "order/replay_order.hpp"

#include "base/time_text.hpp"
#include "order/agreement_json.hpp"
#include "view/value_json.hpp"

#include <algorithm>
#include <limits>

namespace skurd {

namespace {

constexpr std::int64_t count_max = std::numeric_limits<std::int64_t>::max();

Json word_or_null(const std::optional<std::string>& word)
{
    return word ? Json(*word) : Json(nullptr);
}

Json to_json(const ReplayedCell& cell)
{
    return {{"codes", codes_json(cell.codes)},
            {"period", cell.period.text()},
            {"stored", word_or_null(cell.stored)},
            {"decoded", word_or_null(cell.decoded)}};
}

std::optional<std::string> read_word(JsonReader& json, const char* name)
{
    return json.has(name) ? std::optional(json.text(name)) : std::nullopt;
}

ReplayedCell read_cell(JsonReader& json)
{
    const auto period = Period::parse(json.text("period"));
    if (!period)
        json.fail("period", "is empty");
    return {json.text_members("codes"), *period, read_word(json, "stored"), read_word(json, "decoded")};
}

ReplayedVintage read_vintage(JsonReader& json)
{
    ReplayedVintage replayed;
    replayed.job = json.text("job");
    replayed.vintage = json.integer("vintage", 1, count_max);
    replayed.dataset = json.text("dataset");
    replayed.published_at = json.time("published");
    replayed.failure = json.text("failure", "");
    replayed.different = static_cast<std::size_t>(json.integer("different", 0, count_max));
    for (auto& cell : json.objects("differences"))
        replayed.cells.push_back(read_cell(cell));
    replayed.new_vintage = json.optional_integer("new_vintage", 1, count_max);
    return replayed;
}

} // namespace

ReplayOrder ReplayOrder::read(JsonReader& json)
{
    ReplayOrder order;
    order.jobs = json.texts("jobs");
    order.effect = json.choice<Effect>("effect");
    order.agreement = read_agreement(json, "accept");
    return order;
}

Json to_json(const ReplayOrder& order)
{
    return {{"jobs", order.jobs}, {"effect", to_string(order.effect)}, {"accept", to_json(order.agreement)}};
}

ReplayResult ReplayResult::read(JsonReader& json)
{
    ReplayResult result;
    for (auto& vintage : json.objects("vintages"))
        result.vintages.push_back(read_vintage(vintage));
    return result;
}

ExitCode ReplayResult::exit() const
{
    const bool failed = std::any_of(vintages.begin(), vintages.end(),
                                    [](const ReplayedVintage& replayed) { return !replayed.failure.empty(); });
    return failed ? ExitCode::failed : ExitCode::good;
}

Json to_json(const ReplayResult& result)
{
    Json json = {{"vintages", Json::array()}};
    for (const auto& replayed : result.vintages)
        json["vintages"].push_back(to_json(replayed));
    return json;
}

Json to_json(const ReplayedVintage& replayed)
{
    Json cells = Json::array();
    for (const auto& cell : replayed.cells)
        cells.push_back(to_json(cell));
    return {{"job", replayed.job},
            {"vintage", replayed.vintage},
            {"dataset", replayed.dataset},
            {"published", format_time(replayed.published_at)},
            {"failure", replayed.failure.empty() ? Json(nullptr) : Json(replayed.failure)},
            {"different", replayed.different},
            {"differences", std::move(cells)},
            {"new_vintage", replayed.new_vintage ? Json(*replayed.new_vintage) : Json(nullptr)}};
}

} // namespace skurd
