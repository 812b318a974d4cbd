// The command why: the whole working of an indicator's numbers.
#include "app/commands.hpp"
#include "app/observation_output.hpp"
#include "app/options.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/indicator_name.hpp"
#include "model/other_figures.hpp"
#include "model/release.hpp"
#include "query/target.hpp"
#include "query/working.hpp"
#include "view/indicator_json.hpp"

#include <fmt/format.h>

#include <iostream>
#include <set>

namespace skurd {

namespace {

struct WhyOptions {
    std::string indicator;
    Language language = Language::nb;
    AsOfOptions as_of;
    Numbers numbers = Numbers::published;
};

std::string decimal_text(const std::optional<Decimal>& number)
{
    return number ? number->text() : "";
}

/// The working for people, in one language.
class WorkingPrinter {
public:
    WorkingPrinter(const IndicatorWorking& working, Language language) : working_(working), language_(language) {}

    void print() const
    {
        const auto& indicator = *working_.indicator;
        const auto& definition = *working_.definition;
        std::cout << fmt::format("{}  {}\n", indicator_name(indicator.number),
                                 indicator.label_in(definition).in(language_))
                  << fmt::format("{}, {}, {}: {}; {}: {}; {}: {}\n\n",
                                 to_string(definition.kind.value_or(indicator.kind)), definition.unit,
                                 say("ønsket retning", "desired direction"), to_string(indicator.direction),
                                 say("kilde", "source"), indicator.source, say("formel", "formula"),
                                 definition.formula.text());
        print_values();
        print_inputs();
        print_verdicts();
        print_earlier();
        print_annotations();
        print_definitions();
    }

private:
    const char* say(const char* nb, const char* en) const { return language_ == Language::nb ? nb : en; }

    /// The beginning of the hash of the bytes that a vintage was made from.
    std::string payload_of(std::int64_t vintage) const
    {
        constexpr std::size_t shown = 12;
        const auto known = working_.vintages.find(vintage);
        return known == working_.vintages.end() ? "" : known->second.payload_hash.substr(0, shown);
    }

    void print_values() const
    {
        TextTable values({{say("periode", "period")},
                          {say("verdi", "value"), TextTable::Align::right},
                          {"status"},
                          {say("publisert", "published")},
                          {say("utgave", "vintage"), TextTable::Align::right},
                          {"payload"}});
        for (const auto& [period, value] : working_.series.values)
            values.add({period.text(), decimal_text(value.value.number),
                        marked(value.value.symbol.text, value.correction != nullptr),
                        published_day(value.published_at, value.confidence), std::to_string(value.vintage),
                        payload_of(value.vintage)});
        std::cout << values.text();
        for (const auto& [period, value] : working_.series.values)
            print_value_notes(period, value);
        std::cout << '\n';
    }

    void print_value_notes(const Period& period, const IndicatorValue& value) const
    {
        if (value.correction)
            std::cout << fmt::format(
                "{} {}: {}\n", correction_mark, period.text(),
                correction_text(*value.correction, is_corrected(value.value, *value.correction), language_));
        if (const auto others = other_figures(value); !others.empty())
            std::cout << fmt::format("{}: {}\n", period.text(), others.in(language_));
        const auto& missing = value.formula_error.empty() ? value.missing : value.formula_error;
        if (!missing.empty())
            std::cout << fmt::format("{}: {}\n", period.text(), missing.en);
    }

    /// What computed values are made from.
    void print_inputs() const
    {
        TextTable inputs({{say("periode", "period")},
                          {say("laget av", "made from")},
                          {say("for", "of")},
                          {say("verdi", "value"), TextTable::Align::right},
                          {say("publisert", "published")},
                          {say("utgave", "vintage"), TextTable::Align::right},
                          {"payload"}});
        for (const auto& [period, value] : working_.series.values)
            for (const auto& input : value.inputs)
                inputs.add({period.text(), input.name, input.period.text(), decimal_text(input.value.number),
                            published_day(input.published_at, input.confidence), std::to_string(input.vintage),
                            payload_of(input.vintage)});
        if (!inputs.empty())
            std::cout << inputs.text() << '\n';
    }

