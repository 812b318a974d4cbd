// The command why: the whole working of an indicator's numbers.
#include "app/commands.hpp"
#include "app/observation_output.hpp"
#include "app/options.hpp"
#include "base/text.hpp"
#include "base/text_layout.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "model/enum_text.hpp"
#include "model/indicator_name.hpp"
#include "model/other_figures.hpp"
#include "model/release.hpp"
#include "query/target.hpp"
#include "query/working.hpp"
#include "report/report_text.hpp"
#include "view/indicator_json.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// The working for people, in one language.
class WorkingPrinter {
public:
    WorkingPrinter(const IndicatorWorking& working, Language language, std::size_t width)
        : working_(working), language_(language), words_(language), width_(width)
    {
    }

    void print() const
    {
        const auto& indicator = *working_.indicator;
        const auto& definition = *working_.definition;
        print_line(
            fmt::format("{}  {}", indicator_name(indicator.number), indicator.label_in(definition).in(language_)));
        print_line(fmt::format("{}, {}; {}: {}; {}: {}; {}: {}",
                               enum_text(definition.kind.value_or(indicator.kind), language_),
                               words_.unit(definition.unit), say("ønsket retning", "desired direction"),
                               enum_text(indicator.direction, language_), say("kilde", "source"), indicator.source,
                               say("formel", "formula"), definition.formula.text()));
        std::cout << '\n';
        print_values();
        print_inputs();
        print_verdicts();
        print_earlier_figures();
        print_earlier();
        print_annotations();
        print_definitions();
    }

private:
    const char* say(const char* nb, const char* en) const { return language_ == Language::nb ? nb : en; }

    /// A line of text, on several lines where it is wider than asked for; those after the first are indented.
    void print_line(const std::string& text, std::size_t indent = 0) const
    {
        std::cout << hanging(text, width_, spaces(indent), spaces(indent == 0 ? 4 : indent));
    }

