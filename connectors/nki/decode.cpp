#include "connectors/nki/decode.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/nki/period.hpp"
#include "lib/json/json.hpp"
#include "lib/simdjson/document.hpp"

#include <map>

namespace skurd {

namespace {

using simdjson::ondemand::array;
using simdjson::ondemand::json_type;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

constexpr std::size_t list_bytes_max = std::size_t(32) << 20;
constexpr std::size_t rows_max = 2'000'000;
constexpr std::size_t cells_max = 20'000'000;

/// A row as it stands: member -> its text, or a number's own digits; "" for null.
using Fields = std::map<std::string, std::string, std::less<>>;

struct Row {
    Fields fields;
    bool value_is_null = true;
};

std::string text_of(value from)
{
    if (from.type().value() == json_type::string)
        return std::string(from.get_string().value());
    const auto token = raw_token(from);
    if (token.starts_with('{') || token.starts_with('['))
        return ""; // a member nobody needs
    return token == "null" ? "" : std::string(token);
}

const std::string& field(const Row& row, std::string_view name)
{
    static const std::string nothing;
    const auto found = row.fields.find(name);
    return found == row.fields.end() ? nothing : found->second;
}

void add_field(std::string name, value from, Row& row)
{
    if (name == "Value")
        row.value_is_null = from.type().value() == json_type::null;
    row.fields.emplace(std::move(name), text_of(from));
}

Row read_row(value from, const std::vector<std::string>& columns, std::size_t number)
{
    Row row;
    if (from.type().value() == json_type::object) {
        for (auto member : from.get_object()) {
            std::string name(member.unescaped_key().value());
            add_field(std::move(name), member.value().value(), row);
        }
        return row;
    }
    if (from.type().value() != json_type::array || columns.empty())
        throw error("row {} is neither an object nor an array under ColumnNames", number);
    std::size_t at = 0;
    for (auto element : from.get_array()) {
        if (at < columns.size())
            add_field(columns[at], element.value(), row);
        ++at;
    }
    if (at != columns.size())
        throw error("row {} has {} fields, ColumnNames has {}", number, at, columns.size());
    return row;
}

std::vector<std::string> read_columns(object& root)
{
    std::vector<std::string> columns;
    if (auto names = find_member(root, "ColumnNames"); names && names->type().value() == json_type::array)
        for (auto name : names->get_array())
            columns.push_back(text_of(name.value()));
    return columns;
}

/// `AttachmentDataRows`, else the only other array: where rows are arrays, nobody has said what they are called.
array find_rows(object& root)
{
    if (auto rows = find_member(root, "AttachmentDataRows"); rows && rows->type().value() == json_type::array)
        return rows->get_array().value();
    root.reset().value();
    for (auto member : root) {
        const bool is_columns = member.key().value() == "ColumnNames";
        value held = member.value();
        if (!is_columns && held.type().value() == json_type::array)
            return held.get_array().value();
    }
    throw error("the member 'AttachmentDataRows' is missing");
}

std::vector<Row> read_rows(std::string_view bytes)
{
    JsonDocument document(bytes);
    try {
        auto root = document.object();
        if (auto data = find_member(root, "data"); data && data->type().value() == json_type::object)
            root = data->get_object();
        const auto columns = read_columns(root);
        std::vector<Row> rows;
        for (auto element : find_rows(root)) {
            rows.push_back(read_row(element.value(), columns, rows.size() + 1));
            if (rows.size() > rows_max)
                throw error("more than {} rows", rows_max);
        }
        return rows;
    } catch (const simdjson::simdjson_error& failure) {
        throw error("JSON that cannot be read as rows: {}", failure.what());
    }
}

/// Collects categories in the order they come.
class NkiAxis {
public:
    NkiAxis(std::string id, std::string label)
    {
        dimension.id = std::move(id);
        dimension.label = std::move(label);
    }

    std::size_t add(const std::string& code, const std::string& label)
    {
        const auto [found, is_new] = positions_.try_emplace(code, dimension.categories.size());
        if (is_new)
            dimension.categories.push_back({code, label.empty() ? code : label, "", std::nullopt});
        return found->second;
    }

