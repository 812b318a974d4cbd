#include "connectors/pxweb/flow.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "base/web_page.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"
#include "connectors/pxweb/stamps.hpp"
#include "connectors/pxweb/time_dimension.hpp"
#include "decode/jsonstat/jsonstat.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// A question for one cell of each of the contents, whose answer tells when the newest of them was updated: v1 has
/// nothing cheaper. "" where a dimension cannot be cut down so.
std::string probe_of(const Plan& plan, const Cube& data)
{
    const auto sample = sample_of(plan, contents_of(data));
    return sample.empty() ? "" : pxweb_v1_query_body(sample);
}

/// `updated` of the answer to a probe; "" where it cannot be read: then everything is asked.
std::string probed(const Response& response)
{
    return response.status == 200 ? jsonstat_updated(response.body) : "";
}

/// The questions of a run against PxWebApi v1, in their order.
class V1 {
public:
    explicit V1(const Flow& flow) : flow_(flow), settings_(flow.settings), memory_(flow.memory), index_(flow.index) {}

    Step next();
    Decoded decode();

private:
    std::optional<Step> find_table();
    std::string pinned_table() const;
    bool may_probe() const;
    Step fetch(std::span<const Response* const> answers);
    Request ask_part(const std::string& body) const;
    Unchanged unchanged(Time now) const;
    ConnectorState state_after(const Plan& plan, const Cube& data, const std::string& updated, Time now) const;

    const Flow& flow_;
    const PxwebSettings& settings_;
    const Memory& memory_;
    const ResponseIndex& index_;
    std::string table_;
    Cube metadata_;
    TimeSelection time_;
};

std::optional<Step> V1::find_table()
{
    table_ = settings_.table.empty() ? memory_.text("table") : settings_.table;
    if (!table_.empty())
        return std::nullopt;
    if (!index_.search)
        return ask_search_v1(settings_, settings_.search);
    check_list(settings_, *index_.search, "search");
    table_ = found_table(settings_, search_hits(flow_));
    return std::nullopt;
}

bool V1::may_probe() const
{
    return !memory_.text("updated").empty() && !memory_.text("probe").empty() && selection_is_same(flow_, table_);
}

Unchanged V1::unchanged(Time now) const
{
    auto state = memory_.state();
    state["checked"] = format_time(now);
    state.erase("gone_since");
    auto findings = Memory(state).findings(settings_, table_, now);
    return {fmt::format("table {}: updated is still {}", table_, memory_.text("updated")), std::move(state),
            std::move(findings)};
}

/// `data` is a part of it, and `updated` the newest stamp of all.
ConnectorState V1::state_after(const Plan& plan, const Cube& data, const std::string& updated, Time now) const
{
    ConnectorState state = {{"api", "v1"},
                            {"title", metadata_.label},
                            {"updated", updated},
                            {"selection", selection_text(settings_, table_)},
                            {"probe", probe_of(plan, data)},
                            {"checked", format_time(now)},
                            {"audited", format_time(now)}};
    if (const auto cells = cells_max(flow_, table_, plan.cells()); cells && settings_.cells_max == 0)
        state["cells_max"] = std::to_string(*cells);
    const auto& first = *index_.v1.front();
    const auto probe = is_pxweb_v1_metadata(first.body) ? updated : probed(first);
    if (!probe.empty() && !same_instant(settings_, probe, updated))
        state["probed"] = probe;
    if (settings_.table.empty())
        state["table"] = table_;
    if (const auto rival = rivals(settings_, search_hits(flow_), table_); !rival.empty())
        state["rival"] = rival;
    return state;
}

/// A part that is all there is was asked for already, as the probe.
Request V1::ask_part(const std::string& body) const
{
    auto request = ask_data_v1(settings_, table_, body, "data");
    return may_probe() && body == memory_.text("probe") ? ask_again(std::move(request)) : request;
}

