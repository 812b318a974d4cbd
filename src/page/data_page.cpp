// Any dataset: found by its words, its series chosen, its numbers as of any day.
#include "page/pages.hpp"

#include "api/endpoint.hpp"
#include "base/text.hpp"
#include "model/release.hpp"
#include "page/page_parts.hpp"
#include "page/series_chart.hpp"
#include "query/catalogue.hpp"
#include "query/datasets.hpp"
#include "query/observations.hpp"
#include "report/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t datasets_max = 300;
constexpr std::size_t rows_max = 200;
constexpr std::size_t periods_max = 10;
constexpr std::size_t codes_max = 500; ///< in one list of choices
constexpr std::size_t vintages_max = 50;

/// A field of the form, of one dimension.
std::string field_of(const Dimension& dimension)
{
    return "d-" + dimension.id;
}

Json list_json(const PageSources& from)
{
    const auto search = from.request.query("q");
    const auto found = datasets(from.reading.store, search);
    Json lines = Json::array();
    for (const auto& dataset : found)
        if (lines.size() < datasets_max)
            lines.push_back({{"dataset", dataset.dataset},
                             {"label", dataset.label},
                             {"link", from.request.link("/data", {{"dataset", dataset.dataset}})},
                             {"vintages", dataset.vintages},
                             {"published", moment(dataset.published_at).substr(0, 10)},
                             {"confirmed", moment(dataset.last_confirmed_at)}});
    return {{"search", search},
            {"has_lines", !lines.empty()},
            {"lines", std::move(lines)},
            {"beyond", cut_json(found.size(), datasets_max)},
            {"csv", from.request.api_link("/api/v1/datasets", {{"search", search}, {"format", "csv"}})}};
}

/// What the form's choices mean.
Selector selector_of(const PageSources& from, const std::string& dataset, const std::vector<Dimension>& dimensions)
{
    Selector selector{dataset, {}};
    for (const auto& dimension : dimensions)
        if (const auto code = from.request.query(field_of(dimension).c_str()); !code.empty())
            selector.codes.push_back({dimension.id, {code}});
    return selector;
}

Json choices_json(const PageSources& from, const std::vector<Dimension>& dimensions)
{
    Json fields = Json::array();
    for (const auto& dimension : dimensions) {
        const auto chosen = from.request.query(field_of(dimension).c_str());
        Json codes = Json::array();
        for (const auto& category : dimension.categories)
            if (codes.size() < codes_max)
                codes.push_back({{"code", category.code},
                                 {"words", category.label.empty() || category.label == category.code
                                               ? category.code
                                               : fmt::format("{} ({})", category.label, category.code)},
                                 {"is_chosen", category.code == chosen}});
        fields.push_back({{"field", field_of(dimension)},
                          {"words", dimension.label.empty() ? dimension.id : dimension.label},
                          {"is_cut", dimension.categories.size() > codes_max},
                          {"chosen", chosen},
                          {"codes", std::move(codes)}});
    }
    return fields;
}

/// Series as rows, the newest periods as columns.
class NumberTable {
public:
    NumberTable(const std::vector<ObservationRow>& rows, Language language) : language_(language), words_(language)
    {
        std::set<Period> periods;
        for (const auto& row : rows) {
            const auto& seen = row.observation;
            periods.insert(seen.period);
            auto& series = series_[seen.series];
            series.first = &seen;
            series.second[seen.period] = &seen;
        }
        for (auto period = periods.rbegin(); period != periods.rend() && periods_.size() < periods_max; ++period)
            periods_.insert(periods_.begin(), *period);
        older_ = periods.size() - periods_.size();
    }

    /// Few series of one unit, for a chart; none else.
    std::vector<ChartSeries> chart() const
    {
        std::vector<ChartSeries> lines;
        std::set<std::string> units;
        for (const auto& [id, series] : series_) {
            if (lines.size() == chart_series_max || units.size() > 1)
                return {};
            units.insert(unit_of(*series.first));
            ChartSeries line{name_of(*series.first), {}};
            for (const auto& [period, seen] : series.second)
                if (seen->value.number)
                    line.numbers.emplace(period, *seen->value.number);
            lines.push_back(std::move(line));
        }
        return units.size() == 1 ? lines : std::vector<ChartSeries>();
    }

