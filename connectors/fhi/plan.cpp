#include "connectors/fhi/plan.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/job_keys.hpp"
#include "model/period_notation.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t parts_max = 200;

/// As the sources call it.
constexpr std::string_view time_names[] = {"AAR", "DAAR", "AARGANG", "Utlevering_Ar", "Salg_Ar",
                                           "Ar",  "År",   "AR",      "PERIODE",       "Aarstall"};

std::string ids_of(const std::vector<Dimension>& dimensions)
{
    std::vector<std::string> ids;
    ids.reserve(dimensions.size());
    for (const auto& dimension : dimensions)
        ids.push_back(dimension.id);
    return join(ids, ", ");
}

Dimension* find(std::vector<Dimension>& dimensions, std::string_view id)
{
    const auto found =
        std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& one) { return one.id == id; });
    return found == dimensions.end() ? nullptr : &*found;
}

/// The only dimension with one of the known names; nullptr when there is none, or more than one.
Dimension* guess_time(std::vector<Dimension>& dimensions)
{
    Dimension* found = nullptr;
    for (const auto name : time_names)
        if (auto* dimension = find(dimensions, name)) {
            if (found)
                return nullptr;
            found = dimension;
        }
    return found;
}

std::vector<std::size_t> resolve(const std::string& expression, const Dimension& dimension,
                                 const Selectable& selectable)
{
    auto positions = selectable.resolve(expression);
    if (positions.empty())
        throw error("'{}' selects nothing in {}", expression, dimension.id);
    return positions;
}

/// Takes out the codes that the dimension lacks; none where that would take all.
std::vector<std::string> take_gone(std::vector<std::string>& expressions, const Selectable& selectable)
{
    const auto from = std::stable_partition(expressions.begin(), expressions.end(),
                                            [&](const auto& text) { return !selectable.lacks(text); });
    if (from == expressions.begin())
        return {};
    std::vector<std::string> gone(from, expressions.end());
    expressions.erase(from, expressions.end());
    return gone;
}

/// The selection in requests of so many cells: whole periods each.
std::vector<FhiSelection> split_by_time(const FhiSettings& settings, const FhiSelection& whole, std::size_t time)
{
    std::size_t rest = 1;
    for (std::size_t i = 0; i < whole.size(); ++i)
        if (i != time && (rest *= whole[i].second.size()) > settings.rows_max)
            throw error("{}: one period of the selection has more than {} cells: select less, or set 'rows_max' "
                        "higher",
                        settings.select_where, settings.rows_max);
    const auto& periods = whole[time].second;
    const auto step = settings.rows_max / rest;
    std::vector<FhiSelection> parts;
    for (std::size_t from = 0; from < periods.size(); from += step) {
        const auto to = std::min(from + step, periods.size());
        parts.push_back(whole);
        parts.back()[time].second.assign(periods.begin() + static_cast<std::ptrdiff_t>(from),
                                         periods.begin() + static_cast<std::ptrdiff_t>(to));
    }
    if (parts.size() > parts_max)
        throw error("{}: the selection needs {} requests of {} cells, and at most {} are made: select less, or set "
                    "'rows_max' higher",
                    settings.select_where, parts.size(), settings.rows_max, parts_max);
    return parts;
}

} // namespace

std::vector<FhiWanted> spelled_out(const std::vector<FhiWanted>& wanted, const std::vector<Dimension>& dimensions)
{
    std::vector<FhiWanted> lines;
    std::set<std::string> named;
    const FhiWanted* others = nullptr;
    for (const auto& one : wanted) {
        if (one.dimension == other_dimensions)
            others = &one;
        else
            named.insert(lines.emplace_back(one).dimension);
    }
    for (const auto& dimension : dimensions)
        if (others && !named.contains(dimension.id))
            lines.push_back({dimension.id, others->expressions, others->where});
    return lines;
}

std::vector<std::string> selected_codes(const FhiSettings& settings, const FhiWanted& wanted,
                                        const Dimension& dimension)
{
    const Selectable selectable(dimension, {settings.period_kind, {}});
    std::set<std::size_t> selected;
    for (const auto& expression : wanted.expressions) {
        try {
            const auto positions = resolve(expression, dimension, selectable);
            selected.insert(positions.begin(), positions.end());
        } catch (const Error& failure) {
            throw error("{}: {}", wanted.where, failure.what());
        }
    }
    std::vector<std::string> codes;
    codes.reserve(selected.size());
    for (const auto position : selected)
        codes.push_back(dimension.categories[position].code);
    return codes;
}

bool is_time(const FhiSettings& settings, std::string_view dimension)
{
    return settings.time_dimension.empty()
               ? std::find(std::begin(time_names), std::end(time_names), dimension) != std::end(time_names)
               : dimension == settings.time_dimension;
}

std::vector<Dimension> in_time_order(const FhiSettings& settings, std::vector<Dimension> dimensions)
{
    auto* time = settings.time_dimension.empty() ? guess_time(dimensions) : find(dimensions, settings.time_dimension);
    if (!time && !settings.time_dimension.empty())
        throw error("{}: the table has no dimension '{}'; it has {}: change 'time_dimension'", settings.select_where,
                    settings.time_dimension, ids_of(dimensions));
    if (!time)
        throw error("{}: which of the dimensions {} is time? FHI does not say: name it, time_dimension = \"…\"",
                    settings.select_where, ids_of(dimensions));
    time->role = Role::time;
    std::vector<Category> ordered;
    for (const auto position : time_order(*time, {settings.period_kind, {}}))
        ordered.push_back(std::move(time->categories[position]));
    time->categories = std::move(ordered);
    return dimensions;
}

FhiPlan plan_fhi(const FhiSettings& settings, std::vector<Dimension> dimensions, GoneCodes gone)
{
    dimensions = in_time_order(settings, std::move(dimensions));
    const auto lines = spelled_out(settings.wanted, dimensions);
    for (const auto& wanted : lines)
        if (!find(dimensions, wanted.dimension))
            throw error("{}: the table has no dimension '{}'; it has {}", wanted.where, wanted.dimension,
                        ids_of(dimensions));
    const PeriodHints periods{settings.period_kind, {}};
    FhiPlan plan;
    FhiSelection whole;
    std::size_t time = 0;
    for (const auto& dimension : dimensions) {
        const auto wanted =
            std::find_if(lines.begin(), lines.end(), [&](const auto& one) { return one.dimension == dimension.id; });
        if (wanted == lines.end())
            throw error(
                "{}: FHI wants every dimension of the table, and '{}' is missing: add {} = [\"*\"] or some of "
                "its {} codes to [source.select]",
                settings.select_where, dimension.id, dimension.id, dimension.categories.size());
        if (dimension.role == Role::time)
            time = whole.size();
        auto there = *wanted;
        if (gone == GoneCodes::leave_out)
            if (auto codes = take_gone(there.expressions, Selectable(dimension, periods)); !codes.empty())
                plan.gone[dimension.id] = std::move(codes);
        whole.emplace_back(dimension.id, selected_codes(settings, there, dimension));
    }
    plan.time_dimension = whole[time].first;
    plan.parts = split_by_time(settings, whole, time);
    return plan;
}

} // namespace skurd
