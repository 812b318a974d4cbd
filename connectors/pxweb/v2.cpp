#include "connectors/pxweb/flow.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"
#include "connectors/pxweb/time_dimension.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::uint64_t update_list_pages_max = 20;

/// The questions of a run against PxWebApi v2, in their order.
class V2 {
public:
    explicit V2(const Flow& flow) : flow_(flow), settings_(flow.settings), memory_(flow.memory), index_(flow.index) {}

    Step next();
    Decoded decode();

private:
    std::optional<Step> find_table();
    std::optional<Step> update_list();
    PxwebTablePage read_page(const Response& response) const;
    std::optional<Step> judge(const std::vector<PxwebTable>& changed, Time swept_at);
    Step after_description();
    std::optional<Request> ask_search_if_wanted() const;
    Step fetch();
    void take_metadata();
    Plan read_plan(GoneCodes gone) const;
    bool selection_is_same() const;
    Unchanged unchanged(ConnectorState state, Time now) const;
    ConnectorState state_after() const;

    const Flow& flow_;
    const PxwebSettings& settings_;
    const Memory& memory_;
    const ResponseIndex& index_;
    std::string table_;
    PxwebTable description_;
    Cube metadata_;
    TimeSelection time_;
};

bool V2::selection_is_same() const
{
    return !memory_.text("updated").empty() && skurd::selection_is_same(flow_, table_);
}

/// Which table the job is about; a request where it has to be searched for.
std::optional<Step> V2::find_table()
{
    table_ = settings_.table.empty() ? memory_.text("table") : settings_.table;
    if (!table_.empty())
        return std::nullopt;
    if (!index_.search)
        return ask_search(settings_, settings_.search);
    check_list(settings_, *index_.search, "search");
    table_ = found_table(settings_, search_hits(flow_));
    return std::nullopt;
}

Unchanged V2::unchanged(ConnectorState state, Time now) const
{
    state["checked"] = format_time(now);
    state.emplace("audited", format_time(now)); // of a release from before there were audits
    state.erase("gone_since");
    const auto why = fmt::format("table {}: updated is still {}{}", table_, memory_.text("updated"),
                                 state["discontinued"] == "true" ? ", and the table is discontinued" : "");
    auto findings = Memory(state).findings(settings_, table_, now);
    return {why, std::move(state), std::move(findings)};
}

/// Whether the list of what changed lately says that this table did not: then that is all. Nothing = ask the table.
std::optional<Step> V2::judge(const std::vector<PxwebTable>& changed, Time swept_at)
{
    const auto checked = memory_.time("checked");
    const bool has_gap = !checked || swept_at - *checked > std::chrono::days(update_list_days - 1);
    if (has_gap || memory_.audit_is_due(settings_, table_, swept_at))
        return std::nullopt;
    auto state = memory_.state();
    for (const auto& entry : changed) {
        const bool is_this = entry.id == table_;
        if (is_this &&
            (!same_instant(entry.updated, memory_.text("updated")) ||
             entry.discontinued != (memory_.text("discontinued") == "true") || !settings_.expects(entry.label)))
            return std::nullopt;
    }
    if (const auto rival = rivals(settings_, changed, table_); !rival.empty())
        state["rival"] = rival;
    return unchanged(std::move(state), swept_at);
}

/// A page of the list of what changed; one that cannot be used counts as too many pages: the table itself is asked.
PxwebTablePage V2::read_page(const Response& response) const
{
    if (response.status == 200)
        check_list(settings_, response, "list of changed tables");
    try {
        if (response.status == 200)
            return decode_pxweb_tables(response.body);
    } catch (const Error&) { // the table's own description may be whole all the same
    }
    return {{}, 1, update_list_pages_max + 1};
}

std::optional<Step> V2::update_list()
{
    if (!selection_is_same() || memory_.text("checked").empty() || !memory_.text("gone_since").empty())
        return std::nullopt;
    if (index_.update_list.empty())
        return ask_update_list(settings_, 1);
    std::vector<PxwebTable> changed;
    std::uint64_t pages = 1;
    for (const auto* answer : index_.update_list) {
        const auto page = read_page(*answer);
        pages = std::max(pages, page.pages);
        changed.insert(changed.end(), page.tables.begin(), page.tables.end());
    }
    if (pages > update_list_pages_max)
        return std::nullopt;
    if (index_.update_list.size() < pages)
        return ask_update_list(settings_, index_.update_list.size() + 1);
    return judge(changed, index_.update_list.front()->received_at);
}

/// Candidates are searched for where the table is found to be at its end, and a pinned search is made again.
std::optional<Request> V2::ask_search_if_wanted() const
{
    const bool news = description_.discontinued && memory_.text("discontinued") != "true";
    if (index_.search || (!news && settings_.search.empty()))
        return std::nullopt;
    return ask_search(settings_, settings_.search.empty() ? text_like(description_.label) : settings_.search);
}

