// Which codes there are is known at the end only, so that cells are kept, in 16 bytes each, until all have come. Then
// each has its place in the grid; they are put in that order, and written one after another.
#include "report/jsonstat.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "model/correction.hpp"
#include "model/release.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t cells_max = 1'000'000;
constexpr std::size_t piece_size = std::size_t(1) << 16; // bytes
constexpr auto lacking = UINT32_MAX;

/// What a series is called otherwise by its vintage than today, in one sentence; mostly "".
std::string renamed(const Observation& seen)
{
    if (!seen.words || (seen.words->label() == seen.label && seen.words->unit == seen.unit))
        return "";
    const auto unit = [](const std::string& text) { return text.empty() ? "" : fmt::format(" ({})", text); };
    return fmt::format("{}: “{}”{} as published {}, today “{}”{}", codes_text(seen.codes), seen.words->label(),
                       unit(seen.words->unit), published_day(seen.published_at, seen.confidence), seen.label,
                       unit(seen.unit));
}

void add_once(std::vector<std::string>& texts, const std::string& text)
{
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(text);
}

/// Writes pieces of some size.
class Pieces {
public:
    explicit Pieces(const std::function<void(std::string_view)>& out) : out_(out) {}

    void add(std::string_view text)
    {
        text_ += text;
        if (text_.size() >= piece_size)
            flush();
    }
    void flush()
    {
        out_(text_);
        text_.clear();
    }

private:
    const std::function<void(std::string_view)>& out_;
    std::string text_;
};

const Dimension* find(const std::optional<DatasetDescription>& description, const std::string& id)
{
    if (!description)
        return nullptr;
    const auto found = std::find_if(description->dimensions.begin(), description->dimensions.end(),
                                    [&](const auto& dimension) { return dimension.id == id; });
    return found == description->dimensions.end() ? nullptr : &*found;
}

/// {code: {"label", "decimals"}} of the codes that have any.
Json units_of(const Dimension& dimension, const std::vector<std::string>& codes)
{
    const std::set<std::string> wanted(codes.begin(), codes.end());
    Json units = Json::object();
    for (const auto& category : dimension.categories) {
        if (!wanted.contains(category.code) || (category.unit.empty() && !category.decimals))
            continue;
        auto& unit = units[category.code] = Json::object();
        if (!category.unit.empty())
            unit["label"] = category.unit;
        if (category.decimals)
            unit["decimals"] = *category.decimals;
    }
    return units;
}

/// A name for time that no dimension has.
std::string time_name(const std::optional<DatasetDescription>& description)
{
    auto name = description && !description->time_dimension.empty() ? description->time_dimension : "period";
    while (find(description, name))
        name += "_";
    return name;
}

} // namespace

/// The cells in their order, and what they stand on.
struct JsonstatTable::Grid {
    std::vector<Axis> axes;           ///< time last
    std::size_t size = 1;             ///< cells
    std::vector<std::size_t> rows;    ///< of each series: how many come before it
    std::vector<std::size_t> columns; ///< of each period

    std::size_t place(const CellAt& cell) const { return rows[cell.series] * columns.size() + columns[cell.period]; }
};

void JsonstatTable::add(const ObservationRow& row)
{
    const auto& seen = row.observation;
    if (cells_.empty())
        dataset_ = seen.dataset;
    if (seen.dataset != dataset_)
        throw usage_error("JSON-stat holds one dataset, these observations are of {} and {}: select one", dataset_,
                          seen.dataset);
    if (cells_.empty() || codes_ != seen.codes)
        begin_series(seen);
    const auto period = periods_.try_emplace(seen.period, static_cast<std::uint16_t>(periods_.size())).first->second;
    if (periods_.size() > UINT16_MAX)
        throw usage_error("these observations have more than {} periods: select fewer", UINT16_MAX);
    const auto& number = seen.value.number;
    cells_.push_back({number ? number->mantissa() : 0, at_, period, status_of(seen),
                      number ? static_cast<std::int8_t>(number->scale()) : std::int8_t(-1)});
    newest_ = std::max(newest_, seen.published_at);
    add_words(seen);
    add_notes(row);
    add_attribution(row);
}

