#include "daemon/told_places.hpp"

#include "evaluate/indicator_flags.hpp"

namespace skurd {

namespace {

std::string source_in(const std::string& dataset)
{
    return dataset.substr(0, dataset.find('/'));
}

} // namespace

ToldPlaces::ToldPlaces(const JobList& jobs, const Catalogue& catalogue) : catalogue_(catalogue)
{
    for (const auto& job : jobs.jobs) {
        const auto offer = job.connector->offer();
        source_of_job_[job.job.id] = offer ? source_in(offer->dataset) : job.job.connector;
        if (offer)
            jobs_of_dataset_[offer->dataset].insert(job.job.id);
    }
}

std::string ToldPlaces::source_of(const std::string& job) const
{
    const auto found = source_of_job_.find(job);
    return found == source_of_job_.end() ? job : found->second;
}

void ToldPlaces::add_dataset(const std::string& dataset, RoutedItem& item) const
{
    item.sources.insert(source_in(dataset));
    if (const auto found = jobs_of_dataset_.find(dataset); found != jobs_of_dataset_.end())
        item.jobs.insert(found->second.begin(), found->second.end());
}

void ToldPlaces::add_indicator(int number, RoutedItem& item) const
{
    const auto* indicator = catalogue_.find(number);
    if (!indicator)
        return;
    item.part = indicator->expansion ? indicator->expansion->part : indicator->part;
    for (const auto& selector : series_of(*indicator))
        add_dataset(selector.dataset, item);
}

RoutedItem ToldPlaces::item_of(const FlagNews& news) const
{
    RoutedItem item{Topic::flags, news.flag.kind};
    add_indicator(news.flag.indicator, item);
    if (!news.flag.job.empty()) {
        item.jobs.insert(news.flag.job);
        item.sources.insert(source_of(news.flag.job));
    }
    return item;
}

RoutedItem ToldPlaces::item_of(const Verdict& verdict) const
{
    RoutedItem item{Topic::indicators};
    add_indicator(verdict.indicator, item);
    return item;
}

RoutedItem ToldPlaces::item_of(const DatasetNews& dataset) const
{
    RoutedItem item{Topic::datasets};
    add_dataset(dataset.dataset, item);
    return item;
}

RoutedItem ToldPlaces::item_of(const Outage& outage) const
{
    RoutedItem item{Topic::outages};
    for (const auto& cause : outage.causes)
        if (!cause.job.empty()) {
            item.jobs.insert(cause.job);
            item.sources.insert(source_of(cause.job));
        }
    return item;
}

} // namespace skurd
