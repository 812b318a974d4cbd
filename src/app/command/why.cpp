// The command why: the whole story of an indicator's numbers.
#include "app/commands.hpp"
#include "app/correction_notes.hpp"
#include "app/differences.hpp"
#include "app/options.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"
#include "query/indicators.hpp"
#include "store/annotation_store.hpp"
#include "store/vintage_store.hpp"

#include <iostream>
#include <set>

namespace skurd {

namespace {

struct WhyOptions {
    int indicator = 0;
    std::string language = "nb";
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

/// What the working of an indicator is gathered from.
struct Case {
    const StoreView& view;
    const Indicator& indicator;
    AsOf as_of;
    IndicatorSeries series;
    std::vector<Verdict> verdicts;
    std::map<std::int64_t, Vintage> vintages;
};

Case case_of(const StoreView& view, const WhyOptions& options)
{
    const auto& indicator = view.indicator(options.indicator);
    const auto as_of = options.as_of.read();
    Case found{view,  indicator,
               as_of, indicator_series(view.store, view.catalogue, indicator, as_of, options.numbers),
               {},    {}};
    found.verdicts = Judge(indicator, found.series.values, found.series.breaks, &view.catalogue).all();
    for (const auto& dataset : datasets_of(view.catalogue, indicator))
        for (auto& vintage : VintageStore(view.store).list(dataset))
            found.vintages.emplace(vintage.id, vintage);
    return found;
}

Json definitions_json(const Indicator& indicator)
{
    Json all = Json::array();
    for (const auto& each : indicator.definitions)
        all.push_back({{"definition", each.id},
                       {"from", format_time(each.from)},
                       {"formula", each.formula.text()},
                       {"kind", to_string(kind_under(indicator, each.id))},
                       {"unit", each.unit},
                       {"price_base", each.price_base},
                       {"change", to_string(each.change)},
                       {"comparable_with_previous", each.comparable_with_previous},
                       {"reason", each.reason.en}});
    return all;
}

void add_vintage(Json& row, const Case& found, std::int64_t vintage)
{
    row["vintage"] = vintage;
    if (const auto known = found.vintages.find(vintage); known != found.vintages.end())
        row.update({{"payload", known->second.payload_hash}, {"origin", to_string(known->second.origin)}});
}

Json input_json(const Case& found, const IndicatorInput& input)
{
    Json row = {{"name", input.name},
                {"dataset", input.dataset},
                {"period", input.period.text()},
                {"value", number_json(input.value.number)},
                {"status", input.value.symbol.text},
                {"published", format_time(input.published_at)},
                {"indicator", input.indicator == 0 ? Json(nullptr) : Json(input.indicator)},
                {"correction", correction_json(input.correction.get(), input.value)}};
    add_vintage(row, found, input.vintage);
    return row;
}

Json values_json(const Case& found)
{
    Json all = Json::array();
    for (const auto& [period, value] : found.series.values) {
        Json row = {{"period", period.text()},
                    {"value", number_json(value.value.number)},
                    {"status", value.value.symbol.text},
                    {"definition", value.definition},
                    {"published", format_time(value.published_at)},
                    {"missing", value.trouble.empty() ? value.missing.en : value.trouble.en},
                    {"correction", correction_json(value.correction.get(), value.value)},
                    {"inputs", Json::array()}};
        add_vintage(row, found, value.vintage);
        for (const auto& input : value.inputs)
            row["inputs"].push_back(input_json(found, input));
        all.push_back(std::move(row));
    }
    return all;
}

/// The verdicts there are now as they were after each earlier publication, where they said something else.
Json earlier_json(const Case& found)
{
    Json all = Json::array();
    std::map<std::tuple<Comparison, Period, Period>, std::string> said;
    for (const auto& then : indicator_over_time(found.view.store, found.view.catalogue, found.indicator)) {
        if (found.as_of.published && then.published > *found.as_of.published)
            break;
        const Judge judge(found.indicator, then.values, found.series.breaks, &found.view.catalogue);
        for (const auto& verdict : found.verdicts) {
            const auto was = judge.compare(verdict.comparison, verdict.from, verdict.to);
            auto& before = said[{verdict.comparison, verdict.from, verdict.to}];
            if (was.outcome == Outcome::no_data || before == was.sentence_en)
                continue;
            before = was.sentence_en;
            auto row = verdict_json(was);
            row["published"] = format_time(then.published);
            all.push_back(std::move(row));
        }
    }
    return all;
}

bool concerns(const IndicatorSeries& series, const Annotation& note)
{
    const auto read = series.series.find(note.dataset);
    return read != series.series.end() && (note.series == 0 || read->second.contains(note.series));
}

/// What people said of the series behind it.
Json notes_json(const Case& found)
{
    Json all = Json::array();
    const auto moment = moment_of(found.as_of);
    for (const auto& dataset : datasets_of(found.view.catalogue, found.indicator))
        for (const auto& note : AnnotationStore(found.view.store).list(dataset, moment.has_value()))
            if (stands(note, moment) && concerns(found.series, note))
                all.push_back({{"annotation", note.id},
                               {"kind", to_string(note.kind)},
                               {"about", target_text(note)},
                               {"text", note.text},
                               {"by", note.person},
                               {"made", format_time(note.made_at)}});
    return all;
}

Json why_json(const Case& found)
{
    const auto& indicator = found.indicator;
    const auto& definition = indicator.definition_at(found.as_of.published);
    Json answer = {{"indicator", indicator.number},
                   {"label", {{"nb", indicator.label.nb}, {"en", indicator.label.en}}},
                   {"kind", to_string(kind_under(indicator, definition.id))},
                   {"direction", to_string(indicator.direction)},
                   {"unit", definition.unit},
                   {"definition", definition.id},
                   {"formula", definition.formula.text()},
                   {"catalogue", found.view.catalogue.hash},
                   {"definitions", definitions_json(indicator)},
                   {"values", values_json(found)},
                   {"verdicts", Json::array()},
                   {"earlier", earlier_json(found)},
                   {"notes", notes_json(found)}};
    for (const auto& verdict : found.verdicts)
        answer["verdicts"].push_back(verdict_json(verdict));
    return answer;
}

std::string text_in(const Json& object, const char* key)
{
    return object[key].is_string() ? object[key].get<std::string>() : "";
}

/// The same for people.
class WhyPrinter {
public:
    WhyPrinter(const Json& why, const Case& found, Language language)
        : why_(why), case_(found), en_(language == Language::en)
    {
    }

