#include "run/evaluation.hpp"

#include "base/error.hpp"
#include "flag/correction_end.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/evaluate.hpp"
#include "lib/openssl/sha256.hpp"
#include "run/indicator_flags.hpp"
#include "run/jobs.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

/// Under which an evaluation notes, in its own transaction, what it was made on.
constexpr auto evaluated_key = "@evaluated";

std::map<std::string, std::string> evaluated_now(const Store& store, const Catalogue& catalogue)
{
    std::int64_t newest = 0;
    for (const auto& vintage : store.vintages(""))
        newest = std::max(newest, vintage.id);
    return {{"vintage", std::to_string(newest)}, {"catalogue", catalogue.hash}};
}

/// Ends the corrections whose number the source has changed, and raises a flag for each.
void end_corrections(Store& store, const std::map<std::int64_t, int>& readers, Time now)
{
    for (const auto& correction : store.corrections("", false)) {
        const auto reader = readers.find(correction.series);
        const auto end =
            end_of(correction, store.corrected_cell(correction), reader == readers.end() ? 0 : reader->second, now);
        if (!end)
            continue;
        store.end_correction(correction.id, end->why, "", end->vintage);
        store.raise_flag(end->flag);
    }
}

} // namespace

Catalogue load_catalogue(const Installation& installation)
{
    const bool shipped = installation.indicators.empty();
    const auto folder = shipped ? std::filesystem::path("schema/indicators") : installation.indicators;
    auto files = shipped ? shipped_catalogue() : read_toml_files(installation.indicators);
    if (files.empty())
        throw usage_error("{}: there are no indicator files (*.toml): put some there, or take the folder away to use "
                          "the catalogue that comes with skurd",
                          folder.string());
    Sha256 hash;
    for (auto& file : files) {
        hash.add(file.name);
        hash.add(file.bytes);
        file.name = (folder / file.name).string();
    }
    return read_catalogue(files, hash.hex());
}

std::vector<Observation> current_observations(const Store& store, const Selector& selector, const AsOf& as_of,
                                              Numbers numbers, std::optional<Time> published_from)
{
    auto observations = store.observations(selector, as_of, published_from);
    const auto moment = moment_of(as_of);
    apply_corrections(observations, store.corrections(selector.dataset, moment.has_value()), moment, numbers);
    return observations;
}

std::vector<Observation> indicator_observations(const Store& store, const Indicator& indicator, const AsOf& as_of,
                                                Numbers numbers)
{
    const auto reading = reading_of(indicator, as_of.published);
    if (!store.has(reading.formula))
        return {};
    return current_observations(store, reading.formula, as_of, numbers, reading.published_from);
}

IndicatorValues indicator_values(const Store& store, const Indicator& indicator, const AsOf& as_of, Numbers numbers)
{
    return values_from(indicator, as_of.published, indicator_observations(store, indicator, as_of, numbers));
}

StatusReport status_report(const Store& store, const Catalogue& catalogue, int set, const Period& period,
                           const AsOf& as_of, Numbers numbers)
{
    return make_report(catalogue, set, period, as_of.published, [&](const Indicator& indicator) {
        return indicator_values(store, indicator, as_of, numbers);
    });
}

void evaluate(Store& store, const Catalogue& catalogue, const Clock& clock)
{
    Store::Transaction transaction(store);
    const auto old_verdicts = store.verdicts(0);
    std::vector<Verdict> new_verdicts;
    std::set<int> evaluated;
    WithdrawnSeries withdrawn;
    std::map<std::int64_t, int> readers; // series -> the first indicator that reads it
    for (const auto& indicator : catalogue.indicators) {
        const auto observations = indicator_observations(store, indicator, {}, Numbers::published);
        for (const auto& seen : observations)
            readers.emplace(seen.series, indicator.number);
        withdrawn.see(indicator.number, observations);
        const auto values = values_from(indicator, std::nullopt, observations);
        store.keep_indicator_values(indicator, values);
        const auto verdicts = current_verdicts(indicator, values);
        new_verdicts.insert(new_verdicts.end(), verdicts.begin(), verdicts.end());
        evaluated.insert(indicator.number);
    }
    store.keep_verdicts(new_verdicts, catalogue.hash);
    flag_evaluation(store, {catalogue, evaluated, withdrawn, old_verdicts, new_verdicts}, clock.now());
    end_corrections(store, readers, clock.now());
    store.keep_connector_state(evaluated_key, evaluated_now(store, catalogue));
    transaction.commit();
}

bool is_evaluated(const Store& store, const Catalogue& catalogue)
{
    return store.connector_state(evaluated_key) == evaluated_now(store, catalogue);
}

void evaluate_if_behind(Store& store, const Catalogue& catalogue, const Clock& clock)
{
    if (is_evaluated(store, catalogue))
        return;
    try {
        evaluate(store, catalogue, clock);
    } catch (const Error&) {
        std::throw_with_nested(error("the numbers are stored, but not judged yet (the next harvest tries again)"));
    }
}

} // namespace skurd
