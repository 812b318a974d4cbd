#include "run/intake.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/evaluate.hpp"
#include "normalise/drift.hpp"
#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"
#include "run/known_breaks.hpp"
#include "run/publications.hpp"
#include "run/source_flags.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// What a person is told of a release that was taken in.
std::string message_of(const Accepted& accepted, const PublicationClaim& claim)
{
    auto message = accepted.vintage
                       ? fmt::format("{} cells, {} new, {} revised, {} withdrawn; published {}", accepted.cells,
                                     accepted.rows - accepted.revised - accepted.withdrawn - accepted.reworded,
                                     accepted.revised, accepted.withdrawn, format_date(claim.published_at))
                       : fmt::format("{} cells, all as before{}", accepted.cells,
                                     accepted.suppressed ? " (other bytes, the same numbers)" : "");
    if (accepted.late && accepted.vintage)
        message += ", before what was there already: put in its place";
    if (accepted.relabelled > 0)
        message += fmt::format("; {} labels, units or notes changed", accepted.relabelled);
    return message;
}

/// The series of a dataset that indicators read now.
std::vector<Selector> series_in_use(const Catalogue& catalogue, const std::string& dataset)
{
    std::vector<Selector> selectors;
    const auto add = [&](std::vector<Selector> read) {
        for (auto& selector : read)
            if (selector.dataset == dataset)
                selectors.push_back(std::move(selector));
    };
    for (const auto& indicator : catalogue.indicators)
        add(reading_of(indicator, std::nullopt).series);
    if (catalogue.price_index)
        add(selectors_of(*catalogue.price_index));
    return selectors;
}

/// How a release looks beside what its dataset looked like, and what follows from it.
class LookCheck {
public:
    LookCheck(const Intake& intake, const Decoded& decoded, Release& release)
        : intake_(intake), release_(release), now_(decoded.described.empty() ? release.dimensions : decoded.described)
    {
        std::erase_if(now_, [&](const Dimension& dimension) { return dimension.id == release.time_dimension; });
        const auto known = intake.tools.store.look(release.dataset);
        if (!known)
            return;
        before_ = known->dimensions;
        const bool told_by_source = !decoded.described.empty();
        const bool asked_the_same = release.coverage != Coverage::partial && known->job_hash == intake.job.hash;
        const auto in_use = series_in_use(intake.tools.catalogue, release.dataset);
        drift_ = compare_looks({before_, now_, in_use, told_by_source || asked_the_same, decoded.gone});
        if (!intake.options.accept_drift)
            stop(in_use);
        else if (!intake.options.dry_run)
            breaks_.emplace(intake.tools.store, in_use, drift_);
    }

    /// Once the release is in the store.
    void keep(std::int64_t run) const
    {
        auto& store = intake_.tools.store;
        store.record_drift(release_.dataset, drift_, run);
        const auto agreed = intake_.options.accept_drift ? now_ : agreed_look(before_, now_, drift_);
        store.keep_look(release_.dataset, {agreed, intake_.job.hash, intake_.tools.clock.now()}, run);
        flag_drift(store, intake_.job.job.id, release_.dataset, stopping(), intake_.tools.clock.now());
        if (breaks_)
            breaks_->mark(store);
    }

    /// For the run's record; "" where nothing changed.
    std::string text() const
    {
        std::vector<std::string> texts;
        for (const auto& one : drift_)
            texts.push_back(one.text_en);
        return texts.empty() ? ""
                             : fmt::format("; it looks other than before: {}", join(texts, "; ")) + stopped_text();
    }

    std::size_t stopped() const { return stopped_; }

private:
    void stop(const std::vector<Selector>& in_use)
    {
        stopped_ = stop_series(release_, drift_, in_use);
        const bool whole =
            std::any_of(drift_.begin(), drift_.end(),
                        [](const Drift& one) { return one.severity == Severity::stops_dataset; }) ||
            (stopped_ > 0 && std::none_of(release_.cells.begin(), release_.cells.end(),
                                          [](const Cell& cell) { return cell.state != Cell::State::absent; }));
        if (!whole)
            return;
        auto& store = intake_.tools.store;
        if (!intake_.options.dry_run) {
            store.record_drift(release_.dataset, drift_, 0);
            flag_drift(store, intake_.job.job.id, release_.dataset, stopping(), intake_.tools.clock.now());
        }
        throw DriftStop(fmt::format("{}: nothing was taken in{}; if that is right, take it in with --accept-drift",
                                    release_.dataset, text()));
    }