    Json json() const
    {
        Json headings = Json::array();
        for (const auto& period : periods_)
            headings.push_back({{"heading", period.text()}});
        const auto lines_of_chart = chart();
        auto drawn = series_chart(lines_of_chart, language_, wide_chart); // "" where none has two numbers
        Json lines = Json::array();
        for (const auto& [id, series] : series_)
            if (lines.size() < rows_max) {
                const auto letter = drawn.empty() ? "" : chart_letter(lines.size());
                lines.push_back(line(*series.first, series.second, letter));
            }
        return {{"chart", std::move(drawn)},
                {"has_too_many", lines_of_chart.empty()},
                {"small_chart", series_chart(lines_of_chart, language_, narrow_chart)},
                {"headings", std::move(headings)},
                {"has_lines", !lines.empty()},
                {"lines", std::move(lines)},
                {"series", series_.size()},
                {"beyond", cut_json(series_.size(), rows_max)},
                {"older", older_ > 0 ? Json(std::to_string(older_)) : Json(nullptr)}};
    }

private:
    using ByPeriod = std::map<Period, const Observation*>;

    static std::string name_of(const Observation& seen)
    {
        const auto label = seen.words ? seen.words->label() : seen.label;
        return label.empty() ? codes_text(seen.codes) : label;
    }
    static std::string unit_of(const Observation& seen) { return seen.words ? seen.words->unit : seen.unit; }

    Json line(const Observation& seen, const ByPeriod& by_period, const std::string& letter) const
    {
        Json cells = Json::array();
        for (const auto& period : periods_) {
            const auto found = by_period.find(period);
            cells.push_back({{"text", found == by_period.end() ? "" : cell(found->second->value)},
                             {"title", found == by_period.end()
                                           ? ""
                                           : published_day(found->second->published_at, found->second->confidence)}});
        }
        return {{"letter", letter},
                {"label", name_of(seen)},
                {"unit", words_.unit(unit_of(seen))},
                {"cells", std::move(cells)}};
    }

    std::string cell(const Value& value) const
    {
        const auto number = value.number ? number_text(*value.number, language_) : "";
        const auto& symbol = value.symbol.text;
        return number.empty() ? (symbol.empty() ? "–" : symbol) : symbol.empty() ? number : number + " " + symbol;
    }

    Language language_;
    ReportText words_;
    std::map<std::int64_t, std::pair<const Observation*, ByPeriod>> series_;
    std::vector<Period> periods_;
    std::size_t older_ = 0;
};

Json table_json(const PageSources& from, const Selector& selector)
{
    const auto& store = from.reading.store;
    const auto series = series_count(store, selector);
    Json table = {{"is_too_large", series > series_max}, {"series", series}};
    if (series <= series_max)
        table.update(NumberTable(observations(store, *from.reading.catalogue,
                                              {.target = selector, .as_of = from.request.as_of}),
                                 from.request.language)
                         .json());
    return table;
}

/// When the dataset's numbers became others: a way back to each of those days.
Json vintages_json(const PageSources& from, const std::string& dataset)
{
    auto vintages = newest_vintages(from.reading.store, dataset);
    std::stable_sort(vintages.begin(), vintages.end(), [](const Vintage& a, const Vintage& b) {
        return a.published.published_at > b.published.published_at;
    });
    Json lines = Json::array();
    for (const auto& vintage : vintages) {
        if (lines.size() == vintages_max)
            break;
        auto line = vintage_line(from.request, vintage);
        line["day_link"] = from.request.link_with("as_of", moment(vintage.published.published_at).substr(0, 10));
        lines.push_back(std::move(line));
    }
    return {{"lines", std::move(lines)}, {"beyond", cut_json(vintages.size(), vintages_max)}};
}

} // namespace

HtmlPage data_page(const PageSources& from)
{
    const auto& request = from.request;
    const auto name = request.query("dataset");
    if (name.empty())
        return {"data", request.say("Data", "Data"), list_json(from)};
    const auto dataset = found_by([&] { return find_dataset(from.reading.store, name); });
    auto dimensions = dimensions_of(from.reading.store, name);
    std::erase_if(dimensions, [](const Dimension& one) { return one.role == Role::time; });
    const auto selector = selector_of(from, name, dimensions);
    const auto attribution = from.host.attributions().of(name);
    Json notes = Json::array();
    for (const auto& note : source_notes(from.reading.store, name, request.as_of))
        notes.push_back({{"text", note}});
    const auto download = [&](const char* path, const char* format) {
        return request.api_link(path, {{"selector", selector.text()}, {"format", format}});
    };
    const bool has_notes = !notes.empty();
    return {"dataset",
            dataset.label.empty() ? name : dataset.label,
            {{"dataset", name},
             {"label", dataset.label},
             {"attribution", attribution_text(attribution, request.language)},
             {"confirmed", moment(dataset.last_confirmed_at)},
             {"fields", choices_json(from, dimensions)},
             {"selector", selector.text()},
             {"table", table_json(from, selector)},
             {"has_notes", has_notes},
             {"notes", std::move(notes)},
             {"vintages", vintages_json(from, name)},
             {"csv", download("/api/v1/data", "csv")},
             {"jsonstat", download("/api/v1/data", "jsonstat")},
             {"history", download("/api/v1/history", "csv")}}};
}

} // namespace skurd
