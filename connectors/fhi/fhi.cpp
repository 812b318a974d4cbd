#include "connectors/fhi/fhi.hpp"

#include "base/error.hpp"
#include "base/fingerprint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/address.hpp"
#include "connectors/fhi/check.hpp"
#include "connectors/fhi/plan.hpp"
#include "connectors/fhi/requests.hpp"
#include "connectors/fhi/responses.hpp"
#include "connectors/fhi/settings.hpp"
#include "connectors/fhi/table_status.hpp"
#include "connectors/offer.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string_view>

namespace skurd {

namespace {

using std::chrono::days;

constexpr int list_overdue = 2; ///< weeks without the list after which an update list alone will not do

/// Days since 1970 of a text like "2026-01-02"; nothing for another.
std::optional<int> day_number(const std::string& text)
{
    const auto time = parse_time(text);
    return time ? std::optional(static_cast<int>(std::chrono::floor<days>(*time).time_since_epoch().count()))
                : std::nullopt;
}

/// What the source says of the symbols in the cells that we make nothing of.
std::vector<std::string> words_on_unknown(const std::vector<Cube>& cubes, const Conventions& conventions,
                                          const FhiLegend& legend)
{
    std::set<std::string> symbols;
    for (const auto& cube : cubes)
        symbols.insert(cube.symbols.begin(), cube.symbols.end());
    std::vector<std::string> notes;
    for (const auto& [symbol, text] : legend) {
        const auto known = conventions.symbols.find(symbol);
        const bool is_known = known != conventions.symbols.end() && known->second != Meaning::unknown;
        if (!is_known && symbols.contains(symbol))
            notes.push_back(fmt::format("FHI says of the symbol '{}': {}", excerpt(symbol), excerpt(text, 200)));
    }
    return notes;
}

/// Nobody has seen what the server says where nothing was modified: an empty list, or one of these.
bool says_nothing(const Response& update_list)
{
    return update_list.status == 204 || update_list.status == 404;
}

/// What to remember of the requests themselves, whatever becomes of the numbers.
ConnectorState state_after(ConnectorState state, const FhiResponses& answers, const TableStatus& status,
                           const std::string& today)
{
    state[fhi_state::checked] = today;
    if (answers.list) {
        state[fhi_state::listed] = today;
        state[fhi_state::others] = status.others;
        state.erase(fhi_state::missing);
    }
    return state;
}

FhiLegend legend_of(const FhiResponses& answers)
{
    FhiLegend legend;
    for (const auto* part : answers.data)
        legend.merge(decode_fhi_legend(part->body));
    if (answers.flags)
        legend.merge(read_flags(*answers.flags));
    return legend;
}

/// What the lists among the responses say of the table.
std::optional<FhiTable> listed_table(const FhiResponses& answers, const std::string& source, const std::string& id)
{
    for (const auto* list : {answers.list, answers.update_list})
        if (list && !says_nothing(*list))
            for (const auto& table : read_tables(*list, source))
                if (table.id == id)
                    return table;
    return std::nullopt;
}

/// The table that the data are of: their address says it, also where nothing is remembered.
std::string table_in(const FhiResponses& answers)
{
    if (answers.data.empty() || !answers.dimensions)
        throw error("the responses hold no data with their dimensions");
    const auto& url = answers.data.front()->url;
    const auto path = to_lower(url);
    constexpr std::string_view before = "/table/";
    constexpr std::string_view after = "/data";
    const auto from = path.rfind(before);
    const auto to = path.rfind(after);
    if (from == std::string::npos || to < from + before.size())
        throw error("the response from {} is of no table (a redirect?)", excerpt(url, 200));
    return url.substr(from + before.size(), to - from - before.size());
}

/// Gives the data the labels of the table's dimensions where they have none of their own.
void add_labels(const std::vector<Dimension>& dimensions, Cube& cube)
{
    for (auto& dimension : cube.dimensions) {
        const auto described = std::find_if(dimensions.begin(), dimensions.end(),
                                            [&](const Dimension& one) { return one.id == dimension.id; });
        if (described == dimensions.end())
            continue;
        std::map<std::string_view, std::string_view> labels;
        for (const auto& category : described->categories)
            labels.emplace(category.code, category.label);
        for (auto& category : dimension.categories)
            if (const auto known = labels.find(category.code);
                known != labels.end() && category.label == category.code)
                category.label = known->second;
    }
}

class Fhi final : public Connector {
public:
    explicit Fhi(FhiSettings settings) : settings_(std::move(settings)) {}