    void print_verdicts() const
    {
        if (working_.definition->judged_on == JudgedOn::nothing)
            std::cout << say("Indikatoren vurderes ikke.\n", "The indicator is not judged.\n");
        std::set<std::string> printed; // with one year since the baseline the three comparisons are one
        for (const auto& verdict : working_.verdicts) {
            const auto line = fmt::format("{} → {}  {}  [{}]\n", verdict.from.text(), verdict.to.text(),
                                          verdict.sentence.in(language_), verdict.rule);
            if (!printed.insert(line).second)
                continue;
            std::cout << line;
            if (!verdict.caveat.in(language_).empty())
                std::cout << fmt::format("    {}: {}\n", say("sammenlignes likevel", "compared all the same"),
                                         verdict.caveat.in(language_));
            if (verdict.provisional)
                std::cout << fmt::format("    {}\n", say("foreløpig tall; dømmes på nytt når det er endelig",
                                                         "a provisional figure; judged again when it is final"));
        }
    }

    /// As far as it is known by what was published then.
    std::string published_text(Time published) const
    {
        for (const auto& [id, vintage] : working_.vintages)
            if (vintage.published.published_at == published)
                return published_day(published, vintage.published.confidence);
        return format_date(published);
    }

    /// Only where some earlier publication stated something else than is stated now.
    void print_earlier() const
    {
        std::set<std::string> now;
        for (const auto& verdict : working_.verdicts)
            now.insert(verdict.sentence.en);
        TextTable earlier({{say("publisert", "published")},
                           {say("fra", "from")},
                           {say("til", "to")},
                           {say("dom med tallene fra da", "verdict on the figures of then")}});
        std::set<std::string> printed;
        for (const auto& [published, verdict] : working_.earlier) {
            const auto& sentence = verdict.sentence.in(language_);
            const auto key = format_time(published) + verdict.from.text() + verdict.to.text() + sentence;
            if (!now.contains(verdict.sentence.en) && printed.insert(key).second)
                earlier.add({published_text(published), verdict.from.text(), verdict.to.text(), sentence});
        }
        if (!earlier.empty())
            std::cout << '\n' << earlier.text();
    }

    void print_annotations() const
    {
        for (const auto& one : working_.annotations)
            std::cout << fmt::format("\n* {}: {}\n", target_text(one), annotation_text(one));
    }

    void print_definitions() const
    {
        const auto& definitions = working_.indicator->definitions;
        for (std::size_t i = 1; i < definitions.size(); ++i) {
            const auto& definition = definitions[i];
            if (definition.id > working_.definition->id)
                break; // not yet, as of the day asked about
            const auto* comparable = definition.comparable_with_previous
                                         ? say("sammenlignbar", "comparable")
                                         : say("ikke sammenlignbar", "not comparable");
            std::cout << fmt::format("\n{} {}, {} {}: {} {} {}: {}\n", say("definisjon", "definition"), definition.id,
                                     say("publisert fra", "published from"),
                                     published_day(definition.from, definition.from_known), comparable,
                                     say("med definisjon", "with definition"), definitions[i - 1].id,
                                     definition.reason.in(language_));
        }
    }

    const IndicatorWorking& working_;
    Language language_;
};

ExitCode why(Context& context, const WhyOptions& options)
{
    const ReadContext read(context);
    const auto working =
        indicator_working(read.store, read.catalogue, find_indicator(read.catalogue, options.indicator),
                          options.as_of.read(), options.numbers);
    if (context.json)
        print_json(to_json(working));
    else
        WorkingPrinter(working, options.language).print();
    return ExitCode::good;
}

} // namespace

void add_why(CLI::App& command, Context& context)
{
    auto options = std::make_shared<WhyOptions>(); // lives as long as the callback
    command.add_option("INDICATOR", options->indicator, "Its number")->required();
    options->as_of.add_to(command);
    add_corrected(command, options->numbers);
    add_language(command, options->language);
    command.callback(
        [&context, options] { context.action = [&context, options] { return why(context, *options); }; });
}

} // namespace skurd
