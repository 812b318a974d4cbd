// The command indicators: the catalogue, and the life of one indicator in it.
#include "app/commands.hpp"
#include "app/table.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue.hpp"
#include "model/indicator.hpp"
#include "model/stored_catalogue.hpp"
#include "query/catalogue.hpp"
#include "store/catalogue_store.hpp"
#include "store/store_session.hpp"

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

struct IndicatorsOptions {
    int number = 0;
    int set = 0;
    bool versions = false;
    std::string catalogue;
    std::string language = "nb";
};

bool is_in(const IndicatorSet& set, int number)
{
    return std::binary_search(set.members.begin(), set.members.end(), number);
}

int number_in(const IndicatorSet& set, int number)
{
    const auto other = set.numbers.find(number);
    return other == set.numbers.end() ? number : other->second;
}

Json words_json(const LocalizedText& words)
{
    return {{"nb", words.nb}, {"en", words.en}};
}

Json summary_json(const Indicator& indicator)
{
    const auto& definition = indicator.definitions.back();
    return {{"indicator", indicator.number},
            {"label", words_json(indicator.label)},
            {"part", indicator.part},
            {"type", indicator.type},
            {"kind", to_string(definition.kind.value_or(indicator.kind))},
            {"unit", definition.unit},
            {"direction", to_string(indicator.direction)},
            {"baseline", indicator.baseline.text()},
            {"source", indicator.source},
            {"formula", definition.formula.text()}};
}

Json definition_json(const Definition& definition)
{
    Json row = {
        {"definition", definition.id},
        {"published_from", format_date(definition.from)},
        {"formula", definition.formula.text()},
        {"unit", definition.unit},
        {"price_base", definition.price_base},
        {"change", to_string(definition.change)},
        {"comparable_with_previous", definition.id == 1 ? Json(nullptr) : Json(definition.comparable_with_previous)},
        {"reason", words_json(definition.reason)},
        {"breaks", Json::array()},
        {"respondents", Json::object()}};
    for (const auto& one : definition.breaks)
        row["breaks"].push_back(
            {{"from", one.first_after.text()}, {"comparable", one.comparable}, {"reason", words_json(one.reason)}});
    if (definition.respondents.each != 0)
        row["respondents"]["each"] = definition.respondents.each;
    for (const auto& [period, count] : definition.respondents.in_period)
        row["respondents"][period.text()] = count;
    return row;
}

/// What each set has to say of the number.
Json sets_json(const Catalogue& catalogue, int number)
{
    Json all = Json::array();
    for (const auto& set : catalogue.sets) {
        Json row = {{"set", set.number},
                    {"title", words_json(set.title)},
                    {"published", set.published == Time() ? Json(nullptr) : Json(format_date(set.published))},
                    {"number", is_in(set, number) ? Json(number_in(set, number)) : Json(nullptr)},
                    {"merged", Json::array()},
                    {"retired", nullptr}};
        for (const auto& merged : set.merged)
            if (merged.into == number)
                row["merged"].push_back({{"number", merged.number}, {"label", words_json(merged.label)}});
        for (const auto& retired : set.retired)
            if (retired.indicator == number)
                row["retired"] = words_json(retired.reason);
        all.push_back(std::move(row));
    }
    return all;
}

/// The whole life of one.
class IndicatorDetails {
public:
    IndicatorDetails(const Catalogue& catalogue, const Indicator& indicator, Language language)
        : catalogue_(catalogue), indicator_(indicator), en_(language == Language::en)
    {
    }

    void print() const
    {
        const auto& i = indicator_;
        std::cout << fmt::format("{}  {}\n", i.number, say(i.label))
                  << fmt::format("{}; {}; {}, {}; {}: {}; {}: {}; {}: {}\n", say(catalogue_.parts.at(i.part)), i.type,
                                 to_string(i.kind), i.unit, say({"ønsket retning", "desired direction"}),
                                 to_string(i.direction), say({"målt fra", "baseline"}), i.baseline.text(),
                                 say({"kilde", "source"}), i.source);
        print_sets();
        for (const auto& definition : i.definitions)
            print(definition);
    }

private:
    const std::string& say(const LocalizedText& words) const { return en_ ? words.en : words.nb; }