    Dimension dimension;

private:
    std::map<std::string, std::size_t> positions_;
};

std::string require(const Row& row, std::string_view name, std::size_t number)
{
    const auto& text = field(row, name);
    if (trim(text).empty())
        throw error("row {} has no {}", number, name);
    return std::string(trim(text));
}

std::string location_code(const Row& row, std::size_t number)
{
    if (const auto id = trim(field(row, "LocationId")); !id.empty())
        return std::string(id);
    const auto name = require(row, "LocationName", number);
    const auto parent_id = trim(field(row, "LocationParentId"));
    const auto parent = trim(field(row, "ParentName"));
    const bool is_country = parent_id.empty() || parent_id == "0";
    return is_country || parent.empty() ? name : fmt::format("{}/{}", parent, name);
}

Cell read_value(const Row& row, SymbolIndex& symbols)
{
    const auto text = std::string(trim(field(row, "Value")));
    if (row.value_is_null || text.empty())
        return Cell::missing();
    const auto number = Decimal::parse(replace_all(text, ",", "."));
    if (number && *number == *Decimal::parse(nki_no_data))
        return Cell::missing(symbols(nki_no_data));
    return number ? Cell::of(*number) : Cell::missing(symbols(text));
}

/// Where the cells of a row stand.
struct Placed {
    std::size_t name = 0;
    std::size_t location = 0;
    std::size_t measure = 0;
    std::size_t period = 0;
};

struct Axes {
    NkiAxis name{nki_name, "Indikator"};
    NkiAxis location{nki_location, "Sted"};
    NkiAxis measure{nki_measure, "Måltall"};
    NkiAxis period{nki_period, "Periode"};

    Placed place(const Row& row, std::size_t number)
    {
        auto what = std::string(trim(field(row, "MeasureType")));
        if (what.empty())
            what = require(row, "MeasureName", number);
        Placed placed;
        placed.name = name.add(field(row, "QualityIndicatorName"), "");
        placed.location = location.add(location_code(row, number), require(row, "LocationName", number));
        placed.measure = measure.add(what, "");
        placed.period = period.add(
            nki_period_text(require(row, "TimeFrom", number), field(row, "TimeTo"), field(row, "PeriodType")), "");
        return placed;
    }
};

} // namespace

std::vector<NkiIndicator> decode_nki_list(std::string_view bytes)
{
    if (bytes.size() > list_bytes_max)
        throw error("{} bytes; at most {} are read", bytes.size(), list_bytes_max);
    const auto json = Json::parse(bytes, nullptr, false);
    if (!json.is_array())
        throw error("{}: '{}'", json.is_discarded() ? "not JSON, or cut short" : "JSON, but not a list",
                    excerpt(bytes));
    const auto text = [](const Json& item, const char* name) {
        const auto found = item.is_object() ? item.find(name) : item.end();
        if (!item.is_object() || found == item.end() || found->is_null())
            return std::string();
        return found->is_string() ? found->get<std::string>() : found->dump();
    };
    std::vector<NkiIndicator> indicators;
    for (const auto& item : json) {
        NkiIndicator indicator{text(item, "id"), text(item, "tittel"), {}};
        if (indicator.id.empty())
            throw error("an indicator without an 'id'");
        if (const auto files = item.find("attachments"); files != item.end() && files->is_array())
            for (const auto& file : *files)
                indicator.attachments.push_back(
                    {text(file, "fileName"), text(file, "fileType"), text(file, "fileUri")});
        indicators.push_back(std::move(indicator));
    }
    return indicators;
}

Cube decode_nki_data(std::string_view bytes)
{
    const auto rows = read_rows(bytes);
    if (rows.empty())
        throw error("no rows");
    Axes axes;
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < rows.size(); ++i)
        placed.push_back(axes.place(rows[i], i + 1));
    Cube cube;
    cube.label =
        rows.front().fields.contains("QualityIndicatorName") ? field(rows.front(), "QualityIndicatorName") : "";
    axes.period.dimension.role = Role::time;
    axes.location.dimension.role = Role::geo;
    if (axes.name.dimension.categories.size() > 1)
        cube.dimensions.push_back(axes.name.dimension);
    for (const auto* axis : {&axes.location, &axes.measure, &axes.period})
        cube.dimensions.push_back(axis->dimension);
    if (cube.cell_count() > cells_max)
        throw error("the rows span more than {} cells", cells_max);
    cube.cells.resize(cube.cell_count());
    SymbolIndex symbols(cube.symbols);
    const auto size = [](const NkiAxis& axis) { return axis.dimension.categories.size(); };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& at = placed[i];
        auto& cell = cube.cells[((at.name * size(axes.location) + at.location) * size(axes.measure) + at.measure) *
                                    size(axes.period) +
                                at.period];
        if (cell.state != Cell::State::absent)
            throw error("row {} says again what '{}', '{}' is in {}", i + 1,
                        excerpt(axes.location.dimension.categories[at.location].code),
                        excerpt(axes.measure.dimension.categories[at.measure].code),
                        axes.period.dimension.categories[at.period].code);
        cell = read_value(rows[i], symbols);
    }
    return cube;
}

} // namespace skurd
