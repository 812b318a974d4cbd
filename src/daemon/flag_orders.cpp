#include "daemon/flag_orders.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/publications.hpp"
#include "flag/flag_state.hpp"
#include "model/annotation.hpp"
#include "model/flag.hpp"
#include "model/flag_event.hpp"
#include "model/indicator.hpp"
#include "query/indicators.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

/// The job that a flag is of by its key, "overdue/ssb-population"; "" where it is of something else.
std::string job_of(const Flag& flag)
{
    static const std::set<FlagKind> of_jobs = {FlagKind::overdue, FlagKind::frozen,  FlagKind::replaced,
                                               FlagKind::drift,   FlagKind::suspect, FlagKind::quarantine};
    const auto parts = split(flag.key, '/');
    return of_jobs.contains(flag.kind) && parts.size() == 2 ? std::string(parts[1]) : "";
}

/// What is known of where flags come from.
class Origins {
public:
    Origins(const StoreSession& store, const Catalogue& catalogue) : store_(store)
    {
        for (const auto& vintage : VintageStore(store).list(""))
            by_vintage_[vintage.id] = vintage.dataset;
        for (const auto& indicator : catalogue.indicators)
            for (auto& dataset : skurd::datasets_of(catalogue, indicator))
                read_by_[indicator.number].insert(std::move(dataset));
    }

    /// The dataset a job takes in; "" before its first vintage.
    std::string dataset_of(const std::string& job) const
    {
        const auto found = by_vintage_.find(JobStore(store_).state(job).newest_vintage);
        return found == by_vintage_.end() ? "" : found->second;
    }

    bool is_of_job(const Flag& flag, const std::string& job, const std::string& dataset) const
    {
        return job_of(flag) == job || (!dataset.empty() && datasets_of(flag).contains(dataset));
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
        if (const auto job = job_of(flag); !job.empty())
            return {dataset_of(job)};
        const auto read = read_by_.find(flag.indicator);
        return read == read_by_.end() ? std::set<std::string>() : read->second;
    }

    const StoreSession& store_;
    std::map<std::int64_t, std::string> by_vintage_;
    std::map<int, std::set<std::string>> read_by_;
};

} // namespace

std::vector<Flag> chosen_flags(const StoreSession& store, const Catalogue& catalogue, const FlagFilter& filter,
                               bool closed_too)
{
    auto flags = FlagStore(store).list(closed_too);
    const Origins origins(store, catalogue);
    const auto dataset = filter.job.empty() ? "" : origins.dataset_of(filter.job);
    std::erase_if(flags, [&](const Flag& flag) {
        return (filter.kind && flag.kind != *filter.kind) ||
               (filter.indicator != 0 && flag.indicator != filter.indicator) ||
               (filter.raised_since && flag.raised_at < *filter.raised_since) ||
               (!filter.job.empty() && !origins.is_of_job(flag, filter.job, dataset)) ||
               (!filter.source.empty() && !origins.is_of_source(flag, filter.source));
    });
    return flags;
}

Json to_json(const Flag& flag)
{
    return {{"flag", flag.id},
            {"kind", to_string(flag.kind)},
            {"state", to_string(flag.state)},
            {"indicator", flag.indicator ? Json(flag.indicator) : Json(nullptr)},
            {"period", flag.period},
            {"key", flag.key},
            {"text_nb", flag.text_nb},
            {"text_en", flag.text_en},
            {"raised", format_time(flag.raised_at)},
            {"changed", format_time(flag.changed_at)},
            {"note", flag.note},
            {"by", flag.by}};
}

Json to_json(const RecordedFlagEvent& event)
{
    const bool is_a_persons = event.event == to_string(FlagEvent::acknowledged); // later ones have the flag's
    return {{"at", format_time(event.at)},
            {"event", event.event},
            {"state", to_string(event.state)},
            {"text_nb", event.text_nb},
            {"text_en", event.text_en},
            {"note", is_a_persons ? event.note : ""},
            {"by", is_a_persons ? event.person : ""}};
}

} // namespace skurd
