#include "flag/printed_report.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// When all that a verdict is made on was there; zeros where the record does not say.
PrintRecord::Stamps complete_at(const PrintRecord& record, const Verdict& verdict)
{
    PrintRecord::Stamps newest;
    for (const auto vintage : verdict.vintages)
        if (const auto found = record.vintages.find(vintage); found != record.vintages.end()) {
            newest.published = std::max(newest.published, found->second.published);
            newest.observed = std::max(newest.observed, found->second.observed);
        }
    return newest;
}

bool had_all(const PrintedReport& report, const PrintRecord::Stamps& complete)
{
    return complete.published <= report.published && (!report.known || complete.observed <= *report.known);
}

} // namespace

const PrintedReport* contradicted(const PrintRecord& record, const Verdict& before, const Verdict& now)
{
    const auto from = complete_at(record, before);
    const auto until = complete_at(record, now);
    const PrintedReport* newest = nullptr;
    for (const auto& report : record.reports)
        if (from.published != Time() && had_all(report, from) && !had_all(report, until) &&
            report.numbers.contains(before.indicator))
            newest = &report;
    return newest;
}

} // namespace skurd
