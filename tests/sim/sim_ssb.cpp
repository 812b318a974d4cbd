#include "tests/sim/sim_ssb.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "lib/tz/time_zone.hpp"
#include "tests/sim/sim_selection.hpp"

namespace skurd::sim {

namespace {

bool is_night_in_oslo(Time now)
{
    const auto local = TimeZone::find("Europe/Oslo").to_local(now);
    const auto time_of_day = local - std::chrono::floor<std::chrono::days>(local);
    return time_of_day >= std::chrono::hours(5) && time_of_day < std::chrono::hours(8);
}

SimTable small_table(int number, const std::string& updated)
{
    SimTable table;
    table.id = std::to_string(20'000 + number);
    table.title = fmt::format("Oppdiktet tabell {}, etter region, statistikkvariabel og år", number);
    table.updated = updated;
    table.source = "Statistisk sentralbyrå";
    table.time_unit = "Annual";
    table.path = {"op", "op01", "oppdiktet"};
    table.dimensions = {
        {"Region", "region", "geo", true, "0", {{"0", "Hele landet", "", 0, ""}, {"0301", "Oslo", "", 0, ""}}},
        {"ContentsCode", "statistikkvariabel", "metric", false, "", {{"Antall", "Antall", "antall", 0, ""}}},
        {"Tid", "år", "time", false, "", {{"2023", "2023", "", 0, ""}, {"2024", "2024", "", 0, ""}}}};
    return table;
}

} // namespace

SimSsb::SimSsb(Clock& clock, int port)
    : Simulator(clock), server_(port, [this](const HttpRequest& request) { return answer(request); })
{
    limit_v1_.counts_refused = true;
}

std::string SimSsb::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_.port());
}

std::string SimSsb::base_url() const
{
    return host_url() + v2_path;
}

std::string SimSsb::v1_url() const
{
    return host_url() + v1_path;
}

void SimSsb::add_table(SimTable table)
{
    const std::lock_guard lock(mutex_);
    const auto id = table.id;
    state_.tables.insert_or_assign(id, std::move(table));
}

void SimSsb::add_many(int n, const std::string& updated)
{
    for (int i = 1; i <= n; ++i)
        add_table(small_table(i, updated));
}

void SimSsb::publish(const std::string& table, const SimChanges& changes, const std::string& updated)
{
    edit(table, [&](SimTable& found) {
        found.apply(changes);
        found.updated = updated;
    });
}

void SimSsb::edit(const std::string& table, const std::function<void(SimTable&)>& change)
{
    const std::lock_guard lock(mutex_);
    change(find(table));
}

void SimSsb::remove_table(const std::string& table)
{
    const std::lock_guard lock(mutex_);
    find(table);
    state_.tables.erase(table);
}

void SimSsb::metadata_flukes(int n)
{
    const std::lock_guard lock(mutex_);
    flukes_ = n;
}

void SimSsb::habits(const SsbHabits& habits)
{
    const std::lock_guard lock(mutex_);
    state_.habits = habits;
}

void SimSsb::limit_cells(std::size_t cells_max)
{
    const std::lock_guard lock(mutex_);
    state_.habits.cells_max = cells_max;
}

void SimSsb::limit_v1(int calls, std::chrono::seconds window)
{
    const std::lock_guard lock(mutex_);
    limit_v1_.calls_max = calls;
    limit_v1_.window = window;
    limit_v1_.calls.clear();
}

SimTable& SimSsb::find(const std::string& table)
{
    const auto found = state_.tables.find(table);
    if (found == state_.tables.end())
        throw error("the simulated statbank has no table {}", table);
    return found->second;
}

HttpReply SimSsb::answer(const HttpRequest& request)
{
    const bool is_v1 = request.path.starts_with(v1_path);
    const auto refuse = [&](const HttpRequest&) {
        if (!is_v1)
            return refuse_plainly(limit_);
        auto reply =
            json_reply(R"({"error":"429 - Too many requests in too short timeframe. Please try again later."})", 429);
        reply.headers["Retry-After"] = std::to_string(limit_v1_.window.count());
        return reply;
    };
    auto reply = serve(
        request, is_v1 ? limit_v1_ : limit_, refuse, [this](const HttpRequest& asked) { return answer_api(asked); },
        [this](const std::string& name, const Json& json) { return command(name, json); });
    const std::lock_guard lock(mutex_);
    if (!is_v1 && limit_.calls_max > 0) {
        reply.headers["x-ratelimit-limit"] = std::to_string(limit_.calls_max);
        reply.headers["x-ratelimit-policy"] = fmt::format("{};w={}s", limit_.calls_max, limit_.window.count());
        reply.headers["x-ratelimit-remaining"] = std::to_string(limit_.remaining());
        reply.headers["x-ratelimit-resource"] = "SB_API_1MIN";
    }
    return reply;
}

HttpReply SimSsb::answer_api(const HttpRequest& request)
{
    if (request.target.size() > state_.habits.url_max)
        return {404, "text/html", {}, "<html><body><h1>404 Not Found</h1></body></html>", {}};
    state_.host_url = host_url();
    state_.now = clock_.now();
    state_.is_night = is_night_in_oslo(state_.now);
    if (request.path.ends_with("/metadata") && flukes_ > 0) {
        --flukes_;
        throw parameter_error("Non-existent table", 404);
    }
    if (state_.habits.answers_v2 && request.path.starts_with(v2_path))
        return answer_v2(state_, request);
    if (state_.habits.answers_v1 && request.path.starts_with(v1_path))
        return answer_v1(state_, request);
    return status_reply(404, "");
}

std::optional<std::string> SimSsb::command(const std::string& name, const Json& json)
{
    if (name == "remove") {
        state_.tables.erase(json.at("table").get<std::string>());
        return "removed\n";
    }
    if (name != "publish")
        return std::nullopt;
    auto& table = find(json.at("table"));
    table.apply({json.value("cells", std::map<std::string, std::string>()),
                 json.value("codes", std::map<std::string, std::vector<std::string>>())});
    table.updated = json.value("updated", format_time(clock_.now()));
    table.title = json.value("title", table.title);
    table.discontinued = json.value("discontinued", table.discontinued);
    return "published\n";
}

} // namespace skurd::sim
