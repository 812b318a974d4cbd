#include "connectors/pxweb/check.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_keys.hpp"
#include "connectors/job_text.hpp"
#include "connectors/pxweb/expression.hpp"
#include "connectors/pxweb/requests.hpp"
#include "connectors/pxweb/responses.hpp"
#include "connectors/pxweb/time_dimension.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

using Kind = CheckResult::Kind;
using Fix = CheckResult::Fix;

std::string table_of(const Flow& flow)
{
    if (!flow.settings.table.empty())
        return flow.settings.table;
    check_list(flow.settings, *flow.index.search, "search");
    return found_table(flow.settings, search_hits(flow));
}

Codelists codelists_of(const Flow& flow)
{
    Codelists codelists;
    for (const auto& wanted : flow.settings.wanted)
        if (const auto* answer = flow.index.codelist(wanted.codelist))
            codelists[wanted.codelist] = read_codelist(flow.settings, *answer, wanted.codelist);
    return codelists;
}

Plan plan_of(const Flow& flow, const std::string& table, Cube metadata, bool is_v1)
{
    const auto& [settings, memory, index] = flow;
    const auto unit = is_v1 ? "" : read_description(settings, table, *index.description).time_unit;
    const auto time = mark_time(settings, table, unit, metadata);
    return is_v1 ? plan_query_v1(table, metadata, settings.wanted, GoneCodes::refuse, time)
                 : plan_query(table, metadata, codelists_of(flow), settings.wanted, GoneCodes::refuse, time);
}

/// What a job's line about a dimension comes to, expression by expression.
class LineCheck {
public:
    LineCheck(const Wanted& wanted, const Dimension& dimension, const PeriodHints& periods)
        : wanted_(wanted), selectable_(dimension, periods), dimension_(dimension)
    {
    }

    CheckResult remark()
    {
        for (const auto& expression : wanted_.expressions)
            look_at(expression);
        CheckResult remark{kind_, wanted_.where, fmt::format("{}: {}", dimension_.id, join(said_, "; ")), "",
                           Fix::none};
        if (changed_ || wanted_.dimension != dimension_.id) {
            remark.line = select_line(dimension_.id, better_);
            remark.fix = kind_ == Kind::wrong ? Fix::guess : Fix::replace;
        }
        return remark;
    }

private:
    void look_at(const std::string& expression)
    {
        try {
            const auto positions = selectable_.resolve(expression);
            if (positions.empty())
                throw error("'{}' selects nothing", expression);
            const auto& first = dimension_.categories[positions.front()];
            const bool by_label = is_label_expression(expression);
            changed_ = changed_ || by_label;
            better_.push_back(by_label ? first.code : expression);
            said_.push_back(positions.size() == 1
                                ? fmt::format("{} is {} '{}'", expression, first.code, excerpt(first.label))
                                : fmt::format("{} is {} codes", expression, positions.size()));
        } catch (const Error& failure) {
            kind_ = Kind::wrong;
            said_.emplace_back(failure.what());
            suggest(expression);
        }
    }

    /// The code most like what stands there, or the one whose label is.
    void suggest(const std::string& expression)
    {
        std::vector<std::string> codes;
        std::vector<std::string> labels;
        for (const auto& category : dimension_.categories) {
            codes.push_back(category.code);
            labels.push_back(to_lower(category.label));
        }
        auto code = is_expression(expression) ? "" : nearest(expression, codes);
        if (const auto label = nearest(to_lower(expression), labels); code.empty() && !label.empty())
            code = codes[static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin())];
        changed_ = changed_ || !code.empty();
        better_.push_back(code.empty() ? expression : code);
    }

    const Wanted& wanted_;
    Selectable selectable_;
    const Dimension& dimension_;
    Kind kind_ = Kind::confirmed;
    bool changed_ = false;
    std::vector<std::string> said_;
    std::vector<std::string> better_;
};

CheckResult unknown_dimension(const Wanted& wanted, const Cube& metadata, const std::string& message)
{
    std::vector<std::string> ids;
    for (const auto& dimension : metadata.dimensions)
        ids.push_back(dimension.id);
    const auto like = nearest(wanted.dimension, ids);
    if (like.empty())
        return {Kind::wrong, wanted.where, message};
    return {Kind::wrong, wanted.where, message, select_line(like, wanted.expressions), Fix::guess};
}