ConnectorState V2::state_after() const
{
    ConnectorState state = {{"api", "v2"},
                            {"title", description_.label},
                            {"updated", description_.updated},
                            {"selection", selection_text(settings_, table_)},
                            {"time_unit", description_.time_unit},
                            {"checked", format_time(index_.description->received_at)}};
    if (const auto cells = cells_max(flow_); cells && settings_.cells_max == 0)
        state["cells_max"] = std::to_string(*cells);
    if (settings_.table.empty())
        state["table"] = table_;
    if (description_.discontinued || metadata_.discontinued) {
        state["discontinued"] = "true";
        state["candidates"] =
            index_.search ? candidates_text(search_hits(flow_), table_) : memory_.text("candidates");
    }
    if (const auto rival = rivals(settings_, search_hits(flow_), table_); !rival.empty())
        state["rival"] = rival;
    return state;
}

Step V2::after_description()
{
    const auto& answer = *index_.description;
    if (says_not_there(answer))
        return table_not_there(flow_, table_, answer, false);
    description_ = read_description(settings_, table_, answer);
    if (!settings_.expects(description_.label))
        return table_retitled(flow_, table_, description_.label, false);
    if (const auto request = ask_search_if_wanted())
        return *request;
    if (!description_.updated.empty() && same_instant(description_.updated, memory_.text("updated")) &&
        selection_is_same() && !memory_.audit_is_due(settings_, table_, answer.received_at)) {
        auto state = state_after();
        if (!index_.search && !memory_.text("rival").empty())
            state["rival"] = memory_.text("rival");
        auto remembered = memory_.state(); // with the keys that are not this connector's
        remembered.erase("rival"); // but "discontinued" stays: the metadata, which are not asked for here, may say so
        state.merge(remembered);
        return unchanged(std::move(state), answer.received_at);
    }
    return fetch();
}

void V2::take_metadata()
{
    metadata_ = read_metadata(settings_, *index_.metadata, description_);
    if (description_.updated.empty())
        description_.updated = metadata_.updated;
    time_ = mark_time(settings_, table_, description_.time_unit, metadata_);
}

Plan V2::read_plan(GoneCodes gone) const
{
    Codelists codelists;
    for (const auto& wanted : settings_.wanted)
        if (const auto* answer = index_.codelist(wanted.codelist))
            codelists[wanted.codelist] = read_codelist(settings_, *answer, wanted.codelist);
    return plan_query(table_, metadata_, codelists, settings_.wanted, gone, time_);
}

Step V2::fetch()
{
    if (!index_.metadata)
        return ask_metadata(settings_, table_);
    take_metadata();
    for (const auto& wanted : settings_.wanted)
        if (!wanted.codelist.empty() && !index_.codelist(wanted.codelist))
            return ask_codelist(settings_, wanted.codelist);
    const auto limit = cells_max(flow_);
    if (!limit)
        return ask_config(settings_);
    const auto parts = parts_of(read_plan(gone_codes(flow_, table_)), *limit, table_, settings_.wanted.front().where);
    for (const auto* answer : index_.data)
        check_answer(settings_, table_, *answer, "data");
    if (index_.data.size() < parts.size())
        return ask_data(settings_, table_, parts[index_.data.size()]);
    auto state = state_after();
    state["audited"] = format_time(index_.metadata->received_at);
    return Ready{std::move(state)};
}

Step V2::next()
{
    if (auto step = find_table())
        return *step;
    if (auto step = update_list())
        return *step;
    if (!index_.description)
        return ask_description(settings_, table_);
    return after_description();
}

Decoded V2::decode()
{
    table_ = settings_.table.empty() ? index_.table : settings_.table;
    if (!index_.description || !index_.metadata || index_.data.empty())
        throw error("table {}: description, metadata or data is missing among the responses", table_);
    description_ = read_description(settings_, table_, *index_.description);
    if (!settings_.expects(description_.label))
        throw error("description of table {}: {}", table_, wrong_title(settings_, description_.label));
    take_metadata();
    const auto plan = read_plan(GoneCodes::leave_out);
    std::vector<Cube> parts;
    for (const auto* answer : index_.data)
        parts.push_back(read_data(settings_, *answer, description_));
    check_parts(table_, parts, plan);
    auto state = state_after();
    state["audited"] = format_time(index_.metadata->received_at);
    auto decoded = decoded_with(flow_, table_, plan, std::move(state), index_.data.back()->received_at);
    for (auto& part : parts)
        for (auto& dimension : part.dimensions)
            if (const auto* described = metadata_.find(dimension.id); described && dimension.classification.empty())
                dimension.classification = described->classification;
    decode_time(settings_, metadata_, time_, decoded);
    decoded.next_published_at = read_next_update(metadata_.next_update);
    decoded.cubes = std::move(parts);
    return decoded;
}

} // namespace

Step next_v2(const Flow& flow)
{
    return V2(flow).next();
}

Decoded decode_v2(const Flow& flow)
{
    return V2(flow).decode();
}

} // namespace skurd