    Step next(const ConnectorState& state, std::span<const Response> responses) const override;
    Decoded decode(const ConnectorState& state, std::span<const Response> responses) const override;
    Guarantee guarantee() const override;
    std::optional<DatasetOffer> offer() const override;
    Step next_check(std::span<const Response> responses) const override;
    std::vector<CheckResult> check(std::span<const Response> responses) const override;

private:
    Step first_request(const ConnectorState& state) const;
    Step fetch_table(const ConnectorState& state, const FhiResponses& answers, const TableStatus& status,
                     const std::string& today) const;
    int weeks_since_list(const ConnectorState& state, const std::string& day) const;
    bool selection_is_same(const ConnectorState& state) const;
    bool audit_is_due(const ConnectorState& state, const std::string& today) const;
    TableStatus status_of(const ConnectorState& state, const FhiResponses& answers, const std::string& today) const;
    std::string selection_text() const;
    void decode_time(const std::vector<Dimension>& dimensions, const std::string& time, Decoded& decoded) const;
    std::string bytes_of(const FhiResponses& answers) const;
    static std::vector<Cube> read_parts(const FhiResponses& answers, const std::string& table, const FhiPlan& plan);

    FhiSettings settings_;
};

/// The selection as the job states it: when it changes, an unchanged table is fetched again all the same.
std::string Fhi::selection_text() const
{
    FhiSelection selection;
    for (const auto& one : settings_.wanted)
        selection.emplace_back(one.dimension, one.expressions);
    return settings_.base_url + " " + settings_.source + " " + settings_.table + " " + settings_.time_dimension +
           " " + settings_.title + " " + settings_.dataset + " " + fhi_query_body(selection, settings_.rows_max) +
           (settings_.period_kind ? fmt::format(" {}", to_string(*settings_.period_kind)) : "");
}

std::optional<DatasetOffer> Fhi::offer() const
{
    if (settings_.dataset.empty() && settings_.table.empty())
        return std::nullopt;
    const auto name = settings_.dataset.empty() ? settings_.source + "/" + settings_.table : settings_.dataset;
    DatasetOffer offer{"fhi/" + name, {}, false};
    for (const auto& wanted : settings_.wanted) {
        if (wanted.dimension == "*")
            offer.may_have_others = true;
        else
            offer.dimensions[wanted.dimension] = codes_offered(wanted.expressions);
    }
    return offer;
}

Guarantee Fhi::guarantee() const
{
    Guarantee guarantee;
    guarantee.coverage = Coverage::complete_selection; // of all periods where the selection has them
    guarantee.publication = "the data's own 'updated', else the table's 'publishedAt'";
    guarantee.hosts = {host_of(settings_.base_url)};
    return guarantee;
}

/// Without a day of the last list, and while the table is missed, only the whole list will do. When a week began
/// since the list was read, it takes the update list's place: it has all that an update list would have.
Step Fhi::first_request(const ConnectorState& state) const
{
    const auto checked = day_number(value_of(state, fhi_state::checked));
    const bool is_known = !pinned_table(settings_, state).empty() &&
                          pinned_table(settings_, state) == value_of(state, fhi_state::table) &&
                          value_of(state, fhi_state::missing).empty();
    if (!checked || !is_known || weeks_since_list(state, value_of(state, fhi_state::checked)) >= 1)
        return fhi_list_request(settings_.base_url, settings_.source);
    // A day earlier, for what was modified that day after we looked, by whatever clock the server has.
    return fhi_update_list_request(settings_.base_url, settings_.source, format_date(Time(days(*checked - 1))));
}

/// How many weeks, of `list_days` each, began between the last list and that day. They begin on the same
/// day for all jobs, so that they share the list.
int Fhi::weeks_since_list(const ConnectorState& state, const std::string& day) const
{
    const auto now = day_number(day);
    const auto listed = day_number(value_of(state, fhi_state::listed));
    return now && listed ? *now / settings_.list_days - *listed / settings_.list_days : list_overdue;
}

bool Fhi::selection_is_same(const ConnectorState& state) const
{
    return value_of(state, fhi_state::selection) == selection_text();
}

bool Fhi::audit_is_due(const ConnectorState& state, const std::string& today) const
{
    const auto now = day_number(today);
    const auto audited = day_number(value_of(state, fhi_state::audited));
    return !audited || !now || *now - *audited >= settings_.audit_days;
}

TableStatus Fhi::status_of(const ConnectorState& state, const FhiResponses& answers, const std::string& today) const
{
    if (answers.list)
        return status_in_list(settings_, state, read_tables(*answers.list, settings_.source), today);
    return status_in_update_list(settings_, state, read_tables(*answers.update_list, settings_.source));
}

/// What the numbers are made from; the lists around them change with every other table.
std::string Fhi::bytes_of(const FhiResponses& answers) const
{
    auto print = fingerprint(selection_text());
    print = fingerprint(answers.dimensions->body, print);
    for (const auto* part : answers.data)
        print = fingerprint(part->body, print);
    return fmt::format("{:016x}", print);
}

std::vector<Cube> Fhi::read_parts(const FhiResponses& answers, const std::string& table, const FhiPlan& plan)
{
    if (answers.data.size() != plan.parts.size())
        throw error("data of table {}: {} responses to {} requests", table, answers.data.size(), plan.parts.size());
    std::vector<Cube> cubes;
    for (std::size_t i = 0; i < answers.data.size(); ++i)
        cubes.push_back(read_data(*answers.data[i], table, plan.parts[i]));
    for (const auto& cube : cubes)
        if (cube.updated != cubes.front().updated)
            throw error("table {} was published between two requests (updated {} and {}); run the job again", table,
                        excerpt(cubes.front().updated), excerpt(cube.updated));
    return cubes;
}

Step Fhi::fetch_table(const ConnectorState& state, const FhiResponses& answers, const TableStatus& status,
                      const std::string& today) const
{
    const auto& id = status.table.id;
    if (!answers.dimensions)
        return fhi_dimension_request(settings_.base_url, settings_.source, id);
    const auto plan = plan_fhi(settings_, read_dimensions(*answers.dimensions, id),
                               selection_is_same(state) ? GoneCodes::leave_out : GoneCodes::refuse);
    if (answers.data.size() < plan.parts.size()) {
        if (!answers.data.empty())
            read_data(*answers.data.back(), id, plan.parts[answers.data.size() - 1]);
        return fhi_data_request(settings_, id, plan.parts[answers.data.size()]);
    }
    const auto cubes = read_parts(answers, id, plan);
    if (!answers.flags && !unexplained(cubes, legend_of(answers)).empty())
        return fhi_flag_request(settings_.base_url, settings_.source, id);
    if (bytes_of(answers) == value_of(state, fhi_state::bytes)) {
        auto next = state_after(state, answers, status, today);
        next[fhi_state::audited] = today;
        if (!stamps_of(status.table).empty())
            next[fhi_state::stamps] = stamps_of(status.table);
        return Unchanged{fmt::format("table {}/{}: fetched again, the same bytes", settings_.source, id), next,
                         status.findings};
    }
    return Ready{};
}

Step Fhi::next(const ConnectorState& state, std::span<const Response> responses) const
{
    if (responses.empty())
        return first_request(state);
    const auto answers = FhiResponses::sort(responses);
    const auto today = format_date(responses.front().received_at);
    if (!answers.list && (weeks_since_list(state, today) >= list_overdue || says_nothing(*answers.update_list)))
        return fhi_list_request(settings_.base_url, settings_.source);
    const auto status = status_of(state, answers, today);
    if (status.failure)
        return *status.failure;
    if (!status.is_new && selection_is_same(state) && !audit_is_due(state, today))
        return Unchanged{fmt::format("table {}/{}: not modified since {}", settings_.source, status.table.id,
                                     value_of(state, fhi_state::checked)),
                         state_after(state, answers, status, today), status.findings};
    return fetch_table(state, answers, status, today);
}

/// What the dimensions say of time and of the codes that were not asked for.
void Fhi::decode_time(const std::vector<Dimension>& dimensions, const std::string& time, Decoded& decoded) const
{
    decoded.conventions.time_dimension = time;
    decoded.conventions.periods.stated = settings_.period_kind;
    for (const auto& dimension : dimensions)
        if (dimension.id == time)
            decoded.conventions.described_periods = dimension.categories;
        else
            decoded.listed.push_back(dimension);
    const auto lines = spelled_out(settings_.wanted, dimensions);
    const bool all_periods = std::any_of(lines.begin(), lines.end(), [&](const FhiWanted& one) {
        return one.dimension == time &&
               std::find(one.expressions.begin(), one.expressions.end(), "*") != one.expressions.end();
    });
    decoded.coverage = all_periods ? Coverage::full_history : Coverage::complete_selection;
}

Decoded Fhi::decode(const ConnectorState& state, std::span<const Response> responses) const
{
    const auto answers = FhiResponses::sort(responses);
    const auto id = table_in(answers);
    const auto dimensions = read_dimensions(*answers.dimensions, id);
    const auto plan = plan_fhi(settings_, dimensions, GoneCodes::leave_out);
    Decoded decoded;
    decoded.dataset =
        "fhi/" + (settings_.dataset.empty() ? fmt::format("{}/{}", settings_.source, id) : settings_.dataset);
    decoded.cubes = read_parts(answers, id, plan);
    const auto legend = legend_of(answers);
    decoded.conventions.symbols = meanings_of(legend);
    for (auto& cube : decoded.cubes)
        add_labels(dimensions, cube);
    decode_time(dimensions, plan.time_dimension, decoded);
    decoded.notes = words_on_unknown(decoded.cubes, decoded.conventions, legend);
    for (const auto& [dimension, codes] : plan.gone)
        decoded.notes.push_back(text_on_gone(dimension, codes));
    decoded.gone = plan.gone;
    const auto today = format_date(responses.front().received_at);
    const auto status = answers.list || answers.update_list ? status_of(state, answers, today) : TableStatus();
    decoded.findings = status.findings;
    const auto table = listed_table(answers, settings_.source, id).value_or(status.table);
    if (const auto updated = read_fhi_time(decoded.cubes.front().updated))
        decoded.claim = {*updated, "updated", Confidence::stated};
    else if (const auto published = read_fhi_time(table.published))
        decoded.claim = {*published, "publishedAt", Confidence::stated};
    else
        decoded.claim = {responses.back().received_at, "received", Confidence::arrival};
    const auto modified = read_fhi_time(table.modified);
    if (modified && decoded.claim.confidence != Confidence::arrival && *modified > decoded.claim.published_at)
        decoded.modified = {*modified, "modifiedAt", Confidence::modified};

    decoded.state = state_after(state, answers, status, today);
    decoded.state[fhi_state::table] = id;
    decoded.state[fhi_state::title] = status.table.title;
    decoded.state[fhi_state::pattern] = settings_.title;
    if (!stamps_of(status.table).empty())
        decoded.state[fhi_state::stamps] = stamps_of(status.table);
    decoded.state[fhi_state::audited] = today;
    decoded.state[fhi_state::selection] = selection_text();
    decoded.state[fhi_state::bytes] = bytes_of(answers);
    return decoded;
}

Step Fhi::next_check(std::span<const Response> responses) const
{
    return next_fhi_check(settings_, responses);
}

std::vector<CheckResult> Fhi::check(std::span<const Response> responses) const
{
    return check_fhi(settings_, responses);
}

} // namespace

std::unique_ptr<Connector> create_fhi(JobSections& sections)
{
    return std::make_unique<Fhi>(FhiSettings::read(sections.source, sections.job_id));
}

} // namespace skurd
