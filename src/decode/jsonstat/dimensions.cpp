#include "base/text.hpp"
#include "decode/jsonstat/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace skurd::jsonstat {

using simdjson::ondemand::json_type;

namespace {

/// All categories of a dataset together: memory is taken for each. SSB's largest variables have some 50 000.
constexpr std::size_t categories_max = 1'000'000;
constexpr std::size_t dimensions_max = 1'000;

struct Described {
    Dimension dimension;
    std::unordered_map<std::string, std::string> bases; ///< base period by code
    std::vector<std::string> notes;
};

/// What 1.x keeps beside the dimensions. Each is an array or an object without `category`, unlike a dimension.
bool is_bookkeeping(std::string_view key)
{
    return key == "id" || key == "size" || key == "role";
}

/// By raw look-ups, as the keys are unescaped later and may be only once.
void read_bookkeeping(Dataset& dataset)
{
    if (const auto id = find_member(*dataset.dimension, "id"))
        read_id(*id, dataset);
    if (const auto size = find_member(*dataset.dimension, "size"))
        read_size(*size, dataset);
    if (const auto role = find_member(*dataset.dimension, "role"))
        read_role(*role, dataset);
    dataset.dimension->reset().value();
}

/// Calls read(key, text) for every string among an object's members.
template <typename Read>
void for_each_text(value from, std::string_view what, Read read)
{
    auto members = read_object(from, what);
    if (!members)
        return;
    for (auto field : *members) {
        std::string key(field.unescaped_key().value());
        value member = field.value();
        if (member.type().value() == json_type::string)
            read(std::move(key), read_text(member, what));
    }
}

/// What PxWeb adds to a dimension; of an extension that looks otherwise nothing is taken.
void read_extension(value from, Described& read)
{
    auto extension = read_object(from, "dimension extension");
    if (!extension)
        return;
    for (auto field : *extension) {
        const auto key = field.unescaped_key().value();
        const bool is_elimination = key == "elimination";
        const bool is_base = key == "basePeriod";
        value member = field.value();
        const auto type = member.type().value();
        if (is_elimination && type == json_type::boolean)
            read.dimension.eliminable = raw_token(member) == "true";
        else if (is_base && type == json_type::object)
            for_each_text(member, "basePeriod", [&](std::string code, std::string base) {
                read.bases.insert_or_assign(std::move(code), std::move(base));
            });
    }
}

/// The extension of a link's target, where it names the dimension.
void read_target(value from, Dimension& dimension)
{
    if (from.type().value() != json_type::object)
        return;
    for (auto field : from.get_object()) {
        const bool is_extension = field.unescaped_key().value() == "extension";
        value member = field.value();
        if (!is_extension || member.type().value() != json_type::object)
            continue;
        for_each_text(member, "describedby", [&](const std::string& key, std::string urn) {
            if (key == dimension.id)
                dimension.classification = std::move(urn);
        });
    }
}

/// SSB's way to say which classification the codes are of: link.describedby[].extension, by the dimension's id.
void read_link(value from, Dimension& dimension)
{
    if (from.type().value() != json_type::object)
        return;
    for (auto relation : from.get_object()) {
        const bool describes = relation.unescaped_key().value() == "describedby";
        value targets = relation.value();
        if (!describes || targets.type().value() != json_type::array)
            continue;
        for (auto target : targets.get_array())
            read_target(target.value(), dimension);
    }
}

Described read_dimension(std::string_view id, object members)
{
    Described read;
    read.dimension.id = id;
    std::string href;
    bool has_category = false;
    for (auto field : members) {
        const auto key = field.unescaped_key().value();
        value member = field.value();
        if (key == "label") {
            read.dimension.label = read_text(member, "dimension label");
        } else if (key == "href") {
            href = read_text(member, "href");
        } else if (key == "note") {
            for (const auto& note : read_texts(member, "dimension note"))
                read.notes.push_back(fmt::format("{}: {}", id, note));
        } else if (key == "extension") {
            read_extension(member, read);
        } else if (key == "link") {
            read_link(member, read.dimension);
        } else if (key == "category") {
            if (auto category = read_object(member, "category")) {
                read_categories(*category, read.dimension, read.notes);
                has_category = true;
            }
        }
    }
    if (!has_category && !href.empty())
        throw breach("STRUCTURAL_VIOLATION",
                     "dimension '{}' is given by reference to {}; only a document with its categories can be read",
                     excerpt(id), excerpt(href, 200));
    if (!has_category)
        throw breach("STRUCTURAL_VIOLATION", "dimension '{}' has no category", excerpt(id));
    for (auto& category : read.dimension.categories)
        if (const auto base = read.bases.find(category.code); base != read.bases.end())
            category.base = base->second;
    return read;
}

std::map<std::string, Described, std::less<>> read_described(Dataset& dataset)
{
    std::map<std::string, Described, std::less<>> described;
    for (auto field : *dataset.dimension) {
        const auto key = field.unescaped_key().value();
        if (std::find(dataset.id->begin(), dataset.id->end(), key) != dataset.id->end()) {
            auto members = read_object(field.value(), "a dimension");
            if (!members)
                throw breach("STRUCTURAL_VIOLATION", "dimension '{}' is null", excerpt(key));
            described.insert_or_assign(std::string(key), read_dimension(key, *members));
        } else if (!is_bookkeeping(key)) {
            throw breach("DIM_KEY_ID_MISMATCH", "dimension '{}' is not in id", excerpt(key));
        }
    }
    return described;
}

void check_id_and_size(const Dataset& dataset)
{
    if (!dataset.id || !dataset.size)
        throw breach("STRUCTURAL_VIOLATION", "the dataset has no {}", dataset.id ? "size" : "id");
    if (dataset.id->size() != dataset.size->size())
        throw breach("ID_SIZE_LEN_MISMATCH", "id names {} dimensions, size has {}", dataset.id->size(),
                     dataset.size->size());
    if (dataset.id->size() > dimensions_max)
        throw breach("CUBE_SIZE_OVERFLOW", "there are more than {} dimensions", dimensions_max);
    std::size_t categories = 0;
    for (const auto size : *dataset.size) {
        categories += size;
        if (categories > categories_max)
            throw breach("CUBE_SIZE_OVERFLOW", "the dimensions have more than {} categories", categories_max);
    }
}

void check_size(const Dimension& dimension, std::size_t size)
{
    const auto count = dimension.categories.size();
    if (count != size)
        throw breach("INDEX_COUNT_MISMATCH", "dimension '{}' has {} categories, its size is {}",
                     excerpt(dimension.id), count, size);
}

/// A role that names no dimension is passed over with a note: no number depends on it, and a table without its time
/// is noticed when that is looked for.
void give_roles(const Dataset& dataset, std::vector<Dimension>& dimensions, std::vector<std::string>& notes)
{
    std::vector<std::string> unknown;
    std::unordered_map<std::string_view, Dimension*> known;
    for (auto& dimension : dimensions)
        known.emplace(dimension.id, &dimension);
    for (const auto& [role, id] : dataset.roles)
        if (const auto found = known.find(id); found != known.end())
            found->second->role = role;
        else
            unknown.push_back(fmt::format("the role {} names '{}', which is no dimension: passed over",
                                          to_string(role), excerpt(id)));
    constexpr std::size_t told_max = 5;
    const auto told = std::min(unknown.size(), told_max);
    notes.insert(notes.end(), unknown.begin(), unknown.begin() + static_cast<std::ptrdiff_t>(told));
    if (unknown.size() > told)
        notes.push_back(fmt::format("{} more roles name no dimension: passed over", unknown.size() - told));
}

} // namespace

void read_dimensions(Dataset& dataset)
{
    if (!dataset.dimension)
        throw breach("STRUCTURAL_VIOLATION", "the dataset has no dimension");
    dataset.dimension->reset().value();
    if (!dataset.id)
        read_bookkeeping(dataset);
    check_id_and_size(dataset);
    const auto described = read_described(dataset);
    auto& cube = dataset.cube;
    for (std::size_t i = 0; i < dataset.id->size(); ++i) {
        const auto found = described.find((*dataset.id)[i]);
        if (found == described.end())
            throw breach("DIM_KEY_ID_MISMATCH", "id names '{}', which dimension does not have",
                         excerpt((*dataset.id)[i]));
        check_size(found->second.dimension, (*dataset.size)[i]);
        cube.dimensions.push_back(found->second.dimension);
        cube.notes.insert(cube.notes.end(), found->second.notes.begin(), found->second.notes.end());
    }
    give_roles(dataset, cube.dimensions, cube.notes);
}

} // namespace skurd::jsonstat
