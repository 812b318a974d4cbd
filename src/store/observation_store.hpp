#pragma once

#include "model/cube.hpp"
#include "model/dataset_description.hpp"
#include "model/indicator.hpp"
#include "model/observation_row.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Observations as of any day, by either clock.
class ObservationStore {
public:
    explicit ObservationStore(const StoreSession& session) : session_(session) {}

    /// The state of the selected series at the two clocks, by series and period. Withdrawn and missing cells are
    /// there with their symbols. `published_from` hides vintages published before it (definitions look so).
    std::vector<Observation> as_of(const Selector& selector, const AsOf& as_of,
                                   std::optional<Time> published_from = {}) const;
    /// Every version of every observation of the selected series: by series, period, publication time.
    std::vector<Observation> history(const Selector& selector) const;
    /// Takes what was read of one series, and may move it away.
    using SeriesVisitor = std::function<void(std::vector<Observation>&)>;
    /// Series by their ids, both ends included: a part of those that a selector means.
    struct SeriesRange {
        std::int64_t first = 0;
        std::int64_t last = INT64_MAX;
    };
    /// The two reads above, series by series: a whole table needs no more memory than its largest series. All of it
    /// is of one moment, for which the engine keeps what others write apart until the last visit.
    void visit_as_of(const Selector& selector, const AsOf& as_of, std::optional<Time> published_from,
                     const SeriesVisitor& visit, const SeriesRange& range = all_series) const;
    void visit_history(const Selector& selector, const SeriesVisitor& visit,
                       const SeriesRange& range = all_series) const;
    static constexpr SeriesRange all_series{0, INT64_MAX};
    /// Takes what was read of one series at either of two clocks; false = that was enough.
    using TwoStatesVisitor = std::function<bool(std::vector<Observation>& first, std::vector<Observation>& second)>;
    /// Two states of the selected series, series by series, each read once for both.
    void visit_two_states(const Selector& selector, const AsOf& first, const AsOf& second,
                          const TwoStatesVisitor& visit, const SeriesRange& range = all_series) const;
    /// The ids of the selected series, ascending, and the periods that a dataset has rows of. The first throws as
    /// those reads do.
    std::vector<std::int64_t> series(const Selector& selector) const;
    std::vector<Period> periods(const std::string& dataset) const;
    /// What the vintage says otherwise than the one before it in time, by series and period: so many cells at most.
    std::vector<CellChange> changes_by(const std::string& dataset, std::int64_t vintage, std::size_t most) const;
    /// Whether the store knows the selector's dataset, dimensions and codes. The two reads above throw Error (usage)
    /// for those it does not, naming what it knows.
    bool has(const Selector& selector) const;
    /// The codes of a dataset's dimension that there are series of, ascending, with their labels of today; none for a
    /// dataset or dimension that is not there.
    std::vector<Category> codes(const std::string& dataset, const std::string& dimension) const;

    /// What a dataset was called by the newest release that had been published by then, or by now; nothing for one
    /// that is not there.
    std::optional<DatasetDescription> describe(const std::string& dataset, std::optional<Time> published) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
