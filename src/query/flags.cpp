#include "query/flags.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "flag/flag_state.hpp"
#include "model/indicator_name.hpp"
#include "query/indicators.hpp"
#include "query/target.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

/// What is known of where flags come from.
class Origins {
public:
    Origins(const StoreSession& store, const Catalogue& catalogue) : store_(store)
    {
        for (const auto& vintage : VintageStore(store).list())
            by_vintage_[vintage.id] = vintage.dataset;
        for (const auto& indicator : catalogue.indicators)
            for (auto& dataset : skurd::datasets_of(catalogue, indicator))
                read_by_[indicator.number].insert(std::move(dataset));
    }

    /// The dataset a job ingests; "" before its first vintage.
    std::string dataset_of(const std::string& job) const
    {
        const auto found = by_vintage_.find(JobStore(store_).state(job).newest_vintage);
        return found == by_vintage_.end() ? "" : found->second;
    }

    bool is_of_job(const Flag& flag, const std::string& job, const std::string& dataset) const
    {
        return flag.job == job || (!dataset.empty() && datasets_of(flag).contains(dataset));
    }

    bool is_of_source(const Flag& flag, const std::string& source) const
    {
        const auto datasets = datasets_of(flag);
        return std::any_of(datasets.begin(), datasets.end(),
                           [&](const std::string& dataset) { return dataset.starts_with(source + "/"); });
    }

private:
    std::set<std::string> datasets_of(const Flag& flag) const
    {
        if (!flag.job.empty())
            return {dataset_of(flag.job)};
        const auto read = read_by_.find(flag.indicator);
        return read == read_by_.end() ? std::set<std::string>() : read->second;
    }

    const StoreSession& store_;
    std::map<std::int64_t, std::string> by_vintage_; ///< vintage -> dataset
    std::map<int, std::set<std::string>> read_by_;
};

} // namespace

namespace {

/// Those that an indicator's name means.
std::set<int> indicators_named(const Catalogue& catalogue, const std::string& name)
{
    const auto number = indicator_number(name);
    std::set<int> found;
    if (number && catalogue.find_template(*number))
        for (const auto& indicator : catalogue.indicators)
            if (indicator.expansion && indicator.expansion->of == *number)
                found.insert(indicator.number);
    if (found.empty())
        found.insert(find_indicator(catalogue, name).number);
    return found;
}

std::set<int> indicators_of_place(const Catalogue& catalogue, const std::string& place)
{
    std::set<int> found;
    for (const auto& indicator : catalogue.indicators)
        if (indicator.expansion && (indicator.expansion->code == place || indicator.expansion->place.nb == place))
            found.insert(indicator.number);
    if (found.empty())
        throw usage_error("no indicator is for '{}': name a code, or its label, of a dimension that indicators are "
                          "for each of (see `skurd indicators`)",
                          excerpt(place));
    return found;
}

} // namespace

std::vector<Flag> chosen_flags(const StoreSession& store, const Catalogue& catalogue, const FlagFilter& filter,
                               bool closed_too)
{
    auto flags = FlagStore(store).list(
        {.closed = ended_if(closed_too), .kind = filter.kind, .raised_since = filter.raised_since, .at = filter.at});
    const auto leave = [&](const std::set<int>& indicators) {
        std::erase_if(flags, [&](const Flag& flag) { return !indicators.contains(flag.indicator); });
    };
    if (!filter.indicator.empty())
        leave(indicators_named(catalogue, filter.indicator));
    if (!filter.place.empty())
        leave(indicators_of_place(catalogue, filter.place));
    if (filter.job.empty() && filter.source.empty())
        return flags;
    const Origins origins(store, catalogue);
    const auto dataset = filter.job.empty() ? "" : origins.dataset_of(filter.job);
    std::erase_if(flags, [&](const Flag& flag) {
        return (!filter.job.empty() && !origins.is_of_job(flag, filter.job, dataset)) ||
               (!filter.source.empty() && !origins.is_of_source(flag, filter.source));
    });
    return flags;
}

std::size_t unanswered_flags(const StoreSession& store)
{
    std::size_t count = 0;
    for (const auto& [which, many] : FlagStore(store).counts())
        if (which.second == FlagState::open)
            count += many;
    return count;
}

Flag find_flag(const StoreSession& store, std::int64_t id, std::optional<Time> at)
{
    auto flags =
        id == 0 ? std::vector<Flag>() : FlagStore(store).list({.closed = Ended::included, .id = id, .at = at});
    if (flags.empty())
        throw usage_error("there is no flag {}{} (see `skurd flags --all`)", id, at ? " then" : "");
    return std::move(flags.front());
}

std::vector<RecordedFlagEvent> flag_events(const StoreSession& store, std::int64_t id, std::optional<Time> at)
{
    auto events = FlagStore(store).events(id);
    std::erase_if(events, [&](const RecordedFlagEvent& event) { return at && event.at > *at; });
    for (auto& event : events)
        if (event.event != to_string(FlagEvent::acknowledged))
            event.note = event.actor = "";
    return events;
}

} // namespace skurd
