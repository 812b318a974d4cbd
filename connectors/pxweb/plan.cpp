// How a selection becomes requests that a PxWeb server answers:
//
// A job names dimensions and, for each, codes and expressions ("top(3)", "from(2010)", labels). Held against the
// table's metadata, every expression becomes positions among the categories, each once: SSB answers 500 to a code
// that is asked for twice. Expressions come first and codes after them, so that a code which an expression covers is
// not sent; an expression that overlaps an earlier one is sent as the codes it adds. v2 takes expressions as they
// are; v1 takes codes, and a dimension of more than 50 000 categories, which v1 does not list, is asked for unseen
// (all, top, or the codes as the job gives them) and counted as the least it can be.
//
// What is more cells than the server answers is cut along the widest dimension with codes to share out, time last so
// that a part holds whole series, into parts as large as may be; a part that is still too large is cut again along
// the next. More than parts_max parts are refused, with the job's line.
#include "connectors/pxweb/plan.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_keys.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace skurd {

namespace {

constexpr std::uint64_t unlisted_count = 50'001; ///< v1 lists no values where there are more than 50 000

/// Runs `work` and puts the job's line and the table before what it throws.
template <typename Work>
auto located(const std::string& table, const Wanted& wanted, Work work)
{
    try {
        return work();
    } catch (const Error& failure) {
        throw error("{}: table {}: {}", wanted.where, table, failure.what());
    }
}

std::vector<std::size_t> resolve(const Wanted& wanted, const std::string& expression, const Selectable& selectable)
{
    auto positions = selectable.resolve(expression);
    if (positions.empty())
        throw error("'{}' selects nothing in {}", expression, wanted.dimension);
    return positions;
}

/// What PxWeb's own code puts into the metadata of a table that has no contents dimension.
bool is_invented(const Dimension& dimension)
{
    return dimension.id == "ContentsCode" && dimension.categories.size() == 1 &&
           dimension.categories.front().code == "EliminatedValue";
}

/// Whether the server would select by an expression of time what the job means by it.
bool server_orders_alike(const Dimension& dimension, const Selectable& selectable, const TimeSelection& time)
{
    return dimension.role != Role::time ||
           (time.marked == TimeSelection::Marked::by_source && selectable.is_listed_in_order());
}

/// A dimension whose categories are known.
Planned plan_listed(const Wanted& wanted, const Dimension& dimension, GoneCodes gone, const TimeSelection& time)
{
    const Selectable selectable(dimension, time.periods);
    const bool is_alike = server_orders_alike(dimension, selectable, time);
    std::set<std::size_t> selected;
    Planned planned;
    const auto take = [&](bool codes) {
        for (const auto& expression : wanted.expressions) {
            if (selectable.find(expression).has_value() != codes)
                continue;
            if (gone == GoneCodes::leave_out && selectable.lacks(expression)) {
                planned.gone.push_back(expression);
                continue;
            }
            const auto positions = resolve(wanted, expression, selectable);
            std::vector<std::string> added;
            for (const auto position : positions)
                if (selected.insert(position).second)
                    added.push_back(dimension.categories[position].code);
            const bool as_it_stands = !codes && !selectable.has_look_alikes() && !is_label_expression(expression) &&
                                      (is_alike || !is_ordered_expression(expression));
            if (as_it_stands && added.size() == positions.size())
                added = {expression};
            planned.ask.values.insert(planned.ask.values.end(), added.begin(), added.end());
        }
    };
    take(false);
    take(true);
    if (selected.empty())
        resolve(wanted, planned.gone.front(), selectable); // throws: all are gone, and no table is left
    for (const auto position : selected)
        planned.codes.push_back(dimension.categories[position].code);
    planned.count = selected.size();
    planned.is_invented = is_invented(dimension);
    return planned;
}

/// A dimension of v1 whose categories nobody lists.
Planned plan_unlisted(const Wanted& wanted, bool is_time)
{
    Planned planned;
    const auto& first = wanted.expressions.front();
    const bool alone = wanted.expressions.size() == 1;
    if (alone && first == "*" && wanted.codelist.empty()) {
        planned.ask.filter = "all";
        planned.ask.values = {"*"};
        planned.count = unlisted_count;
        return planned;
    }
    const auto count = alone && is_time && wanted.codelist.empty() ? top_count(first) : std::nullopt;
    if (count) {
        planned.ask.filter = "top";
        planned.ask.values = {std::to_string(*count)};
        planned.count = *count;
        return planned;
    }
    for (const auto& code : wanted.expressions) {
        if (is_expression(code))
            throw error("'{}' cannot be looked up in {}: {}; give its codes", code, wanted.dimension,
                        wanted.codelist.empty() ? "the server does not list them, since they are too many"
                                                : "PxWebApi v1 does not list those of " + wanted.codelist);
        if (std::find(planned.codes.begin(), planned.codes.end(), code) == planned.codes.end())
            planned.codes.push_back(code);
    }
    planned.ask.values = planned.codes;
    planned.count = planned.codes.size();
    return planned;
}

std::uint64_t times(std::uint64_t a, std::uint64_t b)
{
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    return b != 0 && a > most / b ? most : a * b;
}

[[noreturn]] void refuse_left_out(const std::string& where, const std::string& table, const Dimension& dimension)
{
    throw error("{}: table {} cannot be asked without its dimension '{}': add {} = [\"*\"] or some of its {} "
                "codes to [source.select]",
                where, table, dimension.id, dimension.id, dimension.categories.size());
}

/// What is common to both versions; plan_one(wanted, dimension) makes a dimension's part.
template <typename PlanOne>
Plan plan_all(const std::string& table, const Cube& metadata, const std::vector<Wanted>& wanted, PlanOne plan_one)
{
    Plan plan;
    std::set<std::string_view> named;
    for (const auto& one : spelled_out(wanted, metadata)) {
        const auto* dimension = located(table, one, [&] { return &require_dimension(metadata, one.dimension); });
        if (!named.insert(dimension->id).second)
            throw error("{}: table {}: the dimension {} is selected twice", one.where, table, dimension->id);
        if (one.expressions.empty() && !dimension->eliminable.value_or(false))
            refuse_left_out(one.where, table, *dimension);
        if (one.expressions.empty())
            continue;
        auto planned = located(table, one, [&] { return plan_one(one, *dimension); });
        planned.ask.dimension = dimension->id;
        planned.is_time = dimension->role == Role::time;
        plan.dimensions.push_back(std::move(planned));
    }
    for (const auto& dimension : metadata.dimensions) {
        if (named.contains(dimension.id))
            continue;
        if (!dimension.eliminable.value_or(false))
            refuse_left_out(wanted.front().where, table, dimension);
        plan.left_out.push_back(dimension.id);
    }
    return plan;
}

/// Where a plan is cut: its largest dimension that has codes to share out, time only when there is no other.
std::size_t widest(const std::vector<Planned>& dimensions)
{
    const auto worth = [](const Planned& one) {
        return one.codes.size() < 2 ? std::pair(false, std::uint64_t(0)) : std::pair(!one.is_time, one.count);
    };
    const auto found = std::max_element(dimensions.begin(), dimensions.end(),
                                        [&](const auto& a, const auto& b) { return worth(a) < worth(b); });
    return static_cast<std::size_t>(found - dimensions.begin());
}

/// Cuts until each part fits; false = it cannot be, or there would be too many.
bool cut(const Plan& plan, std::uint64_t cells_max, std::vector<PxwebSelection>& parts)
{
    if (plan.cells() <= cells_max) {
        auto& part = parts.emplace_back();
        for (const auto& one : plan.dimensions)
            if (!one.is_invented)
                part.push_back(one.ask);
        return parts.size() <= parts_max;
    }
    const auto at = widest(plan.dimensions);
    const auto codes = plan.dimensions[at].codes;
    auto smaller = plan;
    smaller.dimensions[at].count = 1;
    if (codes.size() < 2)
        return false;
    const auto step = std::max<std::uint64_t>(cells_max / smaller.cells(), 1);
    for (std::uint64_t from = 0; from < codes.size(); from += step) {
        const auto first = codes.begin() + static_cast<std::ptrdiff_t>(from);
        const auto size = std::min<std::uint64_t>(step, codes.size() - from);
        auto& shortened = smaller.dimensions[at];
        shortened.codes.assign(first, first + static_cast<std::ptrdiff_t>(size));
        shortened.ask.values = shortened.codes;
        shortened.count = size;
        if (!cut(smaller, cells_max, parts))
            return false;
    }
    return true;
}

/// The dimension a line names; "" where there is none, which whoever plans says.
std::string dimension_of(const Wanted& wanted, const Cube& metadata)
{
    try {
        return require_dimension(metadata, wanted.dimension).id;
    } catch (const Error&) {
        return "";
    }
}

} // namespace

