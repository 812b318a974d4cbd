#include "connectors/pxweb/response_index.hpp"

#include "base/text.hpp"
#include "connectors/pxweb/decode.hpp"

namespace skurd {

namespace {

/// A URL after the server's base: "/tables/07459/data" and what follows the question mark.
struct Place {
    std::string_view path;
    std::string_view query;
};

Place place_of(const PxwebSettings& settings, std::string_view url)
{
    const auto whole = url.substr(0, url.find('?'));
    if (url.starts_with(settings.base_url))
        url.remove_prefix(settings.base_url.size());
    else // a redirect led to another base, or the job's is another by now: the path is looked for in the whole
        for (const std::string_view known : {"/tables", "/codelists/", "/config"})
            if (const auto at = whole.rfind(known); at != std::string::npos) {
                url.remove_prefix(at);
                break;
            }
    const auto mark = url.find('?');
    return {url.substr(0, mark), mark == std::string::npos ? std::string_view() : url.substr(mark + 1)};
}

void hear_table(ResponseIndex& index, std::string_view path, const Response& response)
{
    const auto end = path.find('/');
    index.table = path.substr(0, end);
    const auto what = end == std::string::npos ? std::string_view() : path.substr(end);
    if (what == "/metadata")
        index.metadata = &response;
    else if (what == "/data")
        index.data.push_back(&response);
    else
        index.description = &response;
}

} // namespace

ResponseIndex::ResponseIndex(const PxwebSettings& settings, std::span<const Response> responses)
{
    constexpr std::string_view tables_path = "/tables/";
    constexpr std::string_view codelists_path = "/codelists/";
    for (const auto& response : responses) {
        const auto [path, query] = place_of(settings, response.url);
        if (path == "/config")
            config = &response;
        else if (query == "config")
            config_v1 = &response;
        else if (path == "/tables" && query.find("pastDays=") != std::string::npos)
            update_list.push_back(&response);
        else if (path == "/tables" || (path == "/" && query.find("query=") != std::string::npos))
            searches.push_back(&response);
        else if (path.starts_with(codelists_path))
            codelists[std::string(path.substr(codelists_path.size()))] = &response;
        else if (path.starts_with(tables_path))
            hear_table(*this, path.substr(tables_path.size()), response);
        else {
            v1.push_back(&response);
            table = path.substr(path.starts_with('/') ? 1 : 0);
        }
    }
    if (!searches.empty())
        search = searches.front();
}

const Response* ResponseIndex::codelist(const std::string& id) const
{
    const auto found = codelists.find(percent_encode(id));
    return found == codelists.end() ? nullptr : found->second;
}

} // namespace skurd
