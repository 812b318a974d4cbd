#include "query/revisions.hpp"

#include "indicator/revision_profile.hpp"
#include "query/indicators.hpp"
#include "store/observation_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

class Histories {
public:
    Histories(const StoreSession& store, const Catalogue& catalogue) : store_(store), catalogue_(catalogue) {}

    std::vector<SourcedHistory> operator()(const Indicator* indicator) const { return {history_of(*indicator)}; }

    std::vector<SourcedHistory> operator()(const Selector& selector) const
    {
        std::map<std::string, Time> last_release;
        for (const auto& vintage : VintageStore(store_).list(selector.dataset))
            last_release[vintage.dataset] = vintage.published.published_at;
        const auto source = selector.dataset.substr(0, selector.dataset.find('/'));
        std::vector<SourcedHistory> all;
        for (auto& history : revision_histories(ObservationStore(store_).history(selector), last_release))
            all.push_back({std::move(history), {}, source});
        return all;
    }

    std::vector<SourcedHistory> operator()(EveryIndicator) const
    {
        std::vector<SourcedHistory> all;
        for (const auto& indicator : catalogue_.indicators)
            all.push_back(history_of(indicator));
        return all;
    }

private:
    SourcedHistory history_of(const Indicator& indicator) const
    {
        Time last_release{};
        for (const auto& dataset : datasets_of(catalogue_, indicator))
            for (const auto& vintage : VintageStore(store_).list(dataset))
                last_release = std::max(last_release, vintage.published.published_at);
        const auto values = indicator_over_time(store_, catalogue_, indicator);
        return {revision_history(catalogue_, indicator, values, last_release),
                indicator.label_in(indicator.definitions.back()), indicator.source};
    }

    const StoreSession& store_;
    const Catalogue& catalogue_;
};

/// A group in the making.
struct Figures {
    std::string id;
    LocalizedText label;
    RevisionUnit unit = RevisionUnit::percent;
    std::vector<Figure> figures;
};

void add_figure(std::vector<Figures>& groups, const std::string& id, const LocalizedText& label, const Figure& figure)
{
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Figures& known) { return known.id == id && known.unit == figure.unit; });
    if (group == groups.end())
        group = groups.insert(group, {id, label, figure.unit, {}});
    group->figures.push_back(figure);
}

} // namespace

std::vector<SourcedHistory> sourced_histories(const StoreSession& store, const Catalogue& catalogue,
                                              const Target& target)
{
    return std::visit(Histories(store, catalogue), target);
}

std::vector<RevisionGroup> revision_groups(const std::vector<SourcedHistory>& histories, GroupBy by)
{
    std::vector<Figures> groups;
    for (const auto& one : histories)
        for (const auto& figure : one.history.figures)
            if (by == GroupBy::source)
                add_figure(groups, one.source, {}, figure);
            else
                add_figure(groups, one.history.id, one.label, figure);
    if (by == GroupBy::source)
        std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    std::vector<RevisionGroup> profiles;
    profiles.reserve(groups.size());
    for (auto& group : groups)
        profiles.push_back({group.id, group.label, group.unit, revision_profile(group.figures)});
    return profiles;
}

} // namespace skurd
