#include "indicator/catalogue.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/catalogue_reader.hpp"
#include "indicator/formula.hpp"
#include "indicator/quantity.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace skurd {

void Mistakes::add(const std::string& mistake)
{
    if (std::find(list_.begin(), list_.end(), mistake) == list_.end())
        list_.push_back(mistake);
}

namespace {

/// Where each number was first met, so that the second can say so.
using Places = std::map<int, std::string>;

void claim(Places& places, int number, const Section& section, std::string_view what)
{
    const auto [place, is_new] = places.emplace(number, section.where("number"));
    if (!is_new)
        section.fail("number", fmt::format("there is {} {} already, at {}: take a number that is free", what, number,
                                           place->second));
}

[[noreturn]] void refuse_empty(const std::vector<EmbeddedFile>& files, const char* missing)
{
    std::vector<std::string> names;
    names.reserve(files.size());
    for (const auto& file : files)
        names.push_back(file.name);
    throw usage_error("the catalogue has no [[{}]] in its files ({}): add one, or use the catalogue that comes with "
                      "skurd",
                      missing, names.empty() ? "none" : join(names, ", "));
}

/// Reads on after a mistake, so that all are found. What hangs on something that has one is not looked at.
class CatalogueReader {
public:
    CatalogueReader(const std::vector<EmbeddedFile>& files, std::string hash) : files_(files)
    {
        catalogue_.hash = std::move(hash);
    }

    void read()
    {
        for (const auto& file : files_)
            if (!mistakes_.attempt([&] { roots_.push_back(Section::parse(file.bytes, file.name)); }))
                knows_all_numbers_ = false;
        for (auto& root : roots_)
            if (!read_of(root, [&] { read_part(root); }))
                knows_all_numbers_ = false;
        if (has_none() && mistakes_.count() == 0)
            mistakes_.attempt([&] { refuse_empty(files_, "indicator"); });
        sort_and_check();
        if (knows_all_numbers_)
            read_all_sets();
        else
            pass_over_sets();
        for (const auto& root : roots_)
            for (const auto& unknown : root.unknown_keys())
                mistakes_.add(unknown);
    }

    const std::vector<std::string>& mistakes() const { return mistakes_.list(); }
    Catalogue take() { return std::move(catalogue_); }

private:
    /// Reads a part of a file, which is given up after a mistake.
    template <typename Work>
    bool read_of(Section& section, Work work)
    {
        const bool is_read = mistakes_.attempt(work);
        if (!is_read)
            section.give_up();
        return is_read;
    }

    bool has_none() const { return catalogue_.indicators.empty() && catalogue_.templates.empty(); }

    void sort_and_check()
    {
        auto& indicators = catalogue_.indicators;
        std::sort(indicators.begin(), indicators.end(),
                  [](const auto& a, const auto& b) { return a.number < b.number; });
        std::sort(catalogue_.templates.begin(), catalogue_.templates.end(),
                  [](const auto& a, const auto& b) { return a.indicator.number < b.indicator.number; });
        const auto check = [&](const Indicator& indicator) {
            if (!broken_.contains(indicator.number))
                mistakes_.attempt([&] { check_formulas(indicator); });
        };
        std::for_each(indicators.begin(), indicators.end(), check);
        for (const auto& one : catalogue_.templates)
            check(one.indicator);
    }

    void read_part(Section& root)
    {
        std::string id;
        if (root.has("part") || root.has("indicator")) {
            auto part = root.require_table("part");
            read_of(part, [&] { id = read_heading(part); });
        }
        for (auto& section : root.get_tables("indicator"))
            read_of(section, [&] { add_indicator(section, id); });
    }

    /// The id of a part. One of the files that have indicators of it gives it its heading.
    std::string read_heading(Section& part)
    {
        constexpr std::size_t id_size_max = 100;
        auto id = part.require_string("id");
        if (trim(id) != id || id.empty() || id.size() > id_size_max || excerpt(id, id_size_max) != id)
            part.fail("id", fmt::format("a part's id is one line of 1 to {} characters, not '{}'", id_size_max,
                                        excerpt(id)));
        auto& heading = catalogue_.parts.try_emplace(id, LocalizedText{id, id}).first->second;
        if (part.has("role"))
            read_role(part, id);
        if (!part.has("nb") && !part.has("en"))
            return id;
        const LocalizedText stated = {part.require_string("nb"), part.require_string("en")};
        const auto [place, is_new] = headings_.emplace(id, part.where("nb"));
        if (!is_new && stated != heading)
            part.fail("nb", fmt::format("the part '{}' has another heading at {}: give it in one file only", id,
                                        place->second));
        heading = stated;
        return id;
    }

