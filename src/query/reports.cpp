#include "query/reports.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/report_differences.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/sign_off.hpp"
#include "model/vintage.hpp"
#include "query/indicator_reader.hpp"
#include "store/commit_store.hpp"
#include "store/payload_store.hpp"
#include "store/sign_off_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

StatusReport make(const StoreSession& store, const Catalogue& catalogue, ReportQuestion question, const AsOf& as_of,
                  Numbers numbers)
{
    question.as_of = as_of.published;
    IndicatorReader reader(store, catalogue, as_of, numbers);
    return make_report(catalogue, question, [&](const Indicator& indicator) { return reader.series(indicator); });
}

/// Whether the second set's report follows the first's, or is the same: those of one file do.
bool follows(const Catalogue& catalogue, int earlier, const IndicatorSet& later)
{
    const auto* set = catalogue.set(earlier);
    return set && set->file == later.file && set->number <= later.number;
}

/// The last signing that a report of that day could know of.
std::optional<SignOff> last_sign_off(const StoreSession& store, const Catalogue& catalogue, const IndicatorSet& set,
                                     const AsOf& as_of)
{
    const auto moment = moment_of(as_of);
    std::optional<SignOff> last;
    for (auto& signing : SignOffStore(store).list())
        if (follows(catalogue, signing.snapshot.set, set) && (!moment || signing.signed_at <= *moment))
            last = std::move(signing);
    return last;
}

/// The newest set before that one whose report had been published by then, and whose figures are known.
const IndicatorSet* printed_before(const Catalogue& catalogue, const IndicatorSet& set, const AsOf& as_of)
{
    const IndicatorSet* found = nullptr;
    for (const auto& one : catalogue.sets)
        if (&one != &set && follows(catalogue, one.number, set) && one.published != Time() &&
            one.figures == SetFigures::known && (!as_of.published || one.published < *as_of.published))
            found = &one;
    return found;
}

LocalizedText signed_name(const SignOff& signing)
{
    const auto day = format_date(signing.signed_at);
    return {fmt::format("{}: {}, godkjent {} av {}", signing.snapshot.name.nb, signing.snapshot.period.text(), day,
                        signing.actor),
            fmt::format("{}: {}, signed off {} by {}", signing.snapshot.name.en, signing.snapshot.period.text(), day,
                        signing.actor)};
}

/// Read at the second clock, as the report is; which commit was the newest then is not said.
StoreState state_of(const StoreSession& store, const AsOf& as_of)
{
    StoreState state;
    for (const auto& vintage : VintageStore(store).list())
        if (vintage.id > state.vintage && (!as_of.known || vintage.observed_at <= *as_of.known)) {
            state.vintage = vintage.id;
            state.harvested_at = vintage.observed_at;
        }
    if (!as_of.known)
        state.commit = CommitStore(store).newest();
    return state;
}

void compare_with_earlier(const StoreSession& store, const Catalogue& catalogue, const AsOf& as_of,
                          StatusReport& report)
{
    if (const auto last = last_sign_off(store, catalogue, *report.set, as_of)) {
        const auto signing = SignOffStore(store).find(last->id);
        report.compared_with = signed_name(signing);
        report.differences = differences(signing.snapshot, snapshot_of(report), catalogue);
    } else if (const auto* printed = printed_before(catalogue, *report.set, as_of)) {
        report.compared_with = printed->title;
        report.differences =
            differences(printed_report(store, catalogue, printed->number), snapshot_of(report), catalogue);
    }
}

} // namespace

std::optional<Period> newest_period(const StoreSession& store, const Catalogue& catalogue, int set_number,
                                    const AsOf& as_of)
{
    std::optional<Period> newest;
    IndicatorReader reader(store, catalogue, as_of, Numbers::published);
    const auto* set = catalogue.set(set_number);
    for (const int number : set ? set->members : std::vector<int>()) {
        const auto series = reader.series(*catalogue.find(number));
        for (const auto& [period, value] : series.values)
            if (value.value.number && period.kind() == PeriodKind::year && (!newest || *newest < period))
                newest = period;
    }
    return newest;
}

StatusReport status_report(const StoreSession& store, const Catalogue& catalogue, const ReportQuestion& question,
                           const AsOf& as_of, Numbers numbers, const Attributions& attributions)
{
    auto report = make(store, catalogue, question, as_of, numbers);
    report.attributions = attributions;
    report.store = state_of(store, as_of);
    compare_with_earlier(store, catalogue, as_of, report);
    return report;
}

ReportSnapshot printed_report(const StoreSession& store, const Catalogue& catalogue, int number)
{
    const auto* set = catalogue.set(number);
    if (!set)
        throw usage_error("there is no indicator set {}", number);
    if (set->figures == SetFigures::unknown)
        throw usage_error("what the report of set {} ({}) printed is not known here: compare with another set",
                          number, set->title.en);
    const AsOf as_of = {set->published == Time() ? std::nullopt : std::optional(set->published), std::nullopt};
    const auto period = newest_period(store, catalogue, number, as_of);
    if (!period)
        throw error("set {} has no values{}: run `skurd harvest --all`", number,
                    as_of.published ? " of the day it was published" : " yet");
    return snapshot_of(make(store, catalogue, {number, std::max(*period, set->baseline)}, as_of, Numbers::published));
}

ReportSnapshot report_now(const StoreSession& store, const Catalogue& catalogue, const SignOff& signing)
{
    return snapshot_of(
        make(store, catalogue, {signing.snapshot.set, signing.snapshot.period}, {}, Numbers::published));
}

int newest_set(const StoreSession& store, const Catalogue& catalogue, const AsOf& as_of)
{
    if (catalogue.sets.empty())
        throw usage_error("the catalogue has no set of indicators to report on");
    Time newest{};
    for (const auto& vintage : VintageStore(store).list())
        newest = std::max(newest, vintage.published.published_at);
    const auto at = as_of.published.value_or(newest);
    int chosen = catalogue.sets.front().number;
    for (const auto& set : catalogue.sets)
        if (set.published <= at && set.figures == SetFigures::known)
            chosen = set.number;
    return chosen;
}

SignOff newest_sign_off(const StoreSession& store, int set, const std::optional<Period>& period)
{
    std::optional<std::int64_t> newest;
    for (const auto& signing : SignOffStore(store).list())
        if (signing.snapshot.set == set && (!period || signing.snapshot.period == *period))
            newest = signing.id;
    if (!newest)
        throw usage_error("the report of set {}{} has not been signed off (see skurd signoff --list)", set,
                          period ? " for " + period->text() : "");
    return SignOffStore(store).find(*newest);
}

std::string signed_report(const StoreSession& store, const SignOff& signing, const std::string& format,
                          const std::string& language)
{
    for (const auto& rendering : signing.renderings)
        if (rendering.format == format && rendering.language == language)
            return PayloadStore(store).bytes(rendering.payload_hash);
    throw usage_error("the report was signed off in other forms than {} in {}", format, language);
}

} // namespace skurd
