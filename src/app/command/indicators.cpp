// The command indicators: the catalogue, and the history of one indicator in it.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"
#include "model/release.hpp"
#include "query/catalogue.hpp"
#include "query/target.hpp"
#include "report/report_text.hpp"
#include "store/catalogue_store.hpp"
#include "view/indicator_json.hpp"

#include <fmt/format.h>

#include <iostream>
#include <sstream>

namespace skurd {

namespace {

struct IndicatorsOptions {
    std::string number;
    int set = 0;
    bool versions = false;
    std::string catalogue;
    Language language = Language::nb;
};

/// The history of one.
class IndicatorDetails {
public:
    IndicatorDetails(const Catalogue& catalogue, const Indicator& indicator, Language language, std::size_t width)
        : catalogue_(catalogue), indicator_(indicator), language_(language), words_(language), width_(width)
    {
    }

    std::string text()
    {
        const auto& i = indicator_;
        const auto& today = i.definitions.back();
        out_ << format_printable("{}  {}\n", indicator_name(i.number), say(i.label_in(today)))
             << fmt::format("{}; {}; {}, {}; {}: {}; {}: {}; {}: {}\n", say(catalogue_.parts.at(i.part)),
                            word_text(i.type, language_), enum_text(today.kind.value_or(i.kind), language_),
                            words_.unit(today.unit), say({"ønsket retning", "desired direction"}),
                            enum_text(i.direction, language_), say({"målt fra", "baseline"}),
                            i.baseline_in(today).text(), say({"kilde", "source"}), i.source);
        print_sets();
        for (const auto& definition : i.definitions)
            print(definition);
        return fitted(out_.str(), width_);
    }

private:
    const std::string& say(const LocalizedText& text) const { return text.in(language_); }

    void print_sets()
    {
        TextTable table({{say({"sett", "set"}), TextTable::Align::right},
                         {say({"rapport", "report"})},
                         {say({"publisert", "published"})},
                         {say({"nummer", "number"}), TextTable::Align::right},
                         {"", TextTable::Align::left, TextTable::Fit::below}});
        for (const auto& set : catalogue_.sets) {
            std::string note;
            for (const auto& retired : set.retired)
                if (retired.indicator == indicator_.number)
                    note = say({"utgått: ", "retired: "}) + say(retired.reason);
            for (const auto& merged : set.merged)
                if (merged.into == indicator_.number)
                    note += fmt::format("{} {}: {}", say({"også nummer", "also number"}), merged.number,
                                        say(merged.label));
            for (const auto& revised : set.revised)
                if (revised.of == indicator_.number)
                    note += fmt::format("{} {}{}: {}", say({"også", "also"}), revised.number, revised.suffix,
                                        say(revised.reason));
            const auto number = set.number_of(indicator_.number);
            table.add({std::to_string(set.number), say(set.title),
                       set.published == Time() ? "–" : published_day(set.published, set.published_known),
                       number ? std::to_string(*number) : "–", note});
        }
        out_ << '\n' << table.text(width_);
    }

    void print(const Definition& definition)
    {
        out_ << format_printable("\n{} {}, {} {}: {}", say({"definisjon", "definition"}), definition.id,
                                 say({"publisert fra", "published from"}),
                                 published_day(definition.from, definition.from_known), definition.formula.text());
        const auto& today = indicator_.definitions.back();
        if (definition.unit != today.unit)
            out_ << ", " << words_.unit(definition.unit);
        if (!definition.price_base.empty())
            out_ << format_printable(", {} {}", say({"kroner av", "kroner of"}), definition.price_base);
        out_ << '\n';
        print_words(definition, today);
        if (definition.id > 1)
            out_ << format_printable(
                "    {} ({}): {}\n",
                definition.comparable_with_previous
                    ? say({"sammenlignbar med den før", "comparable with the one before"})
                    : say({"ikke sammenlignbar med den før", "not comparable with the one before"}),
                enum_text(definition.change, language_), say(definition.reason));
        for (const auto& one : definition.breaks)
            out_ << format_printable("    {} {} ({}): {}\n", say({"brudd fra", "break from"}), one.first_after.text(),
                                     one.comparable ? say({"sammenlignes likevel", "compared all the same"})
                                                    : say({"sammenlignes ikke", "not compared"}),
                                     say(one.reason));
        print_people({"antall svar", "respondents"}, definition.respondents);
        print_people({"av en populasjon på", "of a population of"}, definition.population);
    }

    /// What it says otherwise than the indicator does today.
    void print_words(const Definition& definition, const Definition& today)
    {
        if (indicator_.label_in(definition) != indicator_.label_in(today))
            out_ << format_printable("    {}: {}\n", say({"het da", "then called"}),
                                     say(indicator_.label_in(definition)));
        if (indicator_.baseline_in(definition) != indicator_.baseline_in(today))
            out_ << format_printable("    {} {}\n", say({"målt fra", "baseline"}),
                                     indicator_.baseline_in(definition).text());
        if (definition.judged_on == JudgedOn::level)
            out_ << format_printable(
                "    {}\n", say({"vurderes på nivået, ikke på endringen", "judged on its level, not on its change"}));
        if (definition.judged_on == JudgedOn::nothing)
            out_ << format_printable("    {}\n", say({"vurderes ikke", "is not judged"}));
    }

