// How a run tells whether a table of PxWebApi v2 changed, and whether what it fetched is of one release:
//
// Lists, description, metadata and data are made by different parts of the server, and their stamps of the last
// update need not be equal (stamps.hpp). So each is held against what the same part said before. A list or
// description that says what it said is believed where it spoke for the metadata when the table was fetched last;
// otherwise the metadata are asked too. What a list does not mention has not changed only where the list could
// mention it: all its items are readable, and none is missing.
//
// Numbers are ingested when metadata and data agree, or when the data are older and the job selects some of the
// contents only: data state the newest of those. Where they disagree otherwise, and where parts are to be joined that
// a stamp may not tell apart, the same is asked once more: description, metadata and the last part. Another stamp
// than before means that the table was updated in between, and the run fails. The same means that it is the server's
// way: the numbers are ingested, and fetched again in the next run, until the stamps come again as they were and are
// explained.
#include "connectors/pxweb/flow.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"
#include "connectors/pxweb/stamps.hpp"
#include "connectors/pxweb/time_dimension.hpp"
#include "decode/jsonstat/jsonstat.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::uint64_t update_list_pages_max = 20;

/// The update list as far as it was answered.
struct UpdateList {
    std::vector<PxwebTable> tables;
    std::uint64_t pages = 1;
    std::uint64_t total = 0;
    std::size_t unreadable = 0;

    /// Whether a table that it does not mention is not one of those that changed.
    bool is_whole() const
    {
        std::set<std::string> ids;
        for (const auto& table : tables)
            ids.insert(table.id);
        return unreadable == 0 && ids.size() >= total;
    }

    bool mentions(const std::string& id) const
    {
        return std::any_of(tables.begin(), tables.end(),
                           [&](const PxwebTable& table) { return to_lower(table.id) == to_lower(id); });
    }
};

/// The questions of a run against PxWebApi v2, in their order.
class V2 {
public:
    explicit V2(const Flow& flow) : flow_(flow), settings_(flow.settings), memory_(flow.memory), index_(flow.index) {}

    Step next();
    Decoded decode();

private:
    std::optional<Step> find_table();
    UpdateList read_update_list() const;
    std::optional<Step> update_list();
    bool is_missed_by_list(const UpdateList& list, const std::string& listed) const;
    PxwebTablePage read_page(const Response& response) const;
    std::optional<Step> judge(const UpdateList& list, Time listed_at);
    Step after_description();
    std::optional<Request> ask_search_if_wanted() const;
    Step fetch();
    Step fetch_data(const Plan& plan, const std::vector<PxwebSelection>& parts);
    std::optional<Request> ask_once_more(const Plan& plan, const std::vector<PxwebSelection>& parts) const;
    void take_metadata();
    Plan read_plan(GoneCodes gone) const;
    bool selection_is_same() const;
    bool selects_some_contents(const Plan& plan) const;
    Stamps stamps(const std::vector<PartStamp>& parts) const;
    void check_same(const std::string& what, const std::string& first, const Response* again) const;
    Unchanged unchanged(ConnectorState state, Time now) const;
    Unchanged still_unchanged(Time now) const;
    ConnectorState state_of_table() const;
    ConnectorState state_after(const Plan& plan, const Stamps& stamps) const;

