#include "run/schema_check.hpp"

#include "base/text.hpp"
#include "indicator/evaluate.hpp"
#include "normalise/drift.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::vector<Selector> series_in_use(const Catalogue& catalogue, const std::string& dataset)
{
    std::vector<Selector> selectors;
    const auto add = [&](std::vector<Selector> read) {
        for (auto& selector : read)
            if (selector.dataset == dataset)
                selectors.push_back(std::move(selector));
    };
    for (const auto& indicator : catalogue.indicators)
        add(reading_of(indicator, std::nullopt).selectors());
    if (catalogue.price_index)
        add(selectors_of(*catalogue.price_index));
    return selectors;
}

bool states_anything(const Release& release)
{
    return std::any_of(release.cells.begin(), release.cells.end(),
                       [](const Cell& cell) { return cell.state != Cell::State::absent; });
}

} // namespace

SchemaCheck::SchemaCheck(const ReadyJob& job, const Catalogue& catalogue,
                         const std::optional<DatasetSchema>& accepted, const DecodedRelease& decoded)
    : job_hash_(job.hash), now_(decoded.schema())
{
    if (!accepted)
        return;
    const auto& release = decoded.release;
    before_ = accepted->dimensions;
    in_use_ = series_in_use(catalogue, release.dataset);
    const bool told_by_source = !decoded.decoded.described.empty();
    const bool asked_the_same = release.coverage != Coverage::partial && accepted->job_hash == job.hash;
    drift_ = compare_schemas(
        {before_, now_, in_use_, told_by_source || asked_the_same, decoded.decoded.gone, decoded.decoded.listed});
}

void SchemaCheck::block(Release& release)
{
    blocked_ = block_series(release, drift_, in_use_);
    put_back_words(release, before_, drift_);
    const bool blocks_dataset = std::any_of(
        drift_.begin(), drift_.end(), [](const Drift& one) { return one.severity == Severity::blocks_dataset; });
    blocks_all_ = blocks_dataset || (blocked_ > 0 && !states_anything(release));
}

std::string SchemaCheck::text() const
{
    if (drift_.empty())
        return "";
    constexpr std::size_t shown_max = 5;
    auto shown = drift_;
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Drift& a, const Drift& b) { return a.severity > b.severity; });
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(shown.size(), shown_max); ++i)
        texts.push_back(shown[i].text_en);
    auto text = fmt::format("; the dataset schema drifted: {}", join(texts, "; "));
    if (shown.size() > shown_max)
        text += fmt::format("; and {} more: see skurd drift", shown.size() - shown_max);
    const bool beyond_use =
        std::any_of(drift_.begin(), drift_.end(), [](const Drift& one) { return one.reach == Reach::every_series; });
    if (blocked_ > 0)
        text += fmt::format(" ({} series{} are blocked: see skurd flags)", blocked_, beyond_use ? "" : " in use");
    return text;
}

DatasetSchema SchemaCheck::schema_after(const Agreement& agreement, Time seen_at) const
{
    return {agreement.drift ? now_ : accepted_schema(before_, now_, drift_), job_hash_, seen_at};
}

} // namespace skurd