/// Metadata and data; `answers` are those after the probe.
Step V1::fetch(std::span<const Response* const> answers)
{
    if (answers.empty())
        return ask_metadata_v1(settings_, table_);
    const auto& described = *answers.front();
    if (says_not_there(described))
        return table_not_there(flow_, table_, described, true);
    metadata_ = read_metadata_v1(settings_, table_, described);
    if (!settings_.expects(metadata_.label))
        return table_retitled(flow_, table_, metadata_.label, true);
    time_ = mark_time(settings_, table_, "", metadata_);
    if (!settings_.search.empty() && !index_.search)
        return ask_search_v1(settings_, settings_.search);
    const auto plan = plan_query_v1(table_, metadata_, settings_.wanted, gone_codes(flow_, table_), time_);
    const auto limit = cells_max(flow_, table_, plan.cells());
    if (!limit)
        return ask_config_v1(settings_);
    const auto parts = parts_of(plan, *limit, table_, settings_.wanted.front().where);
    const auto data = answers.subspan(1);
    for (const auto* answer : data)
        check_answer(settings_, table_, *answer, "data");
    if (data.size() < parts.size())
        return ask_part(pxweb_v1_query_body(parts[data.size()]));
    std::vector<std::string> stamps;
    for (const auto* answer : data)
        stamps.push_back(jsonstat_updated(answer->body));
    const auto first = read_data_v1(settings_, table_, *data.front());
    return Ready{state_after(plan, first, newest(settings_, stamps), described.received_at)};
}

Step V1::next()
{
    if (auto step = find_table())
        return *step;
    const std::span<const Response* const> answers = index_.v1;
    if (!may_probe())
        return fetch(answers);
    if (answers.empty())
        return ask_data_v1(settings_, table_, memory_.text("probe"), "time of update");
    const auto& probe = *answers.front();
    if (is_web_page(probe.body, probe.media_type))
        check_answer(settings_, table_, probe, "time of update");
    const auto now = probe.received_at;
    const auto known = memory_.text("probed").empty() ? memory_.text("updated") : memory_.text("probed");
    if (same_instant(settings_, probed(probe), known) && !memory_.audit_is_due(settings_, table_, now))
        return unchanged(now);
    return fetch(answers.subspan(1));
}

/// Of a job that searches: as it was remembered, as the search found it, else as the address has it.
std::string V1::pinned_table() const
{
    if (auto known = memory_.text("table"); !known.empty())
        return known;
    return index_.search ? found_table(settings_, search_hits(flow_)) : index_.table;
}

Decoded V1::decode()
{
    const auto described = std::find_if(index_.v1.begin(), index_.v1.end(),
                                        [](const auto* answer) { return is_pxweb_v1_metadata(answer->body); });
    table_ = settings_.table.empty() ? pinned_table() : settings_.table;
    if (described == index_.v1.end() || described + 1 == index_.v1.end())
        throw error("table {}: metadata or data is missing among the responses", table_);
    metadata_ = read_metadata_v1(settings_, table_, **described);
    if (!settings_.expects(metadata_.label))
        throw error("metadata of table {}: {}", table_, wrong_title(settings_, metadata_.label));
    time_ = mark_time(settings_, table_, "", metadata_);
    const auto plan = plan_query_v1(table_, metadata_, settings_.wanted, GoneCodes::leave_out, time_);
    std::vector<Cube> parts;
    for (auto answer = described + 1; answer != index_.v1.end(); ++answer)
        parts.push_back(read_data_v1(settings_, table_, **answer));
    check_parts(settings_, table_, parts, plan);
    std::vector<std::string> stamps;
    stamps.reserve(parts.size());
    for (const auto& part : parts)
        stamps.push_back(part.updated);
    auto state = state_after(plan, parts.front(), newest(settings_, stamps), (*described)->received_at);
    auto decoded = decoded_with(flow_, table_, plan, parts.size(), std::move(state), index_.v1.back()->received_at);
    decode_time(settings_, metadata_, time_, decoded);
    decoded.cubes = std::move(parts);
    return decoded;
}

} // namespace

Step next_v1(const Flow& flow)
{
    return V1(flow).next();
}

Decoded decode_v1(const Flow& flow)
{
    return V1(flow).decode();
}

} // namespace skurd
