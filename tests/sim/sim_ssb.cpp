#include "tests/sim/sim_ssb.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "tests/sim/sim_answers.hpp"
#include "tests/sim/sim_selection.hpp"

#include <algorithm>

namespace skurd::sim {

namespace {

const std::string api = "/api/pxwebapi/v2";

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

HttpReply json_reply(std::string body)
{
    HttpReply reply;
    reply.body = std::move(body);
    return reply;
}

SimChanges read_changes(const Json& json)
{
    return {json.value("cells", std::map<std::string, std::string>()),
            json.value("codes", std::map<std::string, std::vector<std::string>>())};
}

} // namespace

HttpReply html_page()
{
    return {200, "text/html; charset=utf-8", {}, "<!DOCTYPE html><html><body>Vedlikehold</body></html>", {}};
}

HttpReply status_reply(int status, std::string body)
{
    return {status, "text/plain", {}, std::move(body), {}};
}

SimSsb::SimSsb(Clock& clock, int port)
    : clock_(clock), server_(port, [this](const HttpRequest& request) { return answer(request); })
{
}

std::string SimSsb::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_.port());
}

std::string SimSsb::base_url() const
{
    return host_url() + api;
}

void SimSsb::add_table(SimTable table)
{
    const std::lock_guard lock(mutex_);
    const auto id = table.id;
    tables_.insert_or_assign(id, std::move(table));
}

void SimSsb::publish(const std::string& id, const SimChanges& changes, const std::string& updated)
{
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(id);
    if (found == tables_.end() || !parse_time(updated))
        throw error("nothing published: there is no table '{}', or '{}' is not a time", id, updated);
    auto table = found->second;
    table.apply(changes);
    table.updated = updated;
    found->second = std::move(table);
}

void SimSsb::fail_next(int n, HttpReply reply)
{
    const std::lock_guard lock(mutex_);
    failures_.insert(failures_.end(), static_cast<std::size_t>(n), reply);
}

void SimSsb::cut_next(std::size_t bytes)
{
    const std::lock_guard lock(mutex_);
    cut_ = bytes;
}

void SimSsb::rate_limit(int calls, std::chrono::seconds window)
{
    const std::lock_guard lock(mutex_);
    calls_max_ = calls;
    window_ = window;
    calls_.clear();
}

void SimSsb::limit_cells(std::size_t cells_max)
{
    const std::lock_guard lock(mutex_);
    cells_max_ = cells_max;
}

std::vector<std::string> SimSsb::log() const
{
    const std::lock_guard lock(mutex_);
    return log_;
}

HttpReply SimSsb::answer(const HttpRequest& request)
{
    const std::lock_guard lock(mutex_);
    try {
        if (request.path.starts_with("/sim/"))
            return answer_sim(request);
        log_.push_back(request.method + " " + request.target);
        std::map<std::string, std::string> headers;
        if (!take_call(headers))
            return {429, "text/plain", headers, "API calls quota exceeded! maximum admitted calls reached.", {}};
        if (!failures_.empty()) {
            auto reply = failures_.front();
            failures_.pop_front();
            return reply;
        }
        auto reply = answer_api(request);
        reply.headers = headers;
        reply.cut_after = std::exchange(cut_, std::nullopt);
        return reply;
    } catch (const Problem& problem) {
        return problem.reply;
    } catch (const std::exception& failure) {
        return status_reply(500, failure.what());
    }
}

/// Counts the call; false = one too many.
bool SimSsb::take_call(std::map<std::string, std::string>& headers)
{
    if (calls_max_ == 0)
        return true;
    const auto now = clock_.now();
    while (!calls_.empty() && calls_.front() + window_ <= now)
        calls_.pop_front();
    const auto most = static_cast<std::size_t>(calls_max_);
    const bool allowed = calls_.size() < most;
    if (allowed)
        calls_.push_back(now);
    else
        headers["Retry-After"] = std::to_string((calls_.front() + window_ - now).count());
    headers["x-ratelimit-limit"] = std::to_string(calls_max_);
    headers["x-ratelimit-policy"] = fmt::format("{};w={}s", calls_max_, window_.count());
    headers["x-ratelimit-remaining"] = std::to_string(most - calls_.size());
    headers["x-ratelimit-resource"] = "SB_API_1MIN";
    return allowed;
}

