#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/sim/sim_answers.hpp"
#include "tests/sim/sim_selection.hpp"
#include "tests/sim/ssb_state.hpp"

#include <algorithm>

namespace skurd::sim {

namespace {

std::string param(const HttpRequest& request, const std::string& name, const std::string& fallback)
{
    for (const auto& [key, value] : request.params)
        if (to_lower(key) == to_lower(name))
            return value;
    return fallback;
}

std::size_t number_param(const HttpRequest& request, const std::string& name, std::size_t fallback)
{
    const auto text = param(request, name, "");
    return all_digits(text) && text.size() < 7 ? std::stoul(text) : fallback;
}

/// The links of a page of a list: to those around it, as far as there are any.
Json page_links(const SsbState& state, const std::string& language, std::size_t number, std::size_t size,
                std::size_t pages)
{
    Json links = Json::array();
    const auto add = [&](const char* rel, std::size_t to) {
        links.push_back({{"rel", rel},
                         {"hreflang", language},
                         {"href", fmt::format("{}{}/tables/?lang={}&pagesize={}&pageNumber={}", state.host_url,
                                              v2_path, language, size, to)}});
    };
    if (number < pages)
        add("next", number + 1);
    if (number > 1)
        add("previous", number - 1);
    add("last", pages);
    return links;
}

HttpReply answer_list(const SsbState& state, const HttpRequest& request, const std::string& language)
{
    const auto asked = number_param(request, "pageSize", 0);
    const auto size = std::min(asked == 0 ? state.habits.page_size : asked, state.habits.page_size_max);
    const auto number = number_param(request, "pageNumber", 1);
    const auto days = number_param(request, "pastDays", 0);
    const bool all = to_lower(param(request, "includeDiscontinued", "false")) == "true";
    auto hits = search(state, param(request, "query", ""));
    std::erase_if(hits, [&](const SimTable* table) {
        const auto updated = parse_time(table->listed.empty() ? table->updated : table->listed);
        const bool old = days > 0 && (!updated || *updated < state.now - std::chrono::days(days));
        return old || (table->discontinued && !all);
    });
    const auto pages = std::max<std::size_t>((hits.size() + size - 1) / size, 1);
    if (number < 1 || number > pages)
        throw parameter_error("Non-existent page", 404);
    Json json = {{"language", language}, {"tables", Json::array()}};
    for (auto i = (number - 1) * size; i < std::min(number * size, hits.size()); ++i)
        json["tables"].push_back(table_item(state, *hits[i], language));
    json["page"] = {{"pageNumber", number},
                    {"pageSize", size},
                    {"totalElements", hits.size()},
                    {"totalPages", hits.empty() ? 0 : pages},
                    {"links", page_links(state, language, number, size, pages)}};
    json["links"] = Json::array();
    return json_reply(json.dump());
}

HttpReply answer_data(const SsbState& state, const SimTable* table, const HttpRequest& request,
                      const std::string& language)
{
    if (!table)
        throw parameter_error("Non-existent table", 400, 404);
    if (param(request, "outputFormat", "json-stat2") != "json-stat2" ||
        !param(request, "outputFormatParams", "").empty())
        throw parameter_error("Unsupported output format");
    if (request.method == "POST")
        require_json(request);
    const auto query = request.method == "POST" ? query_of_body(request.body) : query_of_params(request.params);
    auto reply = json_reply(data_body(state, *table, select(*table, query, state.habits), language));
    reply.headers["Content-Disposition"] = fmt::format("inline; filename=\"{}.json\"", table->id);
    return reply;
}

HttpReply answer_codelist(const SsbState& state, const std::string& id, const std::string& language)
{
    for (const auto& [key, table] : state.tables)
        if (const auto* codelist = table.codelist(id))
            return json_reply(codelist_body(table, *codelist, language));
    throw parameter_error("Non-existent codelist", 404);
}

} // namespace

HttpReply answer_v2(const SsbState& state, const HttpRequest& request)
{
    auto path = request.path.substr(std::min(request.path.size(), std::string(v2_path).size() + 1));
    if (path.ends_with('/'))
        path.pop_back();
    const auto language = param(request, "lang", "no");
    if (language != "no" && language != "en")
        throw parameter_error("Unsupported language");
    if (path == "config")
        return json_reply(config_body(state.habits));
    if (path == "tables")
        return answer_list(state, request, language);
    const auto parts = split(path, '/');
    if (to_lower(parts[0]) == "codelists" && parts.size() == 2)
        return answer_codelist(state, std::string(parts[1]), language);
    if (parts[0] != "tables" || parts.size() > 3)
        return status_reply(404, "");
    const auto* table = state.find(std::string(parts[1]));
    const auto what = parts.size() == 2 ? "" : parts[2];
    if (what == "data")
        return answer_data(state, table, request, language);
    if (!table)
        throw parameter_error("Non-existent table", 404);
    if (what == "metadata")
        return json_reply(metadata_body(state, *table, select_all(*table, request.params), language));
    if (!what.empty())
        return status_reply(404, "");
    Json json = {{"language", language}};
    json.update(table_item(state, *table, language));
    return json_reply(json.dump());
}

} // namespace skurd::sim
