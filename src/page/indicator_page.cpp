// An indicator: what is said of it, since when, and all that it is made from.
#include "page/pages.hpp"

#include "api/endpoint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/evaluate.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"
#include "model/other_figures.hpp"
#include "model/release.hpp"
#include "page/indicator_chart.hpp"
#include "page/page_parts.hpp"
#include "query/catalogue.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "query/target.hpp"
#include "query/working.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t versions_max = 200;
constexpr std::size_t inputs_max = 100;

/// By today's number, or by the name that people see: "201/0301".
const Indicator& wanted_indicator(const PageSources& from)
{
    const auto number = positive_number(from.id);
    const auto* found = number && *number <= std::numeric_limits<int>::max()
                            ? from.reading.catalogue->find(static_cast<int>(*number))
                            : nullptr;
    return found ? *found
                 : found_by([&]() -> const Indicator& { return find_indicator(*from.reading.catalogue, from.id); });
}

class IndicatorContent {
public:
    IndicatorContent(const PageSources& from, const Indicator& indicator)
        : from_(from), request_(from.request), words_(from.request.language), indicator_(indicator),
          publications_(indicator_over_time(from.reading.store, *from.reading.catalogue, indicator)),
          working_(indicator_working(from.reading.store, *from.reading.catalogue, indicator, from.request.as_of,
                                     Numbers::published, EarlierVerdicts::left_out, publications_))
    {
        days_ = publications_;
        if (const auto until = request_.as_of.published)
            std::erase_if(publications_, [&](const ValuesFrom& then) { return then.published > *until; });
    }

    Json content() const
    {
        const auto& definition = *working_.definition;
        Json content = {{"heading", indicator_.label_in(definition).in(request_.language)},
                        {"name", indicator_name(indicator_.number)},
                        {"part", part()},
                        {"source", indicator_.source},
                        {"unit", words_.unit(definition.unit)},
                        {"direction", enum_text(indicator_.direction, request_.language)},
                        {"formula", definition.formula.text()},
                        {"verdicts", verdicts()},
                        {"sentences", sentences()},
                        {"chart", indicator_chart(working_, publications_, words_, wide_chart)},
                        {"small_chart", indicator_chart(working_, publications_, words_, narrow_chart)},
                        {"days", days()},
                        {"values", values()},
                        {"inputs", inputs()},
                        {"earlier", earlier()},
                        {"annotations", annotations()},
                        {"definitions", definitions()},
                        {"versions", versions()},
                        {"downloads", downloads()}};
        for (const auto* list : {"verdicts", "inputs", "earlier", "annotations"})
            content[fmt::format("has_{}", list)] = !content[list].empty();
        return content;
    }

private:
    std::string part() const
    {
        const auto& parts = from_.reading.catalogue->parts;
        const auto found = parts.find(indicator_.part);
        return found == parts.end() ? indicator_.part : found->second.in(request_.language);
    }

    /// First what changed last, then since the baseline, where that is something else.
    Json sentences() const
    {
        Json lines = Json::array();
        const Verdict* told = nullptr;
        for (const auto comparison : {Comparison::previous, Comparison::baseline}) {
            const auto newest = std::find_if(working_.verdicts.rbegin(), working_.verdicts.rend(),
                                             [&](const Verdict& one) { return one.comparison == comparison; });
            if (newest == working_.verdicts.rend() || (told && told->from == newest->from && told->to == newest->to))
                continue;
            told = &*newest;
            lines.push_back(verdict_json(request_, *newest, indicator_.direction));
        }
        return lines;
    }

    /// The newest first.
    Json verdicts() const
    {
        std::vector<const Verdict*> all;
        std::set<std::string> told; // with one year since the baseline the three comparisons are one
        for (const auto& one : working_.verdicts)
            if (told.insert(one.from.text() + one.to.text() + one.sentence.en).second)
                all.push_back(&one);
        Json lines = Json::array();
        for (auto one = all.rbegin(); one != all.rend(); ++one)
            lines.push_back(verdict_json(request_, **one, indicator_.direction));
        return lines;
    }

    /// When what is believed changed: a way back to each of those days. The newest by the day asked about is here.
    Json days() const
    {
        Json lines = Json::array();
        std::string last;
        bool is_marked = !request_.as_of.published;
        for (auto then = days_.rbegin(); then != days_.rend(); ++then) {
            const auto day = format_date(then->published);
            if (day == last)
                continue;
            last = day;
            const bool is_here = !is_marked && then->published <= *request_.as_of.published;
            is_marked = is_marked || is_here;
            lines.push_back({{"day", day}, {"link", request_.link_with("as_of", day)}, {"is_here", is_here}});
        }
        return lines;
    }

    std::string number(const std::optional<Decimal>& number) const
    {
        return number ? number_text(*number, request_.language) : "";
    }

    Json values() const
    {
        Json lines = Json::array();
        for (auto one = working_.series.values.rbegin(); one != working_.series.values.rend(); ++one) {
            const auto& [period, value] = *one;
            lines.push_back({{"period", period.text()},
                             {"value", value.value.number ? number(value.value.number) : "–"},
                             {"status", value.value.number ? value.value.symbol.text : ""},
                             {"note", value.value.number
                                          ? (value.is_provisional() ? request_.say("foreløpig", "provisional") : "")
                                          : words_.missing_reason(value)},
                             {"others", other_figures(value).in(request_.language)},
                             {"published", published_day(value.published_at, value.confidence)},
                             {"source", value.source},
                             {"vintage", value.vintage}});
        }
        return lines;
    }

