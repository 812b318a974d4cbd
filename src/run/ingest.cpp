#include "run/ingest.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/drift_breaks.hpp"
#include "evaluate/publications.hpp"
#include "evaluate/source_flags.hpp"
#include "indicator/evaluate.hpp"
#include "model/drift.hpp"
#include "model/indicator.hpp"
#include "model/ingest.hpp"
#include "model/quarantine.hpp"
#include "model/release.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "normalise/drift.hpp"
#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"
#include "query/known_breaks.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// What a person is told of a release that was taken in.
std::string message_of(const IngestResult& result, const PublicationClaim& claim)
{
    const auto& counts = result.counts;
    auto message = result.vintage
                       ? fmt::format("{} cells, {} new, {} revised, {} withdrawn; published {}", counts.cells,
                                     counts.rows - counts.revised - counts.withdrawn - counts.reworded,
                                     counts.revised, counts.withdrawn, format_date(claim.published_at))
                       : fmt::format("{} cells, all as before{}", counts.cells,
                                     counts.suppressed > 0 ? " (other bytes, the same numbers)" : "");
    if (result.late && result.vintage)
        message += ", before what was there already: put in its place";
    if (counts.relabelled > 0)
        message += fmt::format("; {} labels, units or notes changed", counts.relabelled);
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
class SchemaCheck {
public:
    SchemaCheck(const IngestInput& input, const Decoded& decoded, Release& release)
        : input_(input), release_(release), now_(decoded.described.empty() ? release.dimensions : decoded.described)
    {
        std::erase_if(now_, [&](const Dimension& dimension) { return dimension.id == release.time_dimension; });
        const auto known = DatasetSchemaStore(input.tools.store).accepted(release.dataset);
        if (!known)
            return;
        before_ = known->dimensions;
        const bool told_by_source = !decoded.described.empty();
        const bool asked_the_same = release.coverage != Coverage::partial && known->job_hash == input.job.hash;
        const auto in_use = series_in_use(input.tools.catalogue, release.dataset);
        drift_ = compare_schemas({before_, now_, in_use, told_by_source || asked_the_same, decoded.gone});
        if (!input.options.agreement.drift)
            stop(in_use);
        else if (!input.options.dry_run)
            breaks_.emplace(input.tools.store, in_use, drift_);
    }

    /// Once the release is in the store.
    void keep(std::int64_t run) const
    {
        auto& store = input_.tools.store;
        DatasetSchemaStore(store).record_drift(release_.dataset, drift_, run);
        const auto agreed = input_.options.agreement.drift ? now_ : accepted_schema(before_, now_, drift_);
        DatasetSchemaStore(store).store(release_.dataset, {agreed, input_.job.hash, input_.tools.clock.now()}, run);
        flag_drift(store, input_.job.job.id, release_.dataset, stopping(), input_.tools.clock.now());
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
        stopped_ = block_series(release_, drift_, in_use);
        const bool whole =
            std::any_of(drift_.begin(), drift_.end(),
                        [](const Drift& one) { return one.severity == Severity::blocks_dataset; }) ||
            (stopped_ > 0 && std::none_of(release_.cells.begin(), release_.cells.end(),
                                          [](const Cell& cell) { return cell.state != Cell::State::absent; }));
        if (!whole)
            return;
        auto& store = input_.tools.store;
        if (!input_.options.dry_run) {
            DatasetSchemaStore(store).record_drift(release_.dataset, drift_, 0);
            flag_drift(store, input_.job.job.id, release_.dataset, stopping(), input_.tools.clock.now());
        }
        throw SchemaDriftError(
            fmt::format("{}: nothing was taken in{}; if that is right, take it in with --accept-drift",
                        release_.dataset, text()));
    }

    std::vector<Drift> stopping() const { return input_.options.agreement.drift ? std::vector<Drift>() : drift_; }

    std::string stopped_text() const
    {
        return stopped_ == 0 ? "" : fmt::format(" ({} series in use are stopped: see skurd flags)", stopped_);
    }

    const IngestInput& input_;
    Release& release_;
    std::vector<Dimension> now_;
    std::vector<Dimension> before_;
    std::vector<Drift> drift_;
    std::optional<DriftBreaks> breaks_; ///< where the drift is taken in
    std::size_t stopped_ = 0;
};

/// The vintage that these bytes made before, without what was stopped then; the store would take them for the same
/// release again unless it is told that they are decoded anew.
bool made_a_vintage(const IngestInput& input, const std::string& dataset)
{
    const auto vintages = VintageStore(input.tools.store).list(dataset);
    return std::any_of(vintages.begin(), vintages.end(),
                       [&](const Vintage& vintage) { return vintage.made_from == input.payload.hash; });
}

void store_release(const IngestInput& input, const PublicationClaim& claim, const Release& release, Run& run)
{
    auto rules = input.tools.rules;
    rules.agreement = input.options.agreement;
    const bool anew = input.options.agreement.drift && made_a_vintage(input, release.dataset);
    const auto accepted =
        VintageStore(input.tools.store)
            .ingest(release, claim, anew ? Origin::replay : input.origin, input.payload, run.id, rules);
    run.counts = accepted.counts;
    run.vintage = accepted.vintage ? accepted.vintage->id : 0;
    run.outcome = accepted.vintage ? RunOutcome::new_vintage : RunOutcome::nothing_new;
    run.message = message_of(accepted, claim);
}

void describe_dry_run(const PublicationClaim& claim, const Release& release, Run& run)
{
    run.outcome = RunOutcome::nothing_new;
    run.counts.cells = static_cast<std::int64_t>(release.cells.size());
    run.message =
        fmt::format("dry run, nothing stored: {} series, {} periods, published {} ({})", release.series_count(),
                    release.periods.size(), format_time(claim.published_at), claim.field);
}

} // namespace

IngestOutcome take_in(const IngestInput& input, const ConnectorState& state, std::span<const Response> responses,
                      Run& run)
{
    auto& store = input.tools.store;
    auto decoded = input.job.connector->decode(state, responses);
    run.dataset = decoded.dataset;
    const auto claim = input.options.published.value_or(decoded.claim);
    auto release = normalise(join_cubes(std::move(decoded.cubes)), decoded.conventions, decoded.dataset,
                             input.job.connector->guarantee().coverage, decoded.notes);
    const SchemaCheck look(input, decoded, release);
    if (input.options.dry_run) {
        describe_dry_run(claim, release, run);
    } else {
        store_release(input, claim, release, run);
        look.keep(run.id);
        flag_findings(store, input.job.job.id, decoded.findings, input.tools.clock.now());
    }
    run.message += look.text();
    for (const auto& note : decoded.notes)
        run.message += "; " + note;
    for (const auto& finding : decoded.findings)
        run.message += "; " + finding.text_en;
    if (look.stopped() > 0 && !input.options.dry_run)
        QuarantineStore(store).add({0, input.job.job.id, input.payload.hash, responses.back().url,
                                    fmt::format("{} series stopped{}", look.stopped(), look.text()),
                                    input.tools.clock.now(), run.id, QuarantineKind::drift});
    note_publication(decoded.state, state, claim, decoded.next_published_at);
    return {std::move(decoded.state), run.vintage != 0};
}

} // namespace skurd
