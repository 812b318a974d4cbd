#include "base/stopping.hpp"
#include "base/text.hpp"
#include "decode/jsonstat/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace skurd::jsonstat {

using simdjson::ondemand::json_type;

namespace {

struct Unit {
    std::string text;
    std::optional<int> decimals;
};

template <typename T>
using ByCode = std::vector<std::pair<std::string, T>>;

/// A category object as it stands; its members come in any order, so codes are looked up when all is read.
struct Parts {
    std::optional<std::vector<std::string>> codes; ///< of an index that is an array
    std::optional<ByCode<std::size_t>> places;     ///< of an index that is an object
    ByCode<std::string> labels;
    ByCode<Unit> units;
    ByCode<std::string> notes;
    ByCode<std::vector<std::string>> children;
    std::vector<std::string> coordinates;
};

using Positions = std::unordered_map<std::string_view, std::size_t>;

std::optional<int> read_decimals(value from)
{
    const auto token = raw_token(from);
    if (token == "null")
        return std::nullopt;
    const auto decimals = parse_index(token);
    if (!decimals || *decimals > 100)
        throw breach("STRUCTURAL_VIOLATION", "category.unit has decimals {}", excerpt(token));
    return static_cast<int>(*decimals);
}

Unit read_unit(object members)
{
    Unit unit;
    std::string label;
    for (auto field : members) {
        const auto key = field.unescaped_key().value();
        if (key == "label")
            label = read_text(field.value(), "unit label");
        else if (key == "base")
            unit.text = read_text(field.value(), "unit base");
        else if (key == "decimals")
            unit.decimals = read_decimals(field.value());
    }
    if (!label.empty())
        unit.text = label;
    return unit;
}

std::size_t read_position(value from, std::string_view code)
{
    const auto position = parse_index(raw_token(from));
    if (!position)
        throw breach("INDEX_POSITIONS_INVALID", "category '{}' has position {}", excerpt(code),
                     excerpt(raw_token(from)));
    return *position;
}

/// Calls read(code, value) for every member of a category's member; none for null.
template <typename Read>
void for_each_code(value from, std::string_view what, Read read)
{
    auto members = read_object(from, what);
    if (!members)
        return;
    for (auto field : *members) {
        throw_if_stopped();
        std::string code(field.unescaped_key().value());
        read(std::move(code), field.value().value());
    }
}

void read_index(value from, Parts& category)
{
    if (from.type().value() == json_type::array) {
        category.codes = read_texts(from, "category.index");
        return;
    }
    for_each_code(from, "category.index", [&](std::string code, value position) {
        if (!category.places)
            category.places.emplace();
        const auto at = read_position(position, code);
        category.places->emplace_back(std::move(code), at);
    });
}

void read_member(std::string_view key, value from, Parts& category)
{
    if (key == "index")
        read_index(from, category);
    else if (key == "label")
        for_each_code(from, "category.label", [&](std::string code, value label) {
            category.labels.emplace_back(std::move(code), read_text(label, "category.label"));
        });
    else if (key == "unit")
        for_each_code(from, "category.unit", [&](std::string code, value unit) {
            const auto members = read_object(unit, "category.unit");
            category.units.emplace_back(std::move(code), members ? read_unit(*members) : Unit{});
        });
    else if (key == "note")
        for_each_code(from, "category.note", [&](const std::string& code, value notes) {
            for (auto& note : read_texts(notes, "category.note"))
                category.notes.emplace_back(code, std::move(note));
        });
    else if (key == "child")
        for_each_code(from, "category.child", [&](std::string code, value children) {
            category.children.emplace_back(std::move(code), read_texts(children, "category.child"));
        });
    else if (key == "coordinates")
        for_each_code(from, "category.coordinates",
                      [&](std::string code, value) { category.coordinates.push_back(std::move(code)); });
}

/// The codes of an index object by position: a bijection onto 0 … n-1.
std::vector<std::string> in_order(const ByCode<std::size_t>& places, std::string_view id)
{
    std::vector<std::string> codes(places.size());
    std::vector<bool> taken(places.size());
    for (const auto& [code, place] : places) {
        if (place >= codes.size() || taken[place])
            throw breach("INDEX_POSITIONS_INVALID",
                         "dimension '{}': category '{}' has position {}, which is {} for {} categories", excerpt(id),
                         excerpt(code), place, place >= codes.size() ? "out of range" : "taken", codes.size());
        taken[place] = true;
        codes[place] = code;
    }
    return codes;
}

std::vector<std::string> codes_of(Parts& category, std::string_view id)
{
    if (category.codes)
        return std::move(*category.codes);
    if (category.places)
        return in_order(*category.places, id);
    if (category.labels.size() > 1)
        throw breach("INDEX_COUNT_MISMATCH",
                     "dimension '{}' has {} labels and no category.index, which only one category allows",
                     excerpt(id), category.labels.size());
    return category.labels.empty() ? std::vector<std::string>() : std::vector{category.labels.front().first};
}

Positions positions_of(const std::vector<Category>& categories, std::string_view id)
{
    Positions positions;
    positions.reserve(categories.size());
    for (std::size_t i = 0; i < categories.size(); ++i)
        if (!positions.emplace(categories[i].code, i).second)
            throw breach("INDEX_POSITIONS_INVALID", "dimension '{}' has category '{}' twice", excerpt(id),
                         excerpt(categories[i].code));
    return positions;
}

std::size_t position_of(const std::string& code, const Positions& positions, std::string_view rule,
                        std::string_view what, std::string_view id)
{
    const auto found = positions.find(code);
    if (found == positions.end())
        throw breach(rule, "dimension '{}': {} names category '{}', which is not in its index", excerpt(id), what,
                     excerpt(code));
    return found->second;
}

/// Takes categories without a parent away until none is left; those of a cycle never go.
void check_acyclic(const std::vector<std::vector<std::size_t>>& children, const Dimension& dimension)
{
    std::vector<std::size_t> parents(children.size());
    for (const auto& list : children)
        for (const auto child : list)
            ++parents[child];
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < parents.size(); ++i)
        if (parents[i] == 0)
            free.push_back(i);
    std::size_t taken = 0;
    for (; !free.empty(); ++taken) {
        const auto at = free.back();
        free.pop_back();
        for (const auto child : children[at])
            if (--parents[child] == 0)
                free.push_back(child);
    }
    if (taken == parents.size())
        return;
    const auto left = std::find_if(parents.begin(), parents.end(), [](std::size_t count) { return count > 0; });
    throw breach("CHILD_CYCLE", "dimension '{}': category.child makes '{}' its own descendant", excerpt(dimension.id),
                 excerpt(dimension.categories[static_cast<std::size_t>(left - parents.begin())].code));
}

