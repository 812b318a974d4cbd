#include "tests/sim/sim_nki.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace skurd::sim {

namespace {

const std::string nki_api = "/innhold/nki";

/// The members of a row; the value is written as text that data_body() takes the quotes off.
Json row_json(const SimNkiIndicator& indicator, const SimNkiRow& row)
{
    return {{"QualityIndicatorName", indicator.title},
            {"MeasureType", row.measure},
            {"LocationName", row.location},
            {"LocationParentId", row.location_parent},
            {"ParentName", row.parent_name},
            {"PeriodType", row.period},
            {"TimeFrom", row.from},
            {"TimeTo", row.to},
            {"Value", "\x01" + row.value + "\x02"}};
}

} // namespace

SimNki::SimNki(Clock& clock, int port)
    : Simulator(clock), server_(port, [this](const HttpRequest& request) { return answer(request); })
{
}

std::string SimNki::host_url() const
{
    return fmt::format("http://127.0.0.1:{}", server_.port());
}

std::string SimNki::base_url() const
{
    return host_url() + nki_api;
}

void SimNki::put(SimNkiIndicator indicator)
{
    const std::lock_guard lock(mutex_);
    const auto id = indicator.id;
    indicators_.insert_or_assign(id, std::move(indicator));
}

void SimNki::remove(const std::string& id)
{
    const std::lock_guard lock(mutex_);
    indicators_.erase(id);
}

void SimNki::habits(const NkiHabits& habits)
{
    const std::lock_guard lock(mutex_);
    habits_ = habits;
}

HttpReply SimNki::answer(const HttpRequest& request)
{
    return serve(
        request, limit_, [this](const HttpRequest&) { return refuse_plainly(limit_); },
        [this](const HttpRequest& asked) { return answer_api(asked); },
        [](const std::string&, const Json&) { return std::nullopt; });
}

HttpReply SimNki::answer_api(const HttpRequest& request) const
{
    const auto problem = [](int status, const std::string& message) {
        return json_reply(Json({{"statusCode", status}, {"message", message}}).dump(), status);
    };
    const auto given = request.headers.find("ocp-apim-subscription-key");
    if (given != request.headers.end() && given->second == key_of_other_product)
        return problem(403, "The subscription does not have access to this product.");
    if (given == request.headers.end() || given->second != key)
        return problem(401, "Access denied due to missing subscription key. Make sure to include subscription key "
                            "when making requests to an API.");
    const auto parts = split(request.path, '/'); // "", innhold, nki, kvalitetsindikatorer, id, data
    if (!request.path.starts_with(nki_api + "/kvalitetsindikatorer") || parts.size() > 6)
        return problem(404, "Resource not found");
    if (parts.size() == 4) {
        Json json = Json::array();
        for (const auto& [id, indicator] : indicators_)
            json.push_back(item(indicator));
        return json_reply(json.dump());
    }
    const auto found = indicators_.find(std::string(parts[4]));
    if (found == indicators_.end() || (parts.size() == 6 && parts[5] != "data"))
        return problem(404, "Resource not found");
    if (parts.size() == 5)
        return json_reply(item(found->second).dump());
    return found->second.rows.empty() ? status_reply(204, "") : json_reply(data_body(found->second));
}

Json SimNki::item(const SimNkiIndicator& indicator) const
{
    Json attachments = Json::array();
    if (!indicator.rows.empty())
        attachments.push_back({{"fileName", indicator.id + " data.json"},
                               {"fileType", "application/json"},
                               {"fileUri", base_url() + "/kvalitetsindikatorer/" + indicator.id + "/data"}});
    return {{"id", indicator.id},
            {"tittel", indicator.title},
            {"tekst", "<p>Oppdiktede tall.</p>"},
            {"attachments", attachments}};
}

std::string SimNki::data_body(const SimNkiIndicator& indicator) const
{
    Json rows = Json::array();
    for (const auto& row : indicator.rows)
        rows.push_back(row_json(indicator, row));
    Json json = {{"AttachmentDataRows", rows}};
    if (habits_.shape == NkiHabits::Shape::wrapped)
        json = {{"data", json}};
    if (habits_.shape == NkiHabits::Shape::columns) {
        json = {{"ColumnNames", Json::array()}, {"Rows", Json::array()}};
        for (const auto& [name, value] : rows[0].items())
            json["ColumnNames"].push_back(name);
        for (const auto& row : rows) {
            Json fields = Json::array();
            for (const auto& [name, value] : row.items())
                fields.push_back(value);
            json["Rows"].push_back(fields);
        }
    }
    const std::string quote = habits_.numbers_as_text ? "\"" : "";
    return replace_all(replace_all(json.dump(), "\"\\u0001", quote), "\\u0002\"", quote);
}

std::vector<SimNkiIndicator> nki_samples()
{
    const std::string from = "2024-01-01T00:00:00";
    const std::string to = "2024-12-31T00:00:00";
    return {{"2001",
             "Ventetid til rusbehandling (TSB)",
             {{"Hele landet", 0, "", "2023-01-01T00:00:00", "2023-12-31T00:00:00", "33.1"},
              {"Hele landet", 0, "", from, to, "31.5"},
              {"Helse Vest RHF", 1, "Hele landet", from, to, "28"},
              {"Stavanger HF", 4, "Helse Vest RHF", from, to, "-10000000"}}},
            {"2002", "Et mål uten data", {}}};
}

} // namespace skurd::sim
