// The commands that read numbers: get and history.
#include "app/commands.hpp"
#include "app/correction_notes.hpp"
#include "app/options.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "query/indicators.hpp"
#include "report/jsonstat.hpp"
#include "store/annotation_store.hpp"
#include "store/correction_store.hpp"
#include "store/observation_store.hpp"
#include "view/run_json.hpp"

#include <algorithm>
#include <iostream>
#include <set>

namespace skurd {

namespace {

struct GetOptions {
    std::string selector;
    std::string period;
    std::string format = "table";
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

/// An observation as the commands show it: with the indicator it was asked as, if it was.
struct Shown {
    Observation observation;
    int indicator = 0;
    const Definition* definition = nullptr; ///< the one it was read by
    std::vector<const Annotation*> annotations = {};
};

std::string value_of(const Value& value)
{
    return value.number ? value.number->text() : "";
}

Json to_json(const Shown& shown)
{
    const auto& seen = shown.observation;
    Json row = Json::object();
    if (shown.indicator != 0)
        row = {{"indicator", shown.indicator}, {"definition", shown.definition->id}};
    if (shown.definition && shown.definition->id > 1)
        row.update({{"comparable_with_previous_definition", shown.definition->comparable_with_previous},
                    {"reason", shown.definition->reason.en}});
    row["dataset"] = seen.dataset;
    row["codes"] = codes_json(seen.codes);
    row["label"] = seen.label;
    row["unit"] = seen.unit;
    row["period"] = seen.period.text();
    row["value"] = seen.value.number ? Json(seen.value.number->text()) : Json(nullptr);
    row["status"] = seen.value.symbol.text;
    row["meaning"] = to_string(seen.value.symbol.meaning);
    row["vintage"] = seen.vintage;
    row["published"] = format_time(seen.published_at);
    row["published_confidence"] = to_string(seen.confidence);
    row["observed"] = format_time(seen.observed_at);
    row["correction"] = correction_json(seen.correction.get(), seen.value);
    row["annotations"] = Json::array();
    for (const auto* annotation : shown.annotations)
        row["annotations"].push_back({{"annotation", annotation->id},
                                      {"kind", to_string(annotation->kind)},
                                      {"text", annotation->text},
                                      {"by", annotation->person},
                                      {"made", format_time(annotation->made_at)}});
    return row;
}

/// The publication time as far as it is known: "2018-04 (month)" says less than a day.
std::string published_of(const Observation& seen)
{
    const auto date = format_date(seen.published_at);
    return seen.confidence == Confidence::month ? date + " (month known)" : date;
}

std::string status_of(const Value& value)
{
    return value.symbol.text.empty() ? std::string(to_string(value.symbol.meaning)) : value.symbol.text;
}

/// The last four columns: source_value, corrected_value, correction, annotations.
std::string remark_fields(const Shown& row)
{
    const auto* correction = row.observation.correction.get();
    std::vector<std::string> notes;
    for (const auto* annotation : row.annotations)
        notes.push_back(annotation_text(*annotation));
    return fmt::format(
        "{},{},{},{}", correction ? correction->expected.text() : "", correction ? correction->corrected.text() : "",
        correction
            ? csv_field(correction_text(*correction, is_corrected(row.observation.value, *correction), Language::en))
            : "",
        csv_field(join(notes, "; ")));
}

void print_csv(const std::vector<Shown>& rows)
{
    std::cout << "indicator,dataset,codes,period,value,status,unit,published,published_confidence,vintage,"
                 "source_value,corrected_value,correction,annotations\n";
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        std::cout << fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{}\n", row.indicator ? std::to_string(row.indicator) : "",
            csv_field(seen.dataset), csv_field(codes_text(seen.codes)), csv_field(seen.period.text()),
            value_of(seen.value), csv_field(seen.value.symbol.text), csv_field(seen.unit),
            format_time(seen.published_at), to_string(seen.confidence), seen.vintage, remark_fields(row));
    }
}

/// What people say of the numbers above, each once.
void print_notes(const std::vector<Shown>& rows)
{
    std::set<std::int64_t> corrections;
    std::set<const Annotation*> annotations;
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        if (!seen.correction)
            continue;
        const bool applied = is_corrected(seen.value, *seen.correction);
        if (corrections.insert(seen.correction->id).second)
            std::cout << fmt::format("{} {}: {}\n", correction_mark, target_text(*seen.correction),
                                     correction_text(*seen.correction, applied, Language::en));
    }
    for (const auto& row : rows)
        for (const auto* annotation : row.annotations)
            if (annotations.insert(annotation).second)
                std::cout << fmt::format("* {}: {}\n", target_text(*annotation), annotation_text(*annotation));
}