    void print()
    {
        const auto& indicator = case_.indicator;
        std::cout << fmt::format("{}  {}\n", indicator.number, en_ ? indicator.label.en : indicator.label.nb)
                  << fmt::format("{}, {}, {}: {}; {}: {}; {}: {}\n\n", text_in(why_, "kind"), text_in(why_, "unit"),
                                 say("ønsket retning", "desired direction"), text_in(why_, "direction"),
                                 say("kilde", "source"), indicator.source, say("formel", "formula"),
                                 text_in(why_, "formula"));
        print_values();
        print_inputs();
        print_verdicts();
        print_earlier();
        print_notes();
        print_definitions();
    }

private:
    const char* say(const char* nb, const char* en) const { return en_ ? en : nb; }

    void print_values() const
    {
        Table values({{say("periode", "period")},
                      {say("verdi", "value"), Table::Align::right},
                      {"status"},
                      {say("publisert", "published")},
                      {say("utgave", "vintage"), Table::Align::right},
                      {"payload"}});
        for (const auto& row : why_["values"])
            values.add({row["period"], text_in(row, "value"),
                        marked(text_in(row, "status"), !row["correction"].is_null()),
                        text_in(row, "published").substr(0, 10), std::to_string(row["vintage"].get<int>()),
                        row.value("payload", "").substr(0, 12)});
        std::cout << values.text();
        for (const auto& row : why_["values"]) {
            if (!row["correction"].is_null())
                std::cout << fmt::format("{} {}: {}\n", correction_mark, text_in(row, "period"),
                                         text_in(row["correction"], en_ ? "text_en" : "text_nb"));
            if (!text_in(row, "missing").empty())
                std::cout << fmt::format("{}: {}\n", text_in(row, "period"), text_in(row, "missing"));
        }
        std::cout << '\n';
    }