HttpReply SimSsb::answer_api(const HttpRequest& request) const
{
    if (!request.path.starts_with(api + "/"))
        return status_reply(404, "");
    auto path = request.path.substr(api.size() + 1);
    if (path.ends_with('/'))
        path.pop_back();
    const auto language = param(request, "lang", "no");
    if (language != "no" && language != "en")
        throw parameter_error("Unsupported language");
    if (path == "config")
        return json_reply(config_body(cells_max_));
    if (path == "tables")
        return answer_list(request, language);
    const auto parts = split(path, '/');
    if (parts[0] != "tables" || parts.size() > 3)
        return status_reply(404, "");
    const auto found = tables_.find(std::string(parts[1]));
    const auto* table = found == tables_.end() ? nullptr : &found->second;
    const auto what = parts.size() == 2 ? "" : parts[2];
    if (what == "data")
        return answer_data(table, request, language);
    if (!table)
        throw parameter_error("Non-existent table", 404);
    if (what == "metadata")
        return json_reply(metadata_body(*table, language));
    if (!what.empty())
        return status_reply(404, "");
    Json json = {{"language", language}};
    json.update(table_item(*table, base_url(), language));
    return json_reply(json.dump());
}

HttpReply SimSsb::answer_list(const HttpRequest& request, const std::string& language) const
{
    const auto size = std::max<std::size_t>(number_param(request, "pageSize", 20), 1);
    const auto number = number_param(request, "pageNumber", 1);
    const auto days = number_param(request, "pastDays", 0);
    const auto query = to_lower(param(request, "query", ""));
    const bool all = param(request, "includeDiscontinued", "false") == "true";
    std::vector<const SimTable*> hits;
    for (const auto& [id, table] : tables_) {
        const bool recent = days == 0 || *parse_time(table.updated) >= clock_.now() - std::chrono::days(days);
        if (recent && (all || !table.discontinued) && to_lower(table.label()).find(query) != std::string::npos)
            hits.push_back(&table);
    }
    const auto pages = std::max<std::size_t>((hits.size() + size - 1) / size, 1);
    if (number < 1 || number > pages)
        throw parameter_error("Non-existent page", 404);
    Json json = {{"language", language}, {"tables", Json::array()}};
    for (auto i = (number - 1) * size; i < std::min(number * size, hits.size()); ++i)
        json["tables"].push_back(table_item(*hits[i], base_url(), language));
    json["page"] = {
        {"pageNumber", number}, {"pageSize", size}, {"totalElements", hits.size()}, {"totalPages", pages}};
    json["links"] = Json::array();
    return json_reply(json.dump());
}

HttpReply SimSsb::answer_data(const SimTable* table, const HttpRequest& request, const std::string& language) const
{
    if (!table)
        throw parameter_error("Non-existent table", 400, 404);
    if (param(request, "outputFormat", "json-stat2") != "json-stat2" ||
        !param(request, "outputFormatParams", "").empty())
        throw parameter_error("Unsupported output format");
    const auto asks = request.method == "POST" ? asks_of_body(request.body) : asks_of_query(request.params);
    return json_reply(data_body(*table, select(*table, asks, cells_max_), language));
}

/// Commands for use by hand; README.md lists them.
HttpReply SimSsb::answer_sim(const HttpRequest& request)
{
    if (request.path == "/sim/log")
        return json_reply(Json(log_).dump());
    const auto json = Json::parse(request.body);
    if (request.path == "/sim/publish") {
        const std::string id = json.at("table");
        const auto found = tables_.find(id);
        if (found == tables_.end())
            return status_reply(404, "no such table\n");
        found->second.apply(read_changes(json));
        found->second.updated = json.value("updated", format_time(clock_.now()));
        return status_reply(200, "published\n");
    }
    if (request.path == "/sim/fail") {
        const auto reply = HttpReply{json.value("status", 503), json.value("type", "text/plain"),
                                     json.value("headers", std::map<std::string, std::string>()),
                                     json.value("body", ""), std::nullopt};
        failures_.insert(failures_.end(), json.value("times", std::size_t(1)), reply);
        return status_reply(200, "armed\n");
    }
    if (request.path == "/sim/rate") {
        calls_max_ = json.at("calls");
        window_ = std::chrono::seconds(json.value("window", 60));
        return status_reply(200, "limited\n");
    }
    return status_reply(404, "commands: /sim/publish /sim/fail /sim/rate /sim/log\n");
}

} // namespace skurd::sim
