#include "lib/json/json_reader.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr int nesting_max = 64;
constexpr std::size_t members_max = 1000; ///< of one object: its members are searched one after the other

constexpr std::size_t values_max = 10'000; ///< of a list of texts or numbers

const Json empty_array = Json::array();

/// Watches a text being parsed.
class Limits {
public:
    bool operator()(int depth, Json::parse_event_t event, const Json&)
    {
        if (depth > nesting_max)
            throw error("this JSON is nested deeper than {} levels", nesting_max);
        auto& members = members_[static_cast<std::size_t>(depth)]; // of the object that is open there
        if (event == Json::parse_event_t::key && ++members > members_max)
            throw error("an object in this JSON has more than {} members", members_max);
        if (event == Json::parse_event_t::object_start)
            members_[static_cast<std::size_t>(depth) + 1] = 0;
        return true;
    }

private:
    std::array<std::size_t, nesting_max + 2> members_{};
};

bool is_whole_number_within(const Json& value, std::int64_t least, std::int64_t most)
{
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return false;
    return value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
}

} // namespace

Json parse_json(std::string_view text)
{
    auto value = Json::parse(text, Limits(), false);
    if (value.is_discarded())
        throw error("this is no JSON: {}", excerpt(text));
    return value;
}

JsonReader::JsonReader(const Json& object, std::string where) : object_(&object), where_(std::move(where))
{
    if (!object.is_object())
        throw usage_error("{}: a JSON object is wanted", where_);
}

void JsonReader::fail(const char* name, std::string_view what) const
{
    throw usage_error("{}: \"{}\" {}", where_, name, what);
}

const Json* JsonReader::find(const char* name)
{
    asked_for_.emplace_back(name);
    const auto found = object_->find(name);
    return found == object_->end() || found->is_null() ? nullptr : &*found;
}

const Json& JsonReader::array(const char* name)
{
    const auto* found = find(name);
    if (found && !found->is_array())
        fail(name, "is not a list");
    return found ? *found : empty_array;
}

const Json& JsonReader::values(const char* name)
{
    const auto& found = array(name);
    if (found.size() > values_max)
        fail(name, fmt::format("has more than {} elements", values_max));
    return found;
}

bool JsonReader::has(const char* name)
{
    return find(name) != nullptr;
}

std::string JsonReader::text(const char* name)
{
    const auto* found = find(name);
    if (!found)
        fail(name, "is missing");
    if (!found->is_string())
        fail(name, "is not a text");
    return found->get<std::string>();
}

std::string JsonReader::text(const char* name, std::string_view otherwise)
{
    return find(name) ? text(name) : std::string(otherwise);
}

std::optional<std::int64_t> JsonReader::optional_integer(const char* name, std::int64_t least, std::int64_t most)
{
    const auto* found = find(name);
    if (!found)
        return std::nullopt;
    if (!is_whole_number_within(*found, least, most))
        fail(name, fmt::format("is not a whole number from {} to {}", least, most));
    return found->get<std::int64_t>();
}

std::int64_t JsonReader::integer(const char* name, std::int64_t least, std::int64_t most)
{
    const auto number = optional_integer(name, least, most);
    if (!number)
        fail(name, "is missing");
    return *number;
}

std::optional<bool> JsonReader::optional_flag(const char* name)
{
    const auto* found = find(name);
    if (found && !found->is_boolean())
        fail(name, "is neither true nor false");
    return found ? std::optional(found->get<bool>()) : std::nullopt;
}

bool JsonReader::flag(const char* name)
{
    return optional_flag(name).value_or(false);
}

std::optional<Time> JsonReader::optional_time(const char* name)
{
    return find(name) ? std::optional(time(name)) : std::nullopt;
}

Time JsonReader::time(const char* name)
{
    const auto words = text(name);
    const auto time = parse_time(words);
    if (!time)
        fail(name, fmt::format("'{}' is not a date or an instant (like 2019-11-01 or 2019-11-01T07:00:00Z)",
                               excerpt(words)));
    return *time;
}

std::size_t JsonReader::position(const char* name, std::span<const std::string_view> words)
{
    const auto word = text(name, words.front());
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end())
        fail(name, fmt::format("is '{}' (known: {})", excerpt(word),
                               join(std::vector<std::string>(words.begin(), words.end()), ", ")));
    return static_cast<std::size_t>(found - words.begin());
}

std::vector<std::string> JsonReader::texts(const char* name)
{
    std::vector<std::string> all;
    for (const auto& one : values(name)) {
        if (!one.is_string())
            fail(name, "is not a list of texts");
        all.push_back(one.get<std::string>());
    }
    return all;
}

std::vector<std::int64_t> JsonReader::integers(const char* name, std::int64_t least, std::int64_t most)
{
    std::vector<std::int64_t> all;
    for (const auto& one : values(name)) {
        if (!is_whole_number_within(one, least, most))
            fail(name, fmt::format("is not a list of whole numbers from {} to {}", least, most));
        all.push_back(one.get<std::int64_t>());
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> JsonReader::text_members(const char* name)
{
    std::vector<std::pair<std::string, std::string>> all;
    const auto* found = find(name);
    if (!found || !found->is_object())
        fail(name, "is not an object");
    for (const auto& [member, value] : found->items()) {
        if (!value.is_string())
            fail(name, "has a member that is not a text");
        all.emplace_back(member, value.get<std::string>());
    }
    return all;
}

JsonReader JsonReader::object(const char* name)
{
    const auto* found = find(name);
    if (!found)
        fail(name, "is missing");
    return {*found, fmt::format("{}: \"{}\"", where_, name)};
}

std::vector<JsonReader> JsonReader::objects(const char* name)
{
    std::vector<JsonReader> all;
    for (const auto& one : array(name))
        all.emplace_back(one, fmt::format("{}: \"{}\" {}", where_, name, all.size() + 1));
    return all;
}

void JsonReader::reject_unknown() const
{
    for (const auto& member : object_->items())
        if (std::find(asked_for_.begin(), asked_for_.end(), member.key()) == asked_for_.end())
            throw usage_error("{}: unknown member \"{}\"{}", where_, excerpt(member.key()),
                              did_you_mean(member.key(), asked_for_));
}

} // namespace skurd
