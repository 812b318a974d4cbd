// How one definition becomes an indicator for each municipality: a template is an indicator whose formulas have `*`
// in the place of a code. For each code that the store has of its dimension it is copied, the code put in the place
// of each `*`, and numbered by the code (not by its place in the list, which changes). Expansions are ordinary
// indicators from there on: what judges, flags and reports them knows nothing of templates. Their part is
// "mine/0301", one for each code, so that a report has a table and a roll-up for each.
#include "indicator/expand.hpp"

#include "base/error.hpp"
#include "model/indicator_name.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <set>

namespace skurd {

namespace {

constexpr auto any_code = "*";

bool fits(const std::string& code, const std::vector<std::string>& patterns)
{
    return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
               return ::fnmatch(pattern.c_str(), code.c_str(), FNM_NOESCAPE) == 0;
           });
}

void put_code(Formula& formula, const std::string& code)
{
    for (auto& [dimension, codes] : formula.selector.codes)
        if (codes == std::vector<std::string>{any_code})
            codes = {code};
    for (auto& operand : formula.operands)
        put_code(operand, code);
}

LocalizedText with_place(const LocalizedText& label, const std::string& place)
{
    return {label.nb + ", " + place, label.en + ", " + place};
}

Indicator expanded(const IndicatorTemplate& from, const Category& category)
{
    Indicator made = from.indicator;
    const auto& place = category.label.empty() ? category.code : category.label;
    made.expansion = Expansion{made.number, category.code, {place, place}, made.label, made.part};
    made.number = expanded_number(made.number, category.code);
    made.label = with_place(made.label, place);
    made.part += "/" + category.code;
    for (auto& definition : made.definitions) {
        if (!definition.label.empty())
            definition.label = with_place(definition.label, place);
        put_code(definition.formula, category.code);
    }
    return made;
}

/// The catalogue without what was expanded before.
void take_out(Catalogue& catalogue)
{
    std::set<int> gone;
    for (const auto& indicator : catalogue.indicators)
        if (indicator.expansion) {
            gone.insert(indicator.number);
            catalogue.parts.erase(indicator.part);
            catalogue.goals.erase(indicator.part);
        }
    std::erase_if(catalogue.indicators, [](const Indicator& one) { return one.expansion.has_value(); });
    for (auto& set : catalogue.sets) {
        std::erase_if(set.members, [&](int number) { return gone.contains(number); });
        std::erase_if(set.numbers, [&](const auto& entry) { return gone.contains(entry.first); });
    }
}

void add_to_sets(Catalogue& catalogue, const std::vector<Indicator>& expansions)
{
    for (auto& set : catalogue.sets) {
        for (const auto& one : expansions)
            if (std::find(set.templates.begin(), set.templates.end(), one.expansion->of) != set.templates.end()) {
                set.members.push_back(one.number);
                set.numbers[one.number] = one.expansion->of;
            }
        std::sort(set.members.begin(), set.members.end());
    }
}

} // namespace

std::vector<Category> codes_of(const IndicatorTemplate& one, const ReadCodes& read)
{
    for (const auto& selector : selectors_of(one.indicator.definitions.back().formula))
        for (const auto& [dimension, codes] : selector.codes)
            if (dimension == one.dimension && codes == std::vector<std::string>{any_code}) {
                auto found = read(selector.dataset, dimension);
                std::erase_if(found, [&](const Category& category) { return !fits(category.code, one.codes); });
                return found;
            }
    return {};
}

void expand(Catalogue& catalogue, const ReadCodes& read)
{
    std::vector<Indicator> expansions;
    std::map<int, std::string> codes;
    for (const auto& one : catalogue.templates)
        for (const auto& category : codes_of(one, read)) {
            auto made = expanded(one, category);
            const auto [other, is_new] = codes.emplace(made.number, category.code);
            if (!is_new)
                throw usage_error("indicator {}: its codes '{}' and '{}' come to the same number: leave one out with "
                                  "'codes', or give the indicator another number",
                                  one.indicator.number, other->second, category.code);
            expansions.push_back(std::move(made));
        }
    take_out(catalogue);
    for (const auto& one : expansions) {
        catalogue.parts[one.part] = one.expansion->place;
        if (catalogue.goals.contains(one.expansion->part))
            catalogue.goals.insert(one.part);
    }
    add_to_sets(catalogue, expansions);
    auto& all = catalogue.indicators;
    all.insert(all.end(), std::make_move_iterator(expansions.begin()), std::make_move_iterator(expansions.end()));
    std::sort(all.begin(), all.end(), [](const Indicator& a, const Indicator& b) { return a.number < b.number; });
}

} // namespace skurd