std::vector<Wanted> spelled_out(const std::vector<Wanted>& wanted, const Cube& metadata)
{
    std::vector<Wanted> lines;
    std::set<std::string> named;
    const Wanted* others = nullptr;
    for (const auto& one : wanted) {
        if (one.dimension == other_dimensions)
            others = &one;
        else
            named.insert(dimension_of(lines.emplace_back(one), metadata));
    }
    for (const auto& dimension : metadata.dimensions)
        if (others && !named.contains(dimension.id))
            lines.push_back({dimension.id, others->expressions, "", others->where});
    return lines;
}

std::uint64_t Plan::cells() const
{
    std::uint64_t product = 1;
    for (const auto& one : dimensions)
        product = times(product, one.count);
    return product;
}

Plan plan_query(const std::string& table, const Cube& metadata, const Codelists& codelists,
                const std::vector<Wanted>& wanted, GoneCodes gone, const TimeSelection& time)
{
    return plan_all(table, metadata, wanted, [&](const Wanted& one, Dimension dimension) {
        if (!one.codelist.empty())
            dimension.categories = codelists.at(one.codelist);
        auto planned = plan_listed(one, dimension, gone, time);
        planned.ask.codelist = one.codelist;
        return planned;
    });
}

Plan plan_query_v1(const std::string& table, const Cube& metadata, const std::vector<Wanted>& wanted, GoneCodes gone,
                   const TimeSelection& time)
{
    return plan_all(table, metadata, wanted, [&](const Wanted& one, const Dimension& dimension) {
        const bool listed = one.codelist.empty() && !dimension.categories.empty();
        auto planned =
            listed ? plan_listed(one, dimension, gone, time) : plan_unlisted(one, dimension.role == Role::time);
        if (listed)
            planned.ask.values = planned.codes;
        // agg_FemAarigGruppering of v2 is agg:FemAarigGruppering here.
        if (const auto bar = one.codelist.find('_'); bar != std::string::npos)
            planned.ask.filter = one.codelist.substr(0, bar) + ":" + one.codelist.substr(bar + 1);
        return planned;
    });
}

PxwebSelection sample_of(const Plan& plan, const std::string& whole)
{
    PxwebSelection sample;
    for (const auto& planned : plan.dimensions) {
        auto ask = planned.ask;
        if (planned.is_invented)
            continue;
        if (!planned.codes.empty() && ask.dimension == whole)
            ask.values = planned.codes;
        else if (!planned.codes.empty())
            ask.values = {planned.is_time ? planned.codes.back() : planned.codes.front()};
        else if (ask.filter == "top")
            ask.values = {"1"};
        else
            return {};
        sample.push_back(std::move(ask));
    }
    return sample;
}

std::vector<PxwebSelection> parts_of(const Plan& plan, std::uint64_t cells_max, const std::string& table,
                                     const std::string& where)
{
    std::vector<PxwebSelection> parts;
    if (!cut(plan, cells_max, parts))
        throw error("{}: the selection in table {} has {} cells, and the server answers at most {} at a time: that "
                    "would take more than {} requests; select less",
                    where, table, plan.cells(), cells_max, parts_max);
    return parts;
}

} // namespace skurd
