#include "daemon/source_query_orders.hpp"

#include "base/error.hpp"
#include "daemon/settings.hpp"
#include "fetch/curl_fetcher.hpp"
#include "run/stored_pace.hpp"
#include "store/store_session.hpp"

#include <random>

namespace skurd {

namespace {

Json text_or_null(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

template <typename T>
Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json to_json(const TableEntry& table)
{
    return {{"table", table.id},
            {"title", table.title},
            {"updated", text_or_null(table.updated)},
            {"periods", text_or_null(table.periods)},
            {"discontinued", table.discontinued}};
}

Json to_json(const Category& category)
{
    return {{"code", category.code},
            {"label", category.label},
            {"unit", text_or_null(category.unit)},
            {"decimals", or_null(category.decimals)},
            {"base", text_or_null(category.base)}};
}

Json to_json(const Dimension& dimension)
{
    Json answer = {{"dimension", dimension.id},
                   {"label", dimension.label},
                   {"role", text_or_null(std::string(to_string(dimension.role)))},
                   {"eliminable", or_null(dimension.eliminable)},
                   {"classification", text_or_null(dimension.classification)},
                   {"codes", Json::array()}};
    for (const auto& category : dimension.categories)
        answer["codes"].push_back(to_json(category));
    return answer;
}

Json to_json(const CheckResult& remark)
{
    return {{"kind", to_string(remark.kind)},
            {"where", remark.where},
            {"text", remark.text},
            {"line", text_or_null(remark.line)}};
}

std::unique_ptr<SourceBrowser> browser_of(const Json& order)
{
    return make_source_browser(connector_kinds(), order.value("source", ""),
                               {order.value("base_url", ""), order.value("language", "")});
}

Json discover(const Json& order, const SourceQuery& source_query)
{
    Json tables = Json::array();
    for (const auto& table : discover(*browser_of(order), order.value("words", ""), source_query))
        tables.push_back(to_json(table));
    const auto code = tables.empty() ? ExitCode::failed : ExitCode::good;
    return {{"exit", static_cast<int>(code)}, {"tables", std::move(tables)}};
}

Json describe(const Json& order, const SourceQuery& source_query)
{
    const auto description = describe_table(*browser_of(order), order.value("table", ""), source_query);
    Json answer = {{"exit", 0}, {"table", to_json(description.table)}, {"dimensions", Json::array()}};
    for (const auto& dimension : description.dimensions)
        answer["dimensions"].push_back(to_json(dimension));
    answer["notes"] = description.notes;
    answer["job"] = text_or_null(description.job);
    return answer;
}

/// What goes wrong with one job stands beside it; the others are checked all the same.
Json check_job(const ReadyJob& job, const SourceQuery& source_query)
{
    const bool asked = can_check_online(job);
    Json answer = {{"job", job.job.id},
                   {"file", job.job.whole.file()},
                   {"asked", asked},
                   {"remarks", Json::array()},
                   {"failure", nullptr}};
    if (!asked)
        return answer;
    try {
        for (const auto& remark : check_online(job, source_query))
            answer["remarks"].push_back(to_json(remark));
    } catch (const Error& failure) {
        answer["failure"] = full_message(failure);
    }
    return answer;
}

bool is_good(const Json& checked)
{
    for (const auto& remark : checked["remarks"])
        if (remark["kind"] == to_string(CheckResult::Kind::wrong))
            return false;
    return checked["failure"].is_null();
}

Json check_jobs(const Json& order, const JobList& list, const SourceQuery& source_query)
{
    std::vector<const ReadyJob*> jobs;
    for (const auto& id : order.value("jobs", std::vector<std::string>()))
        jobs.push_back(&list.find(id));
    if (jobs.empty())
        for (const auto& job : list.jobs)
            jobs.push_back(&job);
    Json answer = {{"exit", 0}, {"jobs", Json::array()}};
    for (const auto* job : jobs) {
        if (source_query.stop.stop_requested())
            throw error("stopped before job '{}' was checked", job->job.id);
        answer["jobs"].push_back(check_job(*job, source_query));
        if (!is_good(answer["jobs"].back()))
            answer["exit"] = static_cast<int>(ExitCode::failed);
    }
    return answer;
}

} // namespace

std::optional<Json> execute_source_query(const Json& order, const Installation& installation,
                                         const SourceQuery& source_query)
{
    const auto command = order.value("command", "");
    if (command == "discover")
        return discover(order, source_query);
    if (command == "describe")
        return describe(order, source_query);
    if (command == "check online")
        return check_jobs(order, load_jobs(installation), source_query);
    return std::nullopt;
}

Json query_source_alone(const Json& order, const Installation& installation, Clock& clock, std::stop_token stop,
                        const std::function<void(const std::string&)>& progress)
{
    const auto settings = read_settings(installation);
    StoreSession store(installation.state, StoreSession::Access::write, clock);
    CurlFetcher http(settings.fetch, clock, std::random_device()());
    StoredPace pace(store, http.pace(), clock);
    std::optional<Json> answer;
    try {
        answer = execute_source_query(order, installation, {http, stop, progress});
    } catch (...) {
        pace.keep(); // what was asked before it failed was asked
        throw;
    }
    pace.keep();
    if (!answer)
        throw usage_error("unknown order '{}'", order.value("command", ""));
    return std::move(*answer);
}

} // namespace skurd
