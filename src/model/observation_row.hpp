#pragma once

#include "model/annotation.hpp"
#include "model/attribution.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/left_out.hpp"
#include "model/vintage.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// An observation as it is shown to people: with the indicator it was read as, if it was, and what people said of it.
struct ObservationRow {
    Observation observation;
    int indicator = 0;                      ///< 0 = it was read as a series
    const Definition* definition = nullptr; ///< it was read by; of a catalogue that outlives the row
    std::vector<Annotation> annotations{};
    std::vector<std::string> datasets{}; ///< that a computed number is made from; none = the observation's own
    /// Of these; shared by the rows of a dataset. Nothing where it was not asked for.
    std::shared_ptr<const Attribution> attribution{};
    /// The indicators whose definitions leave it out, where it was read as a series. Nothing where that was not
    /// asked: of a history, and of an indicator's own rows.
    std::optional<std::vector<LeftOut>> left_out{};
};

/// A cell that reads otherwise on one day than on another.
struct CellChange {
    Observation observation;     ///< of the later day, or of the earlier where the cell is gone
    std::optional<Value> before; ///< nothing: it was not there
    std::optional<Value> now;
};

} // namespace skurd