    /// What computed values are made from.
    void print_inputs() const
    {
        Table inputs({{say("periode", "period")},
                      {say("laget av", "made from")},
                      {say("for", "of")},
                      {say("verdi", "value"), Table::Align::right},
                      {say("publisert", "published")},
                      {say("utgave", "vintage"), Table::Align::right},
                      {"payload"}});
        for (const auto& row : why_["values"])
            for (const auto& input : row["inputs"])
                inputs.add({row["period"], text_in(input, "name"), text_in(input, "period"), text_in(input, "value"),
                            text_in(input, "published").substr(0, 10), std::to_string(input["vintage"].get<int>()),
                            input.value("payload", "").substr(0, 12)});
        if (!inputs.empty())
            std::cout << inputs.text() << '\n';
    }

    void print_verdicts() const
    {
        std::set<std::string> said; // with one year since the baseline the three comparisons are one
        for (const auto& verdict : why_["verdicts"]) {
            const auto line =
                fmt::format("{} → {}  {}  [{}]\n", text_in(verdict, "from"), text_in(verdict, "to"),
                            text_in(verdict, en_ ? "sentence_en" : "sentence_nb"), text_in(verdict, "rule"));
            if (!said.insert(line).second)
                continue;
            std::cout << line;
            if (const auto caveat = text_in(verdict, en_ ? "allowance_en" : "allowance_nb"); !caveat.empty())
                std::cout << fmt::format("    {}: {}\n", say("sammenlignes likevel", "compared all the same"),
                                         caveat);
            if (verdict["provisional"].get<bool>())
                std::cout << fmt::format("    {}\n", say("foreløpig tall; dømmes på nytt når det er endelig",
                                                         "a provisional figure; judged again when it is final"));
        }
    }

    /// Only where some earlier publication said something else than is said now.
    void print_earlier() const
    {
        std::set<std::string> now;
        for (const auto& verdict : why_["verdicts"])
            now.insert(text_in(verdict, "sentence_en"));
        Table earlier({{say("publisert", "published")},
                       {say("fra", "from")},
                       {say("til", "to")},
                       {say("dom med tallene fra da", "verdict on the figures of then")}});
        std::set<std::string> said;
        for (const auto& verdict : why_["earlier"]) {
            const auto sentence = text_in(verdict, en_ ? "sentence_en" : "sentence_nb");
            const auto key =
                text_in(verdict, "published") + text_in(verdict, "from") + text_in(verdict, "to") + sentence;
            if (!now.contains(text_in(verdict, "sentence_en")) && said.insert(key).second)
                earlier.add({text_in(verdict, "published").substr(0, 10), verdict["from"], verdict["to"], sentence});
        }
        if (!earlier.empty())
            std::cout << '\n' << earlier.text();
    }

    void print_notes() const
    {
        for (const auto& note : why_["notes"])
            std::cout << fmt::format("\n* {}: {}: {} ({}, {})\n", text_in(note, "about"), text_in(note, "kind"),
                                     text_in(note, "text"), text_in(note, "by"), text_in(note, "made").substr(0, 10));
    }

    void print_definitions() const
    {
        const auto& definitions = case_.indicator.definitions;
        for (std::size_t i = 1; i < definitions.size(); ++i) {
            const auto& definition = definitions[i];
            if (definition.id > why_["definition"].get<int>())
                break; // not yet, as of the day asked about
            const auto* comparable = definition.comparable_with_previous
                                         ? say("sammenlignbar", "comparable")
                                         : say("ikke sammenlignbar", "not comparable");
            std::cout << fmt::format("\n{} {}, {} {}: {} {} {}: {}\n", say("definisjon", "definition"), definition.id,
                                     say("publisert fra", "published from"), format_date(definition.from), comparable,
                                     say("med definisjon", "with definition"), definitions[i - 1].id,
                                     en_ ? definition.reason.en : definition.reason.nb);
        }
    }

    const Json& why_;
    const Case& case_;
    bool en_;
};

ExitCode why(Context& context, const WhyOptions& options)
{
    const StoreView view(context);
    const auto found = case_of(view, options);
    const auto answer = why_json(found);
    if (context.json)
        print_json(answer);
    else
        WhyPrinter(answer, found, from_word<Language>(options.language).value()).print();
    return ExitCode::good;
}

} // namespace

void add_why(CLI::App& command, Context& context)
{
    auto options = std::make_shared<WhyOptions>(); // lives as long as the callback
    command.add_option("INDICATOR", options->indicator, "Its number")->required();
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    command.callback(
        [&context, options] { context.action = [&context, options] { return why(context, *options); }; });
}

} // namespace skurd
