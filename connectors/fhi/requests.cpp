#include "connectors/fhi/requests.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr auto share = std::chrono::minutes(10);

Request get(std::string url, std::string purpose)
{
    Request request;
    request.url = std::move(url);
    request.accept = "application/json";
    request.purpose = std::move(purpose);
    return request;
}

Request get_shared(std::string url, std::string purpose)
{
    auto request = get(std::move(url), std::move(purpose));
    request.share = share;
    return request;
}

Request get_part(const std::string& base_url, const std::string& source, const std::string& table,
                 const std::string& part)
{
    return get(fmt::format("{}/{}/Table/{}/{}", base_url, source, table, part),
               fmt::format("{} of table {}/{}", part, source, table));
}

} // namespace

Request fhi_sources_request(const std::string& base_url)
{
    return get_shared(base_url + "/Common/source", "sources of FHI");
}

Request fhi_list_request(const std::string& base_url, const std::string& source)
{
    return get_shared(fmt::format("{}/{}/Table", base_url, source), "tables of " + source);
}

Request fhi_update_list_request(const std::string& base_url, const std::string& source, const std::string& day)
{
    return get_shared(fmt::format("{}/{}/Table?modifiedAfter={}", base_url, source, day),
                      fmt::format("tables of {} modified since {}", source, day));
}

Request fhi_table_request(const std::string& base_url, const std::string& source, const std::string& table)
{
    return get(fmt::format("{}/{}/Table/{}", base_url, source, table), fmt::format("table {}/{}", source, table));
}

Request fhi_dimension_request(const std::string& base_url, const std::string& source, const std::string& table)
{
    return get_part(base_url, source, table, "dimension");
}

Request fhi_flag_request(const std::string& base_url, const std::string& source, const std::string& table)
{
    return get_part(base_url, source, table, "flag");
}

Request fhi_data_request(const FhiSettings& settings, const std::string& table, const FhiSelection& selection)
{
    auto request = get_part(settings.base_url, settings.source, table, "data");
    request.method = "POST";
    request.content_type = "application/json";
    request.body = fhi_query_body(selection, settings.rows_max);
    return request;
}

} // namespace skurd