    const Flow& flow_;
    const PxwebSettings& settings_;
    const Memory& memory_;
    const ResponseIndex& index_;
    std::string table_;
    PxwebTable description_;
    Cube metadata_;
    TimeSelection time_;
    bool description_is_same_ = false; ///< as when the table was fetched last, by a job like this
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
std::optional<Step> V2::judge(const UpdateList& list, Time listed_at)
{
    const auto checked = memory_.time("checked");
    const bool has_gap = !checked || listed_at - *checked > std::chrono::days(update_list_days - 1);
    if (has_gap || memory_.audit_is_due(settings_, table_, listed_at))
        return std::nullopt;
    auto state = memory_.state();
    for (const auto& entry : list.tables) {
        if (to_lower(entry.id) != to_lower(table_))
            continue;
        if (!same_instant(settings_, entry.updated, memory_.stamp("listed")) ||
            entry.discontinued != (memory_.text("discontinued") == "true") || !settings_.expects(entry.label))
            return std::nullopt;
    }
    if (!list.mentions(table_) && (!list.is_whole() || is_missed_by_list(list, memory_.stamp("listed"))))
        return std::nullopt;
    if (const auto rival = rivals(settings_, list.tables, table_); !rival.empty())
        state["rival"] = rival;
    return unchanged(std::move(state), listed_at);
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
    return {{}, 1, update_list_pages_max + 1, 0, 0};
}

UpdateList V2::read_update_list() const
{
    UpdateList list;
    for (const auto* answer : index_.update_list) {
        const auto page = read_page(*answer);
        list.pages = std::max(list.pages, page.pages);
        list.total = std::max(list.total, page.total);
        list.unreadable += page.unreadable;
        list.tables.insert(list.tables.end(), page.tables.begin(), page.tables.end());
    }
    return list;
}

/// Whether a table with that stamp should be in the list, which came whole, and is not: then it never says anything
/// of this table.
bool V2::is_missed_by_list(const UpdateList& list, const std::string& listed) const
{
    const auto updated = read_stamp(settings_, listed);
    return !index_.update_list.empty() && index_.update_list.size() >= list.pages && list.is_whole() &&
           !list.mentions(table_) && updated &&
           index_.update_list.front()->received_at - *updated < std::chrono::days(update_list_days - 1);
}

std::optional<Step> V2::update_list()
{
    if (!selection_is_same() || memory_.text("checked").empty() || !memory_.text("gone_since").empty() ||
        !memory_.text("unlisted").empty() || !memory_.lists_are_telling(settings_))
        return std::nullopt;
    if (index_.update_list.empty())
        return ask_update_list(settings_, 1);
    const auto list = read_update_list();
    if (list.pages > update_list_pages_max)
        return std::nullopt;
    if (index_.update_list.size() < list.pages)
        return ask_update_list(settings_, index_.update_list.size() + 1);
    if (list.tables.empty() && !index_.long_list)
        return ask_long_list(settings_);
    if (list.tables.empty() && read_page(*index_.long_list).tables.empty())
        return std::nullopt;
    return judge(list, index_.update_list.front()->received_at);
}

/// Candidates are searched for where the table is found to be at its end, and a pinned search is made again.
std::optional<Request> V2::ask_search_if_wanted() const
{
    const bool news = description_.discontinued && memory_.text("discontinued") != "true";
    if (index_.search || (!news && settings_.search.empty()))
        return std::nullopt;
    return ask_search(settings_, settings_.search.empty() ? text_like(description_.label) : settings_.search);
}

/// What is remembered of the table itself.
ConnectorState V2::state_of_table() const
{
    ConnectorState state = {{"api", "v2"},
                            {"title", description_.label},
                            {"selection", selection_text(settings_, table_)},
                            {"time_unit", description_.time_unit},
                            {"checked", format_time(index_.description->received_at)}};
    if (settings_.table.empty())
        state["table"] = table_;
    if (!memory_.text("unlisted").empty() || is_missed_by_list(read_update_list(), description_.updated))
        state["unlisted"] = "yes";
    if (description_.discontinued || metadata_.discontinued) {
        state["discontinued"] = "true";
        state["candidates"] =
            index_.search ? candidates_text(search_hits(flow_), table_) : memory_.text("candidates");
    }
    if (const auto rival = rivals(settings_, search_hits(flow_), table_); !rival.empty())
        state["rival"] = rival;
    return state;
}

/// And of the numbers that were fetched with these stamps.
ConnectorState V2::state_after(const Plan& plan, const Stamps& stamps) const
{
    auto state = state_of_table();
    const auto claim = stamps.claim(settings_);
    state["updated"] = claim;
    state["audited"] = format_time(index_.metadata->received_at);
    const auto note = [&](const char* key, const std::string& stamp) {
        if (!same_instant(settings_, stamp, claim))
            state[key] = stamp.empty() ? std::string(stamp_unsaid) : stamp;
    };
    note("listed", stamps.listed);
    note("metadata_updated", stamps.metadata);
    const bool is_known = same_instant(settings_, memory_.text("updated"), claim) &&
                          same_instant(settings_, memory_.stamp("listed"), stamps.listed) &&
                          same_instant(settings_, memory_.stamp("metadata_updated"), stamps.metadata);
    const bool is_explained = is_later(settings_, stamps.metadata, stamps.data) && selects_some_contents(plan);
    if (!stamps.agree(settings_) && !(is_known && is_explained))
        state["unsettled"] = "yes";
    if (const auto cells = cells_max(flow_, table_, plan.cells()); cells && settings_.cells_max == 0)
        state["cells_max"] = std::to_string(*cells);
    return state;
}

/// Nothing is new, by the description or the metadata.
Unchanged V2::still_unchanged(Time now) const
{
    auto state = state_of_table();
    if (!index_.search && !memory_.text("rival").empty())
        state["rival"] = memory_.text("rival");
    auto remembered = memory_.state(); // with the keys that are not this connector's
    remembered.erase("rival");         // but "discontinued" stays: where metadata are not asked for, they may say so
    state.merge(remembered);
    return unchanged(std::move(state), now);
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
    description_is_same_ = selection_is_same() && memory_.text("unsettled").empty() &&
                           same_instant(settings_, description_.updated, memory_.stamp("listed")) &&
                           !memory_.audit_is_due(settings_, table_, answer.received_at);
    if (description_is_same_ && memory_.lists_are_telling(settings_))
        return still_unchanged(answer.received_at);
    return fetch();
}

void V2::take_metadata()
{
    metadata_ = read_metadata(settings_, *index_.metadata, table_);
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

/// So that the data may be older than the metadata.
bool V2::selects_some_contents(const Plan& plan) const
{
    const auto contents = contents_of(metadata_);
    const auto* dimension = metadata_.find(contents);
    for (const auto& planned : plan.dimensions)
        if (dimension && planned.ask.dimension == contents)
            return planned.codes.size() < dimension->categories.size();
    return false;
}

Stamps V2::stamps(const std::vector<PartStamp>& parts) const
{
    std::vector<std::string> data;
    data.reserve(parts.size());
    for (const auto& part : parts)
        data.push_back(part.updated);
    return {description_.updated, metadata_.updated, newest(settings_, data)};
}

/// A question that was asked before in this run, where only a second answer tells whether the table changed
/// meanwhile.
std::optional<Request> V2::ask_once_more(const Plan& plan, const std::vector<PxwebSelection>& parts) const
{
    std::vector<PartStamp> of_parts;
    const auto contents = contents_of(metadata_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string asked;
        for (const auto& ask : parts[i])
            if (ask.dimension == contents)
                asked = join(ask.values, " ");
        of_parts.push_back({asked, jsonstat_updated(index_.data[i]->body)});
    }
    if (part_of_another_release(settings_, of_parts))
        return std::nullopt; // decode() refuses them
    const auto stated = stamps(of_parts);
    const bool explained =
        stated.agree(settings_) || (is_later(settings_, stated.metadata, stated.data) && selects_some_contents(plan));
    const bool may_be_mixed =
        parts.size() > 1 && !stated.listed.empty() && !same_instant(settings_, stated.listed, stated.metadata);
    if (explained && !may_be_mixed)
        return std::nullopt;
    if (!index_.description_again)
        return ask_again(ask_description(settings_, table_));
    if (!index_.metadata_again)
        return ask_again(ask_metadata(settings_, table_));
    if (!index_.data_again)
        return ask_again(ask_data(settings_, table_, parts.back()));
    return std::nullopt;
}

Step V2::fetch_data(const Plan& plan, const std::vector<PxwebSelection>& parts)
{
    for (const auto* answer : index_.data)
        check_answer(settings_, table_, *answer, "data");
    if (index_.data.size() < parts.size())
        return ask_data(settings_, table_, parts[index_.data.size()]);
    if (auto request = ask_once_more(plan, parts))
        return *std::move(request);
    std::vector<PartStamp> of_parts;
    for (const auto* answer : index_.data)
        of_parts.push_back({"", jsonstat_updated(answer->body)});
    return Ready{state_after(plan, stamps(of_parts))};
}

Step V2::fetch()
{
    if (!index_.metadata)
        return ask_metadata(settings_, table_);
    take_metadata();
    if (description_is_same_ && !metadata_.updated.empty() &&
        same_instant(settings_, metadata_.updated, memory_.stamp("metadata_updated")))
        return still_unchanged(index_.metadata->received_at);
    for (const auto& wanted : settings_.wanted)
        if (!wanted.codelist.empty() && !index_.codelist(wanted.codelist))
            return ask_codelist(settings_, wanted.codelist);
    const auto plan = read_plan(gone_codes(flow_, table_));
    const auto limit = cells_max(flow_, table_, plan.cells());
    if (!limit)
        return ask_config(settings_);
    return fetch_data(plan, parts_of(plan, *limit, table_, settings_.wanted.front().where));
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

/// That the answer to the same question still has the same stamp, where it was asked twice.
void V2::check_same(const std::string& what, const std::string& first, const Response* again) const
{
    if (!again)
        return;
    check_answer(settings_, table_, *again, what);
    const auto second =
        what == "description" ? read_description(settings_, table_, *again).updated : jsonstat_updated(again->body);
    if (!same_instant(settings_, first, second))
        throw error("table {} was updated between two requests ({}: {}, and {} when it was asked once more); run the "
                    "job again",
                    table_, what, first, second.empty() ? "nothing" : second);
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
        parts.push_back(read_data(settings_, *answer, table_));
    check_parts(settings_, table_, parts, plan);
    check_same("description", description_.updated, index_.description_again);
    check_same("metadata", metadata_.updated, index_.metadata_again);
    check_same("data", parts.back().updated, index_.data_again);
    auto state = state_after(plan, stamps(stamps_of(parts)));
    auto decoded = decoded_with(flow_, table_, plan, parts.size(), std::move(state), index_.data.back()->received_at);
    for (auto& part : parts)
        for (auto& dimension : part.dimensions)
            if (const auto* described = metadata_.find(dimension.id); described && dimension.classification.empty())
                dimension.classification = described->classification;
    decode_time(settings_, metadata_, time_, decoded);
    decoded.next_published_at = read_stamp(settings_, metadata_.next_update);
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
