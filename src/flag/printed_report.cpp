#include "flag/printed_report.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// When all that a verdict is made on had been published; Time() where the record does not say.
Time complete_at(const PrintRecord& record, const Verdict& verdict)
{
    Time newest{};
    for (const auto vintage : verdict.vintages)
        if (const auto found = record.vintages.find(vintage); found != record.vintages.end())
            newest = std::max(newest, found->second);
    return newest;
}

/// Whether a signed report gave that comparison another outcome.
bool says_otherwise(const PrintedReport& report, const Verdict& now)
{
    return std::any_of(report.verdicts.begin(), report.verdicts.end(), [&](const Verdict& printed) {
        return printed.indicator == now.indicator && printed.comparison == now.comparison &&
               printed.from == now.from && printed.to == now.to && printed.outcome != now.outcome &&
               printed.outcome != Outcome::no_data;
    });
}

} // namespace

const PrintedReport* contradicted(const PrintRecord& record, const Verdict& before, const Verdict& now)
{
    const auto from = complete_at(record, before);
    const auto until = complete_at(record, now);
    const PrintedReport* newest = nullptr;
    for (auto report = record.reports.rbegin(); report != record.reports.rend(); ++report)
        if (says_otherwise(*report, now))
            return &*report;
    for (const auto& report : record.reports)
        if (report.verdicts.empty() && from != Time() && from <= report.published && report.published < until &&
            report.numbers.contains(before.indicator))
            newest = &report;
    return newest;
}

} // namespace skurd