    void read_role(Section& part, const std::string& id)
    {
        const auto role = part.require_choice<PartRole>("role");
        const auto [stated, is_new] = roles_.emplace(id, std::pair(role, part.where("role")));
        if (stated->second.first != role)
            part.fail("role", fmt::format("the part '{}' has another role at {}: give it in one file only", id,
                                          stated->second.second));
        if (role == PartRole::goal)
            catalogue_.goals.insert(id);
    }

    void add_indicator(Section& section, const std::string& part)
    {
        const auto found_before = mistakes_.count();
        auto indicator = read_indicator(section, part, mistakes_);
        if (indicator.number == 0) {
            knows_all_numbers_ = false;
            return;
        }
        if (mistakes_.count() != found_before)
            broken_.insert(indicator.number);
        claim(numbers_, indicator.number, section, "an indicator");
        if (section.has("for_each"))
            catalogue_.templates.push_back(read_template(section, std::move(indicator)));
        else
            catalogue_.indicators.push_back(std::move(indicator));
    }

    void read_all_sets()
    {
        const auto found_before = mistakes_.count();
        for (auto& root : roots_) {
            mistakes_.attempt([&] { read_prices(root); });
            mistakes_.attempt([&] { read_sets(root); });
        }
        auto& sets = catalogue_.sets;
        std::stable_sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
        if (sets.empty() && mistakes_.count() == found_before && !has_none())
            mistakes_.attempt([&] { refuse_empty(files_, "set"); });
    }

    /// Where not all indicators are known, nothing can be said of the sets.
    void pass_over_sets()
    {
        for (auto& root : roots_)
            mistakes_.attempt([&] {
                for (auto& set : root.get_tables("set"))
                    set.give_up();
                if (auto prices = root.get_table("prices"))
                    prices->give_up();
            });
    }

    void read_prices(Section& root)
    {
        auto prices = root.get_table("prices");
        if (!prices)
            return;
        const auto index = require_formula(*prices, "index");
        if (catalogue_.price_index)
            prices->fail("index", "there is a price index already: a catalogue has one");
        catalogue_.price_index = index;
    }

    /// Those of one file follow one another.
    void read_sets(Section& root)
    {
        std::optional<IndicatorSet> before;
        for (auto& section : root.get_tables("set")) {
            IndicatorSet set;
            set.file = std::filesystem::path(root.file()).filename().string();
            const bool is_whole = read_of(section, [&] {
                read_set(section, catalogue_, before ? &*before : nullptr, set);
                claim(set_numbers_, set.number, section, "a set");
                if (before && set.number < before->number)
                    section.fail("number", "sets stand in the order of their numbers");
            });
            if (!is_whole && set.members.empty())
                return;
            before = set;
            catalogue_.sets.push_back(std::move(set));
        }
    }

    /// What a formula names must be there, and not be made from the indicator itself; its units must fit.
    void check_formulas(const Indicator& indicator) const
    {
        for (const auto& definition : indicator.definitions) {
            for (const int number : indicators_of(definition.formula))
                if (knows_all_numbers_ && !catalogue_.find(number))
                    refuse_indicator(definition, number);
            std::vector<int> path;
            if (leads_to(definition.formula, indicator.number, path))
                throw usage_error(
                    "{}: indicator {} is made from itself, through {}: take it out of one of the formulas",
                    definition.where, indicator.number, fmt::format("{}", fmt::join(path, ", ")));
        }
        for (const auto& definition : indicator.definitions)
            if (is_sound(definition.formula))
                check_units(indicator, definition);
    }

    [[noreturn]] void refuse_indicator(const Definition& definition, int number) const
    {
        const auto text = definition.formula.text();
        if (const auto* for_each = catalogue_.find_template(number))
            throw usage_error(
                "{}: formula '{}': indicator {} stands for one indicator for each {}, and has no values "
                "of its own: write the series of the one that is meant, as {}'s formula has it with its "
                "code in the place of *",
                definition.where, text, number, for_each->dimension, number);
        throw usage_error("{}: formula '{}': there is no indicator {}", definition.where, text, number);
    }

    /// Whether the indicators that a formula names are there and have no mistakes.
    bool is_sound(const Formula& formula) const
    {
        const auto named = indicators_of(formula);
        return std::all_of(named.begin(), named.end(),
                           [&](int number) { return catalogue_.find(number) && !broken_.contains(number); });
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
    std::vector<Section> roots_;
    Catalogue catalogue_;
    Places numbers_;                                                ///< of indicators
    Places set_numbers_;                                            ///< of sets
    std::map<std::string, std::string> headings_;                   ///< part -> where its heading stands
    std::map<std::string, std::pair<PartRole, std::string>> roles_; ///< part -> its role, and where that stands
    std::set<int> broken_;                                          ///< indicators with mistakes
    bool knows_all_numbers_ = true; ///< false where a mistake hides an indicator's number
    Mistakes mistakes_;
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
