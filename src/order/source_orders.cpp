#include "order/source_orders.hpp"

#include "view/source_table_json.hpp"

#include <algorithm>

namespace skurd {

namespace {

Json order_json(const QueriedSource& at, const char* name, const std::string& value)
{
    return {{"source", at.source}, {"base_url", at.base_url}, {"language", at.language}, {name, value}};
}

} // namespace

QueriedSource QueriedSource::read(JsonReader& json)
{
    return {json.text("source"), json.text("base_url", ""), json.text("language", "")};
}

DiscoverOrder DiscoverOrder::read(JsonReader& json)
{
    return {QueriedSource::read(json), json.text("words", "")};
}

Json to_json(const DiscoverOrder& order)
{
    return order_json(order.at, "words", order.words);
}

DiscoverResult DiscoverResult::read(JsonReader& json)
{
    DiscoverResult result;
    for (auto& table : json.objects("tables"))
        result.tables.push_back(read_table_entry(table));
    return result;
}

Json to_json(const DiscoverResult& result)
{
    Json json = {{"tables", Json::array()}};
    for (const auto& table : result.tables)
        json["tables"].push_back(to_json(table));
    return json;
}

DescribeOrder DescribeOrder::read(JsonReader& json)
{
    return {QueriedSource::read(json), json.text("table")};
}

Json to_json(const DescribeOrder& order)
{
    return order_json(order.at, "table", order.table);
}

DescribeResult DescribeResult::read(JsonReader& json)
{
    return {read_table_description(json)};
}

Json to_json(const DescribeResult& result)
{
    return to_json(result.description);
}

CheckOnlineOrder CheckOnlineOrder::read(JsonReader& json)
{
    return {json.texts("jobs"), json.choice<Record>("record")};
}

Json to_json(const CheckOnlineOrder& order)
{
    return {{"jobs", order.jobs}, {"record", to_string(order.record)}};
}

CheckOnlineResult CheckOnlineResult::read(JsonReader& json)
{
    CheckOnlineResult result;
    for (auto& job : json.objects("jobs"))
        result.jobs.push_back(read_checked_job(job));
    return result;
}

ExitCode CheckOnlineResult::exit() const
{
    const bool good = std::all_of(jobs.begin(), jobs.end(), [](const CheckedJob& job) { return job.is_good(); });
    return good ? ExitCode::good : ExitCode::failed;
}

Json to_json(const CheckOnlineResult& result)
{
    Json json = {{"jobs", Json::array()}};
    for (const auto& job : result.jobs)
        json["jobs"].push_back(to_json(job));
    return json;
}

} // namespace skurd