void check_hierarchy(const Parts& category, const Positions& positions, const Dimension& dimension)
{
    std::vector<std::vector<std::size_t>> children(dimension.categories.size());
    for (const auto& [parent, codes] : category.children) {
        const auto at = position_of(parent, positions, "CHILD_ID_UNKNOWN", "category.child", dimension.id);
        for (const auto& code : codes)
            children[at].push_back(position_of(code, positions, "CHILD_ID_UNKNOWN", "category.child", dimension.id));
    }
    check_acyclic(children, dimension);
}

} // namespace

void read_categories(object members, Dimension& dimension, std::vector<std::string>& notes)
{
    Parts category;
    for (auto field : members) {
        const auto key = field.unescaped_key().value();
        read_member(key, field.value(), category);
    }
    dimension.categories.clear();
    for (auto& code : codes_of(category, dimension.id))
        dimension.categories.push_back({code, code, "", std::nullopt});
    const auto positions = positions_of(dimension.categories, dimension.id);
    const auto at = [&](const std::string& code, std::string_view rule, std::string_view what) -> Category& {
        return dimension.categories[position_of(code, positions, rule, what, dimension.id)];
    };
    for (auto& [code, label] : category.labels) {
        auto& labelled = at(code, "LABEL_KEY_UNKNOWN", "category.label");
        if (!label.empty())
            labelled.label = label;
    }
    for (auto& [code, unit] : category.units) {
        auto& measured = at(code, "UNIT_KEY_UNKNOWN", "category.unit");
        measured.unit = unit.text;
        measured.decimals = unit.decimals;
    }
    for (const auto& [code, note] : category.notes) {
        at(code, "NOTE_KEY_UNKNOWN", "category.note");
        notes.push_back(fmt::format("{} {}: {}", dimension.id, code, note));
    }
    for (const auto& code : category.coordinates)
        at(code, "COORD_KEY_UNKNOWN", "category.coordinates");
    check_hierarchy(category, positions, dimension);
}

} // namespace skurd::jsonstat