    void print_sets() const
    {
        Table table({{say({"sett", "set"}), Table::Align::right},
                     {say({"rapport", "report"})},
                     {say({"publisert", "published"})},
                     {say({"nummer", "number"}), Table::Align::right},
                     {""}});
        for (const auto& set : catalogue_.sets) {
            std::string remark;
            for (const auto& retired : set.retired)
                if (retired.indicator == indicator_.number)
                    remark = say({"utgått: ", "retired: "}) + say(retired.reason);
            for (const auto& merged : set.merged)
                if (merged.into == indicator_.number)
                    remark += fmt::format("{} {}: {}", say({"også nummer", "also number"}), merged.number,
                                          say(merged.label));
            const bool member = is_in(set, indicator_.number);
            table.add({std::to_string(set.number), say(set.title),
                       set.published == Time() ? "–" : format_date(set.published),
                       member ? std::to_string(number_in(set, indicator_.number)) : "–", remark});
        }
        std::cout << '\n' << table.text();
    }

    void print(const Definition& definition) const
    {
        std::cout << fmt::format("\n{} {}, {} {}: {}", say({"definisjon", "definition"}), definition.id,
                                 say({"publisert fra", "published from"}), format_date(definition.from),
                                 definition.formula.text());
        if (definition.unit != indicator_.unit)
            std::cout << ", " << definition.unit;
        if (!definition.price_base.empty())
            std::cout << fmt::format(", {} {}", say({"kroner av", "kroner of"}), definition.price_base);
        std::cout << '\n';
        if (definition.id > 1)
            std::cout << fmt::format(
                "    {} ({}): {}\n",
                definition.comparable_with_previous
                    ? say({"sammenlignbar med den før", "comparable with the one before"})
                    : say({"ikke sammenlignbar med den før", "not comparable with the one before"}),
                to_string(definition.change), say(definition.reason));
        for (const auto& one : definition.breaks)
            std::cout << fmt::format("    {} {} ({}): {}\n", say({"brudd fra", "break from"}), one.first_after.text(),
                                     one.comparable ? say({"sammenlignes likevel", "compared all the same"})
                                                    : say({"sammenlignes ikke", "not compared"}),
                                     say(one.reason));
        if (definition.respondents.each != 0)
            std::cout << fmt::format("    {}: {}\n", say({"antall svar", "respondents"}),
                                     definition.respondents.each);
    }

    const Catalogue& catalogue_;
    const Indicator& indicator_;
    bool en_;
};

ExitCode show_one(Context& context, const Catalogue& catalogue, const Indicator& indicator, Language language)
{
    if (!context.json) {
        IndicatorDetails(catalogue, indicator, language).print();
        return ExitCode::good;
    }
    auto answer = summary_json(indicator);
    answer["definitions"] = Json::array();
    for (const auto& definition : indicator.definitions)
        answer["definitions"].push_back(definition_json(definition));
    answer["sets"] = sets_json(catalogue, indicator.number);
    print_json(answer);
    return ExitCode::good;
}

