#include "query/left_out.hpp"

#include "query/evaluated.hpp"
#include "query/indicators.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace skurd {

namespace {

/// The selectors of an indicator that are not read whole, with the publications in which they are.
class NarrowReads {
public:
    NarrowReads(const Indicator& indicator, std::optional<Time> published)
    {
        for (auto& read : reading_of(indicator, published).series) {
            auto& own = reads_[read.selector.text()];
            own.selector = std::move(read.selector);
            own.windows.push_back(read.window);
            own.definition = std::max(own.definition, read.definition);
        }
        std::erase_if(reads_, [](const auto& entry) {
            const auto& windows = entry.second.windows;
            return std::find(windows.begin(), windows.end(), PublicationWindow()) != windows.end();
        });
    }

    struct Read {
        Selector selector;
        std::vector<PublicationWindow> windows;
        int definition = 0; ///< the last that names it
    };
    std::vector<Read> of(const std::string& dataset) const ///< "" = of any
    {
        std::vector<Read> found;
        for (const auto& [text, read] : reads_)
            if (dataset.empty() || read.selector.dataset == dataset)
                found.push_back(read);
        return found;
    }

private:
    std::map<std::string, Read> reads_;
};

/// Whether some window has all publications of the dataset: then nothing is left out.
bool sees_all(const StoreSession& store, const NarrowReads::Read& read)
{
    const auto first = VintageStore(store).first_published(read.selector.dataset);
    return std::any_of(read.windows.begin(), read.windows.end(), [&](const PublicationWindow& window) {
        return !first || (window.from <= *first && window.until == Time::max());
    });
}

using Cells = std::map<std::pair<std::int64_t, Period>, Value>;

/// Takes those out that the window's publications state.
void take_out_stated(Cells& cells, const std::vector<Observation>& stated)
{
    for (const auto& one : stated) {
        const auto cell = cells.find({one.series, one.period});
        if (cell != cells.end() && cell->second == one.value)
            cells.erase(cell);
    }
}

std::vector<LeftOut> left_out_in(const StoreSession& store, const Indicator& indicator, const AsOf& as_of,
                                 const std::string& dataset)
{
    std::vector<LeftOut> found;
    for (const auto& read : NarrowReads(indicator, as_of.published).of(dataset)) {
        if (sees_all(store, read))
            continue;
        const auto& [selector, windows, definition] = read;
        Cells cells;
        for (const auto& seen : observations_from(store, selector, as_of, Numbers::published, {}))
            if (seen.value.number)
                cells.emplace(std::pair(seen.series, seen.period), seen.value);
        for (const auto& window : windows)
            take_out_stated(cells, observations_from(store, selector, as_of, Numbers::published, window));
        for (const auto& [cell, value] : cells)
            found.push_back({cell.first, cell.second, indicator.number, definition});
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace

std::vector<LeftOut> left_out_by(const StoreSession& store, const Indicator& indicator, const AsOf& as_of)
{
    return left_out_in(store, indicator, as_of, "");
}

std::vector<LeftOut> left_out_of(const StoreSession& store, const Catalogue& catalogue, const std::string& dataset,
                                 const AsOf& as_of)
{
    if (!as_of.published && !as_of.known && is_evaluated(store, catalogue))
        return VerdictStore(store).left_out(dataset);
    std::vector<LeftOut> found;
    for (const auto& indicator : catalogue.indicators) {
        auto some = left_out_in(store, indicator, as_of, dataset);
        found.insert(found.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace skurd