void print_table(const std::vector<Shown>& rows)
{
    Table table({{"indicator", Table::Align::right},
                 {"series"},
                 {"period"},
                 {"value", Table::Align::right},
                 {"status"},
                 {"published"},
                 {"vintage", Table::Align::right}});
    for (const auto& row : rows) {
        const auto& seen = row.observation;
        table.add({row.indicator ? std::to_string(row.indicator) : "", seen.dataset + " " + codes_text(seen.codes),
                   seen.period.text(), value_of(seen.value),
                   marked(status_of(seen.value), seen.correction != nullptr), published_of(seen),
                   std::to_string(seen.vintage)});
    }
    std::cout << (rows.empty() ? "no observations\n" : table.text());
    print_notes(rows);
}

/// Puts beside each row the annotations that are about it; they live as long as `all`.
void annotate(std::vector<Shown>& rows, const std::vector<Annotation>& all)
{
    for (auto& row : rows)
        for (const auto& annotation : all)
            if (is_about(annotation, row.observation))
                row.annotations.push_back(&annotation);
}

ExitCode print(const Context& context, const StoreView& view, const GetOptions& options, std::vector<Shown> rows)
{
    auto annotations = AnnotationStore(view.store).list("", true);
    std::erase_if(annotations, [moment = moment_of(options.as_of.read())](const Annotation& annotation) {
        return !stands(annotation, moment);
    });
    annotate(rows, annotations);
    if (!options.period.empty()) {
        const auto period = read_period(options.period);
        std::erase_if(rows, [&](const Shown& row) { return row.observation.period != period; });
    }
    if (context.json || options.format == "json") {
        Json answer = Json::array();
        for (const auto& row : rows)
            answer.push_back(to_json(row));
        print_json(answer);
    } else if (options.format == "csv") {
        print_csv(rows);
    } else if (options.format == "jsonstat") {
        std::vector<Observation> observations;
        for (auto& row : rows)
            observations.push_back(std::move(row.observation));
        std::cout << render_jsonstat(observations);
    } else {
        print_table(rows);
    }
    return ExitCode::good;
}

std::vector<Shown> as_shown(const std::vector<Observation>& observations, int indicator = 0,
                            const Definition* definition = nullptr)
{
    std::vector<Shown> rows;
    for (const auto& observation : observations)
        rows.push_back({observation, indicator, definition});
    return rows;
}

/// A computed value as if it had been observed.
Observation as_observation(const Indicator& indicator, const Definition& definition, const Period& period,
                           const IndicatorValue& value)
{
    Observation seen;
    seen.dataset = fmt::format("indicator/{}", indicator.number);
    seen.label = definition.formula.text();
    seen.unit = definition.unit;
    seen.period = period;
    seen.value = value.value;
    seen.vintage = value.vintage;
    seen.published_at = value.published_at;
    seen.confidence = Confidence::stated;
    seen.observed_at = value.published_at;
    seen.correction = value.correction;
    return seen;
}

/// The observations of an indicator: those of the definition in force at the time asked about.
std::vector<Shown> get_indicator(const StoreView& view, const Indicator& indicator, const AsOf& as_of,
                                 Numbers numbers)
{
    const auto& definition = indicator.definition_at(as_of.published);
    if (definition.formula.plain())
        return as_shown(indicator_observations(view.store, indicator, as_of, numbers), indicator.number, &definition);
    std::vector<Shown> rows;
    for (const auto& [period, value] : indicator_series(view.store, view.catalogue, indicator, as_of, numbers).values)
        rows.push_back({as_observation(indicator, definition, period, value), indicator.number, &definition});
    return rows;
}

/// The set whose report was the newest then; nullptr when none was published yet, or no day was asked about.
const IndicatorSet* set_at(const Catalogue& catalogue, const std::optional<Time>& published)
{
    const IndicatorSet* newest = nullptr;
    for (const auto& set : catalogue.sets)
        if (published && set.published != Time() && set.published <= *published)
            newest = &set;
    return newest;
}

