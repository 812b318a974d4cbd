#include "flag/calendar.hpp"

#include "base/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr std::size_t learnt_from_least = 3;
constexpr std::size_t learnt_from_most = 9;
constexpr auto grace_least = days(3);
constexpr auto early_at_most = days(7);

/// Without what came sooner than that after the release before it; ascending.
std::vector<Time> real_releases(const std::vector<Time>& ascending, seconds least)
{
    std::vector<Time> real;
    for (const auto release : ascending)
        if (real.empty() || release - real.back() >= least)
            real.push_back(release);
    return real;
}

std::vector<seconds> gaps_between(const std::vector<Time>& ascending)
{
    std::vector<seconds> gaps;
    for (std::size_t i = 1; i < ascending.size(); ++i)
        gaps.push_back(ascending[i] - ascending[i - 1]);
    return gaps;
}

seconds median(std::vector<seconds> gaps)
{
    std::sort(gaps.begin(), gaps.end());
    const auto middle = gaps.size() / 2;
    return gaps.size() % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
}

Expectation expected(Expectation::Basis basis, Time at, seconds grace, const Calendar& calendar)
{
    const seconds stated = days(calendar.grace_days.value_or(0));
    const auto allowed = calendar.grace_days ? stated : std::max<seconds>(grace, grace_least);
    return {basis, at, at + allowed, 0, 0};
}

std::optional<Expectation> learnt_from(const Calendar& calendar, std::vector<Time> releases)
{
    if (releases.size() > learnt_from_most)
        releases.erase(releases.begin(), releases.end() - learnt_from_most);
    const auto all = gaps_between(releases);
    if (all.empty())
        return std::nullopt;
    const auto real =
        real_releases(releases, std::max<seconds>(*std::max_element(all.begin(), all.end()) / 4, days(1)));
    if (real.size() < learnt_from_least)
        return std::nullopt;
    const auto gap = median(gaps_between(real));
    auto found = expected(Expectation::Basis::learnt, real.back() + gap, gap / 5, calendar);
    found.every_days = static_cast<int>(std::chrono::round<days>(gap).count());
    found.releases = real.size();
    return found;
}

/// What an expectation rests on, for people.
std::pair<std::string, std::string> basis_text(const Calendar& calendar, const Expectation& expected)
{
    switch (expected.basis) {
    case Expectation::Basis::job_date:
        return {"dagen står i jobben (next_publication)", "the day stands in the job (next_publication)"};
    case Expectation::Basis::source_date:
        return {"dagen har kilden selv kunngjort", "the source itself announced the day"};
    case Expectation::Basis::job_cadence:
        return {fmt::format("jobben venter en ny regelmessig (expects = \"{}\")", calendar.every),
                fmt::format("the job expects a new one regularly (expects = \"{}\")", calendar.every)};
    case Expectation::Basis::learnt:
        return {
            fmt::format("lært av {} publiseringer, om lag {} dager imellom", expected.releases, expected.every_days),
            fmt::format("learnt from {} publications, about {} days apart", expected.releases, expected.every_days)};
    }
    return {};
}

} // namespace

std::optional<Expectation> expectation_of(const Calendar& calendar, std::vector<Time> releases)
{
    using enum Expectation::Basis;
    std::sort(releases.begin(), releases.end());
    const auto newest = releases.empty() ? std::nullopt : std::optional(releases.back());
    if (calendar.next && (!newest || *newest < *calendar.next - early_at_most))
        return expected(job_date, *calendar.next, grace_least, calendar);
    if (calendar.announced && (!newest || *newest < *calendar.announced))
        return expected(source_date, *calendar.announced, grace_least, calendar);
    if (!newest || calendar.every_days == 0)
        return std::nullopt;
    if (calendar.every_days) {
        const seconds every = days(*calendar.every_days);
        const auto last = real_releases(releases, every / 4).back();
        auto found = expected(job_cadence, last + every, every / 10, calendar);
        found.every_days = *calendar.every_days;
        return found;
    }
    return calendar.may_learn ? learnt_from(calendar, std::move(releases)) : std::nullopt;
}

std::optional<FlagCause> overdue_cause(const std::string& job, const std::string& dataset, const Calendar& calendar,
                                       const Expectation& expected, std::optional<Time> newest, Time now)
{
    if (now < expected.late_from)
        return std::nullopt;
    const auto day = format_date(expected.at);
    const auto [basis_nb, basis_en] = basis_text(calendar, expected);
    const auto last = newest ? format_date(*newest) : "";
    FlagCause cause;
    cause.job = job;
    cause.key = "overdue/" + job;
    cause.kind = FlagKind::overdue;
    cause.inputs = fmt::format("expected {}, newest {}", day, newest ? last : "none");
    cause.text_nb = fmt::format("Jobb {}: en publisering{} var ventet {} og er ikke kommet; {}; {}", job,
                                dataset.empty() ? "" : " av " + dataset, day, basis_nb,
                                newest ? "den nyeste er fra " + last : "ingen er kommet før");
    cause.text_en = fmt::format("Job {}: a publication{} was expected {} and has not come; {}; {}", job,
                                dataset.empty() ? "" : " of " + dataset, day, basis_en,
                                newest ? "the newest is of " + last : "none came before");
    return cause;
}

} // namespace skurd