    std::vector<Drift> stopping() const { return intake_.options.accept_drift ? std::vector<Drift>() : drift_; }

    std::string stopped_text() const
    {
        return stopped_ == 0 ? "" : fmt::format(" ({} series in use are stopped: see skurd flags)", stopped_);
    }

    const Intake& intake_;
    Release& release_;
    std::vector<Dimension> now_;
    std::vector<Dimension> before_;
    std::vector<Drift> drift_;
    std::optional<DriftBreaks> breaks_; ///< where the drift is taken in
    std::size_t stopped_ = 0;
};

/// The vintage that these bytes made before, without what was stopped then; the store would take them for the same
/// release again unless it is told that they are decoded anew.
bool made_a_vintage(const Intake& intake, const std::string& dataset)
{
    const auto vintages = intake.tools.store.vintages(dataset);
    return std::any_of(vintages.begin(), vintages.end(),
                       [&](const Vintage& vintage) { return vintage.made_from == intake.payload.hash; });
}

void store_release(const Intake& intake, const PublicationClaim& claim, const Release& release, Run& run)
{
    auto rules = intake.tools.rules;
    rules.withdrawals_allowed = intake.options.accept_withdrawals;
    rules.suspicions_allowed = intake.options.accept_suspect;
    const bool anew = intake.options.accept_drift && made_a_vintage(intake, release.dataset);
    const auto accepted = intake.tools.store.accept(release, claim, anew ? Origin::replay : intake.origin,
                                                    intake.payload, run.id, rules);
    run.cells = static_cast<std::int64_t>(accepted.cells);
    run.rows = static_cast<std::int64_t>(accepted.rows);
    run.revised = static_cast<std::int64_t>(accepted.revised);
    run.suppressed = accepted.suppressed ? 1 : 0;
    run.vintage = accepted.vintage ? accepted.vintage->id : 0;
    run.outcome = accepted.vintage ? RunOutcome::new_vintage : RunOutcome::nothing_new;
    run.withdrawn = static_cast<std::int64_t>(accepted.withdrawn);
    run.relabelled = static_cast<std::int64_t>(accepted.relabelled);
    run.message = message_of(accepted, claim);
}

void describe_dry_run(const PublicationClaim& claim, const Release& release, Run& run)
{
    run.outcome = RunOutcome::nothing_new;
    run.cells = static_cast<std::int64_t>(release.cells.size());
    run.message =
        fmt::format("dry run, nothing stored: {} series, {} periods, published {} ({})", release.series_count(),
                    release.periods.size(), format_time(claim.published_at), claim.field);
}

} // namespace

TakenIn take_in(const Intake& intake, const ConnectorState& state, std::span<const Response> responses, Run& run)
{
    auto& store = intake.tools.store;
    auto decoded = intake.job.connector->decode(state, responses);
    run.dataset = decoded.dataset;
    const auto claim = intake.options.published.value_or(decoded.claim);
    auto release = normalise(join_cubes(std::move(decoded.cubes)), decoded.conventions, decoded.dataset,
                             intake.job.connector->guarantee().coverage, decoded.notes);
    const LookCheck look(intake, decoded, release);
    if (intake.options.dry_run) {
        describe_dry_run(claim, release, run);
    } else {
        store_release(intake, claim, release, run);
        look.keep(run.id);
        flag_findings(store, intake.job.job.id, decoded.findings, intake.tools.clock.now());
    }
    run.message += look.text();
    for (const auto& note : decoded.notes)
        run.message += "; " + note;
    for (const auto& finding : decoded.findings)
        run.message += "; " + finding.text_en;
    if (look.stopped() > 0 && !intake.options.dry_run)
        store.quarantine({0, intake.job.job.id, intake.payload.hash, responses.back().url,
                          fmt::format("{} series stopped{}", look.stopped(), look.text()), intake.tools.clock.now(),
                          run.id, QuarantineKind::drift});
    note_publication(decoded.state, state, claim, decoded.next_published_at);
    return {std::move(decoded.state), run.vintage != 0};
}

} // namespace skurd
