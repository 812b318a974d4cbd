#include "connectors/pxweb/response_index.hpp"

#include "base/text.hpp"
#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/requests.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// A URL after the server's base: "/tables/07459/data" and what follows the question mark.
struct Place {
    std::string_view path;
    std::string_view query;
};

Place split_query(std::string_view url)
{
    const auto mark = url.find('?');
    return {url.substr(0, mark), mark == std::string::npos ? std::string_view() : url.substr(mark + 1)};
}

/// Where the path begins in a URL that is not below the job's base, since that was another when the bytes were
/// stored.
std::size_t path_begin(const PxwebSettings& settings, PxwebVersion version, std::string_view url)
{
    const auto whole = url.substr(0, url.find('?'));
    if (version == PxwebVersion::v1) {
        std::string path;
        for (const auto part : split(settings.table, '/'))
            path += "/" + percent_encode(part);
        return whole.ends_with(path) ? whole.size() - path.size() : 0;
    }
    for (const std::string_view known : {"/tables", "/codelists/", "/config"})
        if (const auto at = whole.rfind(known); at != std::string_view::npos)
            return at;
    return 0;
}

Place place_of(const PxwebSettings& settings, PxwebVersion version, std::string_view url)
{
    const auto rest = url.substr(std::min(settings.base_url.size(), url.size()));
    const bool below = url.starts_with(settings.base_url) && (rest.empty() || rest[0] == '/' || rest[0] == '?');
    return split_query(below ? rest : url.substr(path_begin(settings, version, url)));
}

PxwebVersion version_told(const PxwebSettings& settings, std::span<const Response> responses)
{
    const auto tells = [&](std::string_view address, bool v2) {
        return std::any_of(responses.begin(), responses.end(), [&](const Response& response) {
            if (response.url != settings.base_url + std::string(address) || response.status != 200)
                return false;
            const auto config = decode_pxweb_config(response.body);
            return config && config->is_v2 == v2;
        });
    };
    if (tells("/config", true))
        return PxwebVersion::v2;
    return tells("/?config", false) ? PxwebVersion::v1 : PxwebVersion::unknown;
}

/// For stored responses, whose job left the version to the server and remembered it.
PxwebVersion version_by_bytes(std::span<const Response> responses)
{
    const auto any = [&](auto is) { return std::any_of(responses.begin(), responses.end(), is); };
    if (any([](const Response& one) { return !one.url.ends_with("config") && is_pxweb_v1_metadata(one.body); }))
        return PxwebVersion::v1;
    return any([](const Response& one) { return one.url.find("/tables") != std::string_view::npos; })
               ? PxwebVersion::v2
               : PxwebVersion::unknown;
}

} // namespace

void ResponseIndex::refuse(const Response& response)
{
    ++refusals;
    refusal = &response;
    data.clear();
}

void ResponseIndex::add_data(const Response& response)
{
    if (metadata_again) // a refusal here is no word on how much to ask for: it was answered before
        data_again = &response;
    else if (is_pxweb_limit(response.body))
        refuse(response);
    else
        data.push_back(&response);
}

void ResponseIndex::add_table(std::string_view path, const Response& response)
{
    const auto end = path.find('/');
    table = path.substr(0, end);
    const auto what = end == std::string_view::npos ? std::string_view() : path.substr(end);
    if (what == "/data")
        add_data(response);
    else if (what == "/metadata")
        (metadata ? metadata_again : metadata) = &response;
    else
        (description ? description_again : description) = &response;
}

void ResponseIndex::add_v2(std::string_view path, std::string_view query, const Response& response)
{
    constexpr std::string_view tables_path = "/tables/";
    constexpr std::string_view codelists_path = "/codelists/";
    if (path == "/config") {
        config = &response;
        limit_is_late = refusals > 0;
    } else if (path == "/tables" &&
               query.find(fmt::format("pastDays={}", long_list_days)) != std::string_view::npos) {
        long_list = &response;
    } else if (path == "/tables" && query.find("pastDays=") != std::string_view::npos) {
        update_list.push_back(&response);
    } else if (path == "/tables") {
        searches.push_back(&response);
    } else if (path.starts_with(codelists_path)) {
        codelists[std::string(path.substr(codelists_path.size()))] = &response;
    } else if (path.starts_with(tables_path)) {
        add_table(path.substr(tables_path.size()), response);
    }
}

void ResponseIndex::add_v1(std::string_view path, std::string_view query, const Response& response)
{
    const bool is_root = path.empty() || path == "/";
    if (is_root && query == "config") {
        config_v1 = &response;
        limit_is_late = refusals > 0;
    } else if (is_root && query.starts_with("query=")) {
        searches.push_back(&response);
    } else {
        table = path.substr(path.starts_with('/') ? 1 : 0);
        const auto described =
            std::find_if(v1.begin(), v1.end(), [](const auto* answer) { return is_pxweb_v1_metadata(answer->body); });
        if (described == v1.end() || !is_pxweb_limit(response.body)) {
            v1.push_back(&response);
            return;
        }
        v1.erase(described + 1, v1.end());
        refuse(response);
    }
}

ResponseIndex::ResponseIndex(const PxwebSettings& settings, std::span<const Response> responses,
                             PxwebVersion remembered)
    : version(settings.version)
{
    for (const auto told : {version_told(settings, responses), remembered, version_by_bytes(responses)})
        if (version == PxwebVersion::unknown)
            version = told;
    for (const auto& response : responses) {
        const auto [path, query] = place_of(settings, version, response.url);
        const bool asks_v1 = (path.empty() || path == "/") && query == "config";
        const bool asks_v2 = settings.version == PxwebVersion::unknown && path == "/config" && query.empty();
        if (version != PxwebVersion::v2 && asks_v2)
            config = &response;
        else if (version == PxwebVersion::v1 || asks_v1)
            add_v1(path, query, response);
        else if (version == PxwebVersion::v2)
            add_v2(path, query, response);
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
