#include "indicator/selector_check.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

/// A selector, and which formula names it.
struct Reader {
    Selector selector;
    std::string where; ///< "goal-1.toml:9: indicator 24"
};

/// A template stands for its expansions, which read as it does.
std::vector<Reader> readers_in(const Catalogue& catalogue)
{
    std::vector<Reader> readers;
    const auto add = [&](const Indicator& indicator) {
        for (const auto& definition : indicator.definitions)
            for (auto& selector : selectors_of(definition.formula))
                readers.push_back(
                    {std::move(selector), fmt::format("{}: indicator {}", definition.where, indicator.number)});
    };
    for (const auto& indicator : catalogue.indicators)
        if (!indicator.expansion)
            add(indicator);
    for (const auto& one : catalogue.templates)
        add(one.indicator);
    if (catalogue.price_index)
        for (auto& selector : selectors_of(*catalogue.price_index))
            readers.push_back({std::move(selector), "the price index"});
    return readers;
}

class SelectorCheck {
public:
    SelectorCheck(const std::vector<DatasetOffer>& jobs, const std::vector<DatasetOffer>& fetched)
        : jobs_(jobs), fetched_(fetched)
    {
        for (const auto* offers : {&jobs_, &fetched_})
            for (const auto& offer : *offers)
                datasets_.insert(offer.dataset);
    }

    bool has(const std::string& dataset) const { return datasets_.contains(dataset); }

    /// What is wrong with a selector of a dataset that there is; "" for nothing.
    std::string mistake(const Selector& selector) const
    {
        for (const auto& [dimension, codes] : selector.codes) {
            if (!has_dimension(selector.dataset, dimension))
                return fmt::format("{} has no dimension '{}'{}", selector.dataset, dimension,
                                   did_you_mean(dimension, dimensions_of(selector.dataset)));
            for (const auto& code : codes) // "*" is a template's place for each
                if (code != "*" && !has_code(selector.dataset, dimension, code))
                    return fmt::format("{} has no code '{}' in {}{}", selector.dataset, code, dimension,
                                       did_you_mean(code, codes_of(selector.dataset, dimension)));
        }
        return "";
    }

    std::vector<std::string> datasets() const { return {datasets_.begin(), datasets_.end()}; }

private:
    template <typename Is>
    static bool any(const std::vector<DatasetOffer>& offers, const std::string& dataset, Is is)
    {
        return std::any_of(offers.begin(), offers.end(),
                           [&](const auto& offer) { return offer.dataset == dataset && is(offer); });
    }

    bool is_fetched(const std::string& dataset) const
    {
        return any(fetched_, dataset, [](const auto&) { return true; });
    }

    bool has_dimension(const std::string& dataset, const std::string& dimension) const
    {
        const auto names = [&](const DatasetOffer& offer) { return offer.dimensions.contains(dimension); };
        return any(jobs_, dataset, names) || any(fetched_, dataset, names) ||
               (!is_fetched(dataset) && any(jobs_, dataset, [](const auto& offer) { return offer.may_have_others; }));
    }

    bool has_code(const std::string& dataset, const std::string& dimension, const std::string& code) const
    {
        const auto names = [&](const DatasetOffer& offer) {
            const auto found = offer.dimensions.find(dimension);
            return found != offer.dimensions.end() && found->second.named.contains(code);
        };
        const auto may = [&](const DatasetOffer& offer) {
            const auto found = offer.dimensions.find(dimension);
            return found == offer.dimensions.end() ? offer.may_have_others : found->second.may_be_others;
        };
        return any(jobs_, dataset, names) || any(fetched_, dataset, names) ||
               (!is_fetched(dataset) && any(jobs_, dataset, may));
    }

    std::vector<std::string> dimensions_of(const std::string& dataset) const
    {
        std::set<std::string> found;
        for (const auto* offers : {&jobs_, &fetched_})
            for (const auto& offer : *offers)
                if (offer.dataset == dataset)
                    for (const auto& [dimension, codes] : offer.dimensions)
                        found.insert(dimension);
        return {found.begin(), found.end()};
    }

    std::vector<std::string> codes_of(const std::string& dataset, const std::string& dimension) const
    {
        std::set<std::string> found;
        for (const auto* offers : {&jobs_, &fetched_})
            for (const auto& offer : *offers)
                if (const auto known = offer.dimensions.find(dimension);
                    offer.dataset == dataset && known != offer.dimensions.end())
                    found.insert(known->second.named.begin(), known->second.named.end());
        return {found.begin(), found.end()};
    }

    const std::vector<DatasetOffer>& jobs_;
    const std::vector<DatasetOffer>& fetched_;
    std::set<std::string> datasets_;
};

} // namespace

std::vector<std::string> unknown_selectors(const Catalogue& catalogue, const std::vector<DatasetOffer>& jobs,
                                           const std::vector<DatasetOffer>& fetched)
{
    const SelectorCheck check(jobs, fetched);
    std::vector<std::string> mistakes;
    std::map<std::string, std::vector<std::string>> nobody; // dataset -> who reads it
    for (const auto& [selector, where] : readers_in(catalogue)) {
        if (!check.has(selector.dataset))
            nobody[selector.dataset].push_back(where);
        else if (auto mistake = check.mistake(selector); !mistake.empty())
            mistakes.push_back(fmt::format("{}: the formula reads {}: {}", where, selector.text(), mistake));
    }
    for (const auto& [dataset, readers] : nobody)
        mistakes.push_back(fmt::format("{}{}: the formula reads dataset {}, which no job gives and no store has{}",
                                       readers.front(),
                                       readers.size() == 1 ? "" : fmt::format(" and {} more", readers.size() - 1),
                                       dataset, did_you_mean(dataset, check.datasets())));
    return mistakes;
}

} // namespace skurd
