#include "run/evaluation.hpp"

#include "base/error.hpp"
#include "flag/flag_changes.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/evaluate.hpp"
#include "lib/openssl/sha256.hpp"
#include "run/jobs.hpp"

#include <algorithm>
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

std::vector<Observation> indicator_observations(const Store& store, const Indicator& indicator, const AsOf& as_of)
{
    const auto reading = reading_of(indicator, as_of.published);
    if (!store.has(reading.formula))
        return {};
    return store.observations(reading.formula, as_of, reading.published_from);
}

IndicatorValues indicator_values(const Store& store, const Indicator& indicator, const AsOf& as_of)
{
    return values_from(indicator, as_of.published, indicator_observations(store, indicator, as_of));
}

StatusReport status_report(const Store& store, const Catalogue& catalogue, int set, const Period& period,
                           const AsOf& as_of)
{
    return make_report(catalogue, set, period, as_of.published,
                       [&](const Indicator& indicator) { return indicator_values(store, indicator, as_of); });
}

void evaluate(Store& store, const Catalogue& catalogue, const Clock& clock)
{
    Store::Transaction transaction(store);
    const auto old_verdicts = store.verdicts(0);
    std::vector<Verdict> new_verdicts;
    std::set<int> evaluated;
    for (const auto& indicator : catalogue.indicators) {
        const auto values = indicator_values(store, indicator, {});
        store.keep_indicator_values(indicator, values);
        const auto verdicts = current_verdicts(indicator, values);
        new_verdicts.insert(new_verdicts.end(), verdicts.begin(), verdicts.end());
        evaluated.insert(indicator.number);
    }
    store.keep_verdicts(new_verdicts, catalogue.hash);
    for (const auto& change :
         flag_changes(catalogue, evaluated, store.flags(true), old_verdicts, new_verdicts, clock.now())) {
        if (change.event == FlagEvent::raised)
            store.raise_flag(change.flag);
        else
            store.change_flag(change.flag, to_string(change.event));
    }
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