void JsonstatTable::begin_series(const Observation& seen)
{
    codes_ = seen.codes;
    words_ = nullptr;
    std::vector<std::uint32_t> places;
    for (const auto& [dimension, code] : codes_) {
        auto axis = std::find_if(axes_.begin(), axes_.end(), [&, id = dimension](auto& one) { return one.id == id; });
        if (axis == axes_.end())
            axis = axes_.insert(axes_.end(), {dimension, {}, {}});
        const auto [place, is_new] = axis->places.try_emplace(code, static_cast<std::uint32_t>(axis->codes.size()));
        if (is_new)
            axis->codes.push_back(code);
        const auto at = static_cast<std::size_t>(axis - axes_.begin());
        places.resize(std::max(places.size(), at + 1), lacking);
        places[at] = place->second;
    }
    at_ = series_.try_emplace(std::move(places), static_cast<std::uint32_t>(series_.size())).first->second;
}

void JsonstatTable::add_words(const Observation& seen)
{
    if (!seen.words || (seen.words.get() == words_ && published_ >= seen.published_at))
        return;
    words_ = seen.words.get();
    published_ = seen.published_at;
    for (std::size_t i = 0; i < seen.codes.size() && i < seen.words->labels.size(); ++i) {
        auto& [published, label] = labels_[seen.codes[i]];
        if (label.empty() || published < seen.published_at) {
            published = seen.published_at;
            label = seen.words->labels[i];
        }
    }
}

void JsonstatTable::note(const std::string& text)
{
    if (!text.empty() && told_.insert(text).second)
        notes_.push_back(text);
}

void JsonstatTable::add_notes(const ObservationRow& row)
{
    const auto& seen = row.observation;
    note(renamed(seen));
    if (seen.correction)
        note(fmt::format("† {}: {}", target_text(*seen.correction),
                         correction_text(*seen.correction, is_corrected(seen.value, *seen.correction), Language::en)));
    for (const auto& annotation : row.annotations)
        note(fmt::format("* {}: {}", target_text(annotation), annotation_text(annotation)));
}

void JsonstatTable::add_attribution(const ObservationRow& row)
{
    if (!row.attribution || row.attribution.get() == attribution_)
        return;
    attribution_ = row.attribution.get();
    add_once(sources_, attribution_->source.en);
    add_once(licences_, licence_text(*attribution_, Language::en));
}

std::uint8_t JsonstatTable::status_of(const Observation& seen)
{
    const auto& symbol = seen.value.symbol;
    const auto text = symbol.text.empty() ? std::string(to_string(symbol.meaning)) : symbol.text;
    if (!text.empty())
        meanings_[text] = to_string(symbol.meaning);
    const auto status = text + (seen.correction ? "†" : "");
    const auto known = statuses_.find(status);
    if (known != statuses_.end())
        return known->second;
    if (statuses_.size() > UINT8_MAX)
        throw usage_error("these observations have more than {} different symbols: select fewer", UINT8_MAX);
    return statuses_.emplace(status, static_cast<std::uint8_t>(statuses_.size())).first->second;
}

/// Puts the cells in the order of their places.
JsonstatTable::Grid JsonstatTable::sort(const std::string& time)
{
    Grid grid{axes_, 1, std::vector<std::size_t>(series_.size()), std::vector<std::size_t>(periods_.size())};
    auto& periods = grid.axes.emplace_back(Axis{time, {}, {}});
    for (const auto& [period, index] : periods_) {
        grid.columns[index] = periods.codes.size();
        periods.codes.push_back(period.text());
    }
    for (const auto& axis : grid.axes) {
        grid.size *= axis.codes.size();
        if (grid.size > cells_max)
            throw usage_error("a JSON-stat table of these observations has more than {} cells: select fewer",
                              cells_max);
    }
    for (const auto& [places, index] : series_)
        for (std::size_t i = 0; i < axes_.size(); ++i) {
            if (i >= places.size() || places[i] == lacking)
                throw usage_error("some of the selected series of {} have no {}: select by its codes", dataset_,
                                  axes_[i].id);
            grid.rows[index] = grid.rows[index] * axes_[i].codes.size() + places[i];
        }
    std::sort(cells_.begin(), cells_.end(),
              [&](const auto& a, const auto& b) { return grid.place(a) < grid.place(b); });
    const auto twice = std::adjacent_find(cells_.begin(), cells_.end(), [&](const auto& a, const auto& b) {
        return grid.place(a) == grid.place(b);
    });
    if (twice != cells_.end())
        throw usage_error("two of these observations of {} are of one cell: select less, or another format",
                          dataset_);
    return grid;
}

