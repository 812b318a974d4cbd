#include "connectors/ssb/ssb.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/ssb/answers.hpp"
#include "connectors/ssb/plan.hpp"
#include "connectors/ssb/settings.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t url_size_max = 2000;         // SSB's gateway answers 404 a little above
constexpr std::string_view time_dimension = "Tid"; // in every table of SSB
constexpr std::size_t data_at = 2;                 // responses before the data: description and metadata

class Ssb final : public Connector {
public:
    explicit Ssb(SsbSettings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override
    {
        return {asks_for_all_periods() ? Coverage::whole : Coverage::complete,
                "the table's own 'updated', to the second in UTC"};
    }

private:
    Request get(const std::string& path, const std::string& what) const;
    std::vector<Request> data_requests(const Plan& plan) const;
    std::string url(const std::string& path) const;
    std::string selection_text() const;
    bool asks_for_all_periods() const;

    SsbSettings settings_;
};

std::string Ssb::url(const std::string& path) const
{
    return fmt::format("{}/tables/{}{}?lang={}", settings_.base_url, settings_.table, path, settings_.language);
}

Request Ssb::get(const std::string& path, const std::string& what) const
{
    Request request;
    request.url = url(path);
    request.accept = "application/json";
    request.purpose = fmt::format("{} of table {}", what, settings_.table);
    return request;
}

/// The selection as the job states it: when it changes, an unchanged table is fetched again all the same.
std::string Ssb::selection_text() const
{
    PxwebSelection selection;
    for (const auto& one : settings_.wanted)
        selection.emplace_back(one.dimension, one.expressions);
    return url("/data") + "&" + pxweb_query(selection);
}

bool Ssb::asks_for_all_periods() const
{
    return std::any_of(settings_.wanted.begin(), settings_.wanted.end(), [](const Wanted& one) {
        const auto& asked = one.expressions;
        return one.dimension == time_dimension && std::find(asked.begin(), asked.end(), "*") != asked.end();
    });
}

std::vector<Request> Ssb::data_requests(const Plan& plan) const
{
    auto request = get("/data", "data");
    request.url += "&outputFormat=json-stat2";
    const auto whole = request.url + "&" + pxweb_query(plan.ask);
    if (whole.size() <= url_size_max) {
        request.url = whole;
        return {request};
    }
    request.method = "POST";
    request.content_type = "application/json";
    request.body = pxweb_query_body(plan.ask);
    return {request};
}

Step Ssb::next(const ConnectorState& state, std::span<const Response> responses) const
{
    if (responses.empty())
        return get("", "description");
    const auto description = read_description(settings_, responses[0]);
    const auto remembered = [&](const std::string& key) {
        const auto found = state.find(key);
        return found == state.end() ? "" : found->second;
    };
    if (!description.updated.empty() && remembered("updated") == description.updated &&
        remembered("selection") == selection_text())
        return Unchanged{fmt::format("table {}: updated is still {}{}", settings_.table, description.updated,
                                     description.discontinued ? ", and the table is discontinued" : "")};
    if (responses.size() == 1)
        return get("/metadata", "metadata");
    const auto metadata = read_metadata(settings_, responses[1], description);
    const auto requests = data_requests(plan_query(settings_.table, metadata, settings_.wanted));
    const auto answered = responses.size() - data_at;
    if (answered == requests.size())
        return Ready{};
    return requests[answered];
}

Decoded Ssb::decode(const ConnectorState&, std::span<const Response> responses) const
{
    const auto description = read_description(settings_, responses[0]);
    const auto metadata = read_metadata(settings_, responses[1], description);
    const auto plan = plan_query(settings_.table, metadata, settings_.wanted);
    Decoded decoded;
    decoded.dataset = "ssb/" + settings_.table;
    for (const auto& response : responses.subspan(data_at))
        decoded.cubes.push_back(read_data(settings_, response, description, plan));
    decoded.conventions.symbols = {{".", Meaning::not_applicable},
                                   {"..", Meaning::not_available},
                                   {"...", Meaning::preliminary_missing},
                                   {":", Meaning::confidential},
                                   {"-", Meaning::nil},
                                   {"*", Meaning::provisional}};
    if (const auto updated = parse_time(description.updated))
        decoded.claim = {*updated, "updated", Confidence::stated};
    else
        decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    decoded.state = {{"updated", description.updated}, {"selection", selection_text()}};
    if (description.discontinued || metadata.discontinued)
        decoded.notes.push_back(
            fmt::format("table {} is marked as discontinued: nothing new will come in it", settings_.table));
    if (!plan.left_out.empty())
        decoded.notes.push_back(
            fmt::format("not selected, so the answer is for their total: {}", join(plan.left_out, ", ")));
    return decoded;
}

} // namespace

std::unique_ptr<Connector> create_ssb(JobSections& sections)
{
    return std::make_unique<Ssb>(SsbSettings::read(sections.source));
}

} // namespace skurd