/// All indicators, and the numbers that were indicators of their own in the report of the day asked about.
std::vector<Shown> get_all(const StoreView& view, const AsOf& as_of, Numbers numbers)
{
    std::vector<Shown> all;
    for (const auto& indicator : view.catalogue.indicators) {
        const auto rows = get_indicator(view, indicator, as_of, numbers);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    const auto* set = set_at(view.catalogue, as_of.published);
    for (const auto& merged : set ? set->merged : std::vector<MergedNumber>()) {
        const auto* series = merged.formula.plain();
        if (!series || !ObservationStore(view.store).has(*series))
            continue;
        const auto rows = as_shown(current_observations(view.store, *series, as_of, numbers));
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

ExitCode get(Context& context, const GetOptions& options)
{
    const StoreView view(context);
    const auto as_of = options.as_of.read();
    if (const int number = indicator_number(options.selector))
        return print(context, view, options, get_indicator(view, view.indicator(number), as_of, options.numbers));
    if (!options.selector.empty())
        return print(
            context, view, options,
            as_shown(current_observations(view.store, Selector::parse(options.selector), as_of, options.numbers)));
    return print(context, view, options, get_all(view, as_of, options.numbers));
}

std::vector<Observation> versions_of(const StoreView& view, const Selector& selector)
{
    auto versions = ObservationStore(view.store).history(selector);
    mark_versions(versions, CorrectionStore(view.store).list(selector.dataset, true));
    return versions;
}

/// Every version of a computed indicator: each value where it differs from the publication before.
std::vector<Shown> computed_history(const StoreView& view, const Indicator& indicator)
{
    std::vector<Shown> rows;
    std::map<Period, std::pair<Value, int>> said;
    for (const auto& [published, values] : indicator_over_time(view.store, view.catalogue, indicator))
        for (const auto& [period, value] : values) {
            const std::pair now(value.value, value.definition);
            if (const auto before = said.find(period); before != said.end() && before->second == now)
                continue;
            said[period] = now;
            const auto& definition = indicator.definition(value.definition);
            rows.push_back({as_observation(indicator, definition, period, value), indicator.number, &definition});
        }
    return rows;
}

/// Every version under each definition, each definition over the publications it applies to.
std::vector<Shown> history_of(const StoreView& view, const Indicator& indicator)
{
    std::vector<Shown> rows;
    const bool is_computed = std::any_of(indicator.definitions.begin(), indicator.definitions.end(),
                                         [](const auto& definition) { return !definition.formula.plain(); });
    for (std::size_t i = 0; i < indicator.definitions.size() && !is_computed; ++i) {
        const auto& definition = indicator.definitions[i];
        if (!ObservationStore(view.store).has(*definition.formula.plain()))
            continue;
        for (auto& seen : versions_of(view, *definition.formula.plain())) {
            const bool later =
                i + 1 < indicator.definitions.size() && seen.published_at >= indicator.definitions[i + 1].from;
            if ((definition.reads_earlier_values || seen.published_at >= definition.from) && !later)
                rows.push_back({std::move(seen), indicator.number, &definition});
        }
    }
    if (is_computed)
        rows = computed_history(view, indicator);
    std::stable_sort(rows.begin(), rows.end(), [](const Shown& a, const Shown& b) {
        return std::tie(a.observation.period, a.observation.published_at) <
               std::tie(b.observation.period, b.observation.published_at);
    });
    return rows;
}

void print_definitions(const Indicator& indicator)
{
    for (std::size_t i = 1; i < indicator.definitions.size(); ++i) {
        const auto& definition = indicator.definitions[i];
        std::cout << fmt::format("definition {} (published from {}) is {} with definition {}: {}\n", definition.id,
                                 format_date(definition.from),
                                 definition.comparable_with_previous ? "comparable" : "not comparable",
                                 indicator.definitions[i - 1].id, definition.reason.en);
    }
}

ExitCode history(Context& context, const GetOptions& options)
{
    const StoreView view(context);
    const int number = indicator_number(options.selector);
    if (number == 0)
        return print(context, view, options, as_shown(versions_of(view, Selector::parse(options.selector))));
    const auto& indicator = view.indicator(number);
    print(context, view, options, history_of(view, indicator));
    if (!context.json && options.format == "table")
        print_definitions(indicator);
    return ExitCode::good;
}

void add_look_options(CLI::App& command, GetOptions& options, const std::set<std::string>& formats)
{
    command.add_option("--period", options.period, "Only this period");
    command.add_option("--format", options.format, "How to answer")
        ->check(CLI::IsMember(formats))
        ->capture_default_str();
}

} // namespace

void add_get(CLI::App& command, Context& context)
{
    auto options = std::make_shared<GetOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->selector,
                       "An indicator's number, or dataset{dimension=code|code,…}; all indicators when left out");
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    add_look_options(command, *options, {"table", "csv", "json", "jsonstat"});
    command.callback(
        [&context, options] { context.action = [&context, options] { return get(context, *options); }; });
}

void add_history(CLI::App& command, Context& context)
{
    auto options = std::make_shared<GetOptions>(); // lives as long as the callback
    command.add_option("SELECTOR", options->selector, "An indicator's number, or dataset{dimension=code|code,…}")
        ->required();
    add_look_options(command, *options, {"table", "csv", "json"});
    command.callback(
        [&context, options] { context.action = [&context, options] { return history(context, *options); }; });
}

} // namespace skurd