    Json inputs() const
    {
        Json lines = Json::array();
        for (auto one = working_.series.values.rbegin(); one != working_.series.values.rend(); ++one)
            for (const auto& input : one->second.inputs)
                if (lines.size() < inputs_max)
                    lines.push_back({{"period", one->first.text()},
                                     {"name", input.name},
                                     {"of", input.period.text()},
                                     {"value", number(input.value.number)},
                                     {"published", published_day(input.published_at, input.confidence)},
                                     {"vintage", input.vintage}});
        return lines;
    }

    Json earlier() const
    {
        Json lines = Json::array();
        for (const auto& figure : working_.earlier_figures)
            lines.push_back({{"period", figure.period.text()},
                             {"was", number(figure.number)},
                             {"from", format_date(figure.published)},
                             {"until", format_date(figure.until)},
                             {"then", figure.then ? number(figure.then) : request_.say("trukket", "withdrawn")},
                             {"reason", figure.reason.empty() ? request_.say("uten oppgitt grunn", "no reason given")
                                                              : figure.reason.in(request_.language)}});
        return lines;
    }

    Json annotations() const
    {
        Json lines = Json::array();
        for (const auto& annotation : working_.annotations)
            lines.push_back(
                {{"about", target_text(annotation)}, {"text", annotation_text(annotation, request_.language)}});
        return lines;
    }

    Json definitions() const
    {
        Json lines = Json::array();
        for (const auto& definition : indicator_.definitions)
            if (!request_.as_of.published || definition.from <= *request_.as_of.published || definition.id == 1)
                lines.push_back({{"id", definition.id},
                                 {"from", published_day(definition.from, definition.from_known)},
                                 {"formula", definition.formula.text()},
                                 {"reason", definition.reason.in(request_.language)}});
        return lines;
    }

    /// Every number that was ever published, the newest period first.
    Json versions() const
    {
        const auto rows = observation_history(from_.reading.store, *from_.reading.catalogue,
                                              {.target = &indicator_, .as_of = request_.as_of});
        Json lines = Json::array();
        std::size_t all = 0;
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            const auto& seen = row->observation;
            if (request_.as_of.published && seen.published_at > *request_.as_of.published)
                continue;
            if (++all > versions_max)
                continue;
            lines.push_back(
                {{"period", seen.period.text()},
                 {"value", seen.value.number ? number(seen.value.number) : "–"},
                 {"status", seen.value.number ? seen.value.symbol.text : words_.nothing(seen.value.symbol)},
                 {"published", published_day(seen.published_at, seen.confidence)},
                 {"observed", moment(seen.observed_at)},
                 {"dataset", seen.dataset},
                 {"link", seen.dataset.empty() ? "" : request_.link("/data", {{"dataset", seen.dataset}})},
                 {"vintage", seen.vintage}});
        }
        return {{"lines", std::move(lines)}, {"beyond", cut_json(all, versions_max)}};
    }

    Json downloads() const
    {
        const auto name = indicator_name(indicator_.number);
        const bool is_of_one_dataset = working_.series.series.size() == 1; // as JSON-stat wants it
        return {{"csv", request_.api_link("/api/v1/data", {{"selector", name}, {"format", "csv"}})},
                {"jsonstat", is_of_one_dataset
                                 ? request_.api_link("/api/v1/data", {{"selector", name}, {"format", "jsonstat"}})
                                 : ""},
                {"history", request_.api_link("/api/v1/history", {{"selector", name}, {"format", "csv"}})},
                {"working", indicator_.expansion // whose name has a slash
                                ? ""
                                : request_.api_link(fmt::format("/api/v1/indicators/{}/working", name), {})}};
    }

    const PageSources& from_;
    const PageRequest& request_;
    ReportText words_;
    const Indicator& indicator_;
    std::vector<ValuesFrom> publications_; ///< until the day asked about
    IndicatorWorking working_;
    std::vector<ValuesFrom> days_; ///< all
};

} // namespace

HtmlPage indicator_page(const PageSources& from)
{
    const auto& indicator = wanted_indicator(from);
    auto content = IndicatorContent(from, indicator).content();
    auto title = fmt::format("{} {}", indicator_name(indicator.number), content["heading"].get<std::string>());
    return {"indicator", std::move(title), std::move(content)};
}

HtmlPage indicators_page(const PageSources& from)
{
    const ReportText words(from.request.language);
    const auto search = to_lower(from.request.query("q"));
    Json lines = Json::array();
    for (const auto& entry : catalogue_entries(*from.reading.catalogue)) {
        const auto& indicator = *entry.indicator;
        const auto& label = entry.label.in(from.request.language);
        if (to_lower(label + " " + indicator.source).find(search) == std::string::npos)
            continue;
        lines.push_back(
            {{"name", indicator_name(entry.number)},
             {"label", label},
             {"link",
              from.reading.catalogue->find(indicator.number) ? indicator_link(from.request, indicator.number) : ""},
             {"unit", words.unit(entry.definition->unit)},
             {"direction", enum_text(indicator.direction, from.request.language)},
             {"source", indicator.source}});
    }
    return {"indicators",
            from.request.say("Indikatorer", "Indicators"),
            {{"search", from.request.query("q")}, {"lines", std::move(lines)}}};
}

} // namespace skurd