ExitCode list(Context& context, const Catalogue& catalogue, const IndicatorSet* set, Language language)
{
    const bool en = language == Language::en;
    struct Row {
        int number;
        const Indicator* indicator;
        const LocalizedText* label;
        int merged_into;
    };
    std::vector<Row> rows;
    for (const auto& indicator : catalogue.indicators)
        if (!set || is_in(*set, indicator.number))
            rows.push_back(
                {set ? number_in(*set, indicator.number) : indicator.number, &indicator, &indicator.label, 0});
    if (set)
        for (const auto& merged : set->merged)
            rows.push_back({merged.number, catalogue.find(merged.into), &merged.label, merged.into});
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    Json answer = Json::array();
    Table table({{en ? "no" : "nr", Table::Align::right},
                 {en ? "indicator" : "indikator"},
                 {en ? "kind" : "slag"},
                 {en ? "unit" : "enhet"},
                 {en ? "direction" : "retning"},
                 {en ? "source" : "kilde"},
                 {""}});
    for (const auto& row : rows) {
        auto object = summary_json(*row.indicator);
        object["number"] = row.number;
        object["label"] = words_json(*row.label);
        object["merged_into"] = row.merged_into == 0 ? Json(nullptr) : Json(row.merged_into);
        answer.push_back(std::move(object));
        std::string remark;
        if (row.merged_into != 0)
            remark = fmt::format("{} {}", en ? "now part of" : "nå del av", row.merged_into);
        else if (row.number != row.indicator->number)
            remark = fmt::format("{} {}", en ? "now" : "nå", row.indicator->number);
        const auto& definition = row.indicator->definitions.back();
        table.add({std::to_string(row.number), en ? row.label->en : row.label->nb,
                   std::string(to_string(definition.kind.value_or(row.indicator->kind))), definition.unit,
                   std::string(to_string(row.indicator->direction)), row.indicator->source, remark});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << table.text() << fmt::format("\n{} {}\n", rows.size(), en ? "indicators" : "indikatorer");
    return ExitCode::good;
}

ExitCode list_versions(Context& context, const StoreSession& store)
{
    Json answer = Json::array();
    Table table({{"catalogue"}, {"kept"}, {"", Table::Align::left}});
    for (const auto& kept : CatalogueStore(store).list()) {
        answer.push_back({{"catalogue", kept.hash}, {"kept", format_time(kept.kept_at)}, {"current", kept.current}});
        table.add({kept.hash.substr(0, 16), format_time(kept.kept_at), kept.current ? "current" : ""});
    }
    if (context.json)
        print_json(answer);
    else
        std::cout << (table.empty() ? "no catalogue is kept yet\n" : table.text());
    return ExitCode::good;
}

/// An older version as it is kept in the store, named by the beginning of its hash.
Catalogue kept_catalogue(const StoreSession& store, const std::string& beginning)
{
    std::vector<StoredCatalogue> found;
    for (auto& kept : CatalogueStore(store).list())
        if (beginning.size() >= 4 && kept.hash.starts_with(beginning))
            found.push_back(std::move(kept));
    if (found.size() != 1)
        throw usage_error("'{}' names {} kept versions of the catalogue: see skurd indicators --versions", beginning,
                          found.empty() ? "none of the" : "several");
    std::vector<EmbeddedFile> files;
    for (const auto& [name, body] : CatalogueStore(store).files(found.front().hash))
        files.push_back({name, body});
    if (files.empty())
        throw error("this version of the catalogue was kept by an older skurd, without its files");
    return read_catalogue(files, found.front().hash);
}

ExitCode indicators(Context& context, const IndicatorsOptions& options)
{
    const auto language = from_word<Language>(options.language).value();
    if (options.versions)
        return list_versions(context, StoreView(context).store);
    const auto catalogue = options.catalogue.empty() ? load_catalogue(context.installation())
                                                     : kept_catalogue(StoreView(context).store, options.catalogue);
    if (options.number != 0) {
        const auto* indicator = catalogue.find(options.number);
        if (!indicator)
            throw usage_error("there is no indicator {} (see `skurd indicators`)", options.number);
        return show_one(context, catalogue, *indicator, language);
    }
    const auto* set = options.set == 0 ? nullptr : catalogue.set(options.set);
    if (options.set != 0 && !set)
        throw usage_error("there is no indicator set {}", options.set);
    return list(context, catalogue, set, language);
}

} // namespace

void add_indicators(CLI::App& command, Context& context)
{
    auto options = std::make_shared<IndicatorsOptions>(); // lives as long as the callback
    command.add_option("NUMBER", options->number, "The whole life of that indicator; all of them when left out");
    command.add_option("--set", options->set, "Only those of that set, under the numbers it used");
    command.add_flag("--versions", options->versions, "The versions of the catalogue the store has seen");
    command.add_option("--catalogue", options->catalogue, "As an older version had it: the beginning of its hash");
    command.add_option("--lang", options->language, "nb or en")
        ->check(CLI::IsMember({"nb", "en"}))
        ->capture_default_str();
    command.callback(
        [&context, options] { context.action = [&context, options] { return indicators(context, *options); }; });
}

} // namespace skurd
