#include "connectors/fhi/check.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/fhi/plan.hpp"
#include "connectors/fhi/requests.hpp"
#include "connectors/fhi/responses.hpp"
#include "connectors/fhi/table_status.hpp"
#include "connectors/job_keys.hpp"
#include "connectors/job_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

using Kind = CheckResult::Kind;
using Fix = CheckResult::Fix;

constexpr std::size_t shown_max = 10; ///< codes named in a check result

/// "0 Hele landet, 03 Oslo, …": codes with their labels, the first few.
std::string some_of(const Dimension& dimension)
{
    std::vector<std::string> shown;
    for (const auto& category : dimension.categories) {
        if (shown.size() == shown_max) {
            shown.emplace_back("…");
            break;
        }
        shown.push_back(category.label == category.code ? category.code : category.code + " " + category.label);
    }
    return join(shown, ", ");
}

CheckResult check_table(const FhiSettings& settings, const TableStatus& status)
{
    const auto where = settings.table.empty() ? settings.title_where : settings.table_where;
    if (status.failure)
        return {Kind::wrong, where, status.failure->why};
    const bool by_title = settings.table.empty();
    return {Kind::confirmed, where,
            fmt::format("table {}/{} is '{}'", settings.source, status.table.id, excerpt(status.table.title)),
            by_title ? fmt::format("table = {}", status.table.id) : "", by_title ? Fix::insert : Fix::none};
}

/// The same expressions with each that does not fit replaced by the code most like it; without those that are like
/// none.
std::vector<std::string> corrected(const FhiSettings& settings, const FhiWanted& wanted, const Dimension& dimension)
{
    std::vector<std::string> known;
    for (const auto& category : dimension.categories)
        known.push_back(category.code);
    std::vector<std::string> expressions;
    for (const auto& expression : wanted.expressions) {
        try {
            selected_codes(settings, {wanted.dimension, {expression}, wanted.where}, dimension);
            expressions.push_back(expression);
        } catch (const Error&) {
            if (auto near = nearest(expression, known); !near.empty())
                expressions.push_back(std::move(near));
        }
    }
    return expressions;
}

CheckResult check_codes(const FhiSettings& settings, const FhiWanted& wanted, const Dimension& dimension)
{
    try {
        const auto codes = selected_codes(settings, wanted, dimension);
        const auto shown = codes.size() > shown_max ? fmt::format("{} codes", codes.size()) : join(codes, ", ");
        return {Kind::confirmed, wanted.where, fmt::format("{} selects {}", dimension.id, shown)};
    } catch (const Error& failure) {
        const auto expressions = corrected(settings, wanted, dimension);
        return {Kind::wrong, wanted.where,
                fmt::format("{}; {} has {}", failure.what(), dimension.id, some_of(dimension)),
                expressions.empty() ? "" : select_line(dimension.id, expressions),
                expressions.empty() ? Fix::none : Fix::guess};
    }
}

CheckResult check_dimension(const FhiSettings& settings, const FhiWanted& wanted,
                            const std::vector<Dimension>& dimensions)
{
    std::vector<std::string> ids;
    for (const auto& dimension : dimensions) {
        if (dimension.id == wanted.dimension)
            return check_codes(settings, wanted, dimension);
        ids.push_back(dimension.id);
    }
    const auto near = nearest(wanted.dimension, ids);
    return {Kind::wrong, wanted.where,
            fmt::format("the table has no dimension '{}'; it has {}", wanted.dimension, join(ids, ", ")),
            near.empty() ? "" : select_line(near, wanted.expressions), near.empty() ? Fix::none : Fix::guess};
}

/// Dimensions that no line but `"*"` names.
std::vector<const Dimension*> unnamed(const FhiSettings& settings, const std::vector<Dimension>& dimensions)
{
    std::vector<const Dimension*> found;
    for (const auto& dimension : dimensions)
        if (std::none_of(settings.wanted.begin(), settings.wanted.end(),
                         [&](const auto& one) { return one.dimension == dimension.id; }))
            found.push_back(&dimension);
    return found;
}

