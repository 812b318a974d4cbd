#include "base/text.hpp"
#include "decode/jsonstat/parts.hpp"

#include <charconv>

namespace skurd::jsonstat {

using simdjson::ondemand::json_type;

namespace {

/// The size of an axis past which it hardly matters how large it is.
constexpr std::size_t index_max = std::size_t(1) << 40;

std::size_t read_one_size(value from)
{
    const auto type = from.type().value();
    const auto text = type == json_type::string ? from.get_string().value() : raw_token(from);
    const auto size = parse_index(text);
    if (!size)
        throw breach("STRUCTURAL_VIOLATION", "size holds {}, which is not a whole number", excerpt(text));
    return *size;
}

void read_px(object px, Cube& cube)
{
    for (auto field : px) {
        const auto key = field.unescaped_key().value();
        if (key == "tableid")
            cube.table_id = read_text(field.value(), "extension.px.tableid");
        else if (key == "language")
            cube.language = read_text(field.value(), "extension.px.language");
        else if (key == "nextUpdate" && field.value().type().value() == json_type::string)
            cube.next_update = read_text(field.value(), "extension.px.nextUpdate");
    }
}

void read_extension(object extension, Cube& cube)
{
    for (auto field : extension) {
        const auto key = field.unescaped_key().value();
        value member = field.value();
        if (key == "discontinued") {
            cube.discontinued = raw_token(member) == "true";
        } else if (key == "px") {
            if (auto px = read_object(member, "extension.px"))
                read_px(*px, cube);
        }
    }
}

Place read_place(value from, std::string_view what)
{
    switch (from.type().value()) {
    case json_type::array:
        return from.get_array().value();
    case json_type::object:
        return from.get_object().value();
    case json_type::string:
        return std::string(from.get_string().value());
    case json_type::null:
        return {};
    default:
        throw breach("STRUCTURAL_VIOLATION", "{} is neither an array nor an object", what);
    }
}

void refuse_second(bool given, std::string_view what)
{
    if (given)
        throw breach("STRUCTURAL_VIOLATION", "the dataset has two members '{}'", what);
}

bool given(const Place& place)
{
    return !std::holds_alternative<std::monostate>(place);
}

void read_words(std::string_view key, value from, Cube& cube)
{
    if (key == "label")
        cube.label = read_text(from, "label");
    else if (key == "source")
        cube.source = read_text(from, "source");
    else if (key == "updated")
        cube.updated = read_text(from, "updated");
    else if (key == "note")
        cube.notes = read_texts(from, "note");
    else if (key == "extension")
        if (auto extension = read_object(from, "extension"))
            read_extension(*extension, cube);
}

} // namespace

Dataset read_members(object members)
{
    Dataset dataset;
    for (auto field : members) {
        const auto key = field.unescaped_key().value();
        value member = field.value();
        if (key == "id") {
            read_id(member, dataset);
        } else if (key == "size") {
            read_size(member, dataset);
        } else if (key == "role") {
            read_role(member, dataset);
        } else if (key == "dimension") {
            refuse_second(dataset.dimension.has_value(), key);
            dataset.dimension = read_object(member, key);
        } else if (key == "value") {
            refuse_second(given(dataset.values), key);
            dataset.values = read_place(member, key);
        } else if (key == "status") {
            refuse_second(given(dataset.statuses), key);
            dataset.statuses = read_place(member, key);
        } else {
            read_words(key, member, dataset.cube);
        }
    }
    return dataset;
}

std::string read_text(value from, std::string_view what)
{
    if (from.type().value() == json_type::string)
        return std::string(from.get_string().value());
    if (raw_token(from) != "null")
        throw breach("STRUCTURAL_VIOLATION", "{} is not a text", what);
    return "";
}

std::vector<std::string> read_texts(value from, std::string_view what)
{
    std::vector<std::string> texts;
    if (from.type().value() == json_type::array)
        for (auto element : from.get_array())
            texts.push_back(read_text(element.value(), what));
    else if (raw_token(from) != "null")
        texts.push_back(read_text(from, what));
    return texts;
}

std::optional<object> read_object(value from, std::string_view what)
{
    const auto type = from.type().value();
    if (type == json_type::null)
        return std::nullopt;
    if (type != json_type::object)
        throw breach("STRUCTURAL_VIOLATION", "{} is not an object", what);
    return from.get_object().value();
}

std::optional<std::size_t> parse_index(std::string_view text)
{
    if (!all_digits(text) || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    std::size_t index = 0;
    const auto failure = std::from_chars(text.data(), text.data() + text.size(), index).ec;
    return failure == std::errc() && index < index_max ? index : index_max;
}

void read_id(value from, Dataset& dataset)
{
    refuse_second(dataset.id.has_value(), "id");
    dataset.id = read_texts(from, "id");
}

void read_size(value from, Dataset& dataset)
{
    refuse_second(dataset.size.has_value(), "size");
    if (from.type().value() != json_type::array)
        throw breach("STRUCTURAL_VIOLATION", "size is not an array");
    dataset.size.emplace();
    for (auto element : from.get_array())
        dataset.size->push_back(read_one_size(element.value()));
}

void read_role(value from, Dataset& dataset)
{
    const auto roles = read_object(from, "role");
    if (!roles)
        return;
    for (auto field : object(*roles)) {
        const auto key = field.unescaped_key().value();
        const auto role = key == "time"     ? Role::time
                          : key == "geo"    ? Role::geo
                          : key == "metric" ? Role::metric
                                            : Role::none;
        if (role != Role::none)
            for (auto& id : read_texts(field.value(), "role"))
                dataset.roles.emplace_back(role, std::move(id));
    }
}

} // namespace skurd::jsonstat