CheckResult check_line(const Wanted& wanted, Dimension dimension, const Codelists& codelists,
                       const PeriodHints& periods)
{
    const bool by_label = wanted.dimension != dimension.id;
    if (wanted.expressions.empty() && dimension.eliminable.value_or(false))
        return {Kind::confirmed, wanted.where, dimension.id + ": left out, so the response is for its total",
                by_label ? select_line(dimension.id, {}) : "", by_label ? Fix::replace : Fix::none};
    if (wanted.expressions.empty())
        return {Kind::wrong, wanted.where, dimension.id + " cannot be left out", select_line(dimension.id, {"*"}),
                Fix::replace};
    if (const auto codelist = codelists.find(wanted.codelist); codelist != codelists.end())
        dimension.categories = codelist->second;
    if (dimension.categories.empty() || (!wanted.codelist.empty() && !codelists.contains(wanted.codelist)))
        return {Kind::unsure, wanted.where,
                dimension.id + ": the server does not list its codes, so nobody can say whether they are right"};
    try {
        return LineCheck(wanted, dimension, periods).remark();
    } catch (const Error& failure) { // nothing tells what its periods are
        return {Kind::wrong, wanted.where, failure.what()};
    }
}

/// The check result about a job's line, and the dimension it is about: "" = none.
std::pair<CheckResult, std::string> check_line(const Wanted& wanted, const Cube& metadata, const Codelists& codelists,
                                               const PeriodHints& periods)
{
    const Dimension* dimension = nullptr;
    try {
        dimension = &require_dimension(metadata, wanted.dimension);
    } catch (const Error& failure) {
        return {unknown_dimension(wanted, metadata, failure.what()), ""};
    }
    return {check_line(wanted, *dimension, codelists, periods), dimension->id};
}

/// Marks the time dimension; where the job or the source does not tell it, that is a result.
TimeSelection check_time(const Flow& flow, const std::string& table, const std::string& time_unit, Cube& metadata,
                         std::vector<CheckResult>& remarks)
{
    try {
        return mark_time(flow.settings, table, time_unit, metadata);
    } catch (const Error& failure) {
        remarks.push_back({Kind::wrong, flow.settings.table_where, failure.what()});
        return {};
    }
}

/// The line `"*"`: the dimensions it stands for, and the lines that name them.
CheckResult check_others(const Wanted& wanted, const std::vector<const Dimension*>& others,
                         const Codelists& codelists, const PeriodHints& periods)
{
    const auto& code = wanted.expressions.front();
    std::vector<std::string> described;
    for (const auto* dimension : others) {
        described.push_back(fmt::format("{} ('{}', {} codes)", dimension->id, excerpt(dimension->label),
                                        dimension->categories.size()));
        if (code == "*")
            continue;
        auto line = check_line({dimension->id, {code}, "", wanted.where}, *dimension, codelists, periods);
        if (line.kind != Kind::confirmed) {
            line.fix = Fix::guess; // of one dimension: the others would be lost
            return line;
        }
    }
    return confirm_other_dimensions(wanted.where, code, others, join(described, " and "));
}

void check_lines(const Flow& flow, const Cube& metadata, const PeriodHints& periods,
                 std::vector<CheckResult>& remarks)
{
    const auto codelists = codelists_of(flow);
    const auto& lines = flow.settings.wanted;
    const auto others =
        std::find_if(lines.begin(), lines.end(), [](const Wanted& one) { return one.dimension == other_dimensions; });
    std::set<std::string> named;
    for (const auto& wanted : lines) {
        if (wanted.dimension == other_dimensions)
            continue;
        auto [remark, dimension] = check_line(wanted, metadata, codelists, periods);
        named.insert(dimension);
        remarks.push_back(std::move(remark));
    }
    std::vector<const Dimension*> unnamed;
    for (const auto& dimension : metadata.dimensions)
        if (!named.contains(dimension.id))
            unnamed.push_back(&dimension);
    if (others != lines.end())
        return remarks.push_back(check_others(*others, unnamed, codelists, periods));
    for (const auto* dimension : unnamed) {
        const bool eliminable = dimension->eliminable.value_or(false);
        remarks.push_back({eliminable ? Kind::unsure : Kind::wrong, lines.back().where,
                           fmt::format("the dimension {} ('{}') is not named{}", dimension->id, dimension->label,
                                       eliminable ? ", so the response is for its total" : ", and must be"),
                           eliminable ? select_line(dimension->id, {}) : select_line(dimension->id, {"*"}),
                           Fix::insert});
    }
}

void check_title(const Flow& flow, const std::string& table, const std::string& title, bool discontinued,
                 std::vector<CheckResult>& remarks)
{
    const auto& settings = flow.settings;
    const bool searched = settings.table.empty();
    remarks.push_back({Kind::confirmed, settings.table_where, fmt::format("table {} is '{}'", table, title),
                       searched ? "table = " + toml_quoted(table) : "", searched ? Fix::replace : Fix::none});
    if (!settings.expects(title))
        remarks.push_back({Kind::wrong, settings.expect_where,
                           fmt::format("the title '{}' does not match expect = '{}'", title, settings.expect),
                           "expect = " + toml_quoted(expect_for(title)), Fix::guess});
    if (discontinued)
        remarks.push_back(
            {Kind::unsure, settings.table_where, fmt::format("table {} is discontinued at the source", table)});
}

