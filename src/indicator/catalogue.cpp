#include "indicator/catalogue.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/catalogue_reader.hpp"
#include "indicator/formula.hpp"
#include "indicator/quantity.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr auto sets_file = "sets.toml";

/// Where each number was first met, so that the second can say so.
using Places = std::map<int, std::string>;

void claim(Places& places, int number, const Section& section, std::string_view what)
{
    const auto [place, is_new] = places.emplace(number, section.where("number"));
    if (!is_new)
        section.fail("number", fmt::format("there is {} {} already, at {}", what, number, place->second));
}

[[noreturn]] void refuse_empty(const std::vector<EmbeddedFile>& files, const char* missing)
{
    std::vector<std::string> names;
    for (const auto& file : files)
        names.push_back(file.name);
    throw usage_error("the catalogue has no [[{}]] in its files ({}): add one, or use the catalogue that comes with "
                      "skurd",
                      missing, names.empty() ? "none" : join(names, ", "));
}

/// Reads on after a mistake, so that all are found; what has one is left out.
class CatalogueReader {
public:
    CatalogueReader(const std::vector<EmbeddedFile>& files, std::string hash) : files_(files)
    {
        catalogue_.hash = std::move(hash);
    }

    void read()
    {
        for (const auto& file : files_)
            if (!file.name.ends_with(sets_file))
                attempt([&] { read_part(file); });
        auto& indicators = catalogue_.indicators;
        attempt([&] {
            if (indicators.empty() && mistakes_.empty())
                refuse_empty(files_, "indicator");
        });
        std::sort(indicators.begin(), indicators.end(),
                  [](const auto& a, const auto& b) { return a.number < b.number; });
        for (const auto& indicator : indicators)
            attempt([&] { check_formulas(indicator); });
        // Members of sets that could not be read would be mistakes of the sets too.
        if (!mistakes_.empty())
            return;
        for (const auto& file : files_)
            if (file.name.ends_with(sets_file))
                attempt([&] { read_sets(file); });
        attempt([&] {
            if (catalogue_.sets.empty() && mistakes_.empty())
                refuse_empty(files_, "set");
        });
    }

    const std::vector<std::string>& mistakes() const { return mistakes_; }
    Catalogue take() { return std::move(catalogue_); }

private:
    template <typename Work>
    void attempt(Work work)
    {
        try {
            work();
        } catch (const Error& failure) {
            mistakes_.emplace_back(failure.what());
        }
    }

    void read_part(const EmbeddedFile& file)
    {
        auto root = Section::parse(file.bytes, file.name);
        auto part = root.require_table("part");
        const auto id = require_choice(
            part, "id", {"overall input", "societal effects", "goal 1", "goal 2", "goal 3", "goal 4", "goal 5"});
        const LocalizedText heading = {part.require_string("nb"), part.require_string("en")};
        if (!catalogue_.parts.emplace(id, heading).second)
            part.fail("id", fmt::format("another file holds the part '{}' already", id));
        const auto found_before = mistakes_.size();
        for (auto& section : root.get_tables("indicator"))
            attempt([&] {
                auto indicator = read_indicator(section, id);
                claim(numbers_, indicator.number, section, "an indicator");
                catalogue_.indicators.push_back(std::move(indicator));
            });
        // A table that was left in the middle has keys that nobody asked for.
        if (mistakes_.size() == found_before)
            root.reject_unknown_keys();
    }

    void read_sets(const EmbeddedFile& file)
    {
        auto root = Section::parse(file.bytes, file.name);
        if (root.has("prices")) {
            auto prices = root.require_table("prices");
            catalogue_.price_index = require_formula(prices, "index");
        }
        Places places;
        for (auto& section : root.get_tables("set")) {
            auto& sets = catalogue_.sets;
            auto set = read_set(section, catalogue_, sets.empty() ? nullptr : &sets.back());
            claim(places, set.number, section, "a set");
            if (!sets.empty() && set.number < sets.back().number)
                section.fail("number", "sets stand in the order of their numbers");
            sets.push_back(std::move(set));
        }
        root.reject_unknown_keys();
    }

    /// What a formula names must be there, and not be made from the indicator itself; its units must fit.
    void check_formulas(const Indicator& indicator) const
    {
        for (const auto& definition : indicator.definitions) {
            for (const int number : indicators_of(definition.formula))
                if (!catalogue_.find(number))
                    throw usage_error("{}: formula '{}': there is no indicator {}", definition.where,
                                      definition.formula.text(), number);
            std::vector<int> path;
            if (leads_to(definition.formula, indicator.number, path))
                throw usage_error(
                    "{}: indicator {} is made from itself, through {}: take it out of one of the formulas",
                    definition.where, indicator.number, fmt::format("{}", fmt::join(path, ", ")));
        }
        for (const auto& definition : indicator.definitions)
            check_units(indicator, definition);
    }

    /// Whether a formula needs that indicator, and by which way. Visits each indicator once.
    bool leads_to(const Formula& formula, int wanted, std::vector<int>& path) const
    {
        for (const int number : indicators_of(formula)) {
            if (std::find(path.begin(), path.end(), number) != path.end())
                continue;
            path.push_back(number);
            if (number == wanted)
                return true;
            const auto* next = catalogue_.find(number);
            if (next && std::any_of(next->definitions.begin(), next->definitions.end(),
                                    [&](const auto& d) { return leads_to(d.formula, wanted, path); }))
                return true;
        }
        return false;
    }

    void check_units(const Indicator& indicator, const Definition& definition) const
    {
        const auto text = definition.formula.text();
        const auto clash = unit_clash(
            parse_formula(text),
            [&](const Formula& leaf) {
                if (leaf.kind == Formula::Kind::earlier)
                    return quantity_of(indicator.definition(definition.id - 1));
                return leaf.kind == Formula::Kind::indicator
                           ? quantity_of(catalogue_.find(leaf.indicator)->definition_at(definition.from))
                           : Quantity{};
            },
            quantity_of(definition));
        if (clash)
            throw usage_error("{}: formula '{}': {} ({})", definition.where, text, clash->words.en,
                              place_in(text, clash->at));
    }

    const std::vector<EmbeddedFile>& files_;
    Catalogue catalogue_;
    Places numbers_;
    std::vector<std::string> mistakes_;
};

} // namespace

Catalogue read_catalogue(const std::vector<EmbeddedFile>& files, std::string hash)
{
    CatalogueReader reader(files, std::move(hash));
    reader.read();
    if (!reader.mistakes().empty())
        throw usage_error("{}", reader.mistakes().front());
    return reader.take();
}

std::vector<std::string> catalogue_mistakes(const std::vector<EmbeddedFile>& files)
{
    CatalogueReader reader(files, "");
    reader.read();
    return reader.mistakes();
}

} // namespace skurd