    std::string number(const std::optional<Decimal>& number) const
    {
        return number ? number_text(*number, language_) : "";
    }

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
                          {say("innhold", "payload"), TextTable::Align::left, TextTable::Fit::wide_only}});
        for (const auto& [period, value] : working_.series.values)
            values.add({period.text(), number(value.value.number),
                        marked(value.value.symbol.text, value.correction != nullptr),
                        published_day(value.published_at, value.confidence), std::to_string(value.vintage),
                        payload_of(value.vintage)});
        std::cout << values.text(width_);
        for (const auto& [period, value] : working_.series.values)
            print_value_notes(period, value);
        std::cout << '\n';
    }

    void print_value_notes(const Period& period, const IndicatorValue& value) const
    {
        if (value.correction)
            print_line(fmt::format(
                "{} {}: {}", correction_mark, period.text(),
                correction_text(*value.correction, is_corrected(value.value, *value.correction), language_)));
        if (const auto others = other_figures(value); !others.empty())
            print_line(fmt::format("{}: {}", period.text(), others.in(language_)));
        const auto& missing = value.formula_error.empty() ? value.missing : value.formula_error;
        if (!missing.empty())
            print_line(fmt::format("{}: {}", period.text(), missing.in(language_)));
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
                          {say("innhold", "payload"), TextTable::Align::left, TextTable::Fit::wide_only}});
        for (const auto& [period, value] : working_.series.values)
            for (const auto& input : value.inputs)
                inputs.add({period.text(), input.name, input.period.text(), number(input.value.number),
                            published_day(input.published_at, input.confidence), std::to_string(input.vintage),
                            payload_of(input.vintage)});
        if (!inputs.empty())
            std::cout << inputs.text(width_) << '\n';
    }

    void print_verdicts() const
    {
        if (working_.definition->judged_on == JudgedOn::nothing)
            std::cout << say("Indikatoren vurderes ikke.\n", "The indicator is not judged.\n");
        std::set<std::string> printed; // with one year since the baseline the three comparisons are one
        for (const auto& verdict : working_.verdicts) {
            const auto line = fmt::format("{} → {}  {}  [{}]", verdict.from.text(), verdict.to.text(),
                                          verdict.sentence.in(language_), rule_words(verdict));
            if (!printed.insert(line).second)
                continue;
            print_line(line);
            if (!verdict.caveat.in(language_).empty())
                print_line(fmt::format("{}: {}", say("sammenlignes likevel", "compared all the same"),
                                       verdict.caveat.in(language_)),
                           4);
            if (verdict.provisional)
                print_line(say("foreløpig tall; dømmes på nytt når det er endelig",
                               "a provisional figure; judged again when it is final"),
                           4);
        }
    }

    /// The rule with its limits: "change/1 ±2.5 percent".
    std::string rule_words(const Verdict& verdict) const
    {
        if (language_ == Language::en)
            return verdict.rule;
        auto text = replace_all(verdict.rule, "change/", "endring/");
        for (const auto& [en, nb] : {std::pair("points", "prosentpoeng"), std::pair("percent", "prosent"),
                                     std::pair("level >", "nivå >"), std::pair(".", ",")})
            text = replace_all(text, en, nb);
        return text;
    }

    /// What a period's figure was before, until when, why it was changed, and what it did to the verdicts.
    void print_earlier_figures() const
    {
        if (!working_.earlier_figures.empty())
            std::cout << '\n';
        for (const auto& figure : working_.earlier_figures) {
            const auto reason = figure.reason.empty() ? say("uten oppgitt grunn", "no reason given")
                                                      : figure.reason.in(language_).c_str();
            print_line(
                fmt::format("{} {} {} {} {} {} {}, {}: {}", figure.period.text(), say("var", "was"),
                            number_text(figure.number, language_), say("fra", "from"),
                            published_text(figure.published), say("til", "until"), published_text(figure.until),
                            figure.then ? say("da det ble ", "when it became ") + number_text(*figure.then, language_)
                                        : std::string(say("da det ble trukket", "when it was withdrawn")),
                            definition_changed(figure) ? definition_reason(figure) : std::string(reason)));
            print_verdicts_with(figure);
        }
    }

    /// Whether the figure was another definition's than the period's figure is now.
    bool definition_changed(const EarlierFigure& figure) const
    {
        const auto now = working_.series.values.find(figure.period);
        return now != working_.series.values.end() && now->second.definition != figure.definition;
    }

    std::string definition_reason(const EarlierFigure& figure) const
    {
        std::string text = say("ny definisjon", "a new definition");
        for (const auto& definition : working_.indicator->definitions)
            if (definition.id > figure.definition && definition.id <= working_.definition->id &&
                !definition.reason.empty())
                return text + ": " + definition.reason.in(language_);
        return text;
    }

    /// What the figure would make of today's comparisons, each once.
    void print_verdicts_with(const EarlierFigure& figure) const
    {
        std::set<std::string> printed;
        for (const auto& verdict : figure.verdicts) {
            const auto same =
                std::find_if(working_.verdicts.begin(), working_.verdicts.end(), [&](const Verdict& now) {
                    return now.comparison == verdict.comparison && now.from == verdict.from && now.to == verdict.to;
                });
            if (verdict.outcome == Outcome::not_comparable || same == working_.verdicts.end())
                continue;
            const auto* effect = same->outcome == verdict.outcome ? say("samme dom", "the same verdict")
                                                                  : say("en annen dom", "another verdict");
            const auto line =
                fmt::format("{} {}: {} → {}  {}: {}", say("med", "with"), number_text(figure.number, language_),
                            verdict.from.text(), verdict.to.text(), verdict.sentence.in(language_), effect);
            if (printed.insert(line).second)
                print_line(line, 4);
        }
        if (printed.empty())
            print_line(say("ingen dom i dag bruker tallet", "no verdict of today rests on it"), 4);
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
                           {say("dom med tallene fra da", "verdict on the figures of then"), TextTable::Align::left,
                            TextTable::Fit::below}});
        std::set<std::string> printed;
        for (const auto& [published, verdict] : working_.earlier) {
            const auto& sentence = verdict.sentence.in(language_);
            const auto key = format_time(published) + verdict.from.text() + verdict.to.text() + sentence;
            if (!now.contains(verdict.sentence.en) && printed.insert(key).second)
                earlier.add({published_text(published), verdict.from.text(), verdict.to.text(), sentence});
        }
        if (!earlier.empty())
            std::cout << '\n' << earlier.text(width_);
    }

    void print_annotations() const
    {
        if (!working_.annotations.empty())
            std::cout << '\n';
        for (const auto& one : working_.annotations)
            print_line(fmt::format("* {}: {}", target_text(one), annotation_text(one, language_)));
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
            std::cout << '\n';
            print_line(fmt::format("{} {}, {} {}: {} {} {}: {}", say("definisjon", "definition"), definition.id,
                                   say("publisert fra", "published from"),
                                   published_day(definition.from, definition.from_known), comparable,
                                   say("med definisjon", "with definition"), definitions[i - 1].id,
                                   definition.reason.in(language_)));
        }
    }

    const IndicatorWorking& working_;
    Language language_;
    ReportText words_;
    std::size_t width_; ///< 0 = any
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
        WorkingPrinter(working, options.language, context.width()).print();
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