/// What a run would end with: the selection planned, cut into parts, and as little of it as can be asked for decoded.
/// Throws Error for what would fail.
void rehearse(const Flow& flow, const std::string& table, const Cube& metadata, bool is_v1)
{
    const auto& [settings, memory, index] = flow;
    const auto plan = plan_of(flow, table, metadata, is_v1);
    const auto limit = cells_max(flow, table, plan.cells());
    static_cast<void>(parts_of(plan, limit.value_or(plan.cells()), table, settings.wanted.front().where));
    if (is_v1 && index.v1.size() > 1)
        static_cast<void>(read_data_v1(settings, table, *index.v1.back()));
    if (!index.data.empty())
        static_cast<void>(read_data(settings, *index.data.front(), table));
    if (index.refusals > 0)
        check_answer(settings, table, *index.refusal, "data");
}

/// A result where a run would fail although no line is wrong.
void check_run(const Flow& flow, const std::string& table, const Cube& metadata, bool is_v1,
               std::vector<CheckResult>& remarks)
{
    const bool is_wrong = std::any_of(remarks.begin(), remarks.end(),
                                      [](const CheckResult& remark) { return remark.kind == Kind::wrong; });
    if (is_wrong)
        return;
    try {
        rehearse(flow, table, metadata, is_v1);
    } catch (const Error& failure) {
        remarks.push_back({Kind::wrong, flow.settings.table_where, "a run would end so: " + full_message(failure)});
    }
}

/// The question for as little as can be asked for, once everything else is known; nothing where there is none to ask.
std::optional<Request> ask_sample(const Flow& flow, const std::string& table, const Cube& metadata, bool is_v1)
{
    const auto& [settings, memory, index] = flow;
    try {
        const auto plan = plan_of(flow, table, metadata, is_v1);
        if (!cells_max(flow, table, plan.cells()))
            return is_v1 ? ask_config_v1(settings) : ask_config(settings);
        const auto sample = sample_of(plan);
        if (sample.empty())
            return std::nullopt;
        return is_v1 ? ask_data_v1(settings, table, pxweb_v1_query_body(sample), "one cell")
                     : ask_data(settings, table, sample);
    } catch (const Error&) {
        return std::nullopt; // check_job() says what is wrong
    }
}

CheckResult no_such_table(const Flow& flow, const std::string& table)
{
    return {Kind::wrong, flow.settings.table_where,
            fmt::format("there is no table {} at {}", table, flow.settings.base_url)};
}

} // namespace

Step next_check_of(const Flow& flow, bool is_v1)
{
    const auto& [settings, memory, index] = flow;
    if (settings.table.empty() && !index.search)
        return is_v1 ? ask_search_v1(settings, settings.search) : ask_search(settings, settings.search);
    const auto table = table_of(flow);
    if (is_v1 && index.v1.empty())
        return ask_metadata_v1(settings, table);
    if (is_v1) {
        const bool is_told = index.v1.size() > 1 || index.refusals > 0 || says_not_there(*index.v1.front());
        const auto sample = is_told
                                ? std::nullopt
                                : ask_sample(flow, table, read_metadata_v1(settings, table, *index.v1.front()), true);
        return sample ? Step(*sample) : Ready{};
    }
    if (!index.description)
        return ask_description(settings, table);
    if (says_not_there(*index.description))
        return Ready{};
    if (!index.metadata)
        return ask_metadata(settings, table);
    for (const auto& wanted : settings.wanted)
        if (!wanted.codelist.empty() && !index.codelist(wanted.codelist))
            return ask_codelist(settings, wanted.codelist);
    if (!index.data.empty() || index.refusals > 0)
        return Ready{};
    const auto sample = ask_sample(flow, table, read_metadata(settings, *index.metadata, table), false);
    return sample ? Step(*sample) : Ready{};
}

std::vector<CheckResult> check_job(const Flow& flow, bool is_v1)
{
    const auto& [settings, memory, index] = flow;
    std::vector<CheckResult> remarks;
    const auto table = table_of(flow);
    if (says_not_there(is_v1 ? *index.v1.front() : *index.description))
        return {no_such_table(flow, table)};
    if (is_v1) {
        auto metadata = read_metadata_v1(settings, table, *index.v1.front());
        check_title(flow, table, metadata.label, false, remarks);
        const auto time = check_time(flow, table, "", metadata, remarks);
        check_lines(flow, metadata, time.periods, remarks);
        check_run(flow, table, metadata, true, remarks);
        return remarks;
    }
    const auto description = read_description(settings, table, *index.description);
    auto metadata = read_metadata(settings, *index.metadata, table);
    check_title(flow, table, description.label, description.discontinued || metadata.discontinued, remarks);
    const auto time = check_time(flow, table, description.time_unit, metadata, remarks);
    check_lines(flow, metadata, time.periods, remarks);
    check_run(flow, table, metadata, false, remarks);
    return remarks;
}

std::string expect_for(const std::string& title)
{
    std::string pattern = "^";
    for (const char c : title.substr(0, title.find(','))) {
        if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos)
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

} // namespace skurd