std::string JsonstatTable::head(const std::optional<DatasetDescription>& description, const Grid& grid) const
{
    Json table = {{"version", "2.0"},
                  {"class", "dataset"},
                  {"label", description && !description->title.empty() ? description->title : dataset_},
                  {"updated", format_time(newest_)}};
    if (!sources_.empty())
        table["source"] = join(sources_, "; ");
    auto notes = description ? description->notes : std::vector<std::string>();
    notes.insert(notes.end(), notes_.begin(), notes_.end());
    if (!notes.empty())
        table["note"] = notes;
    table["id"] = Json::array();
    table["size"] = Json::array();
    table["role"] = {{"time", {grid.axes.back().id}}};
    for (const auto& axis : grid.axes) {
        table["id"].push_back(axis.id);
        table["size"].push_back(axis.codes.size());
        auto& dimension = table["dimension"][axis.id] = Json::object();
        const auto* known = &axis == &grid.axes.back() ? nullptr : find(description, axis.id);
        if (known && !known->label.empty())
            dimension["label"] = known->label;
        if (known && (known->role == Role::geo || known->role == Role::metric))
            table["role"][std::string(to_string(known->role))].push_back(axis.id);
        auto& category = dimension["category"] = {{"index", axis.codes}};
        for (const auto& code : axis.codes)
            if (const auto label = labels_.find({axis.id, code}); label != labels_.end())
                category["label"][code] = label->second.second;
        if (auto units = known ? units_of(*known, axis.codes) : Json::object(); !units.empty())
            category["unit"] = std::move(units);
    }
    table["extension"] = {{"dataset", dataset_}};
    if (!licences_.empty())
        table["extension"]["licence"] = join(licences_, "; ");
    if (!meanings_.empty())
        table["extension"]["status"] = meanings_;
    return json_line(table);
}

void JsonstatTable::write(const std::optional<DatasetDescription>& description,
                          const std::function<void(std::string_view)>& out)
{
    if (empty())
        throw error("no observations: a JSON-stat table needs at least one");
    const auto all = sort(time_name(description));
    std::vector<std::string> statuses(statuses_.size());
    for (const auto& [text, index] : statuses_)
        statuses[index] = json_line(Json(text));
    Pieces pieces(out);
    // The JSON library would write numbers through a double, and take a hundred bytes for each.
    auto text = head(description, all);
    text.back() = ',';
    pieces.add(text);
    bool any = false;
    for (const auto& at : cells_)
        if (at.status != 0) {
            pieces.add(fmt::format("{}\"{}\":{}", any ? "," : "\"status\":{", all.place(at), statuses[at.status]));
            any = true;
        }
    pieces.add(any ? "},\"value\":[" : "\"value\":[");
    std::size_t next = 0;
    for (const auto& at : cells_) {
        for (const auto place = all.place(at); next < place; ++next)
            pieces.add(next == 0 ? "null" : ",null");
        pieces.add(next++ == 0 ? "" : ",");
        pieces.add(at.scale < 0 ? "null" : Decimal(at.mantissa, at.scale).text());
    }
    for (; next < all.size; ++next)
        pieces.add(",null");
    pieces.add("]}\n");
    pieces.flush();
}

std::string render_jsonstat(const std::vector<ObservationRow>& rows,
                            const std::optional<DatasetDescription>& description)
{
    JsonstatTable table;
    for (const auto& row : rows)
        table.add(row);
    std::string text;
    table.write(description, [&](std::string_view piece) { text += piece; });
    return text;
}

} // namespace skurd