    void print_people(const LocalizedText& what, const PeopleCount& people)
    {
        std::vector<std::string> counts;
        if (people.each != 0)
            counts.push_back(std::to_string(people.each));
        for (const auto& [period, count] : people.in_period)
            counts.push_back(fmt::format("{} ({})", count, period.text()));
        if (!counts.empty())
            out_ << format_printable("    {}: {}\n", say(what), join(counts, ", "));
    }

    const Catalogue& catalogue_;
    const Indicator& indicator_;
    Language language_;
    ReportText words_;
    std::size_t width_; ///< 0 = any
    std::ostringstream out_;
};

ExitCode show_indicator(Context& context, const Catalogue& catalogue, const Indicator& indicator, Language language)
{
    if (context.json)
        print_json(indicator_json(catalogue, indicator));
    else
        std::cout << IndicatorDetails(catalogue, indicator, language, context.width()).text();
    return ExitCode::good;
}

/// Under which number it is today, where that is another.
std::string number_note(const CatalogueEntry& entry, Language language)
{
    const bool en = language == Language::en;
    if (entry.for_each)
        return fmt::format("{} {} ({})", en ? "one for each" : "én for hver", entry.for_each->dimension,
                           entry.expansions);
    if (entry.merged_into != 0)
        return fmt::format("{} {}", en ? "now part of" : "nå del av", entry.merged_into);
    if (entry.number != entry.indicator->number)
        return fmt::format("{} {}", en ? "now" : "nå", indicator_name(entry.indicator->number));
    return "";
}

ExitCode list_indicators(Context& context, const std::vector<CatalogueEntry>& entries, Language language)
{
    if (context.json) {
        print_json_list(entries);
        return ExitCode::good;
    }
    const bool en = language == Language::en;
    TextTable table({{en ? "no" : "nr", TextTable::Align::right},
                     {en ? "indicator" : "indikator"},
                     {"type", TextTable::Align::left, TextTable::Fit::wide_only},
                     {en ? "kind" : "slag", TextTable::Align::left, TextTable::Fit::wide_only},
                     {en ? "unit" : "enhet"},
                     {en ? "direction" : "retning"},
                     {en ? "source" : "kilde"},
                     {""}});
    const ReportText words(language);
    for (const auto& entry : entries) {
        const auto& definition = *entry.definition;
        table.add({std::to_string(entry.number), entry.label.in(language), word_text(entry.indicator->type, language),
                   enum_text(definition.kind.value_or(entry.indicator->kind), language), words.unit(definition.unit),
                   enum_text(entry.indicator->direction, language), entry.indicator->source,
                   number_note(entry, language)});
    }
    std::cout << table.text(context.width())
              << fmt::format("\n{} {}\n", entries.size(), en ? "indicators" : "indikatorer");
    return ExitCode::good;
}

ExitCode list_versions(Context& context, Language language)
{
    const ReadContext read(context);
    const auto versions = CatalogueStore(read.store).list();
    if (context.json) {
        print_json_list(versions);
        return ExitCode::good;
    }
    const bool en = language == Language::en;
    TextTable table({{en ? "catalogue" : "katalog"}, {en ? "stored" : "lagret"}, {""}});
    for (const auto& version : versions)
        table.add({version.hash.substr(0, 16), format_time(version.stored_at),
                   !version.current ? ""
                   : en             ? "current"
                                    : "gjeldende"});
    std::cout << (!table.empty() ? table.text(context.width())
                  : en           ? "no catalogue is stored yet\n"
                                 : "ingen katalog er lagret ennå\n");
    return ExitCode::good;
}

/// The installation's own, with what its templates stand for in the store, if there is one; or an older version.
Catalogue asked_catalogue(Context& context, const IndicatorsOptions& options)
{
    if (!options.catalogue.empty())
        return stored_catalogue(ReadContext(context).store, options.catalogue);
    auto catalogue = load_catalogue(context.installation());
    if (const auto store = store_if_there(context))
        expand_catalogue(catalogue, *store);
    return catalogue;
}

ExitCode indicators(Context& context, const IndicatorsOptions& options)
{
    if (options.versions)
        return list_versions(context, options.language);
    const auto catalogue = asked_catalogue(context, options);
    if (options.number.empty())
        return list_indicators(context,
                               options.set == 0 ? catalogue_entries(catalogue)
                                                : catalogue_entries(catalogue, find_set(catalogue, options.set)),
                               options.language);
    return show_indicator(context, catalogue, find_indicator(catalogue, options.number), options.language);
}

} // namespace

void add_indicators(CLI::App& command, Context& context)
{
    auto options = std::make_shared<IndicatorsOptions>(); // lives as long as the callback
    command.add_option("NUMBER", options->number, "The history of that indicator; all of them when left out");
    command.add_option("--set", options->set, "Only those of that set, under the numbers it used");
    command.add_flag("--versions", options->versions, "The versions of the catalogue the store has seen");
    command.add_option("--catalogue", options->catalogue, "As an older version had it: the beginning of its hash");
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return indicators(context, *options); }; });
}

} // namespace skurd
