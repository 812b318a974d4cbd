#pragma once

#include "version/cell.hpp"
#include "version/coverage.hpp"
#include "version/timeline.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// How much a reader of prior states wants to know.
enum class Detail {
    states,
    rows, ///< also whose row each state is
};

/// What is known of one dataset before a release of it comes: what the algorithm of versions reads. It may be asked
/// about series one after another while edits of earlier ones are written; it need not show those edits.
class PriorStates {
public:
    virtual ~PriorStates() = default;

    /// The same object for the whole life of this one.
    virtual const Timeline& timeline() const = 0;

    /// What the first `place` releases of the timeline leave of a series, ascending by period, and which later ones
    /// have rows for a cell. A cell that is not there was never spoken of. Replaces what stood in `cells`.
    virtual void read(std::int64_t series, std::size_t place, std::vector<PriorCell>& cells, Detail detail) = 0;

    virtual Period period(std::int64_t id) = 0; ///< that some release had
    virtual Symbol symbol(std::int64_t status_id) = 0;

    /// The cells that a release stated, by its coverage_id.
    virtual StatedCells stated(std::int64_t coverage_id) = 0;

    /// Whether the release was made of all the payloads that the run has been given: of several, the last says
    /// little.
    virtual bool has_payloads_of(std::int64_t release, std::int64_t run) = 0;

    /// When releases were held that are known by this hash, but none of those before a vintage of the dataset was
    /// last confirmed: since then the source said what it had said before.
    virtual std::vector<Time> held_since(const std::string& hash) = 0;
};

} // namespace skurd
