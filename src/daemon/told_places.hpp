#pragma once

#include "model/indicator.hpp"
#include "model/news.hpp"
#include "model/outage.hpp"
#include "notify/notify_route.hpp"
#include "run/jobs.hpp"

#include <map>
#include <set>
#include <string>

namespace skurd {

/// Where what is to be told comes from, as routes ask: parts of the catalogue, sources, jobs. Jobs and catalogue
/// outlive it.
class ToldPlaces {
public:
    ToldPlaces(const JobList& jobs, const Catalogue& catalogue);

    /// "ssb": that of the job's dataset, else its connector; the job itself where there is none of that name.
    std::string source_of(const std::string& job) const;

    RoutedItem item_of(const FlagNews& news) const;
    RoutedItem item_of(const Verdict& verdict) const;
    RoutedItem item_of(const DatasetNews& dataset) const;
    RoutedItem item_of(const Outage& outage) const;

private:
    void add_indicator(int number, RoutedItem& item) const;
    void add_dataset(const std::string& dataset, RoutedItem& item) const;

    const Catalogue& catalogue_;
    std::map<std::string, std::string> source_of_job_;
    std::map<std::string, std::set<std::string>> jobs_of_dataset_;
};

} // namespace skurd
