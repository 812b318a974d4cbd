#include "tests/sim/sim_fhi.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/sim/fhi_answers.hpp"

namespace skurd::sim {

namespace {

const std::string api = "/api/open/v1";

const std::map<std::string, std::string> usual_flags = {
    {"..", "Manglende data"}, {".", "Lar seg ikke beregne"}, {":", "Anonymisert eller skjult av andre årsaker"}};

/// "Modified" means data, metadata or labels; where nothing was, the publication counts.
bool is_modified_after(const SimFhiTable& table, Time time)
{
    const auto modified = parse_time(table.modified.empty() ? table.table.updated : table.modified);
    return modified && *modified > time;
}

} // namespace

SimFhiTable SimFhiTable::read(Section file)
{
    SimFhiTable table;
    table.source = file.require_string("source_id");
    table.modified = file.get_string("modified", "");
    table.about = file.get_string("about", "<p><strong>Sammendrag</strong></p><p>Oppdiktede tall.</p>");
    for (auto& [symbol, meaning] : file.get_string_table("flags"))
        table.flags[symbol] = meaning;
    if (!file.has("flags"))
        table.flags = usual_flags;
    table.table = SimTable::read(file);
    if (!all_digits(table.table.id))
        file.fail("id", "'id' must be a number in quotes");
    return table;
}

SimFhi::SimFhi(Clock& clock, int port)
    : Simulator(clock), server_(port, [this](const HttpRequest& request) { return answer(request); })
{
}

std::string SimFhi::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_.port());
}

std::string SimFhi::base_url() const
{
    return host_url() + api;
}

void SimFhi::add_source(const std::string& id, const std::string& title)
{
    const std::lock_guard lock(mutex_);
    sources_[id] = title;
}

void SimFhi::add_table(SimFhiTable table)
{
    const std::lock_guard lock(mutex_);
    sources_.emplace(table.source, table.source);
    const Key key(table.source, table.table.id);
    tables_.insert_or_assign(key, std::move(table));
}

void SimFhi::publish(const std::string& source, const std::string& id, const SimChanges& changes,
                     const std::string& published)
{
    edit(
        source, id,
        [&](SimFhiTable& table) {
            table.table.apply(changes);
            table.table.updated = published;
        },
        published);
}

void SimFhi::edit(const std::string& source, const std::string& id, const std::function<void(SimFhiTable&)>& change,
                  const std::string& modified)
{
    const std::lock_guard lock(mutex_);
    auto table = find(source, id);
    change(table);
    if (!modified.empty())
        table.modified = modified;
    tables_.erase({source, id});
    const Key key(table.source, table.table.id);
    tables_.insert_or_assign(key, std::move(table));
}

void SimFhi::remove(const std::string& source, const std::string& id)
{
    const std::lock_guard lock(mutex_);
    find(source, id);
    tables_.erase({source, id});
}

void SimFhi::habits(const FhiHabits& habits)
{
    const std::lock_guard lock(mutex_);
    habits_ = habits;
}

SimFhiTable& SimFhi::find(const std::string& source, const std::string& id)
{
    const auto found = tables_.find({source, id});
    if (found == tables_.end())
        throw error("the simulated FHI has no table {}/{}", source, id);
    return found->second;
}

HttpReply SimFhi::answer(const HttpRequest& request)
{
    return serve(
        request, limit_, [this](const HttpRequest&) { return refuse_plainly(limit_); },
        [this](const HttpRequest& asked) { return answer_api(asked); },
        [this](const std::string& name, const Json& json) { return command(name, json); });
}

HttpReply SimFhi::answer_api(const HttpRequest& request) const
{
    const auto parts =
        request.path.starts_with(api + "/") ? split(request.path, '/') : std::vector<std::string_view>();
    const auto part = [&](std::size_t i) { return i + 4 < parts.size() ? std::string(parts[i + 4]) : std::string(); };
    if (to_lower(part(0)) == "common" && to_lower(part(1)) == "source") {
        Json json = Json::array();
        for (const auto& [id, title] : sources_)
            json.push_back({{"id", id},
                            {"title", title},
                            {"description", "Oppdiktede tall."},
                            {"aboutUrl", nullptr},
                            {"publishedBy", "Folkehelseinstituttet"}});
        return json_reply(json.dump());
    }
    if (!sources_.contains(part(0)) || to_lower(part(1)) != "table" || parts.size() > 8)
        throw fhi_problem(404, "No such source", habits_);
    if (part(2).empty()) {
        const auto after = request.params.find("modifiedAfter");
        const auto time = after == request.params.end() ? Time() : parse_time(after->second).value_or(Time::max());
        if (time == Time::max())
            throw fhi_problem(400, "The value '" + after->second + "' is not valid for modifiedAfter", habits_);
        Json json = Json::array();
        for (const auto& [key, table] : tables_)
            if (table.source == part(0) && is_modified_after(table, time))
                json.push_back(fhi_table_item(table));
        return json_reply(json.dump());
    }
    const auto found = tables_.find({part(0), part(2)});
    if (found == tables_.end())
        throw fhi_problem(404, "No such table", habits_);
    return answer_table(found->second, to_lower(part(3)), request);
}

HttpReply SimFhi::answer_table(const SimFhiTable& table, const std::string& what, const HttpRequest& request) const
{
    if ((what == "data") != (request.method == "POST"))
        throw fhi_problem(405, "Method not allowed", habits_);
    if (what.empty())
        return json_reply(fhi_table_item(table).dump());
    if (what == "query")
        return json_reply(fhi_query_body(table));
    if (what == "dimension")
        return json_reply(fhi_dimension_body(table, habits_));
    if (what == "flag")
        return json_reply(fhi_flag_body(table, habits_));
    if (what == "metadata")
        return json_reply(fhi_metadata_body(table));
    if (what == "data")
        require_json(request);
    if (what == "data")
        return json_reply(fhi_data_body(table, request.body, habits_));
    throw fhi_problem(404, "No such page", habits_);
}

std::optional<std::string> SimFhi::command(const std::string& name, const Json& json)
{
    if (name != "publish")
        return std::nullopt;
    auto& table = find(json.at("source"), json.at("table"));
    table.table.apply({json.value("cells", std::map<std::string, std::string>()),
                       json.value("codes", std::map<std::string, std::vector<std::string>>())});
    table.table.updated = json.value("published", format_time(clock_.now()));
    table.modified = table.table.updated;
    return "published\n";
}

} // namespace skurd::sim