/// The line `"*"`: the dimensions it stands for, and the lines that name them.
CheckResult check_others(const FhiWanted& wanted, const std::vector<const Dimension*>& others)
{
    const auto& code = wanted.expressions.front();
    std::vector<std::string> described;
    for (const auto* dimension : others) {
        described.push_back(
            fmt::format("{} ({}; {})", dimension->id, excerpt(dimension->label), some_of(*dimension)));
        if (code != "*" && std::none_of(dimension->categories.begin(), dimension->categories.end(),
                                        [&](const Category& category) { return category.code == code; }))
            return {Kind::wrong, wanted.where, fmt::format("{} has no code '{}': name it", described.back(), code),
                    select_line(dimension->id, {"*"}), Fix::guess};
    }
    return confirm_other_dimensions(wanted.where, code, others, join(described, " and of "));
}

/// What no line names: all that is missing, or what the line `"*"` stands for.
void check_unnamed(const FhiSettings& settings, const std::vector<Dimension>& dimensions,
                   std::vector<CheckResult>& remarks)
{
    const auto others = std::find_if(settings.wanted.begin(), settings.wanted.end(),
                                     [](const auto& one) { return one.dimension == other_dimensions; });
    const auto left = unnamed(settings, dimensions);
    if (others != settings.wanted.end())
        return remarks.push_back(check_others(*others, left));
    for (const auto* dimension : left)
        remarks.push_back({Kind::wrong, settings.select_where,
                           fmt::format("the dimension '{}' ({}) is missing; it has {}", dimension->id,
                                       excerpt(dimension->label), some_of(*dimension)),
                           select_line(dimension->id, {"*"}), Fix::insert});
}

/// A result where a run would fail although no line is wrong.
void check_plan(const FhiSettings& settings, const std::vector<Dimension>& dimensions,
                std::vector<CheckResult>& remarks)
{
    const bool is_wrong = std::any_of(remarks.begin(), remarks.end(),
                                      [](const CheckResult& remark) { return remark.kind == Kind::wrong; });
    if (is_wrong)
        return;
    try {
        static_cast<void>(plan_fhi(settings, dimensions));
    } catch (const Error& failure) {
        remarks.push_back({Kind::wrong, settings.select_where, std::string("a run would end so: ") + failure.what()});
    }
}

TableStatus status_of(const FhiSettings& settings, const FhiResponses& answers)
{
    return status_in_list(settings, {}, read_tables(*answers.list, settings.source), "");
}

} // namespace

Step next_fhi_check(const FhiSettings& settings, std::span<const Response> responses)
{
    if (responses.empty())
        return fhi_list_request(settings.base_url, settings.source);
    const auto answers = FhiResponses::sort(responses);
    const auto status = status_of(settings, answers);
    if (status.failure || answers.dimensions)
        return Ready{};
    return fhi_dimension_request(settings.base_url, settings.source, status.table.id);
}

std::vector<CheckResult> check_fhi(const FhiSettings& settings, std::span<const Response> responses)
{
    const auto answers = FhiResponses::sort(responses);
    const auto status = status_of(settings, answers);
    std::vector<CheckResult> remarks = {check_table(settings, status)};
    if (status.failure)
        return remarks;
    auto dimensions = read_dimensions(*answers.dimensions, status.table.id);
    try {
        dimensions = in_time_order(settings, std::move(dimensions));
    } catch (const Error& failure) {
        remarks.push_back({Kind::unsure, settings.select_where, failure.what()});
        return remarks;
    }
    for (const auto& wanted : settings.wanted)
        if (wanted.dimension != other_dimensions)
            remarks.push_back(check_dimension(settings, wanted, dimensions));
    check_unnamed(settings, dimensions, remarks);
    check_plan(settings, dimensions, remarks);
    return remarks;
}

} // namespace skurd
