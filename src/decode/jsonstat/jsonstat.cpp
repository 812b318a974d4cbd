#include "decode/jsonstat/jsonstat.hpp"

#include "base/text.hpp"
#include "base/web_page.hpp"
#include "decode/jsonstat/parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

using namespace jsonstat;
using simdjson::ondemand::json_type;

/// The members at the top that tell what a document is, up to the one that says a dataset.
struct Outline {
    std::string stat_class;
    std::string label;
    std::string error;  ///< text of `error` (PxWebApi v1)
    std::string title;  ///< of a problem report (PxWebApi v2), with its status
    std::string status; ///< as it stands
    bool has_dimension = false;
    std::vector<std::string> names;
};

std::string text_or_nothing(value& from)
{
    return from.type().value() == json_type::string ? std::string(from.get_string().value()) : "";
}

void outline_member(std::string_view key, value member, Outline& outline)
{
    if (key == "class")
        outline.stat_class = text_or_nothing(member);
    else if (key == "label")
        outline.label = text_or_nothing(member);
    else if (key == "error")
        outline.error = text_or_nothing(member);
    else if (key == "title")
        outline.title = text_or_nothing(member);
    else if (key == "status" && member.is_scalar().value())
        outline.status = replace_all(std::string(raw_token(member)), "\"", "");
    else if (key == "dimension")
        outline.has_dimension = member.type().value() == json_type::object;
}

Outline outline_of(object root)
{
    constexpr std::size_t names_max = 6;
    Outline outline;
    for (auto field : root) {
        const auto key = field.unescaped_key().value();
        if (outline.names.size() < names_max)
            outline.names.push_back(fmt::format("'{}'", excerpt(key)));
        outline_member(key, field.value(), outline);
        if (outline.stat_class == "dataset")
            break;
    }
    return outline;
}

bool is_dataset(const Outline& outline)
{
    return outline.stat_class == "dataset" || (outline.has_dimension && outline.stat_class != "collection");
}

void refuse_what_is_no_dataset(const Outline& outline)
{
    if (outline.stat_class == "collection")
        throw error("this is a JSON-stat collection, not a dataset; ask for one of the datasets it lists");
    if (outline.stat_class == "dimension")
        throw error("this is a JSON-stat dimension, not a dataset");
    if (outline.stat_class == "error")
        throw error("this is a JSON-stat error, not a dataset: {}",
                    excerpt(std::string(trim(outline.status + " " + outline.label)), 200));
    if (!outline.error.empty())
        throw error("this is an error, not a dataset: {}", excerpt(outline.error, 200));
    if (!outline.title.empty() && !outline.status.empty())
        throw error("this is an error, not a dataset: {} {}", excerpt(outline.status), excerpt(outline.title, 200));
}

/// The datasets of a 1.x wrapper or bundle: the members that have a dimension.
std::vector<Dataset> read_bundle(object root)
{
    std::vector<Dataset> datasets;
    for (auto field : root) {
        const std::string name(field.unescaped_key().value());
        value member = field.value();
        if (member.type().value() != json_type::object)
            continue;
        object members = member.get_object();
        if (!find_member(members, "dimension"))
            continue;
        members.reset().value();
        datasets.push_back(read_members(members));
        if (datasets.back().cube.label.empty() && name != "dataset")
            datasets.back().cube.label = name;
    }
    return datasets;
}

std::vector<Dataset> read_datasets(JsonDocument& document)
{
    const auto outline = outline_of(document.object());
    std::vector<Dataset> datasets;
    if (is_dataset(outline)) {
        datasets.push_back(read_members(document.object()));
        return datasets;
    }
    refuse_what_is_no_dataset(outline);
    datasets = read_bundle(document.object());
    if (datasets.empty())
        throw error("this JSON is not a JSON-stat dataset; its members are {}",
                    outline.names.empty() ? "none" : join(outline.names, ", "));
    return datasets;
}

std::string title_of(std::string_view html)
{
    const auto lowered = to_lower(html.substr(0, 10'000));
    const auto tag = lowered.find("<title");
    const auto begin = tag == std::string::npos ? tag : lowered.find('>', tag);
    const auto end = begin == std::string::npos ? begin : lowered.find('<', begin);
    if (end == std::string::npos)
        return excerpt(html);
    return excerpt(trim(html.substr(begin + 1, end - begin - 1)), 100);
}

void refuse_what_is_no_json(std::string_view bytes)
{
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (bytes.starts_with(byte_order_mark))
        bytes.remove_prefix(byte_order_mark.size());
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    if (bytes.empty())
        throw error("an empty body instead of JSON");
    if (is_web_page(bytes))
        throw error("HTML instead of JSON: {}", title_of(bytes));
    if (bytes.starts_with('<'))
        throw error("markup instead of JSON: {}", excerpt(bytes));
}

} // namespace

std::vector<Cube> decode_jsonstat(std::string_view bytes, const JsonStatLimits& limits)
{
    if (bytes.size() > limits.bytes)
        throw error("the JSON has {} bytes, more than the {} that are read", bytes.size(), limits.bytes);
    refuse_what_is_no_json(bytes);
    JsonDocument document(bytes);
    std::vector<Cube> cubes;
    try {
        auto cells_left = std::min(limits.cells, bounds_of(bytes.size()).cells);
        for (auto& dataset : read_datasets(document)) {
            read_dimensions(dataset);
            read_cells(dataset, cells_left);
            cells_left -= dataset.cube.cells.size();
            cubes.push_back(std::move(dataset.cube));
        }
    } catch (const simdjson::simdjson_error& failure) {
        throw error("JSON that cannot be read as JSON-stat: {}", failure.what());
    }
    return cubes;
}

std::string jsonstat_updated(std::string_view bytes, const JsonStatLimits& limits)
{
    if (bytes.size() > limits.bytes)
        return "";
    try {
        JsonDocument document(bytes);
        const auto datasets = read_datasets(document);
        return datasets.size() == 1 ? datasets.front().cube.updated : "";
    } catch (const simdjson::simdjson_error&) {
        return "";
    } catch (const Error&) {
        return "";
    }
}

} // namespace skurd
